"""Finds out in which format a transcript is, and reads it."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Protocol

from unsolved.errors import Unreadable
from unsolved.sources.parsing import decode
from unsolved.sources.transcripts.captions import captions, is_captions
from unsolved.sources.transcripts.language import guessed
from unsolved.sources.transcripts.model import Transcript
from unsolved.sources.transcripts.plain import plain
from unsolved.sources.transcripts.recorders import recorded
from unsolved.sources.transcripts.times import day, moment_in_name
from unsolved.sources.transcripts.turns import joined

_IS_JSON = re.compile(r"\s*(?:\{|\[\s*\{)")
SUFFIXES = (".vtt", ".srt", ".txt", ".md", ".json")


class Reader(Protocol):
    """Who reads one format: whether a text is in it, and the calls of that text.

    The calls have one turn for each thing that the file tells apart; they are joined later.
    """

    def knows(self, text: str, *, where: str) -> bool:
        """Whether a text is in this format, by how it begins or what its file is called."""

    def calls(self, text: str, *, where: str) -> Iterator[Transcript]:
        """Yield the calls.

        Raises:
            Unreadable: the text is damaged, or tells no call.
        """


@dataclass(frozen=True, slots=True)
class _Reader:
    """A format whose reader is two functions."""

    knowing: Callable[[str, str], bool]
    reading: Callable[[str, str], Iterator[Transcript]]

    def knows(self, text: str, *, where: str) -> bool:
        return self.knowing(text, where)

    def calls(self, text: str, *, where: str) -> Iterator[Transcript]:
        return self.reading(text, where)


READERS: tuple[Reader, ...] = (
    _Reader(
        lambda text, where: _suffix(where) == ".json" or bool(_IS_JSON.match(text)),
        lambda text, where: recorded(text, where=where),
    ),
    _Reader(
        lambda text, where: (
            is_captions(text) or (_suffix(where) in {".vtt", ".srt"} and not text.strip())
        ),
        lambda text, _: iter((captions(text),)),
    ),
    _Reader(lambda _text, _where: True, lambda text, where: iter((plain(text, where=where),))),
)


def read(data: bytes, *, where: str) -> Transcript:
    """Return the one call that a file holds; ``where`` is its name.

    Raises:
        Unreadable: it is damaged, holds no call or several, or we do not know its format.
    """
    found = read_all(data, where=where)
    if len(found) > 1:
        mend = "Export each call by itself, or read the file as a source"
        raise Unreadable(where=where, why=f"there are {len(found)} calls in it", mend=mend)
    return found[0]


def read_all(data: bytes, *, where: str) -> tuple[Transcript, ...]:
    """Return the calls that a file holds, at least one; ``where`` is its name.

    Raises:
        Unreadable: it is damaged, holds no call, or we do not know its format.
    """
    text = decode(data, where=where)
    reader = next(one for one in READERS if one.knows(text, where=where))
    found = tuple(_finished(one, where) for one in reader.calls(text, where=where))
    spoken = tuple(one for one in found if one.turns)
    if not spoken:
        mend = "Export it again, or take it away"
        raise Unreadable(where=where, why="nobody says anything in it", mend=mend)
    return spoken


def _finished(call: Transcript, where: str) -> Transcript:
    """Return a call with its turns joined, and what the name of its file says."""
    turns = joined(call.turns)
    name = PurePosixPath(where).name
    language = call.language or guessed(turn.text for turn in turns)
    started_at = call.started_at or (None if call.held_on else moment_in_name(name))
    return replace(
        call,
        turns=turns,
        started_at=started_at,
        held_on=call.held_on or day(name),
        language=language,
    )


def _suffix(where: str) -> str:
    return PurePosixPath(where).suffix.lower()
