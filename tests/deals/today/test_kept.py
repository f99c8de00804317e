from dataclasses import replace
from datetime import date, datetime, timedelta

from tests import make
from tests.deals.worlds import ME, NOON, TODAY, opened
from unsolved.db import Sessions, transaction
from unsolved.deals.changes import put
from unsolved.deals.model import (
    Cause,
    Outcome,
    Risk,
    Step,
    StepKind,
    Trigger,
    TriggerKind,
)
from unsolved.deals.parts import PartKind
from unsolved.deals.queries.attention import (
    attending,
    attending_as_of,
    attending_briefly,
    is_any,
    stale,
)
from unsolved.deals.service import change, conclude, fire, remove, undo
from unsolved.deals.service.attention import Freshened, freshen, work_out
from unsolved.deals.service.refreshing import Refreshed, refresh
from unsolved.deals.tables import AttentionRow
from unsolved.deals.today import ItemKind, Whose
from unsolved.sources import OrganisationDraft, RecordDraft, RecordKind

LATE = Risk(text="The owner leaves again", due=TODAY - timedelta(days=3))


def rich(sessions: Sessions, *parts: object, name: str = "Acme", **but: object) -> int:
    facts = {"worth": 90_000.0, "opened_on": TODAY, "staged_on": TODAY, **but}
    return opened(sessions, *parts, name=name, **facts)  # type: ignore[arg-type]


def kinds(sessions: Sessions, seller: str = "") -> set[ItemKind]:
    with transaction(sessions) as tx:
        freshen(tx, (Whose.SELLER, seller), make.LIBRARY, NOON)
        listed = attending(tx, Whose.SELLER, seller)
    return {item.kind for one in listed for item in (one.item, *one.more)}


def test_a_deal_is_worked_out_once_until_something_changes(sessions: Sessions):
    number = rich(sessions, LATE)
    done = list(refresh(sessions, make.LIBRARY, NOON))

    with transaction(sessions) as tx:
        assert stale(tx, NOON) == []
        change(tx, number, [put(PartKind.RISK, LATE)], ME)
        assert stale(tx, NOON) == [number]
    assert done == [Refreshed(0, 1), Refreshed(1, 0)]


def test_a_new_day_and_a_new_record_are_reasons_to_work_it_out_again(sessions: Sessions):
    number = rich(sessions)
    list(refresh(sessions, make.LIBRARY, NOON))

    with transaction(sessions) as tx:
        assert stale(tx, NOON + timedelta(days=1)) == [number]
        assert stale(tx, NOON + timedelta(hours=2)) == []
    make.bring(sessions, mail(NOON - timedelta(days=2)))  # type: ignore[arg-type]
    with transaction(sessions) as tx:
        assert stale(tx, NOON + timedelta(hours=2)) == [number]


def mail(at: datetime) -> RecordDraft:
    return RecordDraft(
        kind=RecordKind.ACTIVITY,
        key="m1",
        title="Re: orders",
        at=at,
        organisation=OrganisationDraft(name="Acme"),
        facts={"type": "e-mail", "direction": "in"},
    )


def test_on_the_day_a_trigger_fires_the_deal_stands_on_today_with_why(sessions: Sessions):
    number = rich(sessions)
    back = Trigger(kind=TriggerKind.DATE, what="their new budget", on=TODAY + timedelta(days=5))
    with transaction(sessions) as tx:
        conclude(tx, number, Outcome.NO_DECISION, ME, cause=Cause.BUDGET, triggers=(back,))
        work_out(tx, [number], make.LIBRARY, NOON)
        before = attending(tx, Whose.SELLER)
    later = NOON + timedelta(days=5)

    with transaction(sessions) as tx:
        fire(tx, later)
    list(refresh(sessions, make.LIBRARY, later))

    with transaction(sessions) as tx:
        (one,) = attending(tx, Whose.SELLER)
    assert [item.item.kind for item in before] == [ItemKind.DEBRIEF]
    assert one.opportunity_id == number
    assert one.item.kind is ItemKind.RETURNED
    assert one.item.text.startswith("Returned: ")
    assert len(one.item.text) > len("Returned: ")


def test_a_trigger_that_fires_unasked_is_found_although_nothing_was_worked_out(
    sessions: Sessions,
):
    number = rich(sessions)
    old = replace(ME, now=NOON - timedelta(days=300))
    back = Trigger(kind=TriggerKind.DATE, on=TODAY)
    with transaction(sessions) as tx:
        conclude(tx, number, Outcome.LET_GO, old, triggers=(back,))
        fire(tx, NOON)

    list(refresh(sessions, make.LIBRARY, NOON))

    assert kinds(sessions) == {ItemKind.RETURNED}


