"""Captions become turns: what rolls is said once, and what one speaker says is joined."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from unsolved.sources.transcripts.model import Turn

SMALL_GAP = 3.0
"""Seconds of silence within which the same speaker is still in the same turn."""

LONGEST_OF_NOBODY = 1_000
"""Characters after which what nobody is named for is not joined further."""

_ENDS = (".", "!", "?", "\u2026", "\u3002", "\uff01", "\uff1f", "\u061f")
_CLOSING = "\"'\u201d\u2019\u00bb)]"
_FAR = 60  # words that may come back in the next caption without all of them doing so
_ENOUGH = 2
_HALF = 0.5


def joined(turns: Iterable[Turn]) -> tuple[Turn, ...]:
    """Return turns with what one speaker says in one go as one of them.

    Without times, what a speaker says in a row is one turn. What nobody is named for is
    joined to the end of a sentence only, and without times not at all.
    """
    made: list[Turn] = []
    parts: list[str] = []
    length = 0
    for turn in turns:
        if made and _goes_on(made[-1], turn, length, parts[-1]):
            last = made[-1]
            made[-1] = Turn(last.speaker, last.text, last.start, _later(last.end, turn.end))
            parts.append(turn.text)
            length += len(turn.text)
            continue
        _close(made, parts)
        made.append(turn)
        parts, length = [turn.text], len(turn.text)
    _close(made, parts)
    return tuple(made)


def unrolled(turns: Sequence[Turn]) -> list[Turn]:
    """Return captions without the words that each shows once more from the one before.

    Only where at least half of them do so: elsewhere, who says a thing twice has said it twice.
    A caption that is there twice with the same times is there once.
    """
    once = [
        turn
        for before, turn in zip([None, *turns], turns, strict=False)
        if turn.start is None or turn != before
    ]
    pairs = rolling = 0
    for before, turn in pairwise(once):
        if _touches(before, turn):
            pairs += 1
            rolling += _again(before.text.split(), turn.text.split()) >= _ENOUGH
    if not pairs or rolling < _HALF * pairs:
        return once
    return list(_shown_once(once))


def _shown_once(turns: Sequence[Turn]) -> Iterator[Turn]:
    before: Turn | None = None
    for turn in turns:
        words = turn.text.split()
        again = 0
        if before is not None and _touches(before, turn):
            again = _again(before.text.split(), words)
        if words[again:]:
            yield Turn(turn.speaker, " ".join(words[again:]), turn.start, turn.end)
        before = turn


def _again(before: Sequence[str], words: Sequence[str]) -> int:
    """Return how many words at the beginning are those at the end of what came before."""
    if before and words[: len(before)] == before:
        return len(before)
    most = min(len(before), len(words), _FAR)
    return next((n for n in range(most, 0, -1) if before[-n:] == words[:n]), 0)


def _touches(before: Turn, turn: Turn) -> bool:
    if before.speaker != turn.speaker or before.start is None or turn.start is None:
        return False
    return before.start <= turn.start <= (before.end or before.start) + SMALL_GAP


def _goes_on(last: Turn, turn: Turn, length: int, said: str) -> bool:
    if last.speaker != turn.speaker:
        return False
    if last.start is None or turn.start is None:
        return last.speaker is not None and last.start is None and turn.start is None
    ended = last.end if last.end is not None else last.start
    if not last.start <= turn.start <= ended + SMALL_GAP:
        return False
    if last.speaker is not None:
        return True
    return length < LONGEST_OF_NOBODY and not said.rstrip(_CLOSING).endswith(_ENDS)


def _later(one: float | None, other: float | None) -> float | None:
    told = [moment for moment in (one, other) if moment is not None]
    return max(told, default=None)


def _close(made: list[Turn], parts: list[str]) -> None:
    """Write the parts that were gathered into the last turn."""
    if made and len(parts) > 1:
        last = made[-1]
        made[-1] = Turn(last.speaker, " ".join(parts), last.start, last.end)
