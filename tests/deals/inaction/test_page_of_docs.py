"""The page on the cost of inaction tells what the program does."""

import re
from dataclasses import replace
from pathlib import Path

from tests.deals.inaction.figures import SAID, figure, opportunity
from unsolved.deals.inaction import assumed_share, cost_of
from unsolved.deals.inaction.wording import money
from unsolved.deals.model import CostInput, Opportunity
from unsolved.problems import load

PAGE = (Path(__file__).parents[3] / "docs" / "inaction.md").read_text("utf-8")
ROW = re.compile(r"^\| `(\w+)` \| (.+?) \| (.+?) \| (.+?) \| (.+?) \| (.+?) \|$", re.MULTILINE)


def example() -> Opportunity:
    figures: list[CostInput] = []
    for name, *told, unit, who in ROW.findall(PAGE):
        low, likely, high = (float(one.replace(",", "")) for one in told)
        if who == "buyer":
            one = figure(name, low, likely, high, unit)
            figures.append(replace(one, ground=SAID))
    return opportunity("", *figures)


def test_the_worked_example_comes_to_what_the_page_says():
    deal = example()
    known = load().find("supply_chain")

    found = cost_of(deal, known).cost

    assert found is not None
    assert len(deal.inputs) == found.said == 6
    for value in (found.p10, found.p50, found.p90, found.mean, found.month[1]):
        assert money(value, "EUR") in PAGE
    for part in found.shares[:3]:
        assert money(part.weight, "EUR").removeprefix("EUR ") in PAGE
    assert money(found.swings[0].at_high, "EUR") in PAGE
    assert f"{assumed_share(found, deal):.0%}".replace("%", " %") in PAGE


def test_the_formula_of_the_page_is_that_of_the_library():
    known = load().find("supply_chain")

    assert known is not None
    assert known.cost is not None
    assert known.cost.formula in " ".join(PAGE.split())