def test_undo_changes_what_deserves_attention_back(sessions: Sessions):
    number = rich(sessions)
    before = kinds(sessions)

    with transaction(sessions) as tx:
        done = change(tx, number, [put(PartKind.RISK, LATE)], ME)
    between = kinds(sessions)
    with transaction(sessions) as tx:
        undo(tx, done, ME)

    assert ItemKind.RISK in between
    assert kinds(sessions) == before


def test_a_new_deal_is_on_the_list_at_once_and_a_removed_one_off_it(sessions: Sessions):
    number = rich(sessions, LATE)

    assert ItemKind.RISK in kinds(sessions)
    with transaction(sessions) as tx:
        remove(tx, number, ME)
    assert kinds(sessions) == set()


def test_each_seller_has_a_list_and_a_deal_stands_on_one_once(sessions: Sessions):
    call = Step(kind=StepKind.CALL, due=TODAY)
    rich(sessions, LATE, call, name="Acme", seller="Ada")
    rich(sessions, LATE, name="Bolt", seller="Bo")

    assert ItemKind.STEP not in kinds(sessions, "Bo")
    assert {ItemKind.STEP, ItemKind.RISK} <= kinds(sessions, "Ada")
    with transaction(sessions) as tx:
        assert len(attending(tx, Whose.SELLER, "Ada")) == 1
        assert len(attending(tx, Whose.SELLER)) == 2


def test_the_list_is_ordered_by_what_acting_is_worth(sessions: Sessions):
    small = rich(sessions, LATE, name="Acme", worth=20_000.0)
    large = rich(sessions, LATE, name="Bolt", worth=400_000.0)
    list(refresh(sessions, make.LIBRARY, NOON))

    with transaction(sessions) as tx:
        found = attending(tx, Whose.SELLER)
        brief = attending_briefly(tx, Whose.SELLER)

    assert [one.opportunity_id for one in found] == [large, small]
    assert [one.opportunity_id for one in brief] == [large, small]
    assert found[0].item.worth > found[1].item.worth


def test_a_manager_reads_in_brief_what_deals_have_in_common(sessions: Sessions):
    shown = Step(kind=StepKind.DEMO, overruled="They insisted", due=date(2026, 6, 1))
    rich(sessions, shown)
    list(refresh(sessions, make.LIBRARY, NOON))

    with transaction(sessions) as tx:
        (one,) = attending_briefly(tx, Whose.MANAGER)
        as_of = attending_as_of(tx, Whose.MANAGER)

    assert one.pattern == "show or offer something before the problem is agreed"
    assert one.do == "Ask Ada what the buyer said the problem is."
    assert (as_of.at, as_of.count) == (NOON, 1)


def test_numbers_that_lists_show_are_kept_beside_it(sessions: Sessions):
    number = rich(sessions)
    list(refresh(sessions, make.LIBRARY, NOON))

    with transaction(sessions) as tx:
        facts = tx.get_one(AttentionRow, number).facts

    assert 0 < facts["no_decision"] < 1
    assert facts["silence"] == ""
    assert facts["advice"]


def test_working_out_twice_is_as_once(sessions: Sessions):
    number = rich(sessions, LATE)

    with transaction(sessions) as tx:
        work_out(tx, [number], make.LIBRARY, NOON)
        first = tx.get_one(AttentionRow, number).facts
    with transaction(sessions) as tx:
        assert work_out(tx, [number, 99], make.LIBRARY, NOON) == 1
        assert tx.get_one(AttentionRow, number).facts == first


def test_where_no_deal_was_opened_nothing_is_out_of_date(sessions: Sessions):
    with transaction(sessions) as tx:
        assert not is_any(tx)
        assert stale(tx, NOON) == []
    assert list(refresh(sessions, make.LIBRARY, NOON)) == [Refreshed(0, 0)]


def test_who_waits_for_a_page_waits_no_longer_than_is_enough(sessions: Sessions):
    for number in range(5):
        rich(sessions, LATE, name=f"Firm {number}")
    asked = iter([False, False, True])

    with transaction(sessions) as tx:
        found = freshen(tx, (Whose.SELLER, ""), make.LIBRARY, NOON, enough=lambda: next(asked))

    assert found == Freshened(done=2, left=3)


def test_what_was_changed_last_is_fresh_however_little_time_there_is(sessions: Sessions):
    for number in range(2):
        rich(sessions, LATE, name=f"Firm {number}")

    with transaction(sessions) as tx:
        found = freshen(tx, (Whose.SELLER, ""), make.LIBRARY, NOON, enough=lambda: True)

    assert found == Freshened(done=1, left=1)
