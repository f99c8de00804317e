"""Triggers of deals that rest are looked at once a day, few questions for many deals."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import event

from tests import make, make_world
from tests.deals.worlds import ME, NOON, TODAY, opened
from unsolved.db import engine_of, transaction
from unsolved.deals.changes import put
from unsolved.deals.model import Outcome, Trigger, TriggerKind
from unsolved.deals.parts import PartKind
from unsolved.deals.queries import history, opportunity
from unsolved.deals.service import change, conclude, fire, see, take_up, undo
from unsolved.deals.triggers import awake
from unsolved.evidence import Assertion, Facet
from unsolved.sources import OrganisationDraft, add, called
from unsolved.sources.records import PersonDraft, RecordDraft, RecordKind
from unsolved.sources.tables import OrganisationRow

LEFT = NOON - timedelta(days=60)
SOON = NOON - timedelta(days=5)
EVIDENCE = Trigger(kind=TriggerKind.EVIDENCE, what="the problem shows again")
DAY = Trigger(kind=TriggerKind.DATE, on=TODAY)
EXECUTIVE = Trigger(kind=TriggerKind.EXECUTIVE)
FAILED = Trigger(kind=TriggerKind.FAILED_ALTERNATIVE, watches=("Norsk Soft",))


def known(tx, number):
    found = opportunity(tx, number)
    assert found is not None
    return found


def place(tx, name):
    found = called(tx, name)
    assert found is not None
    return found.id


def left(sessions, *triggers, name="Acme"):
    """Open a deal and leave it sixty days ago, with triggers."""
    one = opened(sessions, name=name, problem_id="late_orders")
    with transaction(sessions) as tx:
        doing = replace(ME, now=LEFT)
        conclude(tx, one, Outcome.LET_GO, doing, triggers=triggers)
    return one


def said(sessions, quote, *facets, at=SOON, name="Acme", **but):
    with transaction(sessions) as tx:
        document = make_world.document(
            tx, place(tx, name), f"{quote}\n{at}", received_at=at, title="A letter"
        )
        return make_world.evidence(tx, document, quote, *facets, **but)


def fire_on(sessions, now=NOON):
    with transaction(sessions) as tx:
        return fire(tx, now)


def test_a_date_fires_and_says_so_in_the_history(sessions):
    one = left(sessions, DAY)

    [found] = fire_on(sessions)

    with transaction(sessions) as tx:
        [number] = awake(known(tx, one))
        latest = history(tx, one)[0]
    assert (found.opportunity_id, found.number) == (one, number)
    assert (latest.by, latest.at) == ("unsolved", NOON)
    assert latest.what.startswith("a trigger fired: The day has come")


def test_firing_twice_changes_nothing(sessions):
    one = left(sessions, DAY, EVIDENCE)
    said(sessions, "Orders arrive late again.", Facet.PROBLEM)
    first = fire_on(sessions)
    with transaction(sessions) as tx:
        before = opportunity(tx, one)

    assert len(first) == 2
    assert fire_on(sessions) == ()
    with transaction(sessions) as tx:
        assert opportunity(tx, one) == before


def test_new_evidence_fires_with_a_quote_that_stands_in_its_document(sessions):
    one = left(sessions, EVIDENCE)
    number = said(sessions, "Orders arrive late again.", Facet.FAILURE)

    [found] = fire_on(sessions)

    assert found.opportunity_id == one
    assert found.trigger.ground.evidence_id == number
    assert found.trigger.why == "New evidence of failure: A letter, 1 Mar 2026"


def test_what_was_known_when_it_was_left_or_is_said_again_does_not_fire(sessions):
    left(sessions, EVIDENCE)
    said(sessions, "Orders arrive late.", Facet.PROBLEM, at=LEFT - timedelta(days=9))
    said(sessions, "Orders arrive late.", Facet.PROBLEM)
    said(sessions, "They might be late.", Facet.PROBLEM, assertion=Assertion.HYPOTHETICAL)
    said(sessions, "Pay is late.", Facet.PROBLEM, matches={"bad_pay": 0.9})

    assert fire_on(sessions) == ()


def test_news_of_another_organisation_fires_nothing_here(sessions):
    left(sessions, EVIDENCE)
    make.bring(sessions, OrganisationDraft(name="Bolt"))
    said(sessions, "Orders arrive late.", Facet.PROBLEM, name="Bolt")

    assert fire_on(sessions) == ()


def test_the_failure_of_what_they_chose_fires_although_it_is_matched_with_nothing(sessions):
    left(sessions, FAILED)
    said(sessions, "The Norsk Soft pilot failed.", Facet.FAILURE, matches={})

    [found] = fire_on(sessions)

    assert "Norsk Soft" in found.trigger.why


def test_a_sentence_on_a_new_executive_fires(sessions):
    left(sessions, EXECUTIVE)
    said(sessions, "Acme appointed a new chief executive.", Facet.URGENCY, matches={})

    [found] = fire_on(sessions)

    assert found.trigger.why.startswith("Somebody came")


def person(name, title, key="p1", at=None):
    who = PersonDraft(name=name, title=title, organisation=OrganisationDraft(name="Acme"))
    return RecordDraft(
        kind=RecordKind.PERSON,
        key=key,
        title=name,
        at=at,
        organisation=OrganisationDraft(name="Acme"),
        person=who,
        facts={"title": title, "name": name},
    )


def brought(sessions, *records, at):
    add(sessions, make.Shelf(list(records), name="crm"), now=at)


def test_who_is_entered_after_it_was_left_is_new(sessions):
    left(sessions, EXECUTIVE)
    brought(sessions, person("Old Boss", "CEO"), at=LEFT - timedelta(days=9))
    brought(sessions, person("Ann Lee", "Chief Operating Officer", "p2"), at=SOON)

    [found] = fire_on(sessions)

    assert found.trigger.why == "Ann Lee, Chief Operating Officer, is new there"
    assert found.trigger.ground.record_id is not None


def test_who_got_the_office_since_is_new_in_it(sessions):
    left(sessions, EXECUTIVE)
    brought(sessions, person("Ann Lee", "Plant engineer"), at=LEFT - timedelta(days=9))
    brought(sessions, person("Ann Lee", "Chief Operating Officer"), at=SOON)

    assert len(fire_on(sessions)) == 1


def test_a_crm_that_is_connected_later_makes_nobody_new_but_whom_it_dates(sessions):
    left(sessions, EXECUTIVE)
    long_ago = datetime(2024, 1, 1, tzinfo=UTC)
    old = person("Old Boss", "CEO", at=long_ago)
    brought(sessions, old, person("No Date", "CFO", "p2"), at=SOON)
    assert fire_on(sessions) == ()

    brought(sessions, person("New Boss", "President", "p3", at=SOON), at=NOON)

    assert [one.trigger.why for one in fire_on(sessions)] == [
        "New Boss, President, is new there"
    ]


def test_what_a_person_takes_back_does_not_fire_for_the_same_reason(sessions):
    one = left(sessions, EVIDENCE)
    said(sessions, "Orders arrive late again.", Facet.PROBLEM)
    fire_on(sessions)
    with transaction(sessions) as tx:
        undo(tx, history(tx, one)[0].id, ME)
        assert not awake(known(tx, one))

    assert fire_on(sessions) == ()
    said(sessions, "Nothing is on time.", Facet.FAILURE)
    assert len(fire_on(sessions)) == 1


def test_what_is_in_work_again_or_removed_is_left_alone(sessions):
    one = left(sessions, DAY)
    with transaction(sessions) as tx:
        take_up(tx, one, ME)

    assert fire_on(sessions) == ()


def test_what_was_seen_no_longer_calls_and_undo_brings_it_back(sessions):
    one = left(sessions, DAY)
    fire_on(sessions)
    with transaction(sessions) as tx:
        fired = opportunity(tx, one)
        done = see(tx, one, ME)
        assert not awake(known(tx, one))

        undo(tx, done, ME)

        assert opportunity(tx, one) == fired


def test_an_organisation_that_was_merged_is_looked_up_as_who_it_is_now(sessions):
    left(sessions, EVIDENCE, name="Bolt")
    make.bring(sessions, OrganisationDraft(name="Acme"))
    said(sessions, "Orders arrive late again.", Facet.PROBLEM)
    with transaction(sessions) as tx:
        old, new = place(tx, "Bolt"), place(tx, "Acme")
        tx.get_one(OrganisationRow, old).merged_into_id = new

    assert len(fire_on(sessions)) == 1


def test_many_deals_take_as_many_statements_as_few(sessions):
    def asked():
        seen = []

        def count(*_):
            seen.append(1)

        event.listen(engine_of(sessions), "before_cursor_execute", count)
        try:
            fire_on(sessions)
        finally:
            event.remove(engine_of(sessions), "before_cursor_execute", count)
        return len(seen)

    left(sessions, EVIDENCE, EXECUTIVE, name="Acme")
    few = asked()
    for number in range(12):
        left(sessions, EVIDENCE, EXECUTIVE, FAILED, name=f"Bolt {number}")

    assert asked() == few


def test_a_trigger_without_a_beginning_counts_from_when_it_was_left(sessions):
    one = left(sessions)
    with transaction(sessions) as tx:
        change(tx, one, [put(PartKind.TRIGGER, replace(EVIDENCE, since=LEFT.date()))], ME)
    said(sessions, "Orders arrive late again.", Facet.PROBLEM, at=LEFT + timedelta(days=1))

    assert [one.trigger.fired_on for one in fire_on(sessions)] == [TODAY]
    assert date(2026, 4, 1) == TODAY
