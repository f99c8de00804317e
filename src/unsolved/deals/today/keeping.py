"""What was worked out of a deal as plain data, such as lists show it, and back."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from pydantic import TypeAdapter

from unsolved.deals.today.cold import headline
from unsolved.deals.today.found import Found
from unsolved.deals.today.model import Attention, Item, Whose


def as_facts(found: Found, attention: Attention, mark: str = "") -> dict[str, Any]:
    """Return what is kept of a deal: its items, and the numbers that lists show beside it.

    ``mark`` tells what was known around it. ``brief`` is, for each list, the foremost item in
    a line. ``no_decision`` is a probability, ``wins`` one too; ``silence`` is a headline, empty
    where no silence is unusual; ``cost`` is a year's P50, None where it was not counted.
    """
    cost, silence = found.situation.cost, found.silence
    is_open = found.situation.opportunity.head.is_open
    return {
        "mark": mark,
        "brief": {whose.value: _brief(attention.of(whose)) for whose in Whose},
        "no_decision": found.risk.probability if is_open else None,
        "wins": found.advice.wins if is_open else None,
        "advice": found.advice.verdict.value if is_open else None,
        "verdict": found.verdict.verdict.value if found.verdict else None,
        "silence": headline(found),
        "silence_probability": silence.probability if silence else None,
        "cost": {"p50": cost.p50, "currency": cost.currency} if cost else None,
        "items": _adapter().dump_python(attention.items, mode="json", exclude_defaults=True),
    }


def items_of(facts: Mapping[str, Any], whose: Whose) -> tuple[Item, ...]:
    """Return the items of a deal that stand on a list, the foremost first."""
    items = _adapter().validate_python(facts.get("items", ()))
    return tuple(one for one in items if whose in one.whose)


def _brief(items: tuple[Item, ...]) -> dict[str, str] | None:
    if not items:
        return None
    first = items[0]
    return {"text": first.text, "pattern": first.pattern, "do": first.do}


@cache
def _adapter() -> TypeAdapter[tuple[Item, ...]]:
    return TypeAdapter(tuple[Item, ...])
