"""What is worth sending to people who have the problem, to whom of them, and when."""

from typing import TYPE_CHECKING

from unsolved.deals.insights.budget import BudgetYear, budget_year
from unsolved.deals.insights.choosing import Matched, families_of, matched
from unsolved.deals.insights.hearing import Said, heard
from unsolved.deals.insights.wording import first_name, told_day
from unsolved.later import later

if TYPE_CHECKING:
    from unsolved.deals.insights.planning import days_of_value, plan_of_value

__all__ = [
    "BudgetYear",
    "Matched",
    "Said",
    "budget_year",
    "days_of_value",
    "families_of",
    "first_name",
    "heard",
    "matched",
    "plan_of_value",
    "told_day",
]

__getattr__ = later(__name__, {"planning": ("days_of_value", "plan_of_value")})
