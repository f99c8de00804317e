"""When the buyer's next budget year begins or is planned, as they said it."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from unsolved.deals.insights.hearing import Said, heard
from unsolved.deals.model import Ground, Situation

MONTHS = 12


@dataclass(frozen=True, slots=True)
class BudgetYear:
    """The next day on which a budget begins, or is planned, and what says so."""

    on: date
    is_planned: bool
    """Whether that is the month in which budgets are planned, and not the one they begin in."""

    ground: Ground


@dataclass(frozen=True, slots=True)
class _Cues:
    about: re.Pattern[str]
    begins: re.Pattern[str]
    ends: re.Pattern[str]
    planned: re.Pattern[str]
    month: re.Pattern[str]
    months: Mapping[str, int]


def budget_year(situation: Situation) -> BudgetYear | None:
    """Return the buyer's next budget year; None where nobody said when it is.

    What was said last counts. The day is the first of its month, after today.
    """
    for said in heard(situation):
        found = _month(said)
        if found is not None:
            month, is_planned = found
            return BudgetYear(_next(situation.today, month), is_planned, said.ground)
    return None


def _month(said: Said) -> tuple[int, bool] | None:
    """Return the month that a sentence names for a budget, and whether it is planned then."""
    cues = _read()
    month = cues.month.search(said.text)
    if month is None or not cues.about.search(said.text):
        return None
    number = cues.months[month.group()]
    begins = cues.begins.search(said.text) is not None
    if not begins and cues.ends.search(said.text):
        return number % MONTHS + 1, False
    return number, not begins and cues.planned.search(said.text) is not None


def _next(today: date, month: int) -> date:
    this = date(today.year, month, 1)
    return this if this > today else date(today.year + 1, month, 1)


@cache
def _read() -> _Cues:
    told = tomllib.loads(Path(__file__).with_name("budget.toml").read_text("utf-8"))
    about, begins, ends, planned = (
        re.compile(rf"\b(?:{'|'.join(told[name])})\b", re.IGNORECASE)
        for name in ("about", "begins", "ends", "planned")
    )
    months = re.compile(rf"\b(?:{'|'.join(told['months'])})\b")  # "may" is no month
    return _Cues(about, begins, ends, planned, months, told["months"])
