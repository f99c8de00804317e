"""Which cause and which consequence belong to which statement of the problem?

To that of the same sentence; else to the nearest one in the same document; else to the one that
names the same things. What is tied to none belongs to the problem as a whole.
"""

from collections.abc import Iterable, Sequence

from unsolved.evidence import Facet
from unsolved.prospects.links import Complaint, Link, Rule
from unsolved.prospects.signs import Story
from unsolved.prospects.tellings import Telling, characters, distance, link, tellings

WINDOW = 1500
"""In one document, a cause belongs to a problem stated within so many characters of it."""

MOST = 15
"""Complaints kept for one problem: those with the most to say."""

CONSIDERED = 200
"""Statements looked at, the strongest."""


def complaints(story: Story, own_names: Iterable[str]) -> tuple[Complaint, ...]:
    """Return what states the problem, oldest first, with causes and consequences tied to it.

    What belongs to no sentence comes last.
    """
    strongest = sorted(story.meant, key=lambda s: (-max(s.strength.values()), s.evidence))
    told = tellings(strongest[:CONSIDERED], own_names)
    stated = [one for one in told if one.says(Facet.PROBLEM)]
    causes = _tied(told, stated, Facet.CAUSE)
    effects = _tied(told, stated, Facet.CONSEQUENCE)
    found = [
        Complaint(
            evidence=one.said.evidence if one else None,
            said_on=one.said.said_on if one else None,
            causes=tuple(causes.get(one.said.evidence if one else None, ())),
            consequences=tuple(effects.get(one.said.evidence if one else None, ())),
        )
        for one in [*stated, None]
    ]
    best = sorted(
        (complaint for complaint in found if complaint.causes or complaint.consequences),
        key=lambda complaint: -len(complaint.causes) - len(complaint.consequences),
    )[:MOST]
    return tuple(complaint for complaint in found if complaint in best)


def _tied(
    told: Sequence[Telling], stated: Sequence[Telling], facet: Facet
) -> dict[int | None, list[Link]]:
    found: dict[int | None, list[Link]] = {}
    for one in told:
        if one.says(facet):
            to, tied = _tie(one, stated)
            found.setdefault(to, []).append(tied)
    return found


def _tie(one: Telling, stated: Sequence[Telling]) -> tuple[int | None, Link]:
    if one.says(Facet.PROBLEM):
        return one.said.evidence, link(one, Rule.SENTENCE, one)
    gaps = ((characters(problem, one), problem) for problem in stated)
    near = [problem for gap, problem in gaps if gap is not None and abs(gap) <= WINDOW]
    if near:
        nearest = min(near, key=lambda problem: (distance(one, problem), problem.place))
        return nearest.said.evidence, link(one, Rule.NEAREST, nearest)
    sharing = [problem for problem in stated if _shared(one, problem)]
    if sharing:
        nearest = min(sharing, key=lambda problem: (distance(one, problem), problem.place))
        return nearest.said.evidence, link(one, Rule.NAMES, nearest, _shared(one, nearest))
    return None, link(one, Rule.WHOLE, None)


def _shared(one: Telling, problem: Telling) -> tuple[str, ...]:
    return tuple(name for name in one.mention.names if name in problem.mention.names)
