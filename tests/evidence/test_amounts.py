"""How much: read the list down, it is the specification."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unsolved.evidence import amounts_in

# What stands in «» is the amount: its lower and upper bound and its unit.
AMOUNTS = [
    ("It lost «$5 million».", 5e6, 5e6, "USD"),
    ("It lost «$5 to $7 million».", 5e6, 7e6, "USD"),
    ("It lost «$5-7 million» in a year.", 5e6, 7e6, "USD"),
    ("It lost «between $5 and $7 million».", 5e6, 7e6, "USD"),
    ("The bill was «more than 1.2 billion dollars».", 1.2e9, None, "USD"),
    ("The bill was «up to £300m».", None, 3e8, "GBP"),
    ("The bill was «about 19 million pounds».", 1.9e7, 1.9e7, "GBP"),
    ("It set aside «half a billion euros».", 5e8, 5e8, "EUR"),
    ("It set aside «€3.4bn or more».", 3.4e9, None, "EUR"),
    ("The order was «Rs 250 crore».", 2.5e9, 2.5e9, "INR"),
    ("The order was «₹1,00,000».", 1e5, 1e5, "INR"),
    ("It cost «1,250,000 Swiss francs».", 1.25e6, 1.25e6, "CHF"),
    ("It cost «345 million Australian dollars».", 3.45e8, 3.45e8, "AUD"),
    ("Margins fell by «50 basis points».", 0.5, 0.5, "percentage points"),
    ("Sales fell by «nearly 39 percent».", 39.0, 39.0, "percent"),
    ("Sales fell by «5-7%».", 5.0, 7.0, "percent"),
    ("Errors rose by «1.5 percentage points».", 1.5, 1.5, "percentage points"),
    ("It takes «three to five days».", 3.0, 5.0, "days"),
    ("A «four-year» project ended.", 4.0, 4.0, "years"),
    ("It ran «six years» late.", 6.0, 6.0, "years"),
    ("It paid «82,000 federal employees» wrongly.", 82e3, 82e3, "employees"),
    ("It closed «two dozen shops».", 24.0, 24.0, "shops"),
    ("It closed «fewer than ten stores».", None, 10.0, "stores"),
    ("«2,000 stores» were hit.", 2e3, 2e3, "stores"),
]


@pytest.mark.parametrize(("marked", "least", "most", "unit"), AMOUNTS)
def test_an_amount_is_read_with_its_bounds_and_its_unit(marked, least, most, unit):
    text = marked.replace("«", "").replace("»", "")

    found = {amount.words.text: amount for amount in amounts_in(text)}

    amount = found[marked[marked.index("«") + 1 : marked.index("»")]]
    assert (amount.least, amount.most, amount.unit) == (least, most, unit)


NONE = [
    "In 2005 stores closed.",
    "See section 404 of the act.",
    "The R/3 system and the i2 tool ran.",
    "The Q3 result was poor.",
    "One of them left, and nobody asked why.",
    "Nothing was said.",
]


@pytest.mark.parametrize("text", NONE)
def test_a_number_that_measures_nothing_is_no_amount(text: str):
    assert not amounts_in(text)


def test_a_before_and_an_after_are_two_amounts():
    found = amounts_in("Costs have gone up by 173 million pounds to 311 million.")

    assert [(a.least, a.unit) for a in found] == [(173e6, "GBP"), (311e6, "GBP")]


def test_a_large_bare_number_takes_the_currency_of_its_sentence():
    found = amounts_in("It budgeted $384 million; 945 million was spent.")

    assert {amount.unit for amount in found} == {"USD"}


def test_a_rough_amount_says_so():
    [amount] = amounts_in("It cost about 19 million pounds.")

    assert amount.is_rough


ALPHABET = [
    *"$€£%0123456789.,-\N{EN DASH} ",
    "million ", "bn ", "to ", "and ", "between ", "from ", "percent ", "dollars ", "years ",
    "two ", "half a ", "dozen ", "crore ", "more than ", "stores ", "or more ", "In ", "May ",
]  # fmt: skip
TEXTS = st.lists(st.sampled_from(ALPHABET), max_size=25).map("".join) | st.text(max_size=80)


@given(TEXTS)
def test_every_amount_stands_where_it_says_and_is_no_contradiction(text: str):
    ends = 0
    for amount in amounts_in(text):
        span = amount.words.span
        assert text[span.start : span.end] == amount.words.text
        assert span.start >= ends or amount.least is None or amount.most is None
        ends = max(ends, span.end)
        if amount.least is not None and amount.most is not None:
            assert amount.least <= amount.most
        assert (amount.least, amount.most) != (None, None)
