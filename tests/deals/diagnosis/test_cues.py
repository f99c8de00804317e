"""By which words a sign is heard: the list of sentences is the specification."""

import tomllib
from pathlib import Path

import pytest

from unsolved.deals.diagnosis import entries
from unsolved.deals.diagnosis.cues import Voice, cues, heard, mended

SENTENCES = tomllib.loads(Path(__file__).with_name("sentences.toml").read_text("utf-8"))
HEARD = 0.85
"""The share of a sign's sentences that must be heard; the list may be ahead of the cues."""


def signs(text, voice=Voice.BUYER):
    return {name for name, _ in heard(text, voice)}


@pytest.mark.parametrize("sign", SENTENCES)
def test_a_sign_is_heard_in_what_people_write(sign):
    told = SENTENCES[sign]
    voice = Voice(told["voice"])

    found = [sign in signs(text, voice) for text in told["heard"]]

    missed = [text for text, is_found in zip(told["heard"], found, strict=True) if not is_found]
    assert sum(found) >= HEARD * len(found), missed


@pytest.mark.parametrize("sign", SENTENCES)
def test_a_sign_is_not_heard_where_it_is_not_meant(sign):
    told = SENTENCES[sign]

    assert [text for text in told["not"] if sign in signs(text, Voice(told["voice"]))] == []


def test_what_is_denied_is_not_heard():
    assert "price-high" in signs("It is too expensive for us.")
    assert "price-high" not in signs("It is not too expensive for us.")


def test_a_slip_of_the_finger_is_forgiven():
    assert signs("The works comittee has to give its opinion.") >= {"hidden-body"}
    assert mended("This is too exspensive.") == "This is too expensive."


def test_another_word_is_left_as_it_is():
    assert mended("The chances are high, taking all into account.") == (
        "The chances are high, taking all into account."
    )


def test_our_own_words_are_not_taken_for_theirs():
    assert "price-high" not in signs("That is too expensive.", Voice.OURS)


def test_the_quote_is_the_sentence_as_it_stands_there():
    text = "Hello.  It\u2019s on Paul\u2019s desk now!\nBest"

    assert dict(heard(text, Voice.BUYER))["asks-upward"] == "It\u2019s on Paul\u2019s desk now!"


def test_every_cue_belongs_to_a_sign_of_the_catalogue():
    assert {cue.sign for cue in cues()} <= set(entries())


def test_a_text_without_end_is_read_in_good_time():
    signs("a put to the price is not " * 4_000)
