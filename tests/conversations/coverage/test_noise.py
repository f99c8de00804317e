"""Transcripts by machines, without stops, names or times, are read as well as may be."""

import random
import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conversations.coverage.lines import read, talk_of
from unsolved.conversations.acts import Act, RuleReader
from unsolved.conversations.coverage import coverage
from unsolved.conversations.coverage.cutting import as_read, cut, is_without_stops

RUN_ON = (
    "um so we have a situation where the orders come in late and then the team has to rekey"
    " everything by hand because the old system does not talk to the new one and we tried to"
    " fix that last year with a consultant but it did not work what do you do about that"
)


def test_a_stretch_without_stops_is_cut_where_a_thought_begins():
    parts = [RUN_ON[span.start : span.end] for span in cut(RUN_ON)]

    assert len(parts) > 4
    assert "what do you do about that" in parts
    assert max(len(part.split()) for part in parts) <= 40


def test_a_long_sentence_that_somebody_wrote_stays_whole():
    text = (
        "Sets go missing upstream of your hatch, since nobody owns them between the table and"
        " the door after five, theatres protect themselves by keeping trays back, and every"
        " tray that is kept back makes the next morning a bit worse than the last one."
    )

    assert [text[span.start : span.end] for span in cut(text)] == [text]


@given(st.lists(st.sampled_from([*RUN_ON.split(), "?", ".", ",", "\n"]), max_size=120))
def test_cuts_are_in_order_and_hold_every_word(words: list[str]):
    text = " ".join(words)

    spans = cut(text)

    kept = " ".join(text[span.start : span.end] for span in spans)
    assert all(one.end <= other.start for one, other in pairwise(spans))
    assert re.findall(r"\w{2,}", kept) == re.findall(r"\w{2,}", text)


@pytest.mark.parametrize(
    ("said", "seen"),
    [
        ("um what have you tried so far", "what have you tried so far?"),
        ("okay so do you have a number for that", "okay so do you have a number for that?"),
        ("we tried it uh twice", "we tried it twice"),
        ("um", "um"),
    ],
)
def test_fillers_are_not_seen_and_a_question_has_its_mark(said: str, seen: str):
    assert as_read(said, without_stops=True) == seen


def test_a_call_in_small_letters_without_stops_is_understood():
    found = read(
        "speaker 1: so um thanks for making time what have you tried so far to fix it",
        f"speaker 2: {RUN_ON.replace('what do you do about that', '')}",
        "speaker 1: okay and who decides about that at the depot",
        "speaker 2: well our finance director decides and my boss defends the old system",
    )

    assert is_without_stops(turn.text for turn in found.talk.turns)
    assert any("no full stops" in note for note in found.notes)
    questions = [one for turn in found.said for one in turn if Act.QUESTION in one.acts]
    assert len(questions) >= 2
    assert next(t for t in found.themes if t.topic == "attempts").whose == "the buyer said it"


def test_another_language_is_said_and_only_the_structure_shown():
    talk = talk_of("Ann: Wir haben es versucht.", "Bo: Ja, genau.", language="de")

    found = coverage(talk, RuleReader())

    assert not found.is_read
    assert any("German" in note for note in found.notes)
    assert [share.speaker for share in found.shares] == ["Ann", "Bo"]
    assert (found.themes, found.facts, found.asks) == ((), (), ())


def test_nobody_says_anything():
    found = read()

    assert found.shares == ()
    assert any("nobody says anything" in note for note in found.notes)


def test_three_hours_are_no_trouble():
    lines = [
        f"{'Ann' if n % 2 else 'Bo'}: What about the lists of day {n}? We tried it {n} times,"
        " and it did not work, as nobody read them."
        for n in range(1_500)
    ]

    found = read(*lines)

    assert len(found.said) == 1_500
    assert len(found.facts) <= 60


@pytest.mark.parametrize("seed", range(5))
def test_whatever_words_come_something_comes_out(seed: int):
    chance = random.Random(seed)
    words = [
        "we",
        "you",
        "?",
        "tried",
        "why",
        "so",
        "uh",
        "5%",
        "Bo",
        "late",
        ".",
        "\u201c",
        "yes",
    ]
    lines = [
        f"{chance.choice(['A', 'B', '', 'C'])}: {' '.join(chance.choices(words, k=30))}"
        for _ in range(40)
    ]

    found = read(*lines)

    for theme in found.themes:
        for quote in theme.quotes:
            assert quote.text in found.talk.turns[quote.turn].text
