from datetime import date, timedelta
from itertools import pairwise

from tests import make
from unsolved.evidence import Facet
from unsolved.web.timeline import TALLEST, timeline

START = date(2019, 5, 3)


def test_nothing_is_drawn_when_nothing_has_a_date():
    assert timeline([make.evidence(Facet.PROBLEM, on=None)], 900) is None


def test_what_came_later_stands_further_right_and_lower_in_the_story():
    said = make.evidence(Facet.PROBLEM, on=START)
    failed = make.evidence(Facet.FAILURE, on=START + timedelta(days=900))

    drawn = timeline([said, failed], 900)

    assert drawn is not None
    first, last = drawn.marks
    assert (first.evidence, last.evidence) == (said, failed)
    assert first.x < last.x
    assert first.y < last.y


def test_everything_stays_inside_and_what_finds_no_room_is_counted():
    known = [make.evidence(Facet.PROBLEM, on=START) for _ in range(TALLEST + 4)]

    drawn = timeline([*known, make.evidence(Facet.GOAL, on=None)], 330)

    assert drawn is not None
    shown = [mark for mark in drawn.marks if mark.evidence]
    assert len(shown) + sum(mark.more for mark in drawn.marks) == len(known)
    assert drawn.undated == 1
    assert all(0 < mark.x < 330 and 0 < mark.y < drawn.height for mark in drawn.marks)


def test_ticks_never_crowd():
    for days in (1, 40, 400, 4_000, 40_000):
        known = [make.evidence(Facet.PROBLEM, on=START + timedelta(days=d)) for d in (0, days)]
        drawn = timeline(known, 330)

        assert drawn is not None
        places = [tick.x for tick in drawn.ticks]
        assert places
        assert all(later - sooner > 40 for sooner, later in pairwise(places))
