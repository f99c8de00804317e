"""When: read the list down, it is the specification. The document is of 15 June 2006."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.evidence.test_amounts import TEXTS
from unsolved.evidence import periods_in

SAID_ON = date(2006, 6, 15)

PERIODS = [
    ("It opened on «3 May 2005».", date(2005, 5, 3), date(2005, 5, 3)),
    ("It opened on «May 3, 2005».", date(2005, 5, 3), date(2005, 5, 3)),
    ("It opened on «2005-05-03».", date(2005, 5, 3), date(2005, 5, 3)),
    ("It opened in «May 2005».", date(2005, 5, 1), date(2005, 5, 31)),
    ("It opened in «February».", date(2006, 2, 1), date(2006, 2, 28)),
    ("It opened in «October».", date(2005, 10, 1), date(2005, 10, 31)),
    ("It will open in «October».", date(2006, 10, 1), date(2006, 10, 31)),
    ("It opened on «1 October».", date(2005, 10, 1), date(2005, 10, 1)),
    ("It began in «2004».", date(2004, 1, 1), date(2004, 12, 31)),
    ("It began in «fiscal 2004».", date(2004, 1, 1), date(2004, 12, 31)),
    ("It ran «from 2003 to 2005».", date(2003, 1, 1), date(2005, 12, 31)),
    ("It ran in «2003-05».", date(2003, 1, 1), date(2005, 12, 31)),
    ("It ran «between 2003 and 2005».", date(2003, 1, 1), date(2005, 12, 31)),
    ("It is a system of «the 1990s».", date(1990, 1, 1), date(1999, 12, 31)),
    ("Sales fell in «Q3 2005».", date(2005, 7, 1), date(2005, 9, 30)),
    ("Sales fell in «the third quarter».", date(2005, 7, 1), date(2005, 9, 30)),
    ("Sales fell in «the third quarter of 2004».", date(2004, 7, 1), date(2004, 9, 30)),
    ("Sales fell in «the first half of 2005».", date(2005, 1, 1), date(2005, 6, 30)),
    ("It began in «spring 2005».", date(2005, 3, 1), date(2005, 5, 31)),
    ("It failed «last year».", date(2005, 1, 1), date(2005, 12, 31)),
    ("It failed «last quarter».", date(2006, 1, 1), date(2006, 3, 31)),
    ("It failed «last month».", date(2006, 5, 1), date(2006, 5, 31)),
    ("It failed «two years ago».", date(2004, 1, 1), date(2004, 12, 31)),
]


@pytest.mark.parametrize(("marked", "first", "last"), PERIODS)
def test_a_period_is_read_from_its_first_to_its_last_day(marked, first, last):
    text = marked.replace("«", "").replace("»", "")

    found = {period.words.text: period for period in periods_in(text, SAID_ON)}

    period = found[marked[marked.index("«") + 1 : marked.index("»")]]
    assert (period.first, period.last) == (first, last)


@pytest.mark.parametrize("text", ["It closed 2000 stores.", "It may fail.", "It lost $2005."])
def test_what_looks_like_a_date_and_is_none_is_left_out(text: str):
    assert not periods_in(text, SAID_ON)


def test_without_a_date_of_the_document_nothing_is_reckoned_from_it():
    assert not periods_in("It failed last year, in May, two years ago.", None)


@given(TEXTS, st.none() | st.dates(date(1960, 1, 1), date(2060, 1, 1)))
def test_every_period_stands_where_it_says_and_ends_after_it_begins(text: str, said_on):
    for period in periods_in(text, said_on):
        span = period.words.span
        assert text[span.start : span.end] == period.words.text
        assert period.first <= period.last
