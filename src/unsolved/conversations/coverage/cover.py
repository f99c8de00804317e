"""Reads a talk and says what was understood: acts, themes, moments, questions, facts."""

from collections import Counter
from collections.abc import Sequence
from itertools import chain

from unsolved.conversations.acts import ActReader, Said, TurnIn
from unsolved.conversations.coverage.answers import presumptions, questions
from unsolved.conversations.coverage.asks import asks
from unsolved.conversations.coverage.cutting import as_read, is_without_stops
from unsolved.conversations.coverage.facts import facts
from unsolved.conversations.coverage.model import (
    NOBODY,
    Coverage,
    Share,
    Side,
    Sides,
    Talk,
    Words,
)
from unsolved.conversations.coverage.moments import agreement, first_pitch
from unsolved.conversations.coverage.sides import Told, sides
from unsolved.conversations.coverage.themes import themes, topics
from unsolved.problems import Problem

NOT_TOLD = Told()
_DOUBT = 0.75
_LANGUAGES = {
    "de": "German",
    "fr": "French",
    "es": "Spanish",
    "it": "Italian",
    "nl": "Dutch",
    "pt": "Portuguese",
}

SaidInTurns = tuple[tuple[Said, ...], ...]


def read_acts(talk: Talk, reader: ActReader) -> SaidInTurns:
    """Return what each sentence of each turn does; nothing where the talk is not English."""
    if not talk.is_english:
        return tuple(() for _ in talk.turns)
    without = is_without_stops(turn.text for turn in talk.turns)
    heard = [
        TurnIn(turn.speaker, tuple(as_read(s, without_stops=without) for s in turn.sentences))
        for turn in talk.turns
    ]
    return tuple(tuple(one) for one in reader.read_call(heard))


def cover(
    talk: Talk,
    said: SaidInTurns,
    *,
    reader: str,
    told: Told = NOT_TOLD,
    problem: Problem | None = None,
) -> Coverage:
    """Return what was covered in a talk whose acts were read by ``reader``.

    Raises:
        Invalid: nobody in the talk is called what ``told`` says.
    """
    of = sides(talk, said, told)
    notes = tuple(chain(talk.notes, _notes(talk, of)))
    longest = max(talk.turns, key=lambda turn: turn.words, default=None)
    structure = Coverage(
        talk=talk,
        reader=reader,
        is_read=talk.is_english,
        sides=of,
        said=said,
        shares=_shares(talk, of),
        longest=Words(_begin(longest.text), longest.number, 0, longest.speaker, longest.start)
        if longest
        else None,
        longest_words=longest.words if longest else 0,
        notes=notes,
    )
    return _with_acts(structure, problem) if talk.is_english else structure


def coverage(
    talk: Talk, reader: ActReader, *, told: Told = NOT_TOLD, problem: Problem | None = None
) -> Coverage:
    """Read a talk and return what was covered in it.

    Raises:
        Invalid: nobody in the talk is called what ``told`` says.
    """
    said = read_acts(talk, reader)
    return cover(talk, said, reader=reader.name, told=told, problem=problem)


def _with_acts(of: Coverage, problem: Problem | None) -> Coverage:
    talk, said, parties = of.talk, of.said, of.sides
    about = topics(talk, said, parties)
    covered = themes(talk, said, parties, about)
    asked = questions(talk, said, parties)
    unanswered = [one for one in asked if one.answer is None]
    return Coverage(
        talk=talk,
        reader=of.reader,
        is_read=True,
        sides=parties,
        said=said,
        themes=covered,
        pitch=first_pitch(talk, said, parties),
        agreement=agreement(talk, said, parties, about),
        questions=asked,
        presumptions=presumptions(talk, said, parties),
        shares=of.shares,
        longest=of.longest,
        longest_words=of.longest_words,
        facts=facts(talk, said, parties, about),
        asks=asks(covered, unanswered, problem),
        notes=of.notes,
    )


def _shares(talk: Talk, of: Sides) -> tuple[Share, ...]:
    """Return how much each speaker said; where nobody is named, each side."""
    count: Counter[tuple[str, Side | None]] = Counter()
    for turn, side in zip(talk.turns, of.of_turns, strict=True):
        count[(turn.speaker, side)] += turn.words
    every = count.total() or 1
    return tuple(
        Share(speaker, side, words, words / every) for (speaker, side), words in count.items()
    )


def _notes(talk: Talk, of: Sides) -> Sequence[str]:
    found = []
    if not talk.is_english:
        name = _LANGUAGES.get((talk.language or "")[:2].casefold(), f"“{talk.language}”")
        found.append(
            f"it seems to be in {name}; only English is read: who spoke how much is shown, and"
            " nothing else"
        )
    if not talk.turns:
        found.append("nobody says anything in it")
    elif len(set(of.of_turns)) < len(Side) and talk.is_english:
        found.append("only one side speaks in it")
    elif of.sure < _DOUBT:
        found.append(
            "it is not sure who sells and who may buy; say so with the names of the speakers"
        )
    if talk.is_english and is_without_stops(turn.text for turn in talk.turns):
        found.append("it has no full stops; sentences are cut where a new thought begins")
    if NOBODY in talk.speakers and len(talk.speakers) > 1:
        found.append("of some turns nobody says who spoke; they are on no side")
    return found


def _begin(text: str) -> str:
    return text if len(text) <= 160 else text[:160].rsplit(" ", 1)[0]  # noqa: PLR2004
