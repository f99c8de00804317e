import random
from dataclasses import replace
from datetime import date, timedelta
from math import fsum
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.deals.worlds import NOON, TODAY, head, opportunity, situation
from unsolved.deals.model import (
    Act,
    BuyerAct,
    Channel,
    Exchange,
    Opportunity,
    Outcome,
    Power,
    Risk,
    RiskState,
    Silence,
    Situation,
    Stage,
    Stakeholder,
    Step,
    StepKind,
    StepState,
    Track,
    Trigger,
    TriggerKind,
)
from unsolved.deals.today import (
    Attention,
    Item,
    ItemKind,
    Waiting,
    Whose,
    attention,
    look,
    sights,
    told,
)

ANN = Stakeholder(name="Ann Lee", person_id=7, power=Power.DECIDES, met_on=TODAY)


def deal(**parts: object) -> Opportunity:
    """Return a deal of some worth that has just begun, of which nothing is worth telling."""
    known = parts.pop("head", head(worth=90_000.0, opened_on=TODAY, staged_on=TODAY))
    return opportunity(head=known, **parts)


def items(known: Opportunity, **but: object) -> dict[ItemKind, Item]:
    return {one.kind: one for one in attention(look(situation(known, **but))).items}


def seen(known: Opportunity, **but: object) -> set[ItemKind]:
    return {one.kind for one in sights(look(situation(known, **but)))}


def silent(person_id: int = 7, probability: float = 0.01, days: int = 9) -> Silence:
    since = NOON - timedelta(days=days + 4)
    return Silence(
        person_id=person_id,
        channel=Channel.MAIL,
        last_at=since - timedelta(days=3),
        waiting_since=since,
        days=float(days),
        usual_days=1.2,
        replies=8,
        asked=9,
        probability=probability,
        comes=0.2,
    )


def test_a_silence_is_told_with_who_how_unusual_and_what_to_do():
    found = items(deal(stakeholders={1: ANN}), silences=(silent(),))

    item = found[ItemKind.SILENT]
    assert item.text.startswith("Ann Lee: usually answers in 1.2 days, silent for 9")
    assert item.do
    assert item.address(1) == "/opportunities/1/diagnosis"


def test_the_silence_of_somebody_who_has_no_say_is_not_told():
    assert ItemKind.SILENT not in seen(deal(stakeholders={1: ANN}), silences=(silent(8),))


def test_a_silence_counts_half_when_somebody_else_has_spoken_since():
    known = deal(stakeholders={1: ANN})
    other = Exchange(
        at=NOON - timedelta(days=5), channel=Channel.MAIL, is_ours=False, person_ids=(9,)
    )

    alone = items(known, silences=(silent(),))[ItemKind.SILENT]
    spoken = items(known, silences=(silent(),), exchanges=(other,))[ItemKind.SILENT]

    assert spoken.worth < alone.worth


def test_a_step_that_is_planned_soon_answers_a_silence_already():
    call = Step(kind=StepKind.CALL, due=TODAY + timedelta(days=2))
    known = deal(stakeholders={1: ANN}, steps={1: call})

    assert ItemKind.SILENT not in items(known, silences=(silent(),))


def test_what_we_wrote_yesterday_is_given_time_to_work():
    sent = Exchange(at=NOON - timedelta(days=1), channel=Channel.MAIL, is_ours=True)

    found = items(deal(stakeholders={1: ANN}), silences=(silent(),), exchanges=(sent,))

    assert ItemKind.SILENT not in found


def test_a_step_stands_on_the_list_on_the_day_it_is_due_and_not_before():
    def due(day: date) -> set[ItemKind]:
        return set(items(deal(steps={1: Step(kind=StepKind.CALL, due=day)})))

    assert ItemKind.STEP in due(TODAY)
    assert ItemKind.STEP not in due(TODAY + timedelta(days=1))


def test_a_step_that_was_done_or_dropped_is_due_no_longer():
    done = Step(kind=StepKind.CALL, due=TODAY, state=StepState.DONE, done_on=TODAY)
    dropped = Step(kind=StepKind.CALL, due=TODAY, state=StepState.DROPPED)

    assert ItemKind.STEP not in seen(deal(steps={1: done, 2: dropped}))


