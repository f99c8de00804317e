"""Buyers made from a prospect and from a call: nothing in them is invented."""

import pytest

from tests import make
from unsolved.conversations.practice import Kind, Topic, begun, held, said
from unsolved.conversations.practice.heard import persona_from_transcript
from unsolved.conversations.practice.made import persona_of
from unsolved.errors import Invalid, NotFound, Unreadable
from unsolved.evidence import Assertion, Evidence, Facet, Speaker, Verdict
from unsolved.sources.transcripts import read

LATE = "Orders reached the stores eleven days late in the autumn of last year."
TRIED = "In 2022 we installed a new order system in all three of our depots."
FAILED = "The new order system did not bring the orders forward by a single day."
OTHER = "Acme could not deliver a third of its orders, the auditors found."


def pieces() -> list[Evidence]:
    return [
        make.evidence(Facet.PROBLEM, quote=LATE),
        make.evidence(Facet.ATTEMPT, quote=TRIED),
        make.evidence(Facet.FAILURE, Facet.PROBLEM, quote=FAILED),
        make.evidence(Facet.CONSEQUENCE, quote=OTHER, speaker=Speaker.THIRD_PARTY),
    ]


def test_a_prospect_tells_what_is_quoted_of_it_and_nothing_else():
    found = pieces()
    persona = persona_of(make.prospect(*found), found, make.problem())

    assert persona.organisation == "Acme"
    quotes = {piece.quote.text for piece in found}
    assert {fact.quoted.text for fact in persona.facts if fact.quoted} == quotes
    for fact in persona.facts:
        assert fact.quoted
        assert all(f"“{fact.quoted.text}”" in text for text in fact.says)
    topics = {fact.quoted.text: fact.topic for fact in persona.facts if fact.quoted}
    assert topics[LATE] is Topic.ISSUE
    assert topics[FAILED] is Topic.ATTEMPTS
    assert topics[OTHER] is Topic.IMPACT
    others = [fact for fact in persona.facts if fact.topic is Topic.IMPACT]
    assert "wrote" in others[0].says[1]


def test_what_is_not_meant_or_was_dismissed_is_not_told():
    found = [
        make.evidence(Facet.PROBLEM, quote=LATE),
        make.evidence(
            Facet.PROBLEM, quote="Orders could be late.", assertion=Assertion.HYPOTHETICAL
        ),
        make.evidence(
            Facet.PROBLEM,
            quote="The orders of the church are late medieval.",
            verdicts={"late_orders": Verdict.DISMISSED},
        ),
        make.evidence(Facet.PROBLEM, quote="x " * 400),
    ]
    persona = persona_of(make.prospect(*found), found, make.problem())

    assert [fact.quoted.text for fact in persona.facts if fact.quoted] == [LATE]


def test_an_organisation_of_which_nothing_is_quoted_makes_no_buyer():
    with pytest.raises(NotFound, match="unsolved add"):
        persona_of(make.prospect(), [], make.problem())


def test_a_talk_with_a_prospect_goes_on_what_one_has_read():
    found = pieces()
    persona = persona_of(make.prospect(*found), found, make.problem())
    known = persona.public[0]
    line = f"I read in {known.source} of {known.on} that {known.says}. What have you tried?"

    talk = said(begun(persona, 2), line)

    assert Kind.BACKED in {event.kind for event in talk.turns[0].events}
    assert talk.turns[0].told


CALL = """\
Sam Seller: Thanks for your time, Bea. What goes wrong with your deliveries today?
Bea Buyer: Our deliveries are late in two weeks of five because lists are printed too early.
Sam Seller: Our platform helps companies like yours. What have you tried so far?
Bea Buyer: We tried a new planning system in 2021 and it failed after nine weeks.
Sam Seller: Who decides on that?
Bea Buyer: Our finance director decides, and she is against it.
Sam Seller: Can I show you a demo next week?
Bea Buyer: What makes you say that we need one?
"""


def test_a_call_becomes_a_buyer_who_knows_what_was_said_in_it():
    persona = persona_from_transcript(read(CALL.encode(), where="call.txt"))

    assert persona.name == "Bea Buyer"
    told = [fact.says[0] for fact in persona.facts]
    assert all(text in CALL for text in told)
    assert not any("platform" in text or "?" in text for text in told)
    assert {fact.topic for fact in persona.facts} >= {Topic.ATTEMPTS, Topic.PEOPLE}
    trust = [fact.trust for fact in persona.facts]
    assert trust == sorted(trust)
    talk = held(
        persona, 1, ["I read in your report of 2025 of late deliveries. What is wrong?"]
    )
    assert talk.turns[0].answer


def test_the_buyer_of_a_call_can_be_named():
    call = read(CALL.encode(), where="call.txt")

    assert persona_from_transcript(call, buyer="Bea").name == "Bea"
    with pytest.raises(Invalid, match="Bea Buyer"):
        persona_from_transcript(call, buyer="Zoe")


GERMAN = """\
Anna: Guten Tag, wie geht es Ihnen und was haben Sie bisher versucht, um das zu verbessern?
Bert: Wir haben ein neues System gekauft, und es hat nicht funktioniert, weil die Leute es nicht
wollten und wir keine Zeit hatten.
"""
SHORT = "Anna: Hello.\nBert: Hi.\nAnna: Bye.\nBert: Bye.\n"


@pytest.mark.parametrize(
    ("text", "why"),
    [(GERMAN, "in another language"), (SHORT, "nobody on the buyer's side tells")],
)
def test_a_call_that_cannot_be_practised_is_told_so(text: str, why: str):
    with pytest.raises(Unreadable, match=why):
        persona_from_transcript(read(text.encode(), where="call.txt"), where="call.txt")


def test_a_call_without_speakers_is_guessed_at():
    said_only = [line.partition(": ")[2] for line in CALL.splitlines()]
    cues = [
        f"00:0{number}:00.000 --> 00:0{number}:30.000\n{text}\n"
        for number, text in enumerate(said_only)
    ]
    text = "WEBVTT\n\n" + "\n".join(cues)

    persona = persona_from_transcript(read(text.encode(), where="call.vtt"))

    assert persona.facts
