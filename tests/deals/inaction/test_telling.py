from dataclasses import replace

import pytest

from tests.deals.inaction.figures import DAY, SAID, figure, opportunity, problem
from unsolved.deals.inaction import Together, as_markdown, cost_of, means_for
from unsolved.deals.inaction.meaning import role_of
from unsolved.deals.model import Opportunity, Role, Stakeholder, added
from unsolved.problems import CostForRole, CostModel, CostQuantity, Problem, load

ROLES = (
    CostForRole("chief financial officer and controller", "Cash comes late.", ("margin",)),
    CostForRole("plant and warehouse managers", "They correct by hand.", ("hours",)),
    CostForRole("head of payroll", "People wait."),
)
QUANTITIES = (
    CostQuantity(name="orders", what="orders lost", unit="orders / week"),
    CostQuantity(
        name="margin", what="margin | <b>", unit="money / order", question="How much?"
    ),
    CostQuantity(
        name="hours", what="hours by hand", unit="hours / week", low=5, likely=9, high=20
    ),
    CostQuantity(name="rate", what="an hour", unit="money / hour", low=20, likely=30, high=50),
)
KNOWN = replace(
    problem("orders * margin + hours * rate"),
    cost=CostModel("orders * margin + hours * rate", QUANTITIES, ROLES),
)
ORDERS = replace(figure("orders", 10, 40, 120, "orders / week"), ground=SAID)
MARGIN = replace(
    figure("margin", 20, 50, 90, "EUR / order"), ground=replace(SAID, by="", quote="")
)
PEOPLE = (
    Stakeholder(name="Anna", title="CFO", loses="her bonus"),
    Stakeholder(name="Bo", title="Warehouse Manager"),
    Stakeholder(name="Cy", title="Astronaut"),
    Stakeholder(name="Di", title="Controller", left_on=DAY),
)


def deal(*people: Stakeholder) -> Opportunity:
    return opportunity("", ORDERS, MARGIN, people=people)


def page(one: Opportunity, known: Problem = KNOWN) -> str:
    counted = cost_of(one, known)
    meanings = means_for(counted.cost, one, known)
    return as_markdown(counted, "Acme *GmbH*", known, meanings)


def test_the_page_has_every_figure_with_its_unit_and_who_said_it():
    text = page(deal())

    said = "said by A. Weber, 4 March 2026: \N{LEFT DOUBLE QUOTATION MARK}about forty a week"
    assert f"| orders lost | 10 | 40 | 120 | orders / week | {said}" in text
    assert "| 20 | 50 | 90 | EUR / order | said by you, 4 March 2026 |" in text
    assert "| an hour | 20 | 30 | 50 | EUR / hour | assumed by us |" in text
    assert "2 of 4 figures are your own." in text


def test_the_page_has_the_cost_a_year_and_a_month_and_its_parts():
    text = page(deal())

    assert "| a year | EUR " in text
    assert "| each month of delay | EUR " in text
    assert "orders lost\\] × " in text
    assert "| together | EUR " in text


def test_what_people_wrote_is_escaped():
    text = page(deal())

    assert "Acme \\*GmbH\\*" in text
    assert "margin \\| \\<b\\>" in text
    assert "<b>" not in text.replace("\\<b\\>", "")


def test_the_page_says_what_would_change_our_mind_our_widest_assumption_first():
    last = page(deal()).partition("## What would change our mind")[2]

    assert last.index("hours by hand: this is our assumption") < last.index("an hour: this")
    assert "orders lost" not in last


def test_what_we_noted_of_people_stays_off_the_page_of_the_buyer():
    text = page(deal(*PEOPLE))

    assert "**chief financial officer and controller**: Cash comes late." in text
    assert "her bonus" not in text
    assert "Anna" not in text


def test_the_page_never_pitches():
    words = ("we offer", "our product", "demo", "solution", "platform", "please", "!")

    assert not [word for word in words if word in page(deal(*PEOPLE)).lower()]


def test_a_cost_that_cannot_be_counted_says_what_to_ask():
    text = page(opportunity("", ORDERS))

    assert "It cannot be counted yet." in text
    assert "There is no figure yet for margin \\| \\<b\\>. How much?" in text


def test_what_is_wrong_stands_on_the_page_with_its_mend():
    text = as_markdown(cost_of(opportunity("orders *", ORDERS), None), "Acme")

    assert "formula (column 9): the formula breaks off. Say what comes next." in text


def test_figures_taken_to_rise_together_are_told():
    tied = cost_of(deal(), KNOWN, together=[Together("orders", "hours", 0.5)])

    assert "but for orders and hours (+0.5)." in as_markdown(tied, "Acme")


def test_each_stakeholder_has_the_parts_that_touch_them():
    one = deal(*PEOPLE)
    anna, bo, cy = means_for(cost_of(one, KNOWN).cost, one, KNOWN)

    assert [part.text for part in anna.parts] == ["orders × margin"]
    assert anna.year == added(anna.parts)
    assert anna.loses == "her bonus"
    assert [part.text for part in bo.parts] == ["hours × rate"]
    assert (cy.means, cy.parts, cy.year) == ("", (), None)


def test_without_a_cost_it_still_says_what_it_means():
    [anna, *_] = means_for(None, deal(*PEOPLE), KNOWN)

    assert (anna.means, anna.year) == ("Cash comes late.", None)


@pytest.mark.parametrize(
    ("one", "role"),
    [
        (Stakeholder(name="A", title="CFO"), 0),
        (Stakeholder(name="A", title="Group Financial Controller"), 0),
        (Stakeholder(name="A", title="VP Finance"), 0),
        (Stakeholder(name="A", title="Head of Payroll"), 2),
        (Stakeholder(name="A", role=Role.FINANCE), 0),
        (Stakeholder(name="A", role=Role.USER), 1),
        (Stakeholder(name="A", title="Head of Design"), None),
        (Stakeholder(name="A"), None),
    ],
)
def test_whose_a_part_is_shows_in_a_title_or_else_in_a_role(one, role):
    assert role_of(one, ROLES) == (None if role is None else ROLES[role])


@pytest.mark.parametrize("known", load().problems, ids=lambda one: one.id)
def test_the_page_of_every_problem_we_ship_hides_no_assumption(known):
    text = as_markdown(cost_of(opportunity(), known), "Acme", known)

    assert known.cost is not None
    assert text.count("| assumed by us |") == len(known.cost.inputs)