def test_the_act_that_is_missing_longest_is_asked_for_by_the_age_of_won_cycles():
    old = head(worth=90_000.0, staged_on=TODAY - timedelta(days=40))

    slow = seen(deal(head=old), track=Track(cycles=(300, 310, 320)))
    quick = items(deal(head=old), track=Track(cycles=(60, 70, 80)))[ItemKind.STUCK]

    assert ItemKind.STUCK not in slow
    assert "40 days in provoke" in quick.text
    assert "70 days in all" in quick.why[0].text


def test_a_deal_that_waits_after_a_proposal_is_told_as_one():
    old = head(worth=90_000.0, staged_on=TODAY - timedelta(days=80))
    sent = Step(kind=StepKind.PROPOSAL, state=StepState.DONE, done_on=date(2026, 2, 1))

    found = items(deal(head=old, steps={1: sent}))

    assert found[ItemKind.STUCK].pattern == "wait for an act of the buyer's after a proposal"


def test_nobody_with_power_is_told_once_a_deal_is_not_young():
    old = head(worth=90_000.0, opened_on=TODAY - timedelta(days=40), staged_on=TODAY)

    assert ItemKind.POWER in seen(deal(head=old))
    assert ItemKind.POWER not in seen(deal())


def test_a_trigger_that_fired_says_why_the_deal_returned():
    left = head(stage=Stage.DECIDED, outcome=Outcome.NO_DECISION, decided_on=date(2026, 1, 1))
    known = replace(left, worth=90_000.0)
    fired = Trigger(kind=TriggerKind.EXECUTIVE, fired_on=TODAY, why="Bo Holm is the new COO")

    found = items(deal(head=known, triggers={1: fired}))

    assert found[ItemKind.RETURNED].text == "Returned: Bo Holm is the new COO"
    dealt_with = replace(fired, is_seen=True)
    assert ItemKind.RETURNED not in items(deal(head=known, triggers={1: dealt_with}))


def test_a_measure_that_is_overdue_is_told_until_it_is_proven():
    late = Risk(text="The owner leaves again", due=TODAY - timedelta(days=3))

    assert ItemKind.RISK in items(deal(risks={1: late}))
    assert ItemKind.RISK not in items(deal(risks={1: replace(late, state=RiskState.PROVEN)}))


def test_an_offer_before_the_cost_was_counted_is_told():
    offer = Step(kind=StepKind.PROPOSAL, due=TODAY + timedelta(days=9))
    agreed = BuyerAct(act=Act.AGREED_PROBLEM, on=TODAY)

    assert ItemKind.UNCOUNTED in seen(deal(steps={1: offer}, acts={1: agreed}))


def test_facts_of_a_talk_that_wait_lead_to_the_talk():
    found = attention(look(situation(deal()), Waiting(facts=3, call_id=12)))

    item = next(one for one in found.items if one.kind is ItemKind.FACTS)
    assert item.text == "3 facts that buyers told wait to be accepted"
    assert item.address(1) == "/conversations/12"


def test_a_decided_deal_asks_for_its_debrief_for_some_weeks():
    def ended(days: int) -> set[ItemKind]:
        day = TODAY - timedelta(days=days)
        return seen(deal(head=head(stage=Stage.DECIDED, outcome=Outcome.WON, decided_on=day)))

    assert ItemKind.DEBRIEF in ended(5)
    assert ItemKind.DEBRIEF not in ended(90)


def test_a_manager_sees_what_was_overruled_and_a_seller_does_not():
    shown = Step(kind=StepKind.DEMO, overruled="He insisted", due=TODAY + timedelta(days=9))

    found = attention(look(situation(deal(steps={1: shown}))))

    assert any(one.kind is ItemKind.EARLY for one in found.of(Whose.MANAGER))
    assert all(one.kind is not ItemKind.EARLY for one in found.of(Whose.SELLER))


