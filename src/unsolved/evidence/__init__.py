"""What shows it: sentences cut from documents, what they say, and which problem they mean."""

from unsolved.evidence.model import (
    Assertion,
    Evidence,
    Facet,
    FixKind,
    Label,
    Progress,
    Quote,
    Reader,
    Sentence,
    Span,
    Speaker,
)
from unsolved.evidence.past import looks_back, speaks_of_now
from unsolved.evidence.queries import (
    amount_read,
    by_id,
    by_ids,
    of_document,
    of_organisation,
    progress,
    readings_by_organisation,
    sharing,
)
from unsolved.evidence.readers import reader
from unsolved.evidence.reading import Method
from unsolved.evidence.service import read_all, read_some
from unsolved.evidence.shipped import method
from unsolved.evidence.statement import resemblance

__all__ = [
    "Assertion",
    "Evidence",
    "Facet",
    "FixKind",
    "Label",
    "Method",
    "Progress",
    "Quote",
    "Reader",
    "Sentence",
    "Span",
    "Speaker",
    "amount_read",
    "by_id",
    "by_ids",
    "looks_back",
    "method",
    "of_document",
    "of_organisation",
    "progress",
    "read_all",
    "read_some",
    "reader",
    "readings_by_organisation",
    "resemblance",
    "sharing",
    "speaks_of_now",
]
