"""What shows it: sentences cut from documents, what they say, and which problem they mean."""

from unsolved.evidence.model import (
    Assertion,
    Evidence,
    Facet,
    Feedback,
    FixKind,
    Label,
    Progress,
    Quote,
    Reader,
    Sentence,
    Span,
    Speaker,
    Verdict,
)
from unsolved.evidence.past import looks_back, speaks_of_now
from unsolved.evidence.queries import (
    amount_read,
    by_id,
    by_ids,
    feedback_by_organisation,
    feedback_given,
    of_document,
    of_organisation,
    progress,
    readings_by_organisation,
    sharing,
)
from unsolved.evidence.readers import reader
from unsolved.evidence.reading import Method
from unsolved.evidence.service import confirm, dismiss, read_all, read_some, undo
from unsolved.evidence.shipped import method
from unsolved.evidence.statement import resemblance

__all__ = [
    "Assertion",
    "Evidence",
    "Facet",
    "Feedback",
    "FixKind",
    "Label",
    "Method",
    "Progress",
    "Quote",
    "Reader",
    "Sentence",
    "Span",
    "Speaker",
    "Verdict",
    "amount_read",
    "by_id",
    "by_ids",
    "confirm",
    "dismiss",
    "feedback_by_organisation",
    "feedback_given",
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
    "undo",
]
