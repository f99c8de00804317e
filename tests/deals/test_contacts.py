"""Whom we have met has one answer, whoever asks."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.deals.worlds import NOON, TODAY, opportunity, situation
from unsolved.deals.contacts import contacts, met
from unsolved.deals.diagnosis.facts import Facts
from unsolved.deals.model import (
    Act,
    Basis,
    BuyerAct,
    Channel,
    Exchange,
    Ground,
    Power,
    Stakeholder,
    Step,
    StepKind,
    StepState,
)
from unsolved.deals.no_decision import risk
from unsolved.deals.stakeholders import gaps

RUTH = Stakeholder(name="Ruth Calder", person_id=7, power=Power.DECIDES)
THEN = date(2026, 3, 20)
MAIL = Exchange(
    at=NOON - timedelta(days=3), channel=Channel.MAIL, is_ours=False, person_ids=(7,)
)
QUOTE = Ground(basis=Basis.BUYER, quote="Yes.", by="Ruth Calder", on=THEN)
TALK = Step(kind=StepKind.CALL, state=StepState.DONE, done_on=THEN, with_whom=(1,))


def deal(ruth=RUTH, exchanges=(), **parts):
    return situation(opportunity(stakeholders={1: ruth}, **parts), exchanges=exchanges)


SIGNS = [
    deal(replace(RUTH, met_on=THEN)),
    deal(exchanges=(MAIL,)),
    deal(exchanges=(replace(MAIL, is_ours=True, channel=Channel.MEETING),)),
    deal(acts={1: BuyerAct(act=Act.GAVE_NUMBERS, on=THEN, ground=QUOTE)}),
    deal(steps={1: TALK}),
]
NO_SIGNS = [
    deal(),
    deal(replace(RUTH, met_on=TODAY + timedelta(days=5))),
    deal(exchanges=(replace(MAIL, is_ours=True),)),
    deal(exchanges=(replace(MAIL, is_automatic=True),)),
    deal(exchanges=(replace(MAIL, at=NOON + timedelta(days=2)),)),
    deal(exchanges=(replace(MAIL, person_ids=(8, 7)),)),
    deal(steps={1: replace(TALK, state=StepState.PLANNED)}),
    deal(acts={1: BuyerAct(act=Act.GAVE_NUMBERS, on=THEN, who="Ruth Calder")}),
]


@pytest.mark.parametrize("known", SIGNS)
def test_whoever_gave_a_sign_is_met_on_the_map_in_the_risk_and_in_the_diagnosis(known):
    assert met(known) == Facts(known).met == {1}
    assert not any("signed" in gap.text or "sign has" in gap.text for gap in gaps(known))
    assert not any(reason.rule == "no_decision.power_unmet" for reason in risk(known).reasons)


@pytest.mark.parametrize("known", NO_SIGNS)
def test_whoever_gave_none_is_met_nowhere(known):
    assert met(known) == Facts(known).met == frozenset()
    assert any("sign has been met" in gap.text for gap in gaps(known))
    assert any(reason.rule == "no_decision.power_unmet" for reason in risk(known).reasons)


def test_the_latest_sign_counts_and_says_what_shows_it():
    known = deal(replace(RUTH, met_on=THEN), exchanges=(MAIL,))

    assert contacts(known)[1].sign_on == MAIL.at.date()
    assert contacts(known)[1].exchange == MAIL
