from dataclasses import replace

from tests.deals.crm.records import call, deal, person, sync
from tests.deals.known import whole
from tests.deals.worlds import ME, NOON
from unsolved.db import transaction
from unsolved.deals.crm import MOST_PEOPLE, Where
from unsolved.deals.model import Basis, Cause, Outcome, Stage
from unsolved.deals.queries import history
from unsolved.deals.queries.crm import Untaken, count_untaken, untaken
from unsolved.deals.service import Taking, take_deals, take_some
from unsolved.problems import Library

NOBODY = Library(())


def take(tx, *keys, taking=Taking()):  # noqa: B008 (frozen)
    return take_deals(tx, [(1, key) for key in keys], taking, NOBODY, ME)


def test_deals_that_are_open_come_first_and_those_taken_up_not_at_all(sessions):
    won = deal("d1", is_won=True, is_closed=True)
    sync(sessions, won, deal("d2"), deal("d3", lost_reason="No budget", is_closed=True))
    with transaction(sessions) as tx:
        before = [one.key for one in untaken(tx, Untaken(), 10)]
        take(tx, "d2")

        assert before[0] == "d2"
        assert {one.key for one in untaken(tx, Untaken(), 10)} == {"d1", "d3"}
        assert count_untaken(tx, Untaken(where=Where.WON)) == 1
        assert [one.key for one in untaken(tx, Untaken(where=Where.LOST), 9)] == ["d3"]


def test_an_open_deal_brings_its_facts_and_begins_at_the_first_stage(sessions):
    sync(sessions, deal(stage="Negotiation", name="Late orders at Acme"))
    with transaction(sessions) as tx:
        took = take(tx, "d1")
        head = whole(tx, took.opened[0]).head

    assert (head.name, head.seller, head.worth) == ("Late orders at Acme", "Ada", 90000)
    assert (head.stage, head.crm_stage) == (Stage.PROVOKE, "Negotiation")
    assert str(head.close_on) == "2026-06-30"
    assert head.in_forecast


def test_a_lost_deal_ends_as_its_reason_says(sessions):
    sync(sessions, deal(is_closed=True, is_won=False, lost_reason="Budget was cut"))
    with transaction(sessions) as tx:
        head = whole(tx, take(tx, "d1").opened[0]).head

    assert (head.outcome, head.cause) == (Outcome.NO_DECISION, Cause.BUDGET)
    assert head.decided_on == NOON.date()  # the day that the CRM names has not come yet
    assert not head.in_forecast


def test_how_a_deal_was_lost_is_not_invented(sessions):
    sync(sessions, deal(is_closed=True, is_won=False, lost_reason="Price"))
    with transaction(sessions) as tx:
        took = take(tx, "d1")
        said = take(tx, "d1", taking=Taking(outcome=Outcome.LOST_COMPETITOR))

        assert [why for _, why in took.left] == [
            "it was lost, and the CRM does not say how; say it here"
        ]
        assert whole(tx, said.opened[0]).head.outcome is Outcome.LOST_COMPETITOR


def test_a_deal_of_nobody_we_know_is_left(sessions):
    sync(sessions, deal(about=None))
    with transaction(sessions) as tx:
        took = take(tx, "d1")

        assert not took.opened
        assert count_untaken(tx, Untaken(is_placed=True)) == 0
        assert count_untaken(tx, Untaken()) == 1


def test_who_is_in_the_records_of_a_deal_is_on_its_map(sessions):
    ines, paul, ada = person("Ines"), person("Paul"), person("Ada", "Us")
    sync(sessions, deal(), call("c1", paul, ines, ada), call("c2", ines), call("c3", ines))
    with transaction(sessions) as tx:
        known = whole(tx, take(tx, "d1").opened[0])

    assert [one.name for one in known.stakeholders.values()] == ["Ines", "Paul"]
    assert known.stakeholders[1].person_id is not None
    assert known.stakeholders[1].ground.basis is Basis.RECORD


def test_at_most_so_many_people_come_along_and_the_contact_first(sessions):
    crowd = [call(f"c{n}", person(f"P{n}")) for n in range(20)]
    sync(sessions, deal(person=person("Zoe")), *crowd)
    with transaction(sessions) as tx:
        people = whole(tx, take(tx, "d1").opened[0]).stakeholders

    assert len(people) == MOST_PEOPLE
    assert people[1].name == "Zoe"


def test_a_deal_is_taken_up_once(sessions):
    sync(sessions, deal())
    with transaction(sessions) as tx:
        take(tx, "d1")

        assert [why for _, why in take(tx, "d1").left] == ["it is an opportunity already"]


def test_all_open_deals_are_taken_up_in_batches_that_can_be_stopped(sessions):
    sync(sessions, *(deal(f"d{n}") for n in range(120)), deal("lost", is_closed=True))
    wanted, taking = Untaken(where=Where.OPEN), Taking(currency="USD")
    with transaction(sessions) as tx:
        first = take_some(tx, wanted, taking, NOBODY, ME)
    with transaction(sessions) as tx:
        second = take_some(tx, wanted, taking, NOBODY, ME)

    assert (len(first.opened), first.more) == (100, 20)
    assert (len(second.opened), second.more) == (20, 0)


def test_a_deal_without_a_currency_is_in_the_one_that_was_told(sessions):
    sync(sessions, deal(currency=None))
    with transaction(sessions) as tx:
        one = take(tx, "d1", taking=Taking(currency="CHF")).opened[0]

        assert whole(tx, one).head.currency == "CHF"
        assert history(tx, one)[0].what == "took it up from the CRM: our crm"


def test_a_problem_that_was_told_is_kept_only_where_it_is_known(sessions):
    sync(sessions, deal())
    with transaction(sessions) as tx:
        taking = replace(Taking(), problem_id="nobody_knows")

        assert whole(tx, take(tx, "d1", taking=taking).opened[0]).head.problem_id == ""
