"""The pages on leaving a deal, and on the deals that rest."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from tests.deals.worlds import ME, opened
from unsolved import deals
from unsolved.db import transaction
from unsolved.deals.letting_go import Parting
from unsolved.deals.model import (
    Alternative,
    AlternativeKind,
    Cause,
    Note,
    Outcome,
    Power,
    Stakeholder,
    Stance,
    Step,
    StepKind,
    StepState,
    Trigger,
    TriggerKind,
)

SCRIPT = "<script>alert(1)</script>"
INES = Stakeholder(
    name=f"Ines {SCRIPT}", power=Power.DECIDES, stance=Stance.FOR, met_on=date(2026, 3, 1)
)
BOLT = Alternative(kind=AlternativeKind.COMPETITOR, name="Bolt", leaning=0.7)
BUDGET = Note(text="Their fiscal year starts in October.", on=date(2026, 3, 1), about="budget")


@pytest.fixture
def one(sessions, client):  # noqa: ARG001 (the world is there first)
    parts = (INES, BOLT, BUDGET, Step(kind=StepKind.CALL))
    return opened(sessions, *parts, name="Globex", problem_id="late_orders", worth=40_000.0)


def stored(sessions, number):
    with transaction(sessions) as tx:
        return deals.opportunity(tx, number)


def rested(sessions, name, *triggers, on=None):
    number = opened(sessions, name=name, problem_id="late_orders")
    doing = replace(ME, now=on or datetime.now(UTC))
    with transaction(sessions) as tx:
        left = Parting(triggers=triggers, why=f"{name} has no money")
        deals.let_go(tx, number, left, doing)
    return number


def form_of(page, cause=""):
    """Return the form as a browser would send it, all that is ticked included."""
    part = page.text.split('class="leave-form"')[1].split("</form>")[0]
    found = [("cause", cause)]
    for tag in re.findall(r"<input[^>]*>", part):
        name, value = (re.search(rf'{key}="([^"]*)"', tag) for key in ("name", "value"))
        if name and name.group(1) != "cause":
            found.append((name.group(1), value.group(1) if value else ""))
    data: dict[str, list[str]] = {}
    for known, told in found:
        data.setdefault(known, []).append(told)
    return {**data, "message": ["Hello Ines"], "why": ["no money left"]}


def test_the_page_tells_the_arithmetic_the_risk_and_the_causes(client, one):
    page = client.get(f"/opportunities/{one}/leaving")

    assert page.status_code == 200
    for words in [
        "Advice:",
        "It is worth 40,000 EUR",
        "assumed",
        "The JOLT Effect",
        "indecision",
    ]:
        assert words in page.text
    assert SCRIPT not in page.text
    assert 'style="' not in page.text


def test_an_answer_is_prepared_for_a_cause(client, one):
    page = client.get(f"/opportunities/{one}/leaving?cause=budget")

    assert "No decision: budget" in page.text
    assert "in which month does your next budget begin?" in page.text
    assert client.get(f"/opportunities/{one}/leaving?cause=weather").status_code == 422


def test_a_deal_is_let_go_with_all_that_was_ticked_and_undone_with_one(client, sessions, one):
    before = stored(sessions, one)
    page = client.get(f"/opportunities/{one}/leaving")

    done = client.post(f"/opportunities/{one}/leaving", data=form_of(page))

    after = stored(sessions, one)
    assert done.status_code == 200
    assert after.head.outcome is Outcome.LET_GO
    kinds = [trigger.kind for trigger in after.triggers.values()]
    assert kinds[:2] == [TriggerKind.FAILED_ALTERNATIVE, TriggerKind.BUDGET_YEAR]
    assert after.triggers[1].watches == ("Bolt",)
    assert after.triggers[2].ground.quote == BUDGET.text
    assert [s.state for s in after.steps.values()] == [StepState.DROPPED, StepState.PLANNED]
    assert after.steps[2].text == "Hello Ines"
    [undo] = set(re.findall(rf"/opportunities/{one}/undo/\d+", done.text))
    client.post(undo, data={"tab": "leaving"})
    assert stored(sessions, one) == before


def test_no_decision_is_noted_with_its_cause(client, sessions, one):
    page = client.get(f"/opportunities/{one}/leaving?cause=budget")

    client.post(f"/opportunities/{one}/leaving", data=form_of(page, "budget"))

    head = stored(sessions, one).head
    assert (head.outcome, head.cause) == (Outcome.NO_DECISION, Cause.BUDGET)


@pytest.mark.parametrize(
    "bad",
    [
        {"cause": "weather"},
        {"trigger": "1", "kind-1": "a date", "on-1": ""},
        {"trigger": "1", "kind-1": "a date", "on-1": "soon"},
        {"trigger": "1", "kind-1": "the moon"},
    ],
)
def test_what_makes_no_sense_is_said_and_nothing_is_lost(client, sessions, one, bad):
    page = client.post(f"/opportunities/{one}/leaving", data=bad)

    assert page.status_code == 422
    assert 'role="alert"' in page.text
    assert stored(sessions, one).head.is_open


def test_a_deal_that_was_won_or_lost_asks_for_a_debrief(client, sessions, one):
    address = f"/opportunities/{one}/leaving"
    page = client.post(f"{address}/decided", data={"outcome": "won"})

    assert stored(sessions, one).head.outcome is Outcome.WON
    assert "Four short questions, under 90 seconds" in page.text
    assert client.post(f"{address}/decided", data={"outcome": "won"}).status_code == 422
    assert client.post(f"{address}/decided", data={"outcome": "let go"}).status_code == 422


def test_a_debrief_is_ticked_and_knows_how_long_it_took(client, sessions, one):
    address = f"/opportunities/{one}/leaving"
    client.post(f"{address}/decided", data={"outcome": "won"})
    began = (datetime.now(UTC) - timedelta(seconds=40)).isoformat()
    told = {"began": began, "changed": ["the money", "nothing"], "people-words": "Ines left"}

    page = client.post(f"{address}/debrief", data=told)

    debrief = stored(sessions, one).debriefs[1]
    assert (debrief.changed, debrief.people) == ("the money; nothing", "Ines left")
    assert 39 <= debrief.seconds <= 60
    assert "Ines left" in page.text
    assert client.post(f"{address}/debrief", data={"began": "then"}).status_code == 422


def test_dormant_deals_stand_with_why_and_what_they_wait_for(client, sessions):
    rested(sessions, "Globex", Trigger(kind=TriggerKind.DATE, on=date(2030, 1, 1)))
    rested(sessions, "Initech")

    page = client.get("/dormant").text

    assert "Globex has no money" in page
    assert "Comes back on 1 Jan 2030" in page
    assert "Nothing watches over it." in page


def test_what_something_woke_stands_first_and_can_be_taken_up_or_left(client, sessions):
    past = datetime(2026, 1, 1, tzinfo=UTC)
    day = Trigger(kind=TriggerKind.DATE, on=date(2026, 2, 1), what="look again")
    rested(sessions, "Globex")
    woken = rested(sessions, "Initech", day, on=past)
    with transaction(sessions) as tx:
        deals.fire(tx, datetime(2026, 2, 1, 8, tzinfo=UTC))

    page = client.get("/dormant").text
    of_deal = client.get(f"/opportunities/{woken}/leaving").text
    left = client.post(f"/dormant/{woken}/seen").text

    assert page.index("Something happened") < page.index("Initech") < page.index("At rest")
    assert "The day has come: 1 Feb 2026. look again" in page
    assert "Something happened." in of_deal
    assert "Something happened" not in left
    client.post(f"/opportunities/{woken}/take-up")
    assert stored(sessions, woken).head.is_open


def test_nothing_at_rest_is_said(bare):
    assert "Nothing rests here" in bare.get("/dormant").text
    assert bare.get("/dormant?page=99999").status_code == 200
    assert bare.get("/opportunities/99/leaving").status_code == 404
