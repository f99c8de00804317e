"""Who of the buyer's is silent, as a page shows it: person by person, channel by channel."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from unsolved.deals.model import Exchange, Shift, Silence, Situation, Stakeholder
from unsolved.deals.silence import one_in, said
from unsolved.web.deals.silence_picture import Picture, drawn


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A change of behaviour in words, and the exchanges that show it, the latest first."""

    shift: Shift
    before: str
    now: str
    odds: str
    exchanges: tuple[Exchange, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """How it is with one person in one channel."""

    silence: Silence
    sentence: str
    odds: str
    picture: Picture
    shifts: tuple[Shown, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Who:
    """A person, and each channel in which something passed; ``number`` is that on the map.

    ``seen`` counts the exchanges that name them: who only gets copies has no channel. ``alike``
    are the numbers of those on the map who go by the same name, and of whom nobody has said who
    they are in our sources.
    """

    name: str
    title: str
    person_id: int | None
    number: int | None
    ways: tuple[Way, ...]
    seen: int = 0
    stakeholder: Stakeholder | None = None
    alike: tuple[int, ...] = ()

    @property
    def least(self) -> float:
        """How likely their least likely silence is; 1 where nothing waits."""
        waiting = (way.silence for way in self.ways if way.silence.waiting_since)
        return min((one.probability for one in waiting), default=1.0)

    @property
    def is_silent(self) -> bool:
        """Whether one of their silences is unusual."""
        return any(way.silence.is_silent for way in self.ways)


Named = Mapping[int, tuple[str, str]]
"""Name and title of people, by their ids."""


def people_of(known: Situation, named: Named) -> tuple[list[Who], list[Who]]:
    """Return who is on the map, and who is not but has written or met: most silent first."""
    by_person: dict[int, list[Silence]] = defaultdict(list)
    for silence in known.silences:
        by_person[silence.person_id].append(silence)
    seen = Counter(who for one in known.exchanges for who in one.person_ids)
    people = sorted(known.opportunity.stakeholders.items())
    mapped = [
        Who(
            name=one.name,
            title=one.title,
            person_id=one.person_id,
            number=number,
            ways=_ways(by_person.get(one.person_id or 0, ()), one.name, known),
            seen=seen[one.person_id or 0],
            stakeholder=one,
        )
        for number, one in people
    ]
    taken = {one.person_id for _, one in people}
    others = [
        Who(
            name=name,
            title=title,
            person_id=person_id,
            number=None,
            ways=_ways(by_person.get(person_id, ()), name, known),
            seen=seen[person_id],
            alike=tuple(n for n, one in people if _is_alike(one, name)),
        )
        for person_id in sorted(seen.keys() - taken)
        for name, title in [named.get(person_id, ("somebody", ""))]
    ]
    return sorted(mapped, key=_order), sorted(others, key=_order)


def _ways(silences: Iterable[Silence], name: str, known: Situation) -> tuple[Way, ...]:
    return tuple(_way(one, name, known) for one in silences)


def _way(one: Silence, name: str, known: Situation) -> Way:
    told = said(one, name)
    return Way(
        silence=one,
        sentence=f"{told[:1].upper()}{told[1:]}.",
        odds=one_in(one.probability),
        picture=drawn(known.exchanges, one, known.now),
        shifts=tuple(_shown(shift, known.exchanges) for shift in one.shifts),
    )


def _shown(shift: Shift, exchanges: Sequence[Exchange]) -> Shown:
    ids = set(shift.record_ids)
    found = [one for one in exchanges if one.record_id in ids]
    return Shown(
        shift=shift,
        before=measured(shift.before, shift.unit),
        now=measured(shift.now, shift.unit),
        odds=one_in(shift.chance),
        exchanges=tuple(sorted(found, key=lambda one: one.at, reverse=True)),
    )


def measured(value: float, unit: str) -> str:
    """Return what was measured in its unit; a share in per cent.

    >>> measured(0.25, "of mails"), measured(41.5, "words")
    ('25% of mails', '41.5 words')
    """
    return f"{value:.0%} {unit}" if unit.startswith("of ") else f"{value:.3g} {unit}"


def _is_alike(one: Stakeholder, name: str) -> bool:
    return one.person_id is None and _plain(one.name) == _plain(name)


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()


def _order(one: Who) -> tuple[bool, float, str]:
    return not one.ways, one.least, one.name.casefold()
