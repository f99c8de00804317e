"""Who sells and who may buy is told, or found out, and it is said how surely."""

from dataclasses import replace

import pytest

from tests.conversations.coverage.lines import read, talk_of
from unsolved.conversations.acts import RuleReader
from unsolved.conversations.coverage import Medium, Side, Talk, Told, coverage
from unsolved.errors import Invalid
from unsolved.sources.transcripts import Participant

SELLS = (
    "Thanks for making time today. Your annual report says that a fifth of your orders were"
    " late. Most of our customers see the same, and you probably lose a day a week to it."
)
BUYS = "We bought a system for that and my team never used it. Our board will not pay twice."


def names(talk: Talk, told: Told | None = None) -> tuple[tuple[str, ...], tuple[str, ...]]:
    sides = coverage(talk, RuleReader(), told=told or Told()).sides
    return sides.speakers(talk, Side.SELLER), sides.speakers(talk, Side.BUYER)


def test_who_speaks_of_customers_sells_and_who_speaks_of_an_own_team_may_buy():
    found = read(f"Ann: {SELLS}", f"Bo: {BUYS}")

    assert found.sides.of_turns == (Side.SELLER, Side.BUYER)
    assert found.sides.sure > 0.8
    assert found.sides.how == "heard from what is said"


def test_speakers_without_a_name_are_told_apart_by_what_they_say():
    found = read(f"Speaker 1: {BUYS}", f"Speaker 2: {SELLS}")

    assert found.sides.of_turns == (Side.BUYER, Side.SELLER)


def test_where_nobody_is_named_each_turn_has_a_side():
    found = read(f": {SELLS}", f": {BUYS}", ": What have you tried so far?", f": {BUYS}")

    assert found.sides.of_turns == (Side.SELLER, Side.BUYER, Side.SELLER, Side.BUYER)
    assert found.sides.sure <= 0.75
    assert "guessed" in found.sides.how


def test_a_person_knows_better():
    talk = talk_of(f"Ann: {SELLS}", f"Bo: {BUYS}")

    assert names(talk, Told(seller=("Bo",))) == (("Bo",), ("Ann",))
    assert names(talk, Told(buyer=("Ann",))) == (("Bo",), ("Ann",))
    assert coverage(talk, RuleReader(), told=Told(seller=("bo",))).sides.how == "as you said"


def test_part_of_a_name_is_enough():
    talk = talk_of(f"Ann Lee: {SELLS}", f"Bo Holm (Acme): {BUYS}")

    assert names(talk, Told(seller=("Holm",))) == (("Bo Holm (Acme)",), ("Ann Lee",))


def test_a_name_that_nobody_has_is_refused_with_those_who_spoke():
    with pytest.raises(Invalid, match="Ann, Bo"):
        names(talk_of(f"Ann: {SELLS}", f"Bo: {BUYS}"), Told(seller=("Cy",)))


def test_own_domains_tell_the_sides():
    people = (
        Participant(name="Ann", email="ann@acme.example"),
        Participant(name="Bo", email="bo@ours.example"),
    )
    talk = replace(talk_of(f"Ann: {SELLS}", f"Bo: {BUYS}"), people=people)

    assert names(talk, Told(own=("ours.example",))) == (("Bo",), ("Ann",))


def test_what_the_recorder_says_counts_where_nothing_better_does():
    people = (Participant(name="Bo", is_ours=True), Participant(name="Ann", is_ours=False))
    talk = replace(talk_of(f"Ann: {SELLS}", f"Bo: {BUYS}"), people=people)

    assert names(talk) == (("Bo",), ("Ann",))


def test_several_buyers_are_on_one_side():
    talk = talk_of(
        f"Ann: {SELLS}",
        f"Bo: {BUYS}",
        "Cy: Our drivers lost two hours a day. We tried three vendors, my boss chose the last.",
        "Ann: What else have you tried, and what came of it?",
        "Di: We had a consultant in and our staff got a training. I have forty people.",
    )

    assert names(talk) == (("Ann",), ("Bo", "Cy", "Di"))


def test_of_two_with_the_same_words_somebody_sells_and_it_is_not_sure():
    found = read("Ann: Hello there.", "Bo: Hello there.")

    assert set(found.sides.of_turns) == set(Side)
    assert found.sides.sure < 0.75
    assert any("not sure" in note for note in found.notes)


def test_one_speaker_alone_is_on_one_side():
    found = read(f"Ann: {SELLS}")

    assert found.sides.of_turns == (Side.SELLER,)
    assert any("only one side" in note for note in found.notes)


def test_a_mail_s_writer_without_a_name_is_known_by_the_address():
    talk = replace(
        talk_of(f"ann@acme.example: {SELLS}", f"bo@ours.example: {BUYS}"),
        medium=Medium.MAIL,
        people=(
            Participant(name="ann@acme.example", email="ann@acme.example"),
            Participant(name="bo@ours.example", email="bo@ours.example"),
        ),
    )

    assert names(talk, Told(own=("ours.example",)))[0] == ("bo@ours.example",)
