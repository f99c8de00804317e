"""Numbers and money are read as they were written, whatever the country."""

from contextlib import suppress

import pytest
from babel.numbers import format_currency, format_decimal
from hypothesis import given
from hypothesis import strategies as st

from unsolved.sources.crm.amounts import (
    BadCellError,
    Money,
    count_of,
    decimals_of,
    money_of,
    plain_number,
)

SIGNS = {
    "en_US": "point",
    "en_GB": "point",
    "en_IN": "point",
    "de_CH": "point",
    "es_MX": "point",
    "de_DE": "comma",
    "fr_FR": "comma",
    "fr_CA": "comma",
    "es_ES": "comma",
    "it_IT": "comma",
    "pt_BR": "comma",
    "nl_NL": "comma",
    "sv_SE": "comma",
    "pl_PL": "comma",
}
cents = st.integers(-(10**12), 10**12)


@given(cents=cents, locale=st.sampled_from(sorted(SIGNS)))
def test_a_number_written_in_any_country_comes_back(cents: int, locale: str):
    written = format_decimal(cents / 100, locale=locale)

    assert money_of(written, SIGNS[locale]).amount == cents / 100


@given(
    cents=cents,
    locale=st.sampled_from(sorted(SIGNS)),
    currency=st.sampled_from(["EUR", "USD", "GBP", "CHF"]),
    manner=st.sampled_from(["standard", "accounting"]),
)
def test_money_written_in_any_country_comes_back(
    cents: int, locale: str, currency: str, manner: str
):
    written = format_currency(
        cents / 100,
        currency,
        locale=locale,
        format_type=manner,  # type: ignore[arg-type]
    )

    assert money_of(written, SIGNS[locale]) == Money(cents / 100, currency)


@given(cents=cents, locale=st.sampled_from(sorted(SIGNS)))
def test_a_cell_never_shows_the_wrong_sign(cents: int, locale: str):
    written = format_decimal(cents / 100, locale=locale)

    assert decimals_of(written) in {SIGNS[locale], None}


@given(st.text(max_size=30))
def test_any_text_is_a_number_or_told(text: str):
    for sign in ("point", "comma"):
        with suppress(BadCellError):
            assert isinstance(money_of(text, sign).amount, int | float)


@pytest.mark.parametrize(
    ("cell", "sign", "amount", "currency"),
    [
        ("1,234.56", "point", 1234.56, None),
        ("1.234,56 €", "comma", 1234.56, "EUR"),
        ("1 234,56 €", "comma", 1234.56, "EUR"),
        ("1\u202f234,56", "comma", 1234.56, None),
        ("$1.2M", "point", 1_200_000, "USD"),
        ("EUR 1.000", "comma", 1000, "EUR"),
        ("EUR 1.000", "point", 1, "EUR"),
        ("(500)", "point", -500, None),
        ("500-", "point", -500, None),
        ("\u2212500", "point", -500, None),
        ("5,-", "comma", 5, None),
        ("1'234.50", "point", 1234.5, None),
        ("1,23,45,678", "point", 12345678, None),
        ("3 Mio. €", "comma", 3_000_000, "EUR"),
        ("3M€", "comma", 3_000_000, "EUR"),
        (".5", "point", 0.5, None),
        ("1e6", "point", 1_000_000, None),
        ("Rs. 500", "point", 500, "INR"),
    ],
)
def test_money_is_read(cell: str, sign: str, amount: float, currency: str | None):
    assert money_of(cell, sign) == Money(amount, currency)


@pytest.mark.parametrize(
    ("cell", "sign"),
    [
        ("", "point"),
        ("abc", "point"),
        ("12 apples", "point"),
        ("10-20", "point"),
        ("1.2.3", "point"),
        ("1.234,56", "point"),
        ("1,234.56", "comma"),
        ("1,5", "point"),
        ("9" * 30, "point"),
        ("=1+1", "point"),
    ],
)
def test_what_is_no_amount_is_told(cell: str, sign: str):
    with pytest.raises(BadCellError):
        money_of(cell, sign)


@pytest.mark.parametrize("cell", ["1.234", "1,234", "(12.345)"])
def test_three_digits_after_a_sign_leave_it_open(cell: str):
    assert decimals_of(cell) is None


def test_what_programs_write_is_read_without_a_sign():
    assert plain_number("1234.5") == 1234.5
    assert plain_number("1.234") is None


@pytest.mark.parametrize(
    ("told", "heads"), [("17600", 17600), ("17.600", 17600), ("~ 1 200 employees", 1200)]
)
def test_a_head_count_is_read(told: str, heads: int):
    assert count_of(told) == heads
