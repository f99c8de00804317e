"""What is advised, and that a draft is one that we would send ourselves."""

from dataclasses import replace

import pytest

from tests import make
from tests.deals.diagnosis.cases import BUILDING, read
from tests.deals.diagnosis.makers import cold, ines, ours, paul, proposal, theirs
from unsolved.conversations import drafts
from unsolved.deals.diagnosis import Advice, Cold, advise, diagnose
from unsolved.deals.model import Act, Basis, BuyerAct, Ground, StepKind

WORDS = "We ship late and nobody knows which order."
AGREED = BuyerAct(
    act=Act.AGREED_PROBLEM,
    on=make.TODAY,
    ground=Ground(basis=Basis.BUYER, quote=WORDS, by="Ines Maro"),
)


def advised(situation) -> dict[Cold | None, Advice]:
    return {one.cold: one for one in advise(situation, diagnose(situation))}


def findings(advice: Advice, said: tuple[str, ...], *, is_reply: bool = True):
    text = f"Subject: {advice.subject}\n\n{advice.draft}\n"
    parsed = drafts.parse("draft.txt", text, drafts.Kind.TEXT)
    letters = [replace(one, is_reply=is_reply, said=said) for one in parsed.drafts]
    return [one for checked in drafts.lint(letters) for one in checked.findings if one.fails]


@pytest.mark.parametrize("case", read(BUILDING), ids=lambda case: case.id)
def test_our_own_linter_finds_nothing_in_a_draft(case):
    known = replace(case.situation, problem=make.LIBRARY.problems[0])
    said = tuple(one.text for one in reversed(known.exchanges) if not one.is_ours)[:1]

    for advice in advise(known, diagnose(known)):
        found = findings(advice, said) if advice.draft else []
        # A question of theirs that waits is told beside the draft, and is theirs to ask.
        assert [one for one in found if one.name != "question-unanswered"] == []


def test_each_reason_has_a_step_of_its_own_and_a_draft():
    found = advised(cold(theirs("Fine.")))

    assert set(found) >= set(Cold)
    assert found[Cold.INFLUENCE].kind is StepKind.REVIEW
    assert "What have I not asked that matters to you?" in found[Cold.INTELLIGENCE].draft
    assert "If it is no, that is fine, and helps me." in found[Cold.CONFLICT].draft
    assert len({one.draft for one in found.values()}) == len(found)


def test_a_draft_speaks_in_the_buyers_words_to_who_wrote_last():
    draft = advised(cold(theirs("Fine."), acts={1: AGREED}))[Cold.INFLUENCE].draft

    assert draft.startswith("Hi Ines,")
    assert "“We ship late and nobody knows which order”" in draft
    assert draft.endswith("Ada")


def test_what_the_buyer_never_said_is_not_put_into_their_mouth():
    known = replace(cold(theirs("Fine.")), problem=make.LIBRARY.problems[0])

    assert "You told me" not in advised(known)[Cold.INFLUENCE].draft
    agreed = replace(known, opportunity=replace(known.opportunity, acts={1: AGREED}))
    assert "You told me" in advised(agreed)[Cold.INFLUENCE].draft


def test_who_decides_is_named_when_we_never_met_them():
    advice = advised(cold(stakeholders={1: ines(), 2: paul()}))[Cold.INFLUENCE]

    assert "Paul Gent" in advice.subject
    assert "Paul Gent" in advice.draft


def test_the_fee_of_others_is_told_to_the_seller_and_to_nobody_else():
    advice = advised(cold(steps={1: proposal(150_000.0)}))[Cold.FEE]

    assert any("60,000 EUR to 80,000 EUR" in line for line in advice.numbers)
    assert not any(digits in advice.draft for digits in ("60,000", "80,000", "69,5", "150,000"))


def test_a_fee_that_is_too_low_is_explained_and_one_too_high_set_beside_a_cost():
    low = advised(cold(steps={1: proposal(20_000.0)}))[Cold.FEE]
    high = advised(cold(steps={1: proposal(190_000.0)}))[Cold.FEE]

    assert "low for what you described" in low.draft
    assert "a month in which nothing changes" in high.draft


def test_where_the_signs_do_not_tell_the_question_that_tells_most_comes_first():
    bare = cold(theirs("Fine."), stakeholders={1: ines()}, steps={}, won=())
    found = diagnose(bare)

    first = advise(bare, found)[0]

    assert found.top is None
    assert first.cold is None
    assert first.step == found.questions[0].ask


def test_a_question_of_theirs_that_waits_is_told_before_anything_is_asked():
    theirs_last = theirs("Thank you for the offer. Is training in it?", 30)
    waits = cold(ours("Here it is.", 40), theirs_last)

    assert advised(waits)[Cold.FEE].unanswered == "Is training in it?"
    answered = cold(theirs("Is training in it?", 30), ours("It is.", 20))
    assert advised(answered)[Cold.FEE].unanswered == ""


def test_a_title_is_kept_in_the_greeting():
    doctor = ines(name="Dr. Wiebke Petersen")

    draft = advised(cold(theirs("Fine."), stakeholders={1: doctor}))[Cold.CONFLICT].draft

    assert draft.startswith("Hi Dr. Petersen,")
