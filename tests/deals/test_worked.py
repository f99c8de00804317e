"""The worked example: one deal from evidence to its return, as `docs/deal.md` tells it."""

from dataclasses import replace
from datetime import date

import pytest
from scripts.worked import build as story
from scripts.worked.build import AGAIN, COLD, LEFT, RETURNED, Worked, build, noon

from unsolved import deals, evidence, problems
from unsolved.db import transaction
from unsolved.deals.changes import Doing
from unsolved.deals.inaction import weak
from unsolved.deals.model import Act, Outcome, TriggerKind
from unsolved.deals.queries.attention import attending
from unsolved.deals.today import ItemKind, Whose


@pytest.fixture
def worked(sessions, tmp_path):
    library = problems.load()
    return Worked(sessions, library, evidence.method("model", library), tmp_path)


def situation(worked, number, day):
    with transaction(worked.sessions) as tx:
        known = deals.situation(tx, number, worked.library, noon(day))
    assert known is not None
    return known


def today(worked):
    with transaction(worked.sessions) as tx:
        return [
            item.kind for one in attending(tx, Whose.SELLER) for item in (one.item, *one.more)
        ]


def test_evidence_becomes_a_deal_with_its_people_acts_and_cost(worked):
    number = build(worked, date(2025, 4, 30))

    known = situation(worked, number, date(2025, 4, 30))
    one = known.opportunity

    assert one.attempts[1].grounds[0].document_id is not None
    assert len(one.stakeholders) == 6
    assert {act.act for act in one.acts.values()} >= {Act.AGREED_PROBLEM, Act.TOLD_ATTEMPTS}
    assert all(act.ground.document_id for act in one.acts.values())
    assert known.cost is not None
    assert known.cost.said == known.cost.inputs == 3
    assert not weak(known.cost, one)


def test_a_silence_of_six_weeks_stands_on_today(worked):
    number = build(worked, COLD)

    known = situation(worked, number, COLD)
    dana = next(s for s in known.silences if s.person_id == 1)

    assert dana.is_silent
    assert ItemKind.SILENT in today(worked)


def test_what_was_let_go_comes_back_on_the_day_that_the_alternative_fails(worked):
    number = build(worked, LEFT)
    left = situation(worked, number, LEFT).opportunity
    before = today(worked)

    story.hear_of_it(worked, number)
    fired = situation(worked, number, RETURNED).opportunity.triggers.values()
    after = today(worked)
    story.return_to_it(worked, number)

    assert left.head.outcome is Outcome.NO_DECISION
    assert ItemKind.RETURNED not in before
    assert [t.fired_on for t in fired if t.kind is TriggerKind.FAILED_ALTERNATIVE] == [RETURNED]
    assert ItemKind.RETURNED in after
    assert situation(worked, number, AGAIN).opportunity.head.is_open


def test_the_whole_story_can_be_taken_back_step_by_step(worked):
    number = build(worked, AGAIN)
    with transaction(worked.sessions) as tx:
        actions = deals.history(tx, number)
        for one in actions[:-1]:
            deals.undo(tx, one.id, Doing(by="Ada", now=noon(AGAIN)))
        known = deals.opportunity(tx, number)

    assert known is not None
    first = {(c.kind.value, c.number): c.after for c in actions[-1].changed}
    assert replace(known.head).stage == "provoke"
    assert len(first) == 1 + sum(
        len(getattr(known, kind))
        for kind in ("attempts", "alternatives", "notes", "attachments")
    )
