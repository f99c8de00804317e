"""Who can vouch is kept, changed, removed and brought back, and asked no more than agreed."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests import make
from tests.deals.worlds import ME, NOON, TODAY, opened
from unsolved import deals
from unsolved.db import transaction
from unsolved.deals.model import AttemptKind, Ground, ReferenceUse, StepKind, Why
from unsolved.deals.queries.references import reference, references, uses
from unsolved.deals.references import Reference, as_facts, as_reference
from unsolved.deals.service.references import (
    add_reference,
    edit_reference,
    remove_reference,
    restore_reference,
    use_reference,
)
from unsolved.errors import Conflict, Invalid, NotFound
from unsolved.sources import OrganisationDraft, called

BOLT = Reference(
    organisation="Bolt",
    problem_id="erp_replacement",
    kind=AttemptKind.VENDOR,
    whys=(Why.POLITICS,),
    contact="Ana Lu",
    vouches_for="how the first month went",
    most_uses=1,
)


def test_a_reference_is_kept_as_it_is(sessions):
    with transaction(sessions) as tx:
        one = add_reference(tx, BOLT)

        assert reference(tx, one) == BOLT
        assert references(tx) == {one: BOLT}
    assert as_reference(as_facts(BOLT)) == BOLT


def test_what_is_not_said_is_taken_from_the_organisation(sessions):
    make.bring(sessions, OrganisationDraft(name="Bolt", industry="Retail", employees=500))
    with transaction(sessions) as tx:
        known = called(tx, "Bolt")
        assert known is not None
        one = add_reference(tx, replace(BOLT, organisation_id=known.id, industry="Toys"))
        found = reference(tx, one)

    assert found is not None
    assert (found.industry, found.employees) == ("Toys", 500)


def test_a_reference_is_changed_removed_and_brought_back(sessions):
    with transaction(sessions) as tx:
        one = add_reference(tx, BOLT)
        edit_reference(tx, one, replace(BOLT, contact="Bo"))
        remove_reference(tx, one)
        removed = references(tx), references(tx, is_removed=True)[one].contact
        restore_reference(tx, one)

        assert removed == ({}, "Bo")
        assert references(tx)[one].contact == "Bo"


def test_asking_a_reference_is_a_use_and_a_step_and_can_be_taken_back(sessions):
    deal = opened(sessions)
    with transaction(sessions) as tx:
        one = add_reference(tx, BOLT)
        before = deals.opportunity(tx, deal)
        made = use_reference(tx, deal, one, ME)
        known = deals.opportunity(tx, deal)
        deals.undo(tx, made, ME)

        assert known is not None
        assert known.uses == {1: ReferenceUse(reference_id=one, on=TODAY)}
        (step,) = known.steps.values()
        assert step.kind is StepKind.OTHER
        assert "Ana Lu at Bolt" in step.what
        assert "how the first month went" in step.what
        assert deals.opportunity(tx, deal) == before
        assert uses(tx, one) == []


def test_a_reference_is_not_asked_more_often_than_agreed(sessions):
    first, second = opened(sessions), opened(sessions, name="Globex")
    later = replace(ME, now=NOON + timedelta(days=91))
    with transaction(sessions) as tx:
        one = add_reference(tx, BOLT)
        use_reference(tx, first, one, ME)

        with pytest.raises(Conflict, match="no more than 1 times a quarter"):
            use_reference(tx, second, one, ME)
        use_reference(tx, second, one, later)

        assert [use.opportunity_id for use in uses(tx, one)] == [second, first]


@pytest.mark.parametrize("but", [{"is_willing": False}, {"most_uses": 0}])
def test_who_may_not_be_asked_is_refused(sessions, but):
    deal = opened(sessions)
    with transaction(sessions) as tx:
        one = add_reference(tx, replace(BOLT, **but))
        with pytest.raises(Conflict):
            use_reference(tx, deal, one, ME)


def test_a_removed_reference_is_not_asked_and_nobody_twice_in_one_deal(sessions):
    deal = opened(sessions)
    with transaction(sessions) as tx:
        one = add_reference(tx, replace(BOLT, most_uses=5))
        use_reference(tx, deal, one, ME)
        with pytest.raises(Conflict, match="already"):
            use_reference(tx, deal, one, ME)
        other = add_reference(tx, BOLT)
        remove_reference(tx, other)
        with pytest.raises(Conflict, match="removed"):
            use_reference(tx, deal, other, ME)


@pytest.mark.parametrize(
    "wrong",
    [
        {"organisation": " "},
        {"employees": 0},
        {"most_uses": -1},
        {"note": "x" * 10_001},
        {"rivals": ("a\0b",)},
        {"ground": Ground(document_id=999, quote="We never said so.")},
    ],
    ids=str,
)
def test_a_reference_that_makes_no_sense_is_refused(sessions, wrong):
    with transaction(sessions) as tx, pytest.raises(Invalid):
        add_reference(tx, replace(BOLT, **wrong))


def test_what_is_not_there_cannot_be_changed(sessions):
    with transaction(sessions) as tx:
        with pytest.raises(NotFound):
            edit_reference(tx, 99, BOLT)
        with pytest.raises(NotFound):
            add_reference(tx, replace(BOLT, organisation_id=99))
        with pytest.raises(NotFound):
            use_reference(tx, 99, add_reference(tx, BOLT), ME)


@pytest.mark.parametrize("facts", [{}, {"organisation": "x", "fame": 9}, {"organisation": 3}])
def test_plain_data_that_is_no_reference_is_refused_with_the_field(facts):
    with pytest.raises(Invalid, match="field"):
        as_reference(facts)
