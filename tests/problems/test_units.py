from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unsolved.errors import Invalid
from unsolved.problems.formula_reader import parse
from unsolved.problems.unit_words import told, unit_of
from unsolved.problems.units import Scales, scales


def checked(formula: str, currency: str = "EUR", **units: str) -> Scales:
    return scales(parse(formula), units, currency)


def refused(formula: str, currency: str = "EUR", **units: str) -> tuple[str, str]:
    with pytest.raises(Invalid) as caught:
        checked(formula, currency, **units)
    return str(caught.value.facts["why"]), str(caught.value.facts["mend"])


@pytest.mark.parametrize(
    ("text", "said", "number"),
    [
        ("orders / week", "orders/week", 1),
        ("EUR per order", "EUR/order", 1),
        ("EUR a month", "EUR/month", 1),
        ("kEUR / order", "EUR/order", 1000),
        ("TEUR", "EUR", 1000),
        ("USDm / yr", "USD/year", 1e6),
        ("€ / h", "EUR/hour", 1),
        ("k€ p.a.", "EUR/year", 1000),
        ("hrs / wk", "hour/week", 1),
        ("%", "1", 0.01),
        ("per cent a year", "1/year", 0.01),
        ("business days / year", "working_day/year", 1),
        ("EUR / order / week", "EUR/(order·week)", 1),
        ("EUR / (employee * month)", "EUR/(employee·month)", 1),
        ("people", "person", 1),
        ("m² / day", "m²/day", 1),
        ("thousand orders / year", "orders/year", 1000),
        ("", "1", 1),
        ("1", "1", 1),
    ],
)
def test_a_unit_is_read_as_people_write_it(text, said, number):
    if text.startswith("thousand"):
        text = text.replace(" orders", " * orders")

    powers, found = unit_of(text)

    assert told(powers) == said
    assert found == pytest.approx(number)


@pytest.mark.parametrize(
    ("text", "mend"),
    [
        ("$ / order", "USD, CAD or AUD"),
        ("dollars", "USD, CAD or AUD"),
        ("eur / order", "Write the code: EUR"),
        ("order line / week", "join words with _"),
        ("orders + weeks", "Write it as"),
        ("1 / 0", "Write it as"),
        ("orders ** 9", "Write it as"),
        ("__import__('os')", "Write it as"),
    ],
)
def test_what_is_no_unit_is_refused_with_a_mend(text, mend):
    with pytest.raises(Invalid) as caught:
        unit_of(text)

    assert mend in str(caught.value.facts["mend"])
    assert caught.value.facts["unit"] == text


@pytest.mark.parametrize(
    ("unit", "factor"),
    [
        ("EUR / year", 1),
        ("EUR / quarter", 4),
        ("EUR / month", 12),
        ("EUR / week", 365.25 / 7),
        ("EUR / day", 365.25),
        ("EUR / working_day", 250),
        ("EUR / hour", 8766),
        ("kEUR / month", 12_000),
    ],
)
def test_every_period_is_counted_to_the_year(unit, factor):
    assert checked("a", a=unit).factors["a"] == pytest.approx(factor)


def test_hours_cancel_hours_and_things_cancel_themselves_in_plural_too():
    found = checked("n * h * r", n="companies / month", h="minutes / company", r="EUR / hour")

    assert found.gives == "EUR·minute/(hour·month)"
    assert found.factors["n"] * found.factors["h"] * found.factors["r"] == pytest.approx(0.2)


def test_a_unit_mistake_is_told_in_words_with_what_may_be_meant():
    why, mend = refused("orders * margin", orders="orders / week", margin="EUR / customer")

    assert why == "`orders × margin` gives EUR·order/(customer·week), not EUR a year"
    assert "`margin` (EUR/customer) may be meant as EUR/order" in mend


@pytest.mark.parametrize(
    ("formula", "units", "why", "mend"),
    [
        ("a + b", {"a": "EUR / year", "b": "USD / year"}, "cannot be added", "no rates"),
        ("a", {"a": "USD / year"}, "gives USD/year", "Count in USD alone"),
        ("a", {"a": "EUR"}, "gives EUR, not EUR a year", "`a` (EUR) may be meant as EUR/year"),
        ("a + b", {"a": "EUR / year", "b": "EUR"}, "cannot be added", "meant as EUR/year"),
        ("max(a, b)", {"a": "EUR / year", "b": "orders"}, "compared", "`b` (order)"),
        ("a", {"a": "orders / year"}, "gives order/year", "may be meant as EUR/year"),
        ("a + 5", {"a": "EUR / year"}, "`5` in a plain number", "Check the units"),
        ("5", {}, "gives a plain number", "name inputs"),
        ("a * b", {"a": "EUR / year", "b": "EUR"}, "gives EUR^2/year", "meant as"),
        ("a / 0", {"a": "EUR / year"}, "divides by 0", "Take"),
        ("0 * a", {"a": "EUR / year"}, "gives 0", "Check the units"),
    ],
)
def test_what_is_not_money_over_time_is_refused(formula, units, why, mend):
    said, meant = refused(formula, **units)

    assert why in said
    assert mend in meant


def test_a_library_counts_in_money_of_any_currency_and_in_no_other():
    assert checked("a * b", "money", a="orders / year", b="money / order").gives == "money/year"
    assert "Write money instead of EUR" in refused("a", "money", a="EUR / year")[1]
    assert checked("a + b", "CHF", a="money / year", b="CHF / month").gives == "CHF/year"
    assert "is no currency" in refused("a", "Taler", a="EUR / year")[0]


def test_zero_may_be_of_any_unit():
    assert checked("max(a - b, 0)", a="EUR / month", b="EUR / year").gives == "EUR/month"


def test_what_runs_round_the_clock_is_said():
    assert "8,766 hours" in checked("a", a="EUR / hour").notes[0]
    assert checked("a * b", a="hours / week", b="EUR / hour").notes == ()


@given(
    st.permutations(["orders / week", "EUR / item", "items / order"]),
    st.lists(st.sampled_from("*"), min_size=2, max_size=2),
)
def test_the_order_of_factors_changes_nothing(units, signs):
    named = dict(zip("abc", units, strict=True))
    formula = f"a {signs[0]} b {signs[1]} c"

    found = checked(formula, **named)

    assert found.gives == "EUR/week"
    factors = found.factors
    assert factors["a"] * factors["b"] * factors["c"] == pytest.approx(365.25 / 7)


@pytest.mark.parametrize("order", list(permutations("abc")))
def test_a_sum_of_unlike_things_is_refused_in_every_order(order):
    units = {"a": "EUR / year", "b": "kEUR / month", "c": "EUR / order"}

    why, _ = refused(" + ".join(order), **units)

    assert "EUR/order" in why


@given(st.text(max_size=30))
def test_any_text_is_a_unit_or_is_refused_with_a_mend(text: str):
    wrong: dict[str, object] = {}
    powers: dict[str, int] = {}
    number = 0.0
    try:
        powers, number = unit_of(text)
    except Invalid as error:
        wrong = error.facts

    assert not wrong or wrong["mend"]
    assert number >= 0
    assert all(powers.values())
