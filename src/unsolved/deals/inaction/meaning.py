"""What the cost of nothing changing means for each stakeholder: theirs, and in their words."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from unsolved.deals.inaction.rules import rules
from unsolved.deals.model import Cost, Opportunity, Reason, Stakeholder, added
from unsolved.errors import Invalid
from unsolved.problems import CostForRole, CostModel, Problem
from unsolved.problems.formula import names
from unsolved.problems.formula_reader import parse

WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """What the cost means for one stakeholder.

    ``stakeholder`` is their number in the opportunity. ``loses`` is what they themselves would
    lose, as noted; ``means`` what the library says of their role, ``role`` whom it calls so.
    ``parts`` are the addends of the cost that touch them, with their means a year; ``year`` is
    the sum of those, None when there are none. Parts of several people overlap.
    """

    stakeholder: int
    name: str
    role: str = ""
    means: str = ""
    loses: str = ""
    parts: tuple[Reason, ...] = ()

    @property
    def year(self) -> float | None:
        """What the parts come to a year, on average."""
        return added(self.parts) if self.parts else None


def means_for(
    cost: Cost | None, opportunity: Opportunity, problem: Problem | None
) -> tuple[Meaning, ...]:
    """Return what the cost means for each stakeholder who has not left, in their order.

    Whom a part touches is found by the words of their title and of the roles of the cost
    model, else by their role on the map; nobody is given a part that nothing points to.
    """
    model = problem.cost if problem else None
    here = [(n, one) for n, one in sorted(opportunity.stakeholders.items()) if not one.left_on]
    return tuple(_meaning(number, one, cost, model) for number, one in here)


def _meaning(
    number: int, one: Stakeholder, cost: Cost | None, model: CostModel | None
) -> Meaning:
    meant = role_of(one, model.per_role if model else ())
    return Meaning(
        stakeholder=number,
        name=one.name,
        role=meant.role if meant else "",
        means=meant.means if meant else "",
        loses=one.loses,
        parts=tuple(_parts(cost, meant)) if cost and meant else (),
    )


def role_of(one: Stakeholder, roles: tuple[CostForRole, ...]) -> CostForRole | None:
    """Return which role of a cost model a stakeholder has, if any: the one most alike."""
    title = _words(one.title)
    alike = [(len(title & _words(role.role)), -at) for at, role in enumerate(roles)]
    if not alike or max(alike)[0] == 0:
        hints = set(rules()["roles"].get(one.role.value, ()))
        alike = [(len(hints & _words(role.role)), -at) for at, role in enumerate(roles)]
    best = max(alike, default=(0, 0))
    return roles[-best[1]] if best[0] else None


def _words(text: str) -> set[str]:
    """Return the words of a title that say of what somebody is in charge, spelled out."""
    spelled = rules()["spelled"]
    found = WORD.findall(text.casefold())
    whole = " ".join(spelled.get(word, word) for word in found).split()
    return {spelled.get(word, word) for word in whole} - set(rules()["rank"]["words"])


def _parts(cost: Cost, meant: CostForRole) -> Iterator[Reason]:
    touched = set(meant.inputs)
    for part in cost.shares:
        try:
            if touched & set(names(parse(part.text))):
                yield part
        except Invalid:
            continue  # a cost kept by an earlier version
