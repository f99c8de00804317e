"""Signs in words: what they wrote and said, what we answered, what we noted."""

from collections.abc import Iterator
from datetime import date
from math import fsum

from unsolved.deals.diagnosis.catalogue import catalogue, sign
from unsolved.deals.diagnosis.cues import Voice, heard, is_heard, plain, sentences
from unsolved.deals.diagnosis.facts import STALE, Facts
from unsolved.deals.diagnosis.model import Cold, Sign
from unsolved.deals.diagnosis.reading import about
from unsolved.deals.model import Basis, Channel, Exchange, Ground

Place = tuple[float, Ground]
"""How much words count, and where they stand."""

QUOTES = 4
"""How many places of one sign are kept."""

NEWS = 0.5
"""A note that rests on a document must count so much to be news."""

EVENT = "company-event"
"""The one sign that such a note tells of."""

LATEST = 6
"""How many of their last exchanges are read without cues."""

UNSURE, SURE = 0.4, 0.75
"""A sentence less likely about a reason says nothing of it; one this likely counts whole."""

LEAST_READ, MOST_READ = 0.3, 2.0
"""How many sentences must speak for a reason to be told of, and how many count at most."""


def of_words(facts: Facts) -> Iterator[Sign]:
    """Yield the signs that are heard in the last words, with the places where each was heard.

    One weighs as much as its words count (`Facts.freshness`), and more when it was heard in
    several exchanges, up to a bound.
    """
    places: dict[str, list[Place]] = {}
    for one, counts in facts.latest:
        voice = Voice.OURS if one.is_ours else Voice.BUYER
        for name, sentence in heard(one.text, voice, facts.unmet_above):
            places.setdefault(name, []).append((counts, _ground(one, sentence, facts)))
    for name, place in _of_notes(facts):
        places.setdefault(name, []).append(place)
    most = catalogue().most
    for name, told in sorted(places.items()):
        worth = [counts for counts, _ in told]
        strength = min(most, 0.7 * max(worth) + 0.3 * fsum(worth))
        newest = sorted((g for _, g in told), key=lambda g: (g.on or date.min, g.quote))
        yield sign(name, strength=strength, grounds=tuple(newest[-QUOTES:][::-1]))


def _of_notes(facts: Facts) -> Iterator[tuple[str, Place]]:
    """Yield what is heard in notes.

    A note that rests on a document is nobody's words: only what happens at the company is
    taken from it, while it is news.
    """
    for _, note in sorted(facts.situation.opportunity.notes.items()):
        is_read = note.ground.basis is Basis.EVIDENCE
        counts = facts.freshness(note.ground.on or note.on if is_read else note.on)
        if counts < (NEWS if is_read else STALE):
            continue
        for name, sentence in heard(note.text, Voice.NOTE):
            if is_read and name != EVENT:
                continue
            ground = note.ground if note.ground != Ground() else _noted(sentence, note.on)
            yield name, (counts, ground)


def of_unheard(facts: Facts) -> Iterator[Sign]:
    """Yield what their last words are about where no cue is heard in them."""
    theirs = [told for told in facts.latest if not told[0].is_ours]
    unheard = [
        (counts, one, sentence)
        for one, counts in theirs[-LATEST:]
        for sentence in sentences(one.text)
        if not is_heard(sentence, Voice.BUYER, facts.unmet_above)
    ]
    chances = about([sentence for _, _, sentence in unheard]) if unheard else ()
    for cold in Cold:
        worth = [
            (counts * min(1.0, (chance[cold] - UNSURE) / (SURE - UNSURE)), one, sentence)
            for chance, (counts, one, sentence) in zip(chances, unheard, strict=True)
            if chance[cold] > UNSURE
        ]
        strength = min(MOST_READ, fsum(value for value, _, _ in worth))
        if strength >= LEAST_READ:
            worth.sort(key=lambda told: (-told[0], told[1].at, told[2]))
            grounds = tuple(_ground(one, words, facts) for _, one, words in worth[:QUOTES])
            yield sign(f"reads-{cold.name.lower()}", strength=strength, grounds=grounds)


def of_answers(facts: Facts) -> Iterator[Sign]:
    """Yield that we asked when or whether, and the next answer says neither."""
    asked: Exchange | None = None
    found: list[Ground] = []
    for one, _ in facts.latest:
        if one.is_ours:
            asks = any(
                s.endswith("?") and plain("whether").search(s.lower())
                for s in sentences(one.text)
            )
            asked = one if asks and one.channel is not Channel.CALL else asked
        elif asked is not None and one.text.strip():
            if not plain("dated").search(one.text.lower()):
                found.append(_ground(one, sentences(one.text)[0], facts))
            asked = None
    if found:
        strength = min(catalogue().most, 0.7 + 0.3 * len(found))
        yield sign("sidesteps", strength=strength, grounds=tuple(found[::-1][:QUOTES]))


def _ground(one: Exchange, sentence: str, facts: Facts) -> Ground:
    who = facts.name_of(one.person_ids[0]) if one.person_ids else ""
    return Ground(
        basis=Basis.NOTED if one.is_ours else Basis.BUYER,
        quote=sentence,
        by="us" if one.is_ours else who,
        on=one.at.date(),
        document_id=one.document_id,
        record_id=one.record_id,
    )


def _noted(sentence: str, on: date) -> Ground:
    return Ground(basis=Basis.NOTED, quote=sentence, on=on)
