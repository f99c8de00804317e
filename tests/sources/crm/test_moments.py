"""Dates are read as they were written, whatever the country; what is open stays open."""

from contextlib import suppress
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from babel.dates import format_date, format_datetime
from hypothesis import given
from hypothesis import strategies as st

from unsolved.sources.crm.amounts import BadCellError
from unsolved.sources.crm.moments import is_open, moment_of, order_of, time_of

ORDERS = {
    "en_US": "month-first",
    "en_GB": "day-first",
    "en_CA": "month-first",
    "de_DE": "day-first",
    "de_AT": "day-first",
    "fr_FR": "day-first",
    "es_ES": "day-first",
    "it_IT": "day-first",
    "pt_BR": "day-first",
    "nl_NL": "day-first",
    "sv_SE": "day-first",
    "pl_PL": "day-first",
    "cs_CZ": "day-first",
    "fi_FI": "day-first",
}
days = st.dates(date(1970, 1, 1), date(2069, 12, 31))
locales = st.sampled_from(sorted(ORDERS))


@given(day=days, locale=locales, width=st.sampled_from(["short", "medium", "long", "full"]))
def test_a_date_written_in_any_country_comes_back(day: date, locale: str, width: str):
    written = format_date(day, width, locale=locale)

    assert moment_of(written, ORDERS[locale], UTC) == day


@given(
    at=st.datetimes(datetime(1970, 1, 1), datetime(2069, 12, 31)),  # noqa: DTZ001
    locale=locales,
)
def test_a_moment_written_in_any_country_comes_back(at: datetime, locale: str):
    at = at.replace(microsecond=0, tzinfo=UTC)
    written = format_datetime(at, "medium", locale=locale)

    assert moment_of(written, ORDERS[locale], UTC) == at


@given(day=days, locale=locales)
def test_a_date_never_shows_the_wrong_order(day: date, locale: str):
    written = format_date(day, "short", locale=locale)

    assert order_of(written) in {ORDERS[locale], None}


@given(st.text(max_size=40))
def test_any_text_is_a_date_or_told(text: str):
    for order in ("day-first", "month-first", ""):
        with suppress(BadCellError):
            assert isinstance(moment_of(text, order, UTC), date)


@pytest.mark.parametrize(
    ("cell", "moment"),
    [
        ("2019-04-12", date(2019, 4, 12)),
        ("2019/4/2", date(2019, 4, 2)),
        ("20190412", date(2019, 4, 12)),
        ("12.04.19", date(2019, 4, 12)),
        ("12. März 2019", date(2019, 3, 12)),
        ("12 de abril de 2019", date(2019, 4, 12)),
        ("1er avril 2019", date(2019, 4, 1)),
        ("April 12th, 2019", date(2019, 4, 12)),
        ("12-Apr-19", date(2019, 4, 12)),
        ("2019-Apr-12", date(2019, 4, 12)),
        ("43567", date(2019, 4, 12)),
        ("43567.5", datetime(2019, 4, 12, 12, tzinfo=UTC)),
        ("1555063200000", datetime(2019, 4, 12, 10, tzinfo=UTC)),
        ("1555063200", datetime(2019, 4, 12, 10, tzinfo=UTC)),
        ("2019-04-12 3:15:52", datetime(2019, 4, 12, 3, 15, 52, tzinfo=UTC)),
        ("2019-04-12T10:00:00.000+0000", datetime(2019, 4, 12, 10, tzinfo=UTC)),
        ("4/12/2019 3:15 PM", datetime(2019, 4, 12, 15, 15, tzinfo=UTC)),
        ("12.04.2019 15:30 Uhr", datetime(2019, 4, 12, 15, 30, tzinfo=UTC)),
        ("Fri, 12 Apr 2019 10:00:00 +0200", datetime(2019, 4, 12, 8, tzinfo=UTC)),
        ("12 Apr 2019 10:00 EST", datetime(2019, 4, 12, 15, tzinfo=UTC)),
    ],
)
def test_a_moment_is_read(cell: str, moment: date):
    assert moment_of(cell, "month-first", UTC) == moment


@pytest.mark.parametrize(
    "cell",
    [
        "",
        "None",
        "2019",
        "Apr 2019",
        "31/02/2019",
        "0000-00-00",
        "9999-12-31",
        "12/04/2019 25:00",
    ],
)
def test_what_is_no_date_is_told(cell: str):
    with pytest.raises(BadCellError):
        moment_of(cell, "day-first", UTC)


def test_a_date_against_the_order_of_its_column_is_told():
    with pytest.raises(BadCellError):
        moment_of("13/04/2019", "month-first", UTC)


def test_a_moment_without_a_zone_is_meant_in_the_one_told():
    berlin = ZoneInfo("Europe/Berlin")

    assert moment_of("2019-07-12 10:00", "", berlin) == datetime(2019, 7, 12, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    ("cell", "left"), [("04/05/2019", True), ("04/04/2019", False), ("04.05.2019", False)]
)
def test_what_could_be_either_is_open(cell: str, left: bool):
    assert is_open(cell) is left


def test_a_time_of_day_is_read():
    assert time_of("2:30 pm").isoformat() == "14:30:00"
    with pytest.raises(BadCellError):
        time_of("later")
