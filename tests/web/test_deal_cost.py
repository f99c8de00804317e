"""The page on what it costs that nothing changes, and the buyer's."""

import re
from collections.abc import Iterator
from datetime import date

import pytest
from fastapi.testclient import TestClient

from tests import make
from tests.deals.worlds import opened
from tests.make_world import World
from tests.web.reading import page
from unsolved import deals
from unsolved.app import make_app
from unsolved.db import Sessions, transaction
from unsolved.deals.model import (
    Basis,
    CostChoice,
    CostInput,
    Ground,
    Opportunity,
    Stakeholder,
)
from unsolved.problems import CostForRole, CostModel, CostQuantity, Library

SCRIPT = "<script>alert(1)</script>"
COST = CostModel(
    "late * margin + rework",
    (
        CostQuantity(
            name="late",
            what="orders that come late",
            unit="orders / week",
            question="How many?",
            low=5,
            likely=10,
            high=20,
        ),
        CostQuantity(
            name="margin",
            what="margin of one",
            unit="money / order",
            question="How much?",
            low=80,
            likely=100,
            high=120,
        ),
        CostQuantity(
            name="rework",
            what="work done twice",
            unit="money / month",
            low=900,
            likely=1000,
            high=1100,
        ),
    ),
    (CostForRole("chief financial officer", "Cash is lost", ("late",)),),
)
LIBRARY = Library((make.problem(cost=COST), make.problem("bad_pay", "pay", title="Pay")))
SAID = {
    "name": "late",
    "what": "orders that come late",
    "low": "30",
    "likely": "40",
    "high": "55",
    "unit": "orders / week",
    "ground.by": "Ines",
    "ground.on": "2026-03-20",
    "ground.quote": f"Forty a week {SCRIPT}",
}


@pytest.fixture
def desk(sessions: Sessions, world: World) -> Iterator[TestClient]:  # noqa: ARG001 (made)
    """The door to a small world whose problem has a cost model."""
    with TestClient(make_app(sessions, LIBRARY), raise_server_exceptions=False) as client:
        yield client


def deal(sessions: Sessions, *parts: object, **but: object) -> int:
    facts = {"problem_id": "late_orders", "worth": 20_000.0, "name": "Globex", **but}
    return opened(sessions, *parts, **facts)  # type: ignore[arg-type]


def stored(sessions: Sessions, number: int) -> Opportunity:
    with transaction(sessions) as tx:
        found = deals.opportunity(tx, number)
    assert found is not None
    return found


def sums(text: str) -> list[int]:
    return [int(one.replace(",", "")) for one in re.findall(r"-?[\d,]{3,}", text)]


def test_the_cost_is_told_a_year_and_a_month_and_plainly(desk, sessions):
    shown = page(desk, f"/opportunities/{deal(sessions)}/cost")

    year, month = (shown.one(f".{row}").text for row in ("of-year", "of-month"))
    assert [one // 12 for one in sums(year)] == pytest.approx(sums(month), rel=0.01)
    assert "In half of the draws it is more than EUR" in shown.text
    assert "0 of 3 figures are the buyer's own" in shown.text
    assert len(shown.all(".dots circle")) == 20
    assert not shown.has("[style]")


def test_what_it_is_made_of_adds_up_as_it_stands_there(desk, sessions):
    shown = page(desk, f"/opportunities/{deal(sessions)}/cost")

    parts = [sums(one.text)[-1] for one in shown.all(".cost-sum tbody .weight")]
    assert len(parts) == 2
    assert sum(parts) == sums(shown.one(".cost-sum tfoot .weight").text)[0]


def test_what_moves_it_is_drawn_and_stands_in_a_table_as_well(desk, sessions):
    shown = page(desk, f"/opportunities/{deal(sessions)}/cost")

    for picture in (".tornado.wide", ".tornado.narrow"):
        assert shown.one(picture)["aria-label"]
        assert len(shown.all(f"{picture} rect.ours")) == 3
    assert len(shown.all("section[aria-labelledby=moves] tbody tr")) == 3


def test_each_assumption_is_called_one_and_has_its_question(desk, sessions):
    shown = page(desk, f"/opportunities/{deal(sessions)}/cost")

    asked = shown.one("section[aria-labelledby=ask]").text
    for words in ("How many?", "How much?", "Which figure do you have for this: work done"):
        assert words in asked
    assert len(shown.all(".figures .assumed")) == 3


def test_the_buyers_own_figure_takes_the_place_of_an_assumption(desk, sessions):
    one = deal(sessions)

    done = desk.post(f"/opportunities/{one}/cost/said", data=SAID)

    [given] = stored(sessions, one).inputs.values()
    assert (given.low, given.likely, given.high) == (30, 40, 55)
    assert given.ground == Ground(
        basis=Basis.BUYER, by="Ines", on=date(2026, 3, 20), quote=SAID["ground.quote"]
    )
    assert "1 of 3 figures is the buyer's own" in done.text
    assert SCRIPT not in done.text
    [undo] = set(re.findall(rf"/opportunities/{one}/undo/\d+", done.text))
    desk.post(undo, data={"tab": "cost"})
    assert not stored(sessions, one).inputs


def test_a_figure_said_anew_replaces_the_one_that_was_said(desk, sessions):
    one = deal(sessions)
    desk.post(f"/opportunities/{one}/cost/said", data=SAID)

    desk.post(f"/opportunities/{one}/cost/said", data={**SAID, "high": "60"})

    [given] = stored(sessions, one).inputs.values()
    assert given.high == 60


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        ({"unit": "customers / week"}, "cannot be added or compared"),
        ({"unit": "orders /"}, "is no unit"),
        ({"likely": "many"}, "&#39;many&#39; is no number"),
        ({"likely": "70"}, "which does not rise"),
        ({"high": "nan"}, "that cannot be counted with"),
    ],
)
def test_a_figure_that_does_not_add_up_is_refused_beside_what_was_typed(
    desk, sessions, bad, words
):
    one = deal(sessions)

    answer = desk.post(f"/opportunities/{one}/cost/said", data={**SAID, **bad})

    assert answer.status_code == 422
    assert words in answer.text
    [(name, value)] = bad.items()
    assert f'name="{name}"' in answer.text
    assert f'value="{value}"' in answer.text
    assert 'aria-invalid="true"' in answer.text
    assert not stored(sessions, one).inputs


