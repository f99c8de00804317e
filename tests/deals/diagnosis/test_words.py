"""Whose words count, and how much: the last ones, of the right speaker, on the right matter."""

import tomllib
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.deals.diagnosis.cases import ASIDE, LONG, TUNING, read
from tests.deals.diagnosis.makers import cold, ines, note, ours, paul, theirs
from tests.deals.worlds import TODAY
from unsolved.deals.diagnosis import diagnose, signs_of
from unsolved.deals.diagnosis.cues import Voice, heard, names
from unsolved.deals.model import Basis, Ground, Power

PLAIN = tomllib.loads(
    (Path(__file__).parents[3] / "training" / "deals" / "plain.toml").read_text("utf-8")
)
FALSE = 0.06
"""Signs a sentence that may be heard in ordinary mail."""

RIGHT = 0.8
DEAR = "It is too expensive for us."
MAP = {1: ines(), 2: paul()}


def found(situation):
    return {one.id: one for one in signs_of(situation)}


def hears(text, voice=Voice.BUYER, above=None):
    return {name for name, _ in heard(text, voice, above)}


def read_in(text, days):
    ground = Ground(basis=Basis.EVIDENCE, quote=text, on=TODAY - timedelta(days=days))
    return replace(note(text), ground=ground)


def test_words_of_the_warm_months_count_less_than_the_last_ones():
    late = found(cold(theirs(DEAR, 40), theirs("Fine.", 30)))
    early = found(cold(theirs(DEAR, 100), theirs("Fine.", 30)))

    assert late["price-high"].strength == 1.0
    assert 0 < early["price-high"].strength < 0.6


def test_words_of_a_year_ago_are_not_read():
    assert "price-high" not in found(cold(theirs(DEAR, 365), theirs("Fine.", 30)))


def test_only_the_last_eight_exchanges_are_read_for_words():
    last = [theirs("Fine.", days) for days in range(30, 38)]

    assert "price-high" in found(cold(theirs(DEAR, 38), *last[1:]))
    assert "price-high" not in found(cold(theirs(DEAR, 38), *last))


def test_what_we_wrote_into_the_silence_is_read_too():
    later = [ours("We could look at a smaller package of 20.", days) for days in range(1, 12)]

    assert "we-talk-price" in found(cold(theirs("Fine.", 30), *later))


def test_a_document_is_nobodys_words_but_tells_what_happened_while_it_is_news():
    dear, merger = "It was too expensive for them.", "The merger with Nordbank was agreed."

    assert "price-high" in found(cold(notes={1: note(dear)}))
    assert "price-high" not in found(cold(notes={1: read_in(dear, 10)}))
    assert "company-event" in found(cold(theirs("Fine."), notes={1: read_in(merger, 10)}))
    assert "company-event" not in found(cold(theirs("Fine."), notes={1: read_in(merger, 300)}))


@pytest.mark.parametrize(
    "text",
    [
        "Everything on the programme goes through Paul at the moment.",
        "It is with Mr Gent.",
        "Still with Paul.",
        "I am waiting for Paul Gent to come to it.",
        "It lies on Paul's desk.",
    ],
)
def test_it_is_with_somebody_above_whom_we_never_met(text):
    met = {1: ines(), 2: paul(met_on=TODAY)}
    nobody = {1: ines(), 2: paul(power=Power.NONE)}

    assert "asks-upward" in found(cold(theirs(text), stakeholders=MAP))
    if "desk" not in text:
        assert "asks-upward" not in found(cold(theirs(text), stakeholders=met))
        assert "asks-upward" not in found(cold(theirs(text), stakeholders=nobody))


@pytest.mark.parametrize(
    "text",
    [
        "I cannot move it from here.",
        "It is not mine to decide any more.",
        "That is as far as I get.",
        "It still lies with the management.",
        "All of it goes through the board these days.",
    ],
)
def test_power_elsewhere_is_heard_without_a_name(text):
    assert "asks-upward" in hears(text)


@pytest.mark.parametrize(
    "text",
    [
        "It does not go through the board any more.",
        "The lorry goes through the gate at six.",
        "It is with the parcels on the left.",
        "We are not waiting for the management.",
    ],
)
def test_what_goes_elsewhere_is_not_power(text):
    assert "asks-upward" not in hears(text)


@pytest.mark.parametrize(
    ("text", "voice"),
    [
        ("Let me put it in my words, and correct me.", Voice.OURS),
        ("Would it help if I wrote to Tom myself?", Voice.OURS),
        ("I could not tell you on a given morning what we are owed.", Voice.BUYER),
        ("Wednesday the 2nd in the afternoon would suit me.", Voice.BUYER),
        ("I am copying Mel in.", Voice.BUYER),
        ("I cannot prove the last figure, it is what I would bet on.", Voice.BUYER),
        ("I would put it to her in exactly those words.", Voice.BUYER),
        ("I would be glad to talk this through.", Voice.BUYER),
        ("What did you make of the review the auditors published?", Voice.BUYER),
    ],
)
def test_ordinary_words_say_nothing(text, voice):
    assert hears(text, voice) == set()


def test_a_pattern_does_not_reach_beyond_its_clause():
    assert "asks-upward" not in hears(
        "I hand it in on Friday, and to the left is the director."
    )


def test_a_first_name_that_is_a_word_names_nobody_alone():
    known = names(["Will Dean", "Mark Oduya"])

    assert known is not None
    assert known.sub("x", "Will you come, or will Oduya?") == "Will you come, or will x?"
    assert names([]) is None


def test_a_name_that_somebody_else_bears_too_names_nobody_alone():
    known = names(["Paul Maro"], but=["Ines Maro"])

    assert known is not None
    assert known.sub("x", "Paul asked, and Ms Maro agreed.") == "x asked, and Ms Maro agreed."


def test_who_is_warm_and_names_a_day_does_not_only_speak_of_the_weather():
    assert "warm-words" in hears("How lovely. What a garden.")
    assert "warm-words" not in hears("How lovely. Shall we say Thursday at ten?")


@pytest.mark.parametrize("voice", [Voice.BUYER, Voice.OURS])
@pytest.mark.parametrize("part", ["tuned", "aside"])
def test_in_ordinary_mail_hardly_a_sign_is_heard(voice, part):
    texts = PLAIN[voice.value][part]

    signs = [(text, name) for text in texts for name in hears(text, voice)]

    assert len(signs) <= FALSE * len(texts), signs


@pytest.mark.parametrize("use", [TUNING, ASIDE])
def test_long_deals_are_told_rightly(use):
    told = [(case.cold, diagnose(case.situation)) for case in read(LONG, use)]

    right = sum(found.top is reason for reason, found in told)

    assert right >= RIGHT * len(told)
