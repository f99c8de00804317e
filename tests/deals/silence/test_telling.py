from dataclasses import replace

import pytest

from tests.deals.silence.talk import NOW, answered, ours, silence_of
from unsolved.deals.model import Channel, Silence
from unsolved.deals.silence import one_in, said

QUICK = Silence(
    person_id=1,
    channel=Channel.MAIL,
    last_at=NOW,
    waiting_since=NOW,
    days=9.1,
    usual_days=1.2,
    replies=30,
    asked=31,
    probability=0.025,
    comes=0.4,
)


def test_a_silence_is_told_as_a_seller_would():
    assert said(QUICK, "Ann") == "usually answers in 1.2 days, silent for 9: one in forty"


def test_few_answers_are_told_to_be_few():
    told = said(replace(QUICK, replies=2, probability=0.2), "Ann")

    assert told == "Ann answered twice so far; like others, silent for 9: one in five"


def test_meetings_are_told_as_meetings():
    told = said(replace(QUICK, channel=Channel.MEETING, usual_days=10.2), "Ann")

    assert told == "usually meets us again in 10 days, silent for 9: one in forty"


def test_who_owes_no_answer_is_told_so():
    told = said(silence_of(answered(5)), "Ann")

    assert told.startswith("usually answers in ")
    assert told.endswith("; nothing waits for an answer")


def test_who_was_never_asked_and_never_wrote_is_told_without_numbers_of_theirs():
    told = said(silence_of([ours(NOW)]), "Ann")

    assert "has not answered yet" in told


@pytest.mark.parametrize(
    ("chance", "words"),
    [
        (1.0, "no wonder"),
        (0.5, "one in two"),
        (0.31, "one in three"),
        (0.2, "one in five"),
        (0.1, "one in ten"),
        (0.07, "one in fourteen"),
        (0.01, "one in a hundred"),
        (0.0, "fewer than one in a thousand"),
    ],
)
def test_a_chance_is_told_in_words(chance: float, words: str):
    assert one_in(chance) == words