@pytest.mark.parametrize(
    ("formula", "words"),
    [
        ("late * rework", "not EUR a year"),
        ("late * (margin + rework", "is not closed"),
        ("late ** margin", "column"),
        ("late + rework", "cannot be added or compared"),
        (f"late * margin {SCRIPT}", "column"),
    ],
)
def test_a_formula_that_is_no_money_a_year_is_refused_and_kept_as_typed(
    desk, sessions, formula, words
):
    one = deal(sessions)

    answer = desk.post(
        f"/opportunities/{one}/cost/formula",
        data={"formula": formula, "currency": "EUR", "weak_under": "2"},
    )

    assert answer.status_code == 422
    assert words in answer.text
    assert SCRIPT not in answer.text
    assert f">{formula}</textarea>".replace(SCRIPT, "") in answer.text.replace(
        SCRIPT.replace("<", "&lt;").replace(">", "&gt;"), ""
    )
    assert not stored(sessions, one).choices


@pytest.mark.parametrize("currency", ["", "EU", "XQZ", "money", "€€€"])
def test_a_currency_that_is_none_is_refused(desk, sessions, currency):
    one = deal(sessions)
    told = {"formula": "a * b", "currency": currency, "weak_under": "1"}

    answer = desk.post(f"/opportunities/{one}/cost/formula", data=told)

    assert answer.status_code == 422
    assert not stored(sessions, one).choices


def test_a_formula_may_name_what_has_no_figure_yet_and_the_page_asks_for_it(desk, sessions):
    one = deal(sessions)
    told = {"formula": "late * margin + fines", "currency": "EUR", "weak_under": "1.5"}

    done = desk.post(f"/opportunities/{one}/cost/formula", data=told)

    assert done.status_code == 200
    assert stored(sessions, one).choice == CostChoice(
        formula=told["formula"], currency="EUR", weak_under=1.5
    )
    assert "There is no figure yet for fines" in done.text
    said = {**SAID, "name": "fines", "what": "", "unit": "EUR / month"}
    assert "EUR a year" in desk.post(f"/opportunities/{one}/cost/said", data=said).text


def test_the_unit_of_a_figure_is_tried_although_others_are_missing(desk, sessions):
    one = deal(sessions, currency="JPY")

    wrong = desk.post(f"/opportunities/{one}/cost/said", data={**SAID, "unit": "JPY"})
    right = desk.post(f"/opportunities/{one}/cost/said", data=SAID)

    assert (wrong.status_code, right.status_code) == (422, 200)
    assert "There is no figure yet for margin of one, in JPY / order" in right.text


def test_a_broken_count_is_told_and_mended_bit_by_bit(desk, sessions):
    bad = [
        CostInput(name=name, low=1, likely=2, high=3, unit="EUR") for name in ("late", "margin")
    ]
    one = deal(sessions, *bad)
    address = f"/opportunities/{one}/cost"

    assert "Nothing can be counted yet" in desk.get(address).text
    desk.post(f"{address}/said", data=SAID)
    done = desk.post(
        f"{address}/said", data={**SAID, "name": "margin", "unit": "EUR / order"}
    ).text

    assert "2 of 3 figures are the buyer's own" in done


