"""Somebody who usually answers does not: how unusual that is, why it may be, what to do."""

from collections.abc import Iterator
from math import log10

from unsolved.deals.diagnosis import Diagnosis, advise
from unsolved.deals.model import UNUSUAL, Basis, Ground, Reason, Silence, Situation
from unsolved.deals.silence import said
from unsolved.deals.today.found import Found
from unsolved.deals.today.kinds import told
from unsolved.deals.today.model import ItemKind
from unsolved.deals.today.seen import Seen, Sights, plain

SOMEBODY = "Their contact"
SHOWN = 3
"""So many signs of the likeliest reason are shown."""


def silent(found: Found) -> Sights:
    """Yield the silence that counts, with the likeliest reason and what to do about it."""
    silence, diagnosis, situation = found.silence, found.diagnosis, found.situation
    if silence is None or diagnosis is None:
        return
    who = name_of(situation, silence.person_id)
    is_other = _is_spoken(situation, silence)
    facts = {
        "who": who,
        "said": said(silence, who),
        "likely": diagnosis.top.value if diagnosis.top else "the signs do not tell why",
        "do": what_to_do(situation, diagnosis),
    }
    why = [_heard(silence, who), *_likely(diagnosis)]
    if is_other:
        why.append(plain("Somebody else of theirs has spoken since; it counts half", "others"))
    size = how_unusual(silence.probability) * (0.5 if is_other else 1.0)
    yield Seen(kind=ItemKind.SILENT, facts=facts, why=tuple(why), size=size)


def headline(found: Found) -> str:
    """Return the silence that counts in a line; empty where none is unusual."""
    if found.silence is None:
        return ""
    who = name_of(found.situation, found.silence.person_id)
    return f"{who}: {said(found.silence, who)}"


def name_of(situation: Situation, person_id: int) -> str:
    """Return how somebody is called on the map of people."""
    named = [
        one.name
        for _, one in sorted(situation.opportunity.stakeholders.items())
        if one.person_id == person_id
    ]
    return named[0] if named else SOMEBODY


def how_unusual(probability: float) -> float:
    """Return how much a silence counts, from a half at the limit of unusual to one.

    >>> round(how_unusual(0.1), 2), round(how_unusual(0.01), 2), how_unusual(0.0)
    (0.5, 1.0, 1.0)
    """
    whole = told().limits.unusual
    if probability <= whole:
        return 1.0
    return 0.5 + 0.5 * log10(UNUSUAL / probability) / log10(UNUSUAL / whole)


def _heard(silence: Silence, who: str) -> Reason:
    records = silence.record_ids
    ground = Ground(basis=Basis.RECORD, record_id=records[-1]) if records else None
    return Reason(f"{who}: {said(silence, who)}", 0.0, "today.silent", ground)


def _likely(diagnosis: Diagnosis) -> Iterator[Reason]:
    """Yield the likeliest reason and what speaks for it, or why none can be told."""
    first = diagnosis.likely[0]
    if diagnosis.top is None:
        doubts = ", ".join(one.value for one in diagnosis.doubts)
        yield plain(f"Why cannot be told: {doubts}", "cannot_tell")
        return
    yield plain(f"Likeliest: {first.cold.value} ({first.probability:.0%})", "likeliest")
    speaks = [one for one in first.reasons if one.weight > 0 and one.rule != "prior"]
    yield from speaks[:SHOWN]


def _is_spoken(situation: Situation, silence: Silence) -> bool:
    """Whether somebody else of theirs gave a sign since the silence began."""
    since = silence.waiting_since
    return since is not None and any(
        one.at > since and not one.is_ours and not one.is_automatic and not one.is_off
        for one in situation.exchanges
        if one.person_ids and one.person_ids[0] != silence.person_id and one.at <= situation.now
    )


def what_to_do(situation: Situation, diagnosis: Diagnosis) -> str:
    """Return the step that answers the likeliest reason, or the question that tells most."""
    first = advise(situation, diagnosis)[0]
    return f"Ask: {first.step}" if first.cold is None else first.step
