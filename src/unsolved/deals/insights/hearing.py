"""What the buyer's people said, sentence by sentence, each with where it stands."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from unsolved.deals.model import Basis, Channel, Exchange, Ground, Note, Situation

OURS = frozenset({"overruled"})
"""What a note is about that tells of us and not of the buyer."""

MOST = 20_000
"""Characters of one mail that are read."""

_END = re.compile(r"(?<=[.!?])\s+|\n{2,}")
_QUOTED = re.compile(r"^\s*>.*$|^-{2,}\s*Original Message.*\Z", re.MULTILINE | re.DOTALL)
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence of the buyer's, or noted of them, when it was said, and what it rests on."""

    text: str
    on: date
    ground: Ground


def heard(situation: Situation) -> tuple[Said, ...]:
    """Return what the buyer's people wrote, and what was noted of them, the latest first.

    Mails that nobody wrote (an absence told by a machine) and our own say nothing of them.
    """
    names = {
        one.person_id: one.name
        for one in situation.opportunity.stakeholders.values()
        if one.person_id is not None
    }
    said = {
        *(one for exchange in situation.exchanges for one in _written(exchange, names)),
        *(one for note in situation.opportunity.notes.values() for one in _noted(note)),
    }
    ordered = sorted(said, key=lambda one: (one.text, repr(one.ground)))
    return tuple(sorted(ordered, key=lambda one: one.on, reverse=True))


def _written(exchange: Exchange, names: dict[int, str]) -> Iterator[Said]:
    if exchange.is_ours or exchange.is_automatic or exchange.channel is not Channel.MAIL:
        return
    writer = names.get(exchange.person_ids[0], "") if exchange.person_ids else ""
    text = exchange.text[:MOST]
    if exchange.document_id is None:
        text = _QUOTED.sub("\n\n", text)
    for sentence in _sentences(text):
        ground = Ground(
            basis=Basis.RECORD,
            quote=sentence,
            by=writer,
            on=exchange.at.date(),
            record_id=exchange.record_id,
            document_id=exchange.document_id,
        )
        yield Said(_SPACE.sub(" ", sentence), exchange.at.date(), ground)


def _noted(note: Note) -> Iterator[Said]:
    if note.about in OURS:
        return
    known = note.ground
    ground = known if known.basis is not Basis.ASSUMED else Ground(basis=Basis.NOTED)
    for sentence in _sentences(note.text):
        told = (
            ground
            if ground.quote
            else Ground(
                basis=ground.basis, quote=sentence, by=ground.by, on=ground.on or note.on
            )
        )
        yield Said(_SPACE.sub(" ", sentence), known.on or note.on, told)


def _sentences(text: str) -> Iterator[str]:
    for sentence in _END.split(text):
        if plain := sentence.strip():
            yield plain
