"""What is done with words in a talk: asked, told, presumed, pitched, agreed; and about what."""

from unsolved.conversations.acts.readers import READERS, reader
from unsolved.conversations.acts.rules import RuleReader, sentences
from unsolved.conversations.acts.said import THEMES, Act, ActReader, Said, Topic, TurnIn

__all__ = [
    "READERS",
    "THEMES",
    "Act",
    "ActReader",
    "RuleReader",
    "Said",
    "Topic",
    "TurnIn",
    "reader",
    "sentences",
]
