from datetime import UTC, datetime, timedelta

from fastapi.testclient import TestClient

from tests import make
from tests.deals.worlds import opened
from unsolved.db import Sessions, transaction
from unsolved.deals.changes import Doing, put
from unsolved.deals.model import Cause, Outcome, Risk, Step, StepKind, Trigger, TriggerKind
from unsolved.deals.parts import PartKind
from unsolved.deals.service import change, conclude, undo
from unsolved.deals.service.refreshing import refresh

NOW = datetime.now(UTC)
TODAY = NOW.date()
ME = Doing(by="Ada", now=NOW)
CALL = Step(kind=StepKind.CALL, what="call Ann <b>Lee</b>", due=TODAY - timedelta(days=3))


def deal(sessions: Sessions, *parts: object, name: str = "Acme", **but: object) -> int:
    facts = {"worth": 90_000.0, "opened_on": TODAY, "staged_on": TODAY, **but}
    return opened(sessions, *parts, name=name, **facts)  # type: ignore[arg-type]


def test_without_a_deal_one_begins_with_the_prospects(bare: TestClient):
    assert bare.get("/").url.path == "/prospects"


def test_with_a_deal_one_begins_with_today(bare: TestClient, sessions: Sessions):
    deal(sessions)

    assert bare.get("/").url.path == "/today"


def test_without_a_deal_today_says_how_to_open_one(bare: TestClient):
    page = bare.get("/today").text

    assert "No deal was opened yet" in page
    assert 'href="/opportunities/new"' in page


def test_a_step_that_is_due_is_told_with_what_to_do_and_what_that_is_worth(
    bare: TestClient, sessions: Sessions
):
    number = deal(sessions, CALL)

    page = bare.get("/today").text

    assert "Overdue for 3 days: call: call Ann &lt;b&gt;Lee&lt;/b&gt;" in page
    assert f'data-row href="/opportunities/{number}#step-1"' in page
    assert "What acting is worth" in page
    assert "of ours at" in page


def test_nothing_worth_doing_is_said_plainly(bare: TestClient, sessions: Sessions):
    deal(sessions, worth=100.0)

    assert "Nothing is worth doing today" in bare.get("/today").text


def test_a_list_is_that_of_one_seller_when_asked(bare: TestClient, sessions: Sessions):
    deal(sessions, CALL, name="Acme", seller="Ada")
    deal(sessions, CALL, name="Bolt", seller="Bo")

    page = bare.get("/today?seller=Bo").text

    assert "<option selected>Bo</option>" in page
    assert page.count('class="todo k-') == 1


def test_twelve_are_shown_and_the_rest_is_folded(bare: TestClient, sessions: Sessions):
    for number in range(15):
        deal(sessions, CALL, name=f"Firm {number}")
    list(refresh(sessions, make.LIBRARY, NOW))

    page = bare.get("/today").text

    assert page.count('class="todo k-') == 12
    assert "and 3 more, each worth less" in page


def test_what_was_changed_is_worked_out_before_it_is_shown(
    bare: TestClient, sessions: Sessions
):
    number = deal(sessions)
    bare.get("/today")
    late = Risk(text="The owner leaves again", due=TODAY - timedelta(days=3))

    with transaction(sessions) as tx:
        done = change(tx, number, [put(PartKind.RISK, late)], ME)
    shown = bare.get("/today").text
    with transaction(sessions) as tx:
        undo(tx, done, ME)

    assert "The owner leaves again" in shown
    assert "1 deal worked out again just now" in shown
    assert "The owner leaves again" not in bare.get("/today").text


def test_a_deal_that_returned_says_why(bare: TestClient, sessions: Sessions):
    number = deal(sessions)
    bare.get("/today")
    fired = Trigger(
        kind=TriggerKind.EXECUTIVE, fired_on=TODAY, why="Bo Holm is the new chief of operations"
    )

    with transaction(sessions) as tx:
        conclude(tx, number, Outcome.NO_DECISION, ME, cause=Cause.STRATEGY, triggers=(fired,))

    assert "Returned: Bo Holm is the new chief of operations" in bare.get("/today").text


def test_a_manager_is_told_once_of_deals_that_are_stuck_the_same_way(
    bare: TestClient, sessions: Sessions
):
    shown = Step(kind=StepKind.DEMO, overruled="They insisted", due=TODAY + timedelta(days=30))
    for name in ("Acme", "Bolt", "Calm"):
        deal(sessions, shown, name=name, seller="Ada")
    deal(sessions, name="Dent", seller="Bo", crm_stage="Negotiation")
    list(refresh(sessions, make.LIBRARY, NOW))

    page = bare.get("/today?view=manager").text

    assert "3 deals show or offer something before the problem is agreed" in page
    assert "Ask Bo what the buyer did" not in page  # a line tells what it is
    assert "The CRM calls it “Negotiation”" in page
    assert "Ada" in page


def test_a_manager_with_nothing_to_do_is_told_so(bare: TestClient, sessions: Sessions):
    deal(sessions)

    page = bare.get("/today?view=manager").text

    assert "Nothing is worth a manager" in page
