"""Where documents come from, and whom they are about."""

from typing import TYPE_CHECKING

from unsolved.later import later
from unsolved.sources.identity import domain_key, name_key
from unsolved.sources.model import (
    Document,
    Draft,
    Kind,
    Organisation,
    OrganisationDraft,
    Refusal,
)
from unsolved.sources.records import Gone, Mark, Part, PersonDraft, RecordDraft, RecordKind
from unsolved.sources.sourced import Added, Import, Source, Tally

if TYPE_CHECKING:
    from unsolved.sources.connector import Connector, Find, Visit
    from unsolved.sources.queries import (
        Title,
        called,
        count_found,
        document,
        documents_of,
        industries,
        keys,
        last_published,
        names_like,
        organisation,
        organisations,
        original,
        search,
        sources,
        titles_of,
        versions,
    )
    from unsolved.sources.service import add, hold, hold_organisation
    from unsolved.sources.told import kind_named

__all__ = [
    "Added",
    "Connector",
    "Document",
    "Draft",
    "Find",
    "Gone",
    "Import",
    "Kind",
    "Mark",
    "Organisation",
    "OrganisationDraft",
    "Part",
    "PersonDraft",
    "RecordDraft",
    "RecordKind",
    "Refusal",
    "Source",
    "Tally",
    "Title",
    "Visit",
    "add",
    "called",
    "count_found",
    "document",
    "documents_of",
    "domain_key",
    "hold",
    "hold_organisation",
    "industries",
    "keys",
    "kind_named",
    "last_published",
    "name_key",
    "names_like",
    "organisation",
    "organisations",
    "original",
    "search",
    "sources",
    "titles_of",
    "versions",
]

__getattr__ = later(
    __name__,
    {
        "connector": ("Connector", "Find", "Visit"),
        "queries": (
            "Title",
            "called",
            "count_found",
            "document",
            "documents_of",
            "industries",
            "keys",
            "last_published",
            "names_like",
            "organisation",
            "organisations",
            "original",
            "search",
            "sources",
            "titles_of",
            "versions",
        ),
        "service": ("add", "hold", "hold_organisation"),
        "told": ("kind_named",),
    },
)
