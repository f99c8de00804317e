"""Which two are surely one, which may be, and why: probability and reasons together."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from unsolved.sources.linkage import against, against_people, organisations, people, reasons
from unsolved.sources.linkage.against import Objection, Weight
from unsolved.sources.linkage.engine import Model, compare, shipped
from unsolved.sources.linkage.model import Found, OrganisationFacts, PersonFacts
from unsolved.sources.merging import Of, Pair

DOUBTED = 0.9
"""No pair that something speaks against is likelier than this."""

NAMESAKES = frozenset({"same", "called", "initial"})


@dataclass(frozen=True, slots=True)
class Judged:
    """A pair, and whether it is sure enough to need nobody's word."""

    pair: Pair
    is_sure: bool
    found: Found


def alike_organisations(
    known: Sequence[OrganisationFacts], model: Model | None = None
) -> list[Judged]:
    """Return the organisations that are or may be one, the likeliest first."""
    model = model or shipped("organisations")
    rows = organisations.rows_of(known)
    names = [name for facts in known for name in organisations.names_of(facts)]
    by_id = {facts.id: facts for facts in known}
    judged = []
    for found in compare(rows, model, model.bounds.doubtful):
        first, second = by_id[found.first], by_id[found.second]
        called = (names[found.rows[0]], names[found.rows[1]])
        against_it = against.objections(first, second, called, found)
        pair = [rows[at] for at in found.rows]
        tellers = reasons.of_organisations(first, second, called, pair)
        one = _judge(Of.ORGANISATION, found, against_it, model, tellers)
        judged += [one] if one else []
    return _ordered(judged)


def alike_people(
    known: Sequence[PersonFacts],
    places: Mapping[int, str] | None = None,
    model: Model | None = None,
) -> list[Judged]:
    """Return the people who are or may be one; ``places`` are the names of where they work."""
    model = model or shipped("people")
    by_id = {facts.id: facts for facts in known}
    judged: list[Judged] = []
    objected: set[frozenset[int]] = set()
    for found in compare(people.rows_of(known), model, model.bounds.doubtful):
        first, second = by_id[found.first], by_id[found.second]
        against_it = against_people.objections(first, second, found)
        if against_it:
            objected.add(frozenset((first.id, second.id)))
        same = first.organisation is not None and first.organisation == second.organisation
        where = (places or {}).get(first.organisation or 0) if same else None
        one = _judge(
            Of.PERSON, found, against_it, model, reasons.of_people(first, second, where)
        )
        judged += [one] if one else []
    return _ordered(_without_rivals(judged, objected))


def _judge(
    of: Of,
    found: Found,
    against_it: Sequence[Objection],
    model: Model,
    tellers: Mapping[str, reasons.Teller],
) -> Judged | None:
    if any(one.weight is Weight.APART for one in against_it):
        return None
    likely = min(found.probability, DOUBTED) if against_it else found.probability
    told = reasons.told(found, model.weights, tellers)
    said = set(told)
    told += [text for one in against_it if (text := f"but: {one.text}") not in said]
    pair = Pair(
        of=of,
        first_id=found.first,
        second_id=found.second,
        probability=round(likely, 4),
        reasons=tuple(told),
    )
    return Judged(pair, not against_it and likely >= model.bounds.sure, found)


def _ordered(judged: Sequence[Judged]) -> list[Judged]:
    return sorted(
        judged, key=lambda one: (-one.pair.probability, one.pair.first_id, one.pair.second_id)
    )


def _without_rivals(
    judged: Sequence[Judged], objected: Collection[frozenset[int]]
) -> list[Judged]:
    """Doubt a pair one of whom may as well be a third, who is not the other."""
    namesakes: dict[int, set[int]] = defaultdict(set)
    for one in judged:
        if one.found.levels["name"] in NAMESAKES:
            namesakes[one.pair.first_id].add(one.pair.second_id)
            namesakes[one.pair.second_id].add(one.pair.first_id)

    def has_rival(one: Judged) -> bool:
        levels = one.found.levels
        if not one.is_sure or "same" in (levels["phone"], levels["title"]):
            return False
        first, second = one.pair.first_id, one.pair.second_id
        return any(
            frozenset((third, other)) in objected
            for here, other in ((first, second), (second, first))
            for third in namesakes[here] - {other}
        )

    return [_doubted(one) if has_rival(one) else one for one in judged]


def _doubted(one: Judged) -> Judged:
    likely = min(one.pair.probability, DOUBTED)
    told = (*one.pair.reasons, "but: there is another of that name")
    return Judged(replace(one.pair, probability=likely, reasons=told), False, one.found)
