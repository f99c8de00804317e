"""A buyer to practise with: opens up to good questions, and closes to pitches.

The program decides what is known, felt and told; the same lines with the same seed make the
same talk. Six written buyers ship with us; others are made from a prospect or a call.
"""

from unsolved.conversations.acts import RuleReader
from unsolved.conversations.practice.better import Better, hint, next_question
from unsolved.conversations.practice.buyer import Reply, opening, reply
from unsolved.conversations.practice.debrief import Debrief, Point, Told, Turning, debrief
from unsolved.conversations.practice.library import (
    called,
    load,
    parse,
    parsed,
    schema,
    shipped,
    to_yaml,
)
from unsolved.conversations.practice.model import (
    THEMES,
    Act,
    ActReader,
    Fact,
    Known,
    Moment,
    Persona,
    Quoted,
    Said,
    Topic,
)
from unsolved.conversations.practice.state import Doubt, Ending, Event, Kind, Spoken, State
from unsolved.conversations.practice.talk import Talk, Turn, begun, held, said

__all__ = [
    "THEMES",
    "Act",
    "ActReader",
    "Better",
    "Debrief",
    "Doubt",
    "Ending",
    "Event",
    "Fact",
    "Kind",
    "Known",
    "Moment",
    "Persona",
    "Point",
    "Quoted",
    "Reply",
    "RuleReader",
    "Said",
    "Spoken",
    "State",
    "Talk",
    "Told",
    "Topic",
    "Turn",
    "Turning",
    "begun",
    "called",
    "debrief",
    "held",
    "hint",
    "load",
    "next_question",
    "opening",
    "parse",
    "parsed",
    "reply",
    "said",
    "schema",
    "shipped",
    "to_yaml",
]
