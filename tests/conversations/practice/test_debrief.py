"""The debrief: what was understood, when it turned, and a score that is a sum of reasons."""

from math import fsum

import pytest

from bench.practice import SEEDS, SELLERS, played
from unsolved.conversations.practice import (
    Ending,
    Topic,
    begun,
    called,
    debrief,
    held,
    hint,
    said,
    shipped,
)

COLD = called("cold_store")
WHY = "I read in your annual report of March 2025 that returned deliveries rose by a third."


@pytest.mark.parametrize("seller", SELLERS)
def test_the_score_is_the_exact_sum_of_its_reasons_and_stays_within_a_hundred(seller: str):
    for persona in shipped():
        for seed in list(SEEDS)[:4]:
            found = debrief(played(SELLERS[seller], persona, seed))

            assert found.score == fsum(point.points for point in found.reasons)
            assert 0 <= found.score <= 100


def test_themes_are_told_with_the_words_and_the_turn():
    talk = held(COLD, 1, [WHY, "What do you want to achieve?", "What goes wrong today?"])
    themes = {told.theme: told for told in debrief(talk).themes}

    assert list(themes) == list(Topic)[:8]
    turn, words = themes[Topic.GOALS].words[0]
    assert words in talk.turns[turn - 1].answer
    assert themes[Topic.GOALS].whose == "in the buyer's words"
    assert themes[Topic.ALTERNATIVES].whose == "not touched"
    held_facts = sum(fact.topic is Topic.GOALS for fact in COLD.facts)
    assert themes[Topic.GOALS].left == held_facts - len(themes[Topic.GOALS].words)


def test_what_only_the_seller_says_is_the_sellers_word():
    talk = held(COLD, 1, [WHY, "You must be losing a lot of money, I imagine it costs a lot."])

    themes = {told.theme: told for told in debrief(talk).themes}
    assert themes[Topic.IMPACT].whose == "only in yours"


def test_the_first_pitch_stands_beside_the_agreement_on_the_problem():
    talk = held(
        COLD,
        1,
        ["Our platform is best in class.", WHY, "What goes wrong today?"],
    )
    talk = said(talk, f"So what you are saying is that {talk.turns[-1].answer}")
    found = debrief(talk)

    assert found.first_pitch == 1
    assert found.agreed
    assert found.agreed > found.first_pitch


def test_a_question_of_the_buyers_that_stays_unanswered_is_told():
    talk = held(COLD, 1, ["What is your budget?", "Who decides?"])

    found = debrief(talk)

    assert [doubt.text for doubt in found.unanswered] == [talk.opening]


def test_the_moment_it_turned_is_the_largest_change_and_says_why():
    talk = held(COLD, 1, [WHY, "We work with Amazon. Can I show you a demo of our platform?"])
    found = debrief(talk)

    assert found.turned
    biggest = max(talk.turns, key=lambda turn: abs(turn.change))
    assert (found.turned.turn, found.turned.change) == (biggest.number, biggest.change)
    assert found.turned.why


def test_a_better_line_is_the_next_question_in_the_right_order():
    talk = held(COLD, 1, ["Our platform is best in class.", WHY, "What goes wrong today?"])
    better = debrief(talk).better

    assert better[0].turn == 1
    assert better[0].why == "the product before the problem is understood"
    assert "?" in better[0].instead
    assert "platform" not in better[0].instead


def test_hints_follow_the_talk_and_tell_nothing_that_was_not_told():
    untold = [text for fact in COLD.facts for text in fact.says]
    talk = begun(COLD, 1)
    assert "why you call" in hint(talk)
    for line in (WHY, "What do you want to achieve?", "What goes wrong?", "You lose money."):
        talk = said(talk, line)
        shown = [part.text for turn in talk.turns for part in turn.spoken]
        assert not any(text in hint(talk) for text in untold if text not in shown)
    assert "waits for an answer" in hint(talk)
    asked = held(COLD, 1, [WHY, "What goes wrong?", "Why is that?", "Who decides?"])
    assert "given nothing" in hint(asked)


def test_after_a_good_talk_the_hint_is_to_take_a_next_step():
    talk = played(SELLERS["expert"], COLD, 1)

    assert debrief(talk).ending is Ending.NEXT_STEP
    assert hint(talk) == "The talk is over."


def test_an_empty_talk_has_a_debrief_too():
    found = debrief(begun(COLD, 1))

    assert found.share == 0
    assert found.longest is None
    assert found.turned is None
    assert found.better == ()
    assert len(found.trust) == 1


def test_shares_and_the_longest_line_are_counted_in_words():
    talk = held(COLD, 1, [WHY, " ".join(["and so on"] * 50)])
    found = debrief(talk)

    assert found.longest == (2, 150)
    assert 0.5 < found.share < 1
