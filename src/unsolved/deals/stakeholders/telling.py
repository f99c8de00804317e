"""Gaps in words: what is missing on the map, why it matters, and what to ask or do about it.

The rules, their texts, weights and sources are in ``gaps.toml``.
"""

from dataclasses import dataclass

from unsolved.deals.model import Situation, Stakeholder
from unsolved.deals.stakeholders import strained, unknown, unmet
from unsolved.deals.stakeholders.group import Group, group_of
from unsolved.deals.stakeholders.lacks import Lack
from unsolved.deals.stakeholders.rules import known_rules
from unsolved.deals.wording import listed

LOOKS = (*unknown.LOOKS, *unmet.LOOKS, *strained.LOOKS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Something that is missing among the people of a deal, in words.

    ``weight``, from 0 to 1, is how much it holds a decision back by our judgement; ``who`` are
    the numbers of those it is about. ``ask`` is what to ask or do, ``why`` why it matters, and
    ``source`` where the rule is from.
    """

    text: str
    rule: str
    weight: float
    ask: str
    why: str = ""
    source: str = ""
    who: tuple[int, ...] = ()


def gaps(situation: Situation) -> tuple[Gap, ...]:
    """Return what is missing on the map of people, what holds back most first."""
    group = group_of(situation)
    found = [_gap(lack, group) for look in LOOKS for lack in look(group)]
    return tuple(sorted(found, key=lambda gap: (-gap.weight, gap.rule, gap.who, gap.text)))


def _gap(lack: Lack, group: Group) -> Gap:
    rule = known_rules()[lack.rule]
    people = {**group.here, **group.gone}
    bridge = group.through(group.unreached(lack.who)) if rule.through else None
    facts = {
        **lack.facts,
        "who": listed(people[number].name for number in lack.who),
        "through": _name(people, bridge),
    }
    asked = rule.through if bridge is not None else rule.ask
    return Gap(
        text=rule.text.format(**facts),
        rule=rule.rule,
        weight=rule.weight,
        ask=asked.format(**facts),
        why=rule.why,
        source=rule.source,
        who=lack.who,
    )


def _name(people: dict[int, Stakeholder], number: int | None) -> str:
    return people[number].name if number is not None else ""
