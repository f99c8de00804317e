"""What was understood in a call or a thread of mails, in whose words, and what to ask next."""

from typing import TYPE_CHECKING

from unsolved.conversations.coverage.cover import cover, coverage, read_acts
from unsolved.conversations.coverage.kept import About, Kept, Listed, Proposed, State
from unsolved.conversations.coverage.model import (
    Agreement,
    Ask,
    Coverage,
    Fact,
    FactKind,
    Medium,
    Presumption,
    Question,
    Share,
    Side,
    Sides,
    Talk,
    Theme,
    Turn,
    Whose,
    Words,
)
from unsolved.conversations.coverage.reading import of_document, read_mails, read_talks
from unsolved.conversations.coverage.sides import Told
from unsolved.conversations.coverage.talks import of_mails, of_transcript
from unsolved.conversations.coverage.telling import as_facts, as_markdown, as_text
from unsolved.later import later

if TYPE_CHECKING:
    from unsolved.conversations.coverage.queries import (
        call,
        call_of_document,
        calls,
        facts_of,
    )
    from unsolved.conversations.coverage.service import (
        cover_again,
        decide,
        keep_call,
        place_call,
        remove_call,
        restore_call,
    )

__all__ = [
    "About",
    "Agreement",
    "Ask",
    "Coverage",
    "Fact",
    "FactKind",
    "Kept",
    "Listed",
    "Medium",
    "Presumption",
    "Proposed",
    "Question",
    "Share",
    "Side",
    "Sides",
    "State",
    "Talk",
    "Theme",
    "Told",
    "Turn",
    "Whose",
    "Words",
    "as_facts",
    "as_markdown",
    "as_text",
    "call",
    "call_of_document",
    "calls",
    "cover",
    "cover_again",
    "coverage",
    "decide",
    "facts_of",
    "keep_call",
    "of_document",
    "of_mails",
    "of_transcript",
    "place_call",
    "read_acts",
    "read_mails",
    "read_talks",
    "remove_call",
    "restore_call",
]

__getattr__ = later(
    __name__,
    {
        "queries": ("call", "call_of_document", "calls", "facts_of"),
        "service": (
            "cover_again",
            "decide",
            "keep_call",
            "place_call",
            "remove_call",
            "restore_call",
        ),
    },
)