@pytest.mark.parametrize(
    ("problem", "words"),
    [
        ("", "No problem is named"),
        ("gone_since", "The library has no problem “gone_since” any more"),
        ("bad_pay", "The problem has no cost model"),
    ],
)
def test_without_a_cost_model_the_page_says_why_and_what_to_do(desk, sessions, problem, words):
    one = deal(sessions, problem_id=problem)

    shown = page(desk, f"/opportunities/{one}/cost")

    assert words in shown.text
    assert "Nobody can say yet what it costs the buyer" in shown.one(".weak-cost").text
    assert shown.has("section[aria-labelledby=formula] details[open] textarea")


def test_a_weak_cost_is_said_plainly_with_its_reasons(desk, sessions):
    one = deal(sessions, worth=9_000_000.0)

    weak = page(desk, f"/opportunities/{one}/cost").one(".weak-cost")

    assert "The case for acting is weak" in weak.text
    assert "what we ask for is EUR 9,000,000" in weak.text
    weights = [round(100 * float(one.text)) for one in weak.all("tbody .weight")]
    assert sum(weights) == round(100 * float(weak.one("tfoot .weight").text)) < 0


def test_a_fee_in_another_currency_is_not_called_weak(desk, sessions):
    says = Ground(basis=Basis.BUYER)
    units = {"late": "orders / week", "margin": "USD / order", "rework": "USD / month"}
    given = [
        CostInput(name=name, low=80, likely=100, high=120, unit=unit, ground=says)
        for name, unit in units.items()
    ]
    one = deal(sessions, *given, CostChoice(currency="USD"))

    shown = page(desk, f"/opportunities/{one}/cost")

    assert not shown.has(".weak-cost")
    assert "not compared" in shown.one("section[aria-labelledby=weak]").text


def test_each_stakeholder_is_told_what_it_means_for_them(desk, sessions):
    one = deal(
        sessions,
        Stakeholder(name="Paul", title="CFO", loses="his bonus"),
        Stakeholder(name="Wen"),
    )

    rows = page(desk, f"/opportunities/{one}/cost").all(
        "section[aria-labelledby=for-whom] tbody tr"
    )

    assert "Cash is lost" in rows[0].text
    assert "his bonus" in rows[0].text
    assert "EUR" in rows[0].text
    assert "nobody asked" in rows[1].text


def test_figures_that_are_not_counted_with_stay_in_sight(desk, sessions):
    one = deal(sessions, CostInput(name="odd", what="something odd", low=1, likely=1, high=1))

    shown = page(desk, f"/opportunities/{one}/cost")

    assert "something odd" in shown.one("#input-1").text
    assert shown.has("#input-1 form[action$='/parts/input/1/remove']")


def test_the_page_for_the_buyer_hides_no_assumption_and_nothing_of_ours_is_on_it(
    desk, sessions
):
    says = Ground(basis=Basis.BUYER, by="Ines", quote=f"Forty {SCRIPT}")
    late = CostInput(name="late", low=30, likely=40, high=55, unit="orders/week", ground=says)
    cfo = Stakeholder(name="Paul Gent", title="CFO", loses="his bonus")
    one = deal(sessions, late, cfo, seller="Ada Seller", worth=9e6)

    text = desk.get(f"/opportunities/{one}/cost/buyer").text
    shown = page(desk, f"/opportunities/{one}/cost/buyer").one(".buyer-sheet")

    assert shown.text.count("assumed by us") >= 2
    assert "said by Ines: “Forty" in shown.text
    assert "Cash is lost" in shown.text
    assert len(shown.all(".correctable .blank")) == 3
    assert "What would change our mind" in shown.text
    for ours in ("Ada Seller", "9,000,000", "weak", "Paul Gent", "his bonus", "pursu"):
        assert ours not in shown.text
    assert SCRIPT not in text


def test_the_page_for_the_buyer_is_handed_over_as_markdown(desk, sessions):
    one = deal(sessions)

    told = desk.get(f"/opportunities/{one}/cost/buyer?format=markdown")

    assert told.headers["content-type"].startswith("text/markdown")
    assert told.headers["content-disposition"] == f'attachment; filename="cost-{one}.md"'
    assert told.text.startswith("# What it costs that nothing changes: Globex")
    assert "assumed by us" in told.text


def test_what_cannot_be_counted_is_said_to_the_buyer_too(desk, sessions):
    one = deal(sessions, currency="JPY")

    shown = page(desk, f"/opportunities/{one}/cost/buyer")

    assert "It cannot be counted yet." in shown.text
    assert "There is no figure yet for margin of one. How much?" in shown.text


def test_there_is_no_cost_of_no_deal(desk):
    for tail in ("cost", "cost/buyer"):
        assert desk.get(f"/opportunities/999/{tail}").status_code == 404
    assert desk.post("/opportunities/999/cost/said", data=SAID).status_code == 404
