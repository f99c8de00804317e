"""Where documents come from, and whom they are about."""

from unsolved.sources.identity import domain_key, name_key
from unsolved.sources.model import (
    Added,
    Connector,
    Document,
    Draft,
    Kind,
    Organisation,
    OrganisationDraft,
    Refusal,
    Source,
)
from unsolved.sources.queries import (
    Title,
    called,
    document,
    documents_of,
    industries,
    last_published,
    names_like,
    organisation,
    organisations,
    original,
    sources,
    titles_of,
    versions,
)
from unsolved.sources.service import add

__all__ = [
    "Added",
    "Connector",
    "Document",
    "Draft",
    "Kind",
    "Organisation",
    "OrganisationDraft",
    "Refusal",
    "Source",
    "Title",
    "add",
    "called",
    "document",
    "documents_of",
    "domain_key",
    "industries",
    "last_published",
    "name_key",
    "names_like",
    "organisation",
    "organisations",
    "original",
    "sources",
    "titles_of",
    "versions",
]
