"""Talk as people talk, not as rules would like it: short, without marks, round corners."""

import pytest

from unsolved.conversations.practice import Kind, Moment, Talk, begun, called, debrief, said
from unsolved.conversations.practice.nearness import near
from unsolved.conversations.practice.phrases import choices

THEATRE = (
    (
        "Dr Deshmukh, the inspectors wrote last November that one in nine operations was "
        "cancelled on the day, and I was wondering how that looks from where you sit."
    ),
    "In the gown already? Hm. So the patient finds out last.",
    (
        "I've spoken with a couple of hospitals where sterile supply was the bottleneck, not "
        "the surgeons. Does that ring a bell?"
    ),
    "And the beds?",
    "OK. What would it be worth to the trust if that went away?",
    "You mentioned consultants earlier I think. How did that go?",
    "That must have been disheartening.",
    "If you could start over, what would you do differently this time?",
    "Who would need to be in the room for it to stick?",
    "Is there a date by which something has to have changed?",
    "Would it make sense to get together with Ruth and go through the two wards in detail?",
)


def talked(who: str, *lines: str, seed: int = 1) -> Talk:
    talk = begun(called(who), seed)
    for line in lines:
        talk = said(talk, line)
    return talk


def test_a_talk_in_ones_own_words_is_worth_having():
    talk = talked("theatre_list", *THEATRE)
    happened = [{event.kind for event in turn.events} for turn in talk.turns]

    assert {Kind.BACKED, Kind.ANSWERED, Kind.ASKED_OPEN} <= happened[0]
    assert Kind.REFLECTED in happened[1]
    assert {Kind.INSIGHT, Kind.ASKED_OPEN} <= happened[2]
    assert "sterile supply" in talk.turns[2].answer
    assert "bed" in talk.turns[3].answer
    assert "consultants" in talk.turns[5].answer
    assert Kind.EMPATHY in happened[6]
    assert Kind.NEXT_STEP in happened[-1]
    assert debrief(talk).score > 60


@pytest.mark.parametrize(
    ("who", "line", "word"),
    [
        ("night_haulier", "how come trucks run empty", "empty"),
        ("night_haulier", "what's with the bonus", "bonus"),
        ("cold_store", "And the scanners?", "scanners"),
        ("pump_parts", "Tell me about Olav.", "Olav"),
        ("claims_mutual", "what does the council think", "council"),
    ],
)
def test_a_question_is_answered_by_its_own_words(who: str, line: str, word: str):
    persona = called(who)

    close = list(near(line, persona))

    assert any(word in text for one in close[:2] for text in persona.fact(one).says)


def test_what_is_public_is_known_however_it_is_put():
    talk = talked("night_haulier", "Drivers on a job board say that they wait hours at gates.")

    assert Kind.BACKED in {event.kind for event in talk.turns[0].events}


def test_a_nod_is_answered_with_go_on():
    haulier = called("night_haulier")
    talk = talked("night_haulier", "Drivers write on a job board that they wait.", "I see.")

    assert talk.turns[-1].answer in choices(haulier, Moment.LISTENING)


def test_words_laid_into_the_buyers_mouth_are_doubted_when_nothing_is_near_them():
    line = "You mentioned that your cafeteria is purple."

    talk = talked("cold_store", "I read your annual report of March 2025 on returns.", line)

    assert Kind.UNSUPPORTED in {event.kind for event in talk.turns[-1].events}
