"""In which order to call: points that add up.

Each standing is worth points (those who tried and failed most), and a prospect gets them in
proportion to how likely it stands there: an expected value, so that doubt costs its share.
How closely the story fits the problem, urgency and own words add a few; an old story takes
some away.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from unsolved.evidence import Facet, Speaker
from unsolved.prospects.model import Reason, Standing
from unsolved.prospects.signs import Story
from unsolved.prospects.statements import Statement
from unsolved.prospects.weights import Weights

WORTH: Mapping[Standing, str] = {
    Standing.TRIED_AND_FAILED: "tried_and_failed",
    Standing.IN_DENIAL: "tried_and_failed",
    Standing.FIXING: "fixing",
    Standing.HAS_IT: "has_it",
    Standing.UNAWARE: "has_it",
    Standing.RESOLVED: "resolved",
}

OLD = timedelta(days=365)
"""Facts older than this have to be asked about again."""

LEAST_POINTS = 0.05


def parts(
    chances: Mapping[Standing, float], story: Story, weights: Weights, *, today: date
) -> tuple[Reason, ...]:
    """Return what a score is made of, in points; the parts add up to it."""
    there = 1 - chances[Standing.UNSEEN]
    points = [
        Reason(f"{standing.value}: {_percent(chances[standing])}", value * chances[standing])
        for standing, name in WORTH.items()
        if (value := weights.of("score", name))
    ]
    if story.meant:
        text = f"what is told fits this problem: {_percent(story.reference)}"
        points.append(Reason(text, weights.of("score", "fit") * there * story.reference))
    for text, name, said in _extras(story):
        share = there * _strength(name, said)
        points.append(
            Reason(text, weights.of("score", name) * share, said.evidence, said.said_on)
        )
    if story.ends_on is not None and today - story.ends_on > OLD:
        text = f"last heard of on {story.ends_on}, over a year ago"
        points.append(Reason(text, weights.of("score", "an_old_story") * there))
    return tuple(point for point in points if abs(point.weight) >= LEAST_POINTS)


def _percent(chance: float) -> str:
    return f"{chance:.0%} likely" if chance >= 0.01 else "under 1% likely"  # noqa: PLR2004


def _extras(story: Story) -> list[tuple[str, str, Statement]]:
    urgent = _strongest(story.meant, "urgency")
    own = [said for said in story.meant if said.speaker is Speaker.ORGANISATION]
    in_own_words = _strongest(own, "own_words")
    return [
        *([("pressed to act", "urgency", urgent)] if urgent else []),
        *([("says so itself", "own_words", in_own_words)] if in_own_words else []),
    ]


def _strongest(statements: Sequence[Statement], name: str) -> Statement | None:
    return max(statements, key=lambda said: _strength(name, said), default=None)


def _strength(name: str, said: Statement) -> float:
    return said.says(Facet.URGENCY) if name == "urgency" else said.shows
