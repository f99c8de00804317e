"""Each reason for which something failed before is a risk until something shows otherwise."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from pydantic import ConfigDict, TypeAdapter

from unsolved.conversations.acts.words import stems
from unsolved.deals.model import (
    ASSUMED,
    Attempt,
    CameOf,
    Ground,
    Opportunity,
    Risk,
    Role,
    Situation,
    Stakeholder,
    Stance,
    Why,
)
from unsolved.problems import FailedFix, Problem

LASTING = frozenset({CameOf.WORKED})
"""What leaves no risk behind."""

ALIKE = 2
"""So many telling words a fix that usually fails shares with an attempt, or with a measure."""

LONGEST = 160


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A risk that belongs into the plan and is not in it, and where it comes from.

    ``owner_role`` is who usually owns the measure on the buyer's side; ``risk.owner`` is them
    by name where somebody on the map has that part, else empty. ``usually`` says what usually
    fails in such a place, by the problem file.
    """

    attempt: int
    why: Why
    risk: Risk
    owner_role: str
    usually: str = ""

    @property
    def key(self) -> str:
        """What tells it apart within its opportunity."""
        return f"{self.attempt}-{self.why.value}"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Measure:
    __pydantic_config__ = ConfigDict(extra="forbid")

    text: str
    measure: str
    proof: str
    owner: Role
    of: Mapping[str, str] = field(default_factory=dict)


def proposed(situation: Situation) -> tuple[Proposal, ...]:
    """Return a risk for each attempt and reason that the plan has none for, attempt by attempt.

    The measure, its usual owner and its proof are those of the reason; the owner is named
    where somebody on the map has that part. What the plan already has is not proposed again.
    """
    known = situation.opportunity
    planned = {(risk.attempt, risk.why) for risk in known.risks.values()}
    found = []
    for number, attempt in sorted(known.attempts.items()):
        if attempt.came_of in LASTING:
            continue
        open_ = (w for w in Why if w in attempt.whys and (number, w) not in planned)
        found += [_proposal(number, attempt, why, situation) for why in open_]
    return tuple(found)


def _proposal(number: int, attempt: Attempt, why: Why, situation: Situation) -> Proposal:
    told = _measures()[why]
    known = situation.opportunity
    who = _names(known, attempt.defended_by)
    words = {
        "what": f"\u201c{_short(attempt.what)}\u201d",
        "why": f": \u201c{_short(attempt.why_text)}\u201d" if attempt.why_text.strip() else "",
        "who": f", first of all with {who}" if who else "",
    }
    measure = told.of.get(attempt.kind.value, told.measure).format_map(words)
    owner = _owner(situation, told.owner, attempt)
    return Proposal(
        attempt=number,
        why=why,
        risk=Risk(
            text=told.text.format_map(words),
            why=why,
            attempt=number,
            measure=measure,
            owner=owner.name if owner else "",
            proof=told.proof,
            ground=_ground(attempt),
        ),
        owner_role=told.owner.value,
        usually=_usual(situation.problem, attempt),
    )


def _owner(situation: Situation, role: Role, attempt: Attempt) -> Stakeholder | None:
    """Return who has a part in the buying, the well-disposed first.

    Who left owns nothing, and who defends what failed does not own what removes its cause.
    """
    here = [
        one
        for number, one in situation.opportunity.stakeholders.items()
        if one.role is role
        and number not in attempt.defended_by
        and (one.left_on is None or one.left_on > situation.today)
    ]
    order = (Stance.FOR, Stance.NEUTRAL, Stance.UNKNOWN, Stance.DOUBTS, Stance.AGAINST)
    return min(here, key=lambda one: (order.index(one.stance), one.name), default=None)


def _names(known: Opportunity, numbers: Iterable[int]) -> str:
    people = known.stakeholders
    return ", ".join(sorted(people[n].name for n in set(numbers) if n in people))


def _usual(problem: Problem | None, attempt: Attempt) -> str:
    """Return the fix of the problem file that is most like an attempt, and why it fails."""
    words = stems(f"{attempt.what} {attempt.why_text} {attempt.note}")
    fixes = problem.typical_failed_fixes if problem else ()
    best = max(fixes, key=lambda fix: _shared(fix, words), default=None)
    if best is None or _shared(best, words) < ALIKE:
        return ""
    return f"{best.fix}: {best.why_it_fails}"


def _shared(fix: FailedFix, words: frozenset[str]) -> int:
    return len(stems(fix.fix) & words)


def _ground(attempt: Attempt) -> Ground:
    return attempt.grounds[0] if attempt.grounds else ASSUMED


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= LONGEST else f"{plain[:LONGEST].rstrip()}…"


@cache
def _measures() -> Mapping[Why, _Measure]:
    text = Path(__file__).with_name("measures.toml").read_text("utf-8")
    told = TypeAdapter(dict[Why, _Measure]).validate_python(tomllib.loads(text))
    missing = [why.value for why in Why if why not in told]
    if missing:
        raise ValueError(f"measures.toml says nothing of {missing}")
    return told
