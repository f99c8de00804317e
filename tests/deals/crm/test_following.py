from dataclasses import replace

import pytest

from tests.deals.crm.records import deal, sync
from tests.deals.known import whole
from tests.deals.worlds import ME, NOON, opened
from unsolved.db import transaction
from unsolved.deals.changes import put
from unsolved.deals.crm import BY, Held
from unsolved.deals.model import Outcome, Stage
from unsolved.deals.parts import PartKind
from unsolved.deals.queries import history
from unsolved.deals.service import (
    Taking,
    all_differences,
    change,
    conclude,
    crm_differences,
    follow_crm,
    link_deal,
    settle,
    take_deals,
    undo,
)
from unsolved.errors import Conflict, NotFound
from unsolved.problems import Library


@pytest.fixture
def one(sessions):
    """An opportunity that was taken up from a CRM."""
    sync(sessions, deal())
    with transaction(sessions) as tx:
        return take_deals(tx, [(1, "d1")], Taking(), Library(()), ME).opened[0]


def by_hand(tx, number, **but):
    head = replace(whole(tx, number).head, **but)
    return change(tx, number, [put(PartKind.HEAD, head, 0)], ME)


def test_what_nobody_changed_by_hand_follows_the_crm(sessions, one):
    sync(sessions, deal(amount=120000, owner="Bo", stage="Proposal", closed="2026-07-31"))
    with transaction(sessions) as tx:
        count = follow_crm(tx, NOON)
        head, last = whole(tx, one).head, history(tx, one)[0]

    assert (count, head.worth, head.seller) == (1, 120000, "Bo")
    assert (head.crm_stage, str(head.close_on)) == ("Proposal", "2026-07-31")
    assert last.by == BY
    assert "worth 90,000 EUR → 120,000 EUR" in last.what


def test_what_has_not_changed_makes_no_action(sessions, one):
    with transaction(sessions) as tx:
        assert follow_crm(tx, NOON) == 0
        assert len(history(tx, one)) == 1


def test_what_a_person_said_stays_and_the_difference_is_shown(sessions, one):
    with transaction(sessions) as tx:
        by_hand(tx, one, worth=120000.0)
    sync(sessions, deal(amount=80000, owner="Bo"))
    with transaction(sessions) as tx:
        follow_crm(tx, NOON)
        head, told = whole(tx, one).head, crm_differences(tx, one)

        assert (head.worth, head.seller) == (120000, "Bo")
        assert [(d.held, d.crm, d.here) for d in told] == [
            (Held.WORTH, "80,000 EUR", "120,000 EUR")
        ]
        assert list(all_differences(tx)) == [one]


def test_taking_back_what_the_crm_did_is_by_hand(sessions, one):
    sync(sessions, deal(amount=80000))
    with transaction(sessions) as tx:
        follow_crm(tx, NOON)
        undo(tx, history(tx, one)[0].id, ME)

        assert follow_crm(tx, NOON) == 0
        assert whole(tx, one).head.worth == 90000


def test_a_difference_that_is_settled_is_not_shown_until_either_changes(sessions, one):
    with transaction(sessions) as tx:
        by_hand(tx, one, worth=120000.0)
        settle(tx, one, Held.WORTH, ME, takes_crm=False)
        settled = crm_differences(tx, one)
    sync(sessions, deal(amount=70000))
    with transaction(sessions) as tx:
        assert settled == ()
        assert [d.crm for d in crm_differences(tx, one)] == ["70,000 EUR"]


def test_the_crm_may_be_right(sessions, one):
    with transaction(sessions) as tx:
        by_hand(tx, one, worth=120000.0)
        settle(tx, one, Held.WORTH, ME, takes_crm=True)

        assert whole(tx, one).head.worth == 90000
        assert crm_differences(tx, one) == ()
        with pytest.raises(NotFound):
            settle(tx, one, Held.WORTH, ME, takes_crm=True)


def test_a_deal_that_is_won_in_the_crm_is_won_here_and_opened_again_with_it(sessions, one):
    sync(sessions, deal(is_won=True, is_closed=True, closed="2026-03-20"))
    with transaction(sessions) as tx:
        follow_crm(tx, NOON)
        won = whole(tx, one).head
    sync(sessions, deal())
    with transaction(sessions) as tx:
        follow_crm(tx, NOON)
        again = whole(tx, one).head

    assert (won.outcome, str(won.decided_on), won.in_forecast) == (
        Outcome.WON,
        "2026-03-20",
        False,
    )
    assert (again.stage, again.outcome, again.in_forecast) == (Stage.PROVOKE, None, True)


def test_what_was_decided_here_is_not_opened_again_by_a_crm_that_lags(sessions, one):
    with transaction(sessions) as tx:
        conclude(tx, one, Outcome.LET_GO, ME)
        follow_crm(tx, NOON)

        assert whole(tx, one).head.outcome is Outcome.LET_GO
        assert [(d.crm, d.here) for d in crm_differences(tx, one)] == [("open", "let go")]


def test_a_loss_without_a_reason_waits_for_a_person(sessions, one):
    sync(sessions, deal(is_closed=True, is_won=False, lost_reason="Price"))
    with transaction(sessions) as tx:
        follow_crm(tx, NOON)

        assert whole(tx, one).head.is_open
        assert [d.crm for d in crm_differences(tx, one)] == ["lost (Price)"]
        with pytest.raises(Conflict, match="by hand"):
            settle(tx, one, Held.END, ME, takes_crm=True)


def test_an_opportunity_made_by_hand_can_be_the_same_as_a_deal(sessions):
    sync(sessions, deal())
    one = opened(sessions, worth=120000.0)
    with transaction(sessions) as tx:
        link_deal(tx, one, (1, "d1"), ME)
        follow_crm(tx, NOON)

        assert {d.held for d in crm_differences(tx, one)} == {Held.WORTH, Held.CLOSE}
        with pytest.raises(Conflict):
            link_deal(tx, one, (1, "d1"), ME)
