"""Which signs are found in a deal, one at a time."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.deals.diagnosis.makers import (
    cold,
    ines,
    note,
    ours,
    paul,
    proposal,
    silence,
    theirs,
)
from tests.deals.worlds import TODAY, head
from unsolved.deals.diagnosis import signs_of
from unsolved.deals.model import (
    Act,
    Alternative,
    AlternativeKind,
    Attempt,
    BuyerAct,
    Cost,
    InAttempt,
    Power,
    Role,
    Shift,
    Stance,
    Step,
    StepKind,
    StepState,
    Sway,
    Tie,
)


def found(situation):
    return {one.id: one for one in signs_of(situation)}


def cost(p50):
    return Cost(currency="EUR", p10=p50 / 3, p50=p50, p90=p50 * 3, mean=p50, draws=10)


def act(kind, days=50):
    return BuyerAct(act=kind, on=TODAY - timedelta(days=days))


def test_who_decides_and_was_never_met_is_told_by_name():
    signs = found(cold(stakeholders={1: ines(), 2: paul()}))

    assert "Paul Gent" in signs["decider-not-met"].text


def test_who_wrote_to_us_was_met():
    signs = found(cold(theirs("Thank you.", person=2), stakeholders={1: ines(), 2: paul()}))

    assert "decider-not-met" not in signs


def test_who_sat_in_a_meeting_was_met():
    meeting = Step(kind=StepKind.MEETING, state=StepState.DONE, done_on=TODAY, with_whom=(1, 2))

    signs = found(cold(stakeholders={1: ines(), 2: paul()}, steps={1: meeting}))

    assert "decider-not-met" not in signs


def test_nobody_on_the_map_decides():
    assert {"nobody-decides", "single-contact"} <= set(found(cold()))


@pytest.mark.parametrize("title", ["Plant manager (interim)", "Acting CFO"])
def test_who_is_there_for_a_time_only_does_not_decide_for_long(title):
    signs = found(cold(stakeholders={1: ines(), 2: paul(title=title)}))

    assert "power-passing" in signs


def test_a_stranger_is_told_from_somebody_new_above():
    new = paul(power=Power.UNKNOWN, title="Deputy (new)")
    stranger = paul(name="S. Terhorst", power=Power.UNKNOWN)

    assert "new-power" in found(cold(stakeholders={1: ines(), 2: new}))
    assert "stranger" in found(cold(stakeholders={1: ines(), 2: stranger}))


def test_a_boss_whom_we_never_met_and_a_quarrel_are_seen_on_the_map():
    people = {1: ines(), 2: paul(), 3: ines(name="Eva Lind", person_id=3)}
    ties = {1: Tie(of=1, to=2, sway=Sway.REPORTS_TO), 2: Tie(of=1, to=3, sway=Sway.CONFLICT)}

    signs = found(cold(stakeholders=people, ties=ties))

    assert {"boss-not-met", "quarrel-on-map"} <= set(signs)


def test_a_user_who_doubts_is_told_from_an_opponent():
    user = ines(role=Role.USER, stance=Stance.DOUBTS)

    assert "user-doubts" in found(cold(stakeholders={1: user}))
    assert "opponent" in found(cold(stakeholders={1: ines(stance=Stance.AGAINST)}))


def test_a_defended_attempt_needs_a_defender_with_a_say():
    attempt = Attempt(what="a portal", defended_by=(1,))
    nobody = ines(power=Power.NONE, in_attempt=InAttempt.LED)

    assert "defended-attempt" in found(cold(attempts={1: attempt}))
    assert "defended-attempt" not in found(
        cold(attempts={1: attempt}, stakeholders={1: nobody})
    )


def test_leanings_count_from_a_third_on():
    weak = Alternative(kind=AlternativeKind.INTERNAL, leaning=0.2)
    strong = replace(weak, leaning=0.6)

    assert "leans-inside" not in found(cold(alternatives={1: weak}))
    assert "leans-inside" in found(cold(alternatives={1: strong}))


@pytest.mark.parametrize(
    ("ask", "sign"),
    [
        (150_000.0, "fee-high"),
        (25_000.0, "fee-low"),
        (70_000.0, "fee-usual"),
    ],
)
def test_our_fee_is_seen_beside_what_won_deals_paid_at_both_ends(ask, sign):
    signs = found(cold(steps={1: proposal(ask)}))

    assert sign in signs
    assert "69,521 EUR" in signs[sign].text


def test_a_fee_further_off_weighs_more():
    near, far = (found(cold(steps={1: proposal(ask)})) for ask in (100_000.0, 150_000.0))

    assert far["fee-high"].strength > near["fee-high"].strength


def test_a_small_deal_with_a_small_problem_is_a_matter_of_fit_and_not_of_a_low_fee():
    small = replace(cold(steps={1: proposal(25_000.0)}), cost=cost(9_000.0))

    signs = found(small)

    assert "smaller-than-ours" in signs
    assert "fee-low" not in signs


def test_two_won_deals_are_needed_to_speak_of_what_is_usual():
    assert not {"fee-high", "fee-low", "fee-usual"} & set(found(cold(won=(60_000.0,))))


def test_what_it_costs_them_is_set_against_our_fee():
    assert "cost-not-counted" in found(cold())
    assert "cost-under-fee" in found(replace(cold(), cost=cost(20_000.0)))
    assert "cost-far-over-fee" in found(replace(cold(), cost=cost(500_000.0)))


def test_a_fee_that_moved_is_told_with_both_ends():
    steps = {1: proposal(176_000.0, 60), 2: proposal(79_000.0, 35)}

    assert "176,000 EUR, then of 79,000 EUR" in found(cold(steps=steps))["fee-moved"].text


def test_what_was_judged_on_fit_is_a_sign_with_its_note():
    yes = found(cold(head=head(fits=True)))
    no = found(cold(head=head(fits=False, fit_note="they are nine")))
    limits = found(cold(head=head(fit_note="our smallest site has 260 people")))

    assert "fits" in yes
    assert "they are nine" in no["fits-not"].text
    assert limits["fit-limits"].strength == 1.0


def test_who_decides_went_through_it_and_then_nothing_came():
    met = paul(met_on=TODAY, stance=Stance.NEUTRAL)
    reviewed = {1: act(Act.REVIEWED_PROPOSAL, 30)}

    signs = found(cold(stakeholders={1: ines(), 2: met}, acts=reviewed))

    assert {"reviewed-then-silent", "decider-cool"} <= set(signs)
    assert "not-reviewed" not in signs


def test_several_who_fall_silent_together_are_told_from_one():
    one = cold(theirs("Fine.", 30), theirs("Fine.", 60, 2), stakeholders={1: ines(), 2: paul()})
    both = cold(
        theirs("Fine.", 30), theirs("Fine.", 28, 2), stakeholders={1: ines(), 2: paul()}
    )

    assert "hushed-together" not in found(one)
    assert "Ines Maro and Paul Gent" in found(both)["hushed-together"].text


def test_who_came_in_late_and_stands_on_no_map_is_told_of():
    before = [theirs("Fine.", days) for days in (90, 80, 70, 60, 50, 40)]
    copied = replace(theirs("Fine.", 30), copied_ids=(9,))

    assert "newcomer" in found(cold(*before, copied))
    at_first = replace(copied, at=before[0].at)
    assert "newcomer" not in found(cold(at_first, *before, copied))
    assert "newcomer" not in found(cold(*before, theirs("Fine.", 30)))


def test_answers_that_come_further_apart_fade_and_others_end_at_once():
    fading = cold(*(theirs("Soon.", days) for days in (80, 75, 65, 45)))
    abrupt = cold(*(theirs("Fine.", days) for days in (60, 57, 54, 51)))

    assert "fading" in found(fading)
    assert "abrupt" in found(abrupt)


def test_a_question_of_ours_that_is_stepped_round_is_told():
    asked = ours("When will it be decided?", 32)

    assert "sidesteps" in found(cold(asked, theirs("Lovely weather here.", 30)))
    assert "sidesteps" not in found(cold(asked, theirs("On 12 May.", 30)))


def test_a_change_of_behaviour_is_taken_from_the_silence():
    shift = Shift(
        what="shorter mails", before=80.0, now=9.0, unit="words", count_before=9, count_now=4,
        chance=0.01, record_ids=(4, 5),
    )  # fmt: skip
    known = replace(cold(), silences=(replace(silence(), shifts=(shift,)),))

    sign = found(known)["behaves-otherwise"]

    assert sign.text == "Ines Maro: shorter mails, 80 words before, 9 now"
    assert [ground.record_id for ground in sign.grounds] == [4, 5]


def test_a_word_is_told_with_the_mail_it_stands_in():
    sign = found(cold(theirs("It is on my boss's desk.")))["asks-upward"]

    ground = sign.grounds[0]
    assert (ground.quote, ground.by) == ("It is on my boss's desk.", "Ines Maro")
    assert ground.record_id == 7


def test_words_heard_in_several_mails_weigh_more_up_to_a_bound():
    mails = [theirs("Let's speak next week.", days) for days in range(30, 45)]

    once, often = found(cold(mails[0])), found(cold(*mails))

    assert once["puts-off"].strength < often["puts-off"].strength <= 1.6


def test_what_a_machine_wrote_is_no_sign():
    automatic = replace(theirs("It is too expensive."), is_automatic=True)

    assert "price-high" not in found(cold(automatic))


def test_notes_tell_what_was_never_asked():
    assert "not-known" in found(cold(notes={1: note("Budget: not discussed.")}))
