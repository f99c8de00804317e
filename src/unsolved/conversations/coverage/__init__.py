"""What was understood in a call or a thread of mails, in whose words, and what to ask next."""

from unsolved.conversations.coverage.cover import cover, coverage, read_acts
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
from unsolved.conversations.coverage.reading import read_talks
from unsolved.conversations.coverage.sides import Told
from unsolved.conversations.coverage.talks import of_mails, of_transcript

__all__ = [
    "Agreement",
    "Ask",
    "Coverage",
    "Fact",
    "FactKind",
    "Medium",
    "Presumption",
    "Question",
    "Share",
    "Side",
    "Sides",
    "Talk",
    "Theme",
    "Told",
    "Turn",
    "Whose",
    "Words",
    "cover",
    "coverage",
    "of_mails",
    "of_transcript",
    "read_acts",
    "read_talks",
]
