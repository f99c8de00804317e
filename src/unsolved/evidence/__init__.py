"""What shows it: sentences cut from documents, what they say, and which problem they mean."""

from typing import TYPE_CHECKING

from unsolved.evidence.amounts import Amount, Measure, amounts_in
from unsolved.evidence.model import (
    ALONE,
    Assertion,
    Evidence,
    Facet,
    Feedback,
    FixKind,
    Hands,
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
from unsolved.evidence.periods import Period, periods_in
from unsolved.evidence.readers import reader
from unsolved.evidence.sense import Negation, Sense, Tense, negations, sense_of, tense_of
from unsolved.evidence.sought import Sought
from unsolved.evidence.statement import resemblance
from unsolved.later import later

if TYPE_CHECKING:
    from unsolved.evidence.explaining import Labelling, Part, Role, Weighing, Why, why
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
        search,
        sharing,
    )
    from unsolved.evidence.reading import Method
    from unsolved.evidence.service import confirm, dismiss, read_all, read_some, undo
    from unsolved.evidence.shipped import method

__all__ = [
    "ALONE",
    "Amount",
    "Assertion",
    "Evidence",
    "Facet",
    "Feedback",
    "FixKind",
    "Hands",
    "Label",
    "Labelling",
    "Measure",
    "Method",
    "Negation",
    "Part",
    "Period",
    "Progress",
    "Quote",
    "Reader",
    "Role",
    "Sense",
    "Sentence",
    "Sought",
    "Span",
    "Speaker",
    "Tense",
    "Verdict",
    "Weighing",
    "Why",
    "amount_read",
    "amounts_in",
    "by_id",
    "by_ids",
    "confirm",
    "dismiss",
    "feedback_by_organisation",
    "feedback_given",
    "looks_back",
    "method",
    "negations",
    "of_document",
    "of_organisation",
    "periods_in",
    "progress",
    "read_all",
    "read_some",
    "reader",
    "readings_by_organisation",
    "resemblance",
    "search",
    "sense_of",
    "sharing",
    "speaks_of_now",
    "tense_of",
    "undo",
    "why",
]

__getattr__ = later(
    __name__,
    {
        "explaining": ("Labelling", "Part", "Role", "Weighing", "Why", "why"),
        "queries": (
            "amount_read",
            "by_id",
            "by_ids",
            "feedback_by_organisation",
            "feedback_given",
            "of_document",
            "of_organisation",
            "progress",
            "readings_by_organisation",
            "search",
            "sharing",
        ),
        "reading": ("Method",),
        "service": ("confirm", "dismiss", "read_all", "read_some", "undo"),
        "shipped": ("method",),
    },
)
