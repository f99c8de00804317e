from datetime import UTC, date, datetime

from tests import make
from tests.deals.worlds import ME, head, opened, opportunity
from unsolved.db import Sessions, transaction
from unsolved.deals.model import Outcome, Stage
from unsolved.deals.queries.track import Past, decided, track, tracks
from unsolved.deals.service import conclude
from unsolved.sources import OrganisationDraft, RecordDraft, RecordKind


def past(**but: object) -> Past:
    facts = {
        "outcome": Outcome.WON,
        "worth": 1000.0,
        "currency": "EUR",
        "days": 90,
        "decided_on": date(2026, 1, 1),
        "problem_id": "erp_replacement",
        **but,
    }
    return Past(**facts)  # type: ignore[arg-type]


def test_fees_are_of_the_same_problem_where_enough_were_won():
    like = [past(worth=float(n)) for n in range(1, 6)]
    others = [past(worth=99.0, problem_id="other")]

    found = track([*like, *others], head())

    assert found.fees == (1.0, 2.0, 3.0, 4.0, 5.0)
    assert found.won == 5


def test_fees_are_of_all_problems_where_few_were_won():
    found = track([past(), past(problem_id="other", worth=99.0)], head())

    assert found.fees == (1000.0, 99.0)


def test_fees_in_another_currency_tell_nothing():
    assert track([past(currency="USD")], head()).fees == ()


def test_what_was_let_go_is_counted_as_undecided():
    lost, left = past(outcome=Outcome.LOST_COMPETITOR), past(outcome=Outcome.LET_GO)

    found = track([past(), lost, past(outcome=None), left], head())

    assert (found.won, found.lost, found.undecided) == (1, 2, 1)


def test_a_decided_deal_is_no_part_of_its_own_track():
    done = opportunity(id=7, head=head(stage=Stage.DECIDED, outcome=Outcome.WON))

    assert tracks([past(opportunity_id=7)], [done])[7].won == 0


def test_our_decided_deals_are_remembered(sessions: Sessions):
    one = opened(sessions, worth=5000.0)

    with transaction(sessions) as tx:
        conclude(tx, one, Outcome.WON, ME)
        found = decided(tx)

    assert [(f.outcome, f.worth, f.days) for f in found] == [(Outcome.WON, 5000.0, 31)]


def deal(key: str, **facts: object) -> RecordDraft:
    return RecordDraft(
        kind=RecordKind.DEAL,
        key=key,
        title=key,
        at=datetime(2026, 1, 1, tzinfo=UTC),
        organisation=OrganisationDraft(name="Acme"),
        facts=facts,  # type: ignore[arg-type]
    )


def test_deals_of_a_crm_that_were_closed_count_unless_they_were_taken_up(sessions: Sessions):
    closed = {"is_closed": True, "created": "2025-10-01", "closed": "2025-12-10"}
    won = {**closed, "is_won": True, "amount": 900.0, "currency": "EUR"}
    lost = {**closed, "is_won": False, "lost_reason": "No budget this year"}
    make.bring(
        sessions,
        deal("won", **won),  # type: ignore[arg-type]
        deal("lost", **lost),  # type: ignore[arg-type]
        deal("open", is_closed=False),  # type: ignore[arg-type]
        deal("taken", **won),  # type: ignore[arg-type]
    )
    opened(sessions, source_id=1, deal_key="taken")

    with transaction(sessions) as tx:
        found = decided(tx)

    ends = {(f.outcome, f.worth, f.days) for f in found}
    assert ends == {(Outcome.WON, 900.0, 70), (Outcome.NO_DECISION, None, 70)}
