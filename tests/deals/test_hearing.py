"""What a buyer told in a conversation is taken into the deal once, with its words."""

from datetime import date

import pytest

from tests import make
from tests.deals.crm.records import call, person, sync
from tests.deals.known import whole
from tests.deals.talks import told
from tests.deals.worlds import ME, opened
from unsolved.conversations.coverage import FactKind, State
from unsolved.db import transaction
from unsolved.deals.changes import drop, put
from unsolved.deals.hearing import As, ways
from unsolved.deals.model import Basis, CostInput
from unsolved.deals.parts import PartKind
from unsolved.deals.queries.material import activities, count_activities, heard
from unsolved.deals.service import change, undo
from unsolved.deals.service.telling import attach, take_fact
from unsolved.errors import Conflict, Invalid, NotFound
from unsolved.sources import titles_of

TAKEN = [
    (FactKind.GOAL, As.GOAL, PartKind.NOTE),
    (FactKind.NUMBER, As.IMPACT, PartKind.NOTE),
    (FactKind.NAME, As.PERSON, PartKind.STAKEHOLDER),
    (FactKind.NAME, As.SUPPLIER, PartKind.ALTERNATIVE),
    (FactKind.DATE, As.DATE, PartKind.NOTE),
    (FactKind.DATE, As.NAMED_DATE, PartKind.ACT),
]


@pytest.mark.parametrize(("fact", "taken", "kind"), TAKEN)
def test_what_they_told_becomes_a_part_with_their_words(sessions, fact, taken, kind):
    one = opened(sessions)
    with transaction(sessions) as tx:
        facts = told(tx)
        take_fact(tx, one, facts[fact], taken, ME)
        parts = getattr(whole(tx, one), kind.field)
        ground = parts[max(parts)].ground

        assert ground.basis is Basis.BUYER
        assert (ground.by, ground.on) == ("Ada Holm", date(2026, 3, 2))
        assert ground.call_id is not None
        assert len(heard(tx, one)) == 4


def test_an_attempt_that_they_told_is_in_the_dossier(sessions):
    one = opened(sessions)
    with transaction(sessions) as tx:
        take_fact(tx, one, told(tx)[FactKind.ATTEMPT], As.ATTEMPT, ME)
        tried = whole(tx, one).attempts[1]

    assert tried.what == tried.grounds[0].quote == "We bought scanners and it failed."


def test_a_number_takes_the_place_of_what_was_assumed(sessions):
    assumed = CostInput(name="late_orders", low=1, likely=2, high=3, unit="orders / week")
    one = opened(sessions, assumed)
    with transaction(sessions) as tx:
        fact = told(tx)[FactKind.NUMBER]
        with pytest.raises(Invalid):
            take_fact(tx, one, fact, As.QUANTITY, ME)
        take_fact(tx, one, fact, As.QUANTITY, ME, named="late_orders")
        inputs = whole(tx, one).inputs

    assert list(inputs) == [1]
    assert (inputs[1].low, inputs[1].likely, inputs[1].high) == (2000, 2000, 2000)
    assert inputs[1].ground.basis is Basis.BUYER


def test_a_fact_is_taken_once_whatever_becomes_of_its_part(sessions):
    one = opened(sessions)
    with transaction(sessions) as tx:
        fact = told(tx)[FactKind.NAME]
        take_fact(tx, one, fact, As.PERSON, ME)
        change(tx, one, [drop(PartKind.STAKEHOLDER, 1)], ME)

        assert fact not in {h.fact_id for h in heard(tx, one)}
        with pytest.raises(Conflict):
            take_fact(tx, one, fact, As.SUPPLIER, ME)


def test_taking_it_back_offers_it_again(sessions):
    one = opened(sessions)
    with transaction(sessions) as tx:
        fact = told(tx)[FactKind.NAME]
        undo(tx, take_fact(tx, one, fact, As.PERSON, ME), ME)

        assert fact in {h.fact_id for h in heard(tx, one)}


def test_only_what_somebody_accepted_is_offered(sessions):
    one = opened(sessions)
    with transaction(sessions) as tx:
        fact = told(tx, state=State.PROPOSED)[FactKind.NAME]

        assert heard(tx, one) == []
        with pytest.raises(NotFound):
            take_fact(tx, one, fact, As.PERSON, ME)


def test_a_fact_is_taken_only_as_what_it_can_be(sessions):
    one = opened(sessions)
    with transaction(sessions) as tx:
        facts = told(tx)
        with pytest.raises(Invalid, match="take it as"):
            take_fact(tx, one, facts[FactKind.GOAL], As.PERSON, ME)

        assert {len(ways(h)) for h in heard(tx, one)} == {1, 2}


def test_a_document_is_put_to_a_deal_once_and_only_of_its_organisation(sessions):
    one = opened(sessions)
    make.bring(sessions, make.draft(about="Acme"), make.draft(about="Bolt"))
    with transaction(sessions) as tx:
        head = whole(tx, one).head
        (ours,) = titles_of(tx, head.organisation_id)
        (theirs,) = titles_of(tx, head.organisation_id + 1)
        attach(tx, one, ours.id, ME, why="it tells of the failure")

        assert whole(tx, one).attachments[1].title == "A letter"
        with pytest.raises(Conflict):
            attach(tx, one, ours.id, ME)
        with pytest.raises(Conflict):
            attach(tx, one, theirs.id, ME)
        with pytest.raises(NotFound):
            attach(tx, one, 999, ME)


def test_what_was_done_with_an_organisation_is_told_the_latest_first(sessions):
    one = opened(sessions)
    sync(sessions, call("c1", person("Ines"), person("Paul")))
    with transaction(sessions) as tx:
        number = whole(tx, one).head.organisation_id
        (found,) = activities(tx, number)

        assert (found.kind, found.title) == ("call", "a call")
        assert set(found.people) == {"Ines", "Paul"}
        assert count_activities(tx, number) == 1
        assert activities(tx, number, offset=1) == []


def test_a_part_of_anything_else_is_no_fact_that_was_taken(sessions):
    noted = put(PartKind.INPUT, CostInput(name="x", low=1, likely=1, high=1))
    one = opened(sessions)
    with transaction(sessions) as tx:
        told(tx)
        change(tx, one, [noted], ME)

        assert len(heard(tx, one)) == 5
