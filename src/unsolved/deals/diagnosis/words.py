"""Signs in words: what they wrote and said, what we answered, what we noted."""

from collections.abc import Iterator
from datetime import date
from math import fsum

from unsolved.deals.diagnosis.catalogue import catalogue, sign
from unsolved.deals.diagnosis.cues import Voice, heard, plain, sentences
from unsolved.deals.diagnosis.facts import Facts
from unsolved.deals.diagnosis.model import Cold, Sign
from unsolved.deals.diagnosis.reading import about
from unsolved.deals.model import Basis, Channel, Exchange, Ground

QUOTES = 4
"""How many places of one sign are kept."""

LATEST = 6
"""How many of their last exchanges are read without cues."""

UNSURE, SURE = 0.35, 0.8
"""A sentence less likely about a reason says nothing of it; one this likely counts whole."""

LEAST_READ, MOST_READ = 0.3, 2.0
"""How many sentences must speak for a reason to be told of, and how many count at most."""


def of_words(facts: Facts) -> Iterator[Sign]:
    """Yield the signs that are heard, each once, with the places where it was heard.

    One that was heard in several exchanges weighs more, up to a bound.
    """
    places: dict[str, list[Ground]] = {}
    for one in facts.exchanges:
        voice = Voice.OURS if one.is_ours else Voice.BUYER
        for name, sentence in heard(one.text, voice):
            places.setdefault(name, []).append(_ground(one, sentence, facts))
    for _, note in sorted(facts.situation.opportunity.notes.items()):
        for name, sentence in heard(note.text, Voice.NOTE):
            ground = note.ground if note.ground != Ground() else _noted(sentence, note.on)
            places.setdefault(name, []).append(ground)
    most = catalogue().most
    for name, grounds in sorted(places.items()):
        newest = sorted(grounds, key=lambda one: (one.on or date.min, one.quote))
        strength = min(most, 0.7 + 0.3 * len(grounds))
        yield sign(name, strength=strength, grounds=tuple(newest[-QUOTES:][::-1]))


def of_unheard(facts: Facts) -> Iterator[Sign]:
    """Yield what their last words are about where no cue is heard in them."""
    unheard = [
        (one, sentence)
        for one in facts.theirs[-LATEST:]
        for sentence in sentences(one.text)
        if not any(True for _ in heard(sentence, Voice.BUYER))
    ]
    chances = about([sentence for _, sentence in unheard]) if unheard else ()
    for cold in Cold:
        worth = [
            (min(1.0, (chance[cold] - UNSURE) / (SURE - UNSURE)), *place)
            for chance, place in zip(chances, unheard, strict=True)
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
    for one in facts.exchanges:
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
