"""The steps of an attempt as the page shows them: what was told when, and why it counts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from unsolved.evidence import Evidence
from unsolved.prospects import Attempt, Complaint, Link, Prospect

MOST = 8
"""Steps shown of one attempt at once; the ones in the middle are folded away."""


@dataclass(frozen=True, slots=True)
class Step:
    """A sentence of an attempt, with why it stands there."""

    piece: Evidence
    said_on: date | None
    telling: Link | None
    reasons: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Tried:
    """An attempt with its steps, oldest first."""

    attempt: Attempt
    steps: tuple[Step, ...]

    @property
    def shown(self) -> tuple[Step, ...]:
        """The steps that are seen at once."""
        return self.steps if len(self.steps) <= MOST else self.steps[: MOST - 1]

    @property
    def folded(self) -> tuple[Step, ...]:
        """The steps that are seen when asked for."""
        return self.steps[len(self.shown) :]


@dataclass(frozen=True, slots=True)
class Stated:
    """A statement of the problem, with what belongs to it; ``piece`` is None for the whole."""

    piece: Evidence | None
    causes: tuple[tuple[Link, Evidence], ...]
    consequences: tuple[tuple[Link, Evidence], ...]


def tried(prospect: Prospect, known: Mapping[int, Evidence]) -> list[Tried]:
    """Return the attempts of a prospect as the page shows them."""
    return [Tried(attempt, _steps(attempt, known)) for attempt in prospect.attempts]


def stated(prospect: Prospect, known: Mapping[int, Evidence]) -> list[Stated]:
    """Return the statements of the problem to which a cause or a consequence belongs."""
    found = (_stated(complaint, known) for complaint in prospect.complaints)
    return [one for one in found if one.causes or one.consequences]


def _steps(attempt: Attempt, known: Mapping[int, Evidence]) -> tuple[Step, ...]:
    telling = {link.evidence: link for link in attempt.told}
    reasons: dict[int, list[Link]] = {}
    for link in attempt.reasons:
        reasons.setdefault(link.evidence, []).append(link)
    found = [
        Step(known[one], known[one].said_on, telling.get(one), tuple(reasons.get(one, ())))
        for one in dict.fromkeys([*telling, *reasons])
        if one in known
    ]
    return tuple(sorted(found, key=_order))


def _order(step: Step) -> tuple[date, int, int]:
    place = step.piece.quote.span.start
    return step.said_on or date.min, step.piece.document_id, place


def _stated(complaint: Complaint, known: Mapping[int, Evidence]) -> Stated:
    said = None if complaint.evidence is None else known.get(complaint.evidence)
    return Stated(said, _known(complaint.causes, known), _known(complaint.consequences, known))


def _known(
    links: Iterable[Link], known: Mapping[int, Evidence]
) -> tuple[tuple[Link, Evidence], ...]:
    return tuple((link, known[link.evidence]) for link in links if link.evidence in known)