def test_a_crm_that_is_ahead_of_the_buyer_is_told_to_the_manager():
    ahead = head(worth=90_000.0, crm_stage="Contract negotiation", staged_on=TODAY)

    assert (
        "has not yet agreed what the problem is" in items(deal(head=ahead))[ItemKind.AHEAD].text
    )


def test_a_forecast_near_its_day_needs_acts_of_the_buyers():
    near = head(worth=90_000.0, close_on=TODAY + timedelta(days=20), staged_on=TODAY)

    assert ItemKind.UNBACKED in items(deal(head=near))
    assert ItemKind.UNBACKED not in items(deal(head=replace(near, in_forecast=False)))


def test_what_is_worth_less_than_an_hour_is_not_told():
    small = head(worth=200.0, opened_on=TODAY, staged_on=TODAY)
    late = Risk(text="The owner leaves again", due=TODAY - timedelta(days=3))

    assert ItemKind.RISK in seen(deal(head=small, risks={1: late}))
    assert ItemKind.RISK not in items(deal(head=small, risks={1: late}))


def test_where_a_deal_had_better_be_let_go_nothing_new_is_asked_for_it():
    lost = head(
        worth=90_000.0, fits=False, opened_on=date(2025, 6, 1), staged_on=date(2025, 6, 1)
    )

    found = items(deal(head=lost))

    assert ItemKind.LET_GO in found
    assert not {ItemKind.STUCK, ItemKind.POWER, ItemKind.DRIFTING} & set(found)


def test_a_removed_deal_deserves_no_attention():
    gone = head(worth=90_000.0, is_removed=True, staged_on=date(2025, 6, 1))

    assert attention(look(situation(deal(head=gone)))) == Attention()


@pytest.mark.parametrize("kind", ItemKind)
def test_every_kind_says_what_it_takes_what_it_brings_and_where_that_is_from(kind: ItemKind):
    one = told().kinds[kind]

    assert one.takes > 0
    assert one.source


def busy() -> Situation:
    late = TODAY - timedelta(days=3)
    known = opportunity(
        head=head(
            worth=250_000.0,
            opened_on=date(2025, 9, 1),
            staged_on=date(2025, 10, 1),
            close_on=late,
            crm_stage="Proposal",
        ),
        stakeholders={1: ANN, 2: replace(ANN, name="Bo Holm", person_id=8)},
        steps={
            1: Step(kind=StepKind.CALL, due=late),
            2: Step(kind=StepKind.MAIL, due=late),
            3: Step(kind=StepKind.DEMO, overruled="He insisted", due=date(2026, 6, 1)),
        },
        risks={1: Risk(text="one", due=late), 2: Risk(text="two", due=late)},
        acts={1: BuyerAct(act=Act.TOLD_ATTEMPTS, on=date(2026, 1, 1))},
    )
    return situation(known, silences=(silent(7), silent(8)))


def test_what_acting_is_worth_equals_its_reasons():
    found = attention(look(busy()))

    assert len(found.items) > 4
    for one in found.items:
        assert one.worth == fsum(reason.weight for reason in one.gain)
        assert one.hours >= told().limits.least


@given(st.randoms(use_true_random=False))
def test_the_order_of_facts_does_not_matter(chance: random.Random):
    known = busy()
    silences = list(known.silences)
    chance.shuffle(silences)
    shuffled: dict[str, Any] = {}
    for name in ("stakeholders", "steps", "risks"):
        pairs = list(getattr(known.opportunity, name).items())
        chance.shuffle(pairs)
        shuffled[name] = dict(pairs)

    again = replace(
        known,
        opportunity=replace(known.opportunity, **shuffled),
        silences=tuple(silences),
    )

    assert attention(look(again)) == attention(look(known))


@given(st.floats(1_000, 1e7), st.floats(0.1, 3.0))
def test_acting_on_a_deal_worth_more_is_worth_more(worth: float, times: float):
    late = Risk(text="The owner leaves again", due=TODAY - timedelta(days=3))

    def gained(money: float) -> float:
        known = deal(head=head(worth=money, opened_on=TODAY, staged_on=TODAY), risks={1: late})
        return next((one.worth for one in items(known).values()), 0.0)

    low, high = sorted((worth, worth * times))
    assert gained(low) <= gained(high)
