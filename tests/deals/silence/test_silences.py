import random
from datetime import timedelta
from math import isclose

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.deals.silence.talk import (
    ANN,
    BOB,
    DAY,
    HOUR,
    NOW,
    WEEK,
    answered,
    meeting,
    ours,
    silence_of,
    theirs,
)
from unsolved.deals.model import Channel, added
from unsolved.deals.silence import population_of, said, shipped, silences
from unsolved.deals.silence.population import read
from unsolved.errors import Unreadable

SILENT = ours(NOW - timedelta(days=13), thread="now")  # a Friday, nine working days ago


def test_a_silence_of_a_quick_answerer_is_told():
    silence = silence_of([*answered(20), SILENT])

    assert silence.is_silent
    assert silence.days == pytest.approx(9, abs=0.6)
    assert silence.usual_days == pytest.approx(1, abs=0.4)
    assert (silence.replies, silence.asked) == (20, 21)
    assert silence.waiting_since == SILENT.at


def test_a_silence_of_a_quick_answerer_is_told_sooner():
    quick = silence_of([*answered(15, 4 * HOUR), SILENT])
    slow = silence_of([*answered(15, 4 * DAY), SILENT])

    assert quick.probability < slow.probability


def test_who_often_does_not_answer_may_be_silent_without_meaning_it():
    never = [ours(NOW - 10 * WEEK - n * 13 * WEEK, thread=f"n{n}") for n in range(4)]
    back = [theirs(one.at + 12.9 * WEEK, thread="else") for one in never]

    often = silence_of([*answered(6), SILENT])
    seldom = silence_of([*answered(6), *never, *back, SILENT])

    assert seldom.probability > often.probability
    assert seldom.replies < seldom.asked - 1


def test_two_answers_count_for_less_than_twenty():
    few, many = (silence_of([*answered(n), SILENT]) for n in (2, 20))

    assert few.probability > 2 * many.probability
    assert "few answers" in few.note
    assert not many.note


def test_of_one_who_never_answered_it_says_what_is_so_with_others():
    silence = silence_of([SILENT])

    assert silence.replies == 0
    assert not silence.is_silent
    assert said(silence, "Ann").startswith("Ann has not answered yet")


def test_nothing_waits_once_they_have_written():
    silence = silence_of([*answered(5), SILENT, theirs(NOW - DAY, thread="new")])

    assert silence.waiting_since is None
    assert silence.probability == 1
    assert silence.note == "nothing waits for an answer"
    assert silence.last_at == NOW - DAY


def test_the_chance_of_an_answer_is_the_sum_of_its_reasons():
    silence = silence_of([*answered(5), SILENT])

    odds = silence.comes / (1 - silence.comes)
    assert isclose(odds, 2.718281828459045 ** added(silence.reasons), rel_tol=1e-9)
    assert {one.rule for one in silence.reasons} >= {
        "silence.others",
        "silence.waiting",
        "silence.share",
        "silence.speed",
        "silence.rate",
    }


def test_a_colleague_of_his_own_rhythm_is_judged_by_it():
    told = [
        *answered(12, 4 * HOUR),
        *answered(12, 5 * DAY, person=BOB),
        ours(SILENT.at, ANN, BOB, thread="both", people=3),
    ]

    assert silence_of(told, ANN).probability < silence_of(told, BOB).probability


def test_a_longer_silence_is_never_more_usual():
    told = [*answered(8), SILENT]

    chances = [silence_of(told, now=NOW + n * WEEK).probability for n in range(6)]

    assert chances == sorted(chances, reverse=True)


def test_meetings_have_a_rhythm_of_their_own():
    held = [meeting(NOW - n * WEEK) for n in range(6, 30)]

    silence = silence_of(held, channel=Channel.MEETING)

    assert silence.waiting_since == NOW - 6 * WEEK
    assert silence.usual_days == pytest.approx(5, abs=1.5)
    assert silence.is_silent


def test_who_meets_us_next_week_is_not_silent():
    held = [*(meeting(NOW - n * WEEK) for n in range(6, 30)), meeting(NOW + WEEK)]

    silence = silence_of(held, channel=Channel.MEETING)

    assert not silence.is_silent
    assert silence.note == "a meeting is arranged for 2026-03-26"


@given(st.randoms(use_true_random=False))
@settings(max_examples=8)
def test_the_order_of_exchanges_does_not_matter(chance: random.Random):
    told = [
        *answered(4),
        *answered(3, person=BOB),
        SILENT,
        ours(SILENT.at, BOB, ANN, thread="x"),
        meeting(NOW - 5 * DAY, BOB),
    ]
    mixed = [*told, told[3]]
    chance.shuffle(mixed)

    assert silences(mixed, now=NOW) == silences(told, now=NOW)


def test_what_lies_ahead_of_now_is_not_known():
    told = [*answered(4), SILENT]

    assert silences([*told, theirs(NOW + DAY)], now=NOW) == silences(told, now=NOW)


def test_a_team_whose_buyers_answer_is_told_of_silence_sooner():
    others = [one for n in range(10, 40) for one in answered(3, person=n)]
    team = population_of(others, now=NOW)
    told = [*answered(2), SILENT]

    ours_ = silence_of(told, population=team)
    anybodys = silence_of(told, population=shipped())

    assert ours_.probability < anybodys.probability
    assert team.of(Channel.MAIL).waits == 90
    assert team.of(Channel.CALL) == shipped().of(Channel.CALL)


def test_a_made_up_world_is_foreseen_as_often_as_it_comes():
    chance = random.Random(5)
    told, later = _world(chance, people=150)
    team = population_of(told, now=NOW)

    found = [one for one in silences(told, now=NOW, population=team) if one.waiting_since]

    foreseen = sum(one.comes for one in found) / len(found)
    came = sum(one.person_id in later for one in found) / len(found)
    assert len(found) > 30
    assert foreseen == pytest.approx(came, abs=0.12)


def _world(chance: random.Random, people: int):
    """Contacts who answer four of five mails after a day or so; who of them will yet write."""
    told, later = [], set()
    for person in range(1, people + 1):
        at = NOW - chance.uniform(200, 300) * DAY
        while at < NOW:
            told.append(ours(at, person, thread=f"{person}-{at}"))
            delay = 1.5 * chance.lognormvariate(0, 1.2) * DAY
            answer = at + (delay if chance.random() < 0.8 else 60 * DAY)
            if answer <= NOW:
                told.append(theirs(answer, person, thread=f"{person}-{at}"))
            elif answer <= NOW + 30 * DAY:
                later.add(person)
            at = answer + chance.uniform(10, 40) * DAY
    return told, later


def test_a_population_that_cannot_be_is_refused_with_the_number(tmp_path):
    path = tmp_path / "population.toml"
    path.write_text("[mail]\nshare = 1\nspread = -1\n", "utf-8")

    with pytest.raises(Unreadable, match=r"\[mail\].*spread is -1"):
        read(path)
