"""The pages on what was tried, what may fail again, and who can vouch."""

import re
from dataclasses import replace
from datetime import date

import pytest

from tests.deals.worlds import opened
from unsolved import deals
from unsolved.db import transaction
from unsolved.deals.model import (
    Act,
    Alternative,
    AlternativeKind,
    Attempt,
    AttemptKind,
    Basis,
    CameOf,
    Ground,
    RiskState,
    Role,
    Stakeholder,
    StepKind,
    Why,
)
from unsolved.deals.queries.references import references
from unsolved.deals.references import Reference
from unsolved.deals.service.references import add_reference

SCRIPT = "<script>alert(1)</script>"
TRIED = Attempt(
    what=f"a portal {SCRIPT}",
    kind=AttemptKind.VENDOR,
    came_of=CameOf.FAILED,
    whys=(Why.POLITICS,),
    why_text="It crashed every week.",
    defended_by=(2,),
)
INES = Stakeholder(name="Ines Maro", role=Role.EXECUTIVE)
PAUL = Stakeholder(name="Paul Gent")
BOLT = Alternative(kind=AlternativeKind.COMPETITOR, name="Bolt", leaning=0.4)
SAFE = Reference(
    organisation="Safe Ltd", problem_id="late_orders", kind=AttemptKind.VENDOR, most_uses=1
)


@pytest.fixture
def one(sessions, client):  # noqa: ARG001 (the world is there first)
    return opened(sessions, TRIED, INES, PAUL, BOLT, name="Globex", problem_id="late_orders")


def whole(sessions, one):
    with transaction(sessions) as tx:
        return deals.opportunity(tx, one)


def vouching(sessions, reference=SAFE):
    with transaction(sessions) as tx:
        return add_reference(tx, reference)


def test_the_verdict_stands_first_with_what_would_turn_it(client, one):
    page = client.get(f"/opportunities/{one}/tried").text

    assert "Find out first" in page
    assert "What would turn it" in page
    assert "walk away" in page
    assert page.index("Find out first") < page.index("What was tried")


def test_structural_inability_is_told_as_a_reason_to_walk_away(client, sessions, one):
    client.post(f"/opportunities/{one}/parts/attempt/1", data={"is_structural": "yes"})

    page = client.get(f"/opportunities/{one}/tried").text

    assert whole(sessions, one).attempts[1].is_structural
    assert "Walk away" in page
    assert "reason enough by itself" in page


def test_what_the_buyer_called_it_is_text_and_no_markup(client, one):
    for part in ("tried", "risks"):
        page = client.get(f"/opportunities/{one}/{part}").text

        assert SCRIPT not in page
        assert "&lt;script&gt;" in page


def test_a_hint_shows_its_words_and_is_set_by_a_person_only(client, sessions, one):
    before = client.get(f"/opportunities/{one}/tried").text
    assert "crashed" in before
    assert whole(sessions, one).attempts[1].whys == (Why.POLITICS,)

    client.post(f"/opportunities/{one}/tried/1/why", data={"why": "technology"})

    assert whole(sessions, one).attempts[1].whys == (Why.TECHNOLOGY, Why.POLITICS)


def test_questions_lead_to_the_field_that_the_answer_fills(client, one):
    page = client.get(f"/opportunities/{one}/tried").text

    assert f"/opportunities/{one}/parts/attempt/1?tab=tried#f-came_of" not in page
    assert f"/opportunities/{one}/parts/attempt/1?tab=tried#f-chosen" in page
    assert 'id="f-chosen"' in client.get(f"/opportunities/{one}/parts/attempt/1").text


def test_a_quote_from_a_document_must_stand_there(client, sessions, world):
    one = opened(sessions, replace(TRIED, defended_by=()), name="Acme")
    base = f"/opportunities/{one}/tried/1/quotes"
    document = {"document": world.letter}

    wrong = client.post(base, data={"words": "We never said so.", **document})
    empty = client.post(base, data={"words": " "})
    client.post(base, data={"words": "The new order system failed", **document})
    client.post(base, data={"words": "It never worked.", "by": "Ines", "on": "2026-03-01"})

    assert (wrong.status_code, empty.status_code) == (422, 422)
    first, second = whole(sessions, one).attempts[1].grounds
    assert (first.basis, first.document_id) == (Basis.EVIDENCE, world.letter)
    assert second == Ground(
        basis=Basis.BUYER, quote="It never worked.", by="Ines", on=date(2026, 3, 1)
    )
    assert f'href="/documents/{world.letter}"' in client.get(f"/opportunities/{one}/tried").text
    client.post(f"{base}/0/remove")
    assert whole(sessions, one).attempts[1].grounds == (second,)


def test_every_way_has_a_row_and_what_nobody_said_is_marked(client, one):
    page = client.get(f"/opportunities/{one}/tried").text

    for way in (
        "Go on as it is",
        "Fix it with their own people",
        "Reorganise",
        "Bolt",
        "With us",
    ):
        assert way in page
    assert "assumed" in page
    assert "Paul Gent" in page


def test_a_deal_of_which_nothing_is_known_says_what_to_ask(client, sessions):
    bare = opened(sessions, name="Globex")

    tried = client.get(f"/opportunities/{bare}/tried").text
    risks = client.get(f"/opportunities/{bare}/risks").text

    assert "Nobody knows what was tried" in tried
    assert "What have you tried so far" in tried
    assert "Nothing is planned against another failure" in risks
    assert "Nobody who is like them may be asked" in risks


def test_a_proposed_risk_is_taken_into_the_plan_with_one_click_and_out_again(
    client, sessions, one
):
    base = f"/opportunities/{one}/risks"
    before = client.get(base).text
    assert "Why it failed before, and not in the plan" in before

    done = client.post(f"{base}/accept", data={"key": "1-politics"})
    (risk,) = whole(sessions, one).risks.values()
    undo = re.search(r"/undo/(\d+)", done.text)
    assert undo
    client.post(f"/opportunities/{one}/undo/{undo[1]}")

    assert (risk.owner, risk.why, risk.attempt) == ("Ines Maro", Why.POLITICS, 1)
    assert "no date" in done.text
    assert not whole(sessions, one).risks


def test_a_risk_is_not_proven_without_a_proof(client, sessions, one):
    base = f"/opportunities/{one}"
    client.post(f"{base}/parts/risk", data={"text": "it fails again"})

    refused = client.post(f"{base}/risks/1/state", data={"state": "proven"})
    client.post(f"{base}/risks/1/state", data={"state": "under way"})

    assert refused.status_code == 422
    assert "proven by something" in refused.text
    assert whole(sessions, one).risks[1].state is RiskState.UNDER_WAY


def test_that_they_took_a_measure_on_is_an_act_of_theirs(client, sessions, one):
    base = f"/opportunities/{one}/risks"
    client.post(f"{base}/accept", data={"key": "all"})

    page = client.post(f"{base}/1/taken").text
    known = whole(sessions, one)

    assert [(a.act, a.who) for a in known.acts.values()] == [(Act.TOOK_RISKS, "Ines Maro")]
    assert known.risks[1].state is RiskState.UNDER_WAY
    assert "took it on" in page


def test_asking_a_reference_becomes_a_step_and_counts(client, sessions, one):
    number = vouching(sessions)
    base = f"/opportunities/{one}/risks"
    assert "had the same problem" in client.get(base).text

    client.post(f"{base}/ask/{number}")
    again = client.post(f"{base}/ask/{number}")
    known = whole(sessions, one)

    assert [step.kind for step in known.steps.values()] == [StepKind.OTHER]
    assert again.status_code == 422
    assert "was asked in this deal" in again.text
    assert len(known.uses) == 1


def test_who_competes_with_the_buyer_is_not_offered(client, sessions, one):
    number = vouching(sessions, replace(SAFE, rivals=("Globex",)))

    page = client.get(f"/opportunities/{one}/risks").text
    refused = client.post(f"/opportunities/{one}/risks/ask/{number}")

    assert "competes with the buyer" in page
    assert refused.status_code == 422
    assert not whole(sessions, one).uses


def test_a_reference_is_noted_changed_removed_and_brought_back_by_forms(client, sessions):
    told = {
        "organisation": "Calm",
        "problem_id": "late_orders",
        "kind": "internal build",
        "whys": ["politics", "technology"],
        "employees": "1,200",
        "most_uses": "3",
        "rivals": "Acme, Bolt",
        "is_willing": "yes",
        "ground.basis": "the buyer said so",
    }
    client.post("/references", data=told)
    with transaction(sessions) as tx:
        ((number, noted),) = references(tx).items()
    client.post(f"/references/{number}", data=told | {"contact": "Ana <b>", "is_willing": ""})
    page = client.get("/references").text
    client.post(f"/references/{number}/remove")
    gone = client.get("/references").text
    client.post(f"/references/{number}/restore")

    assert (noted.employees, noted.rivals) == (1200, ("Acme", "Bolt"))
    assert noted.whys == (Why.POLITICS, Why.TECHNOLOGY)
    assert noted.organisation_id is not None
    assert "Ana &lt;b&gt;" in page
    assert "does not want to be asked" in page
    assert "Nobody is noted yet" in gone
    with transaction(sessions) as tx:
        assert list(references(tx)) == [number]


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"organisation": ""}, "must not be empty"),
        ({"organisation": "Zed", "employees": "many"}, "no whole number"),
        ({"organisation": "Zed", "kind": "magic"}, "Kind"),
        (
            {"organisation": "Zed", "ground.document_id": "999", "ground.quote": "no"},
            "no such document",
        ),
    ],
)
def test_what_is_wrong_with_a_reference_is_said_and_nothing_typed_is_lost(client, wrong, told):
    page = client.post("/references", data={"note": "typed with care", **wrong})

    assert page.status_code == 422
    assert told.casefold() in page.text.casefold()
    assert "typed with care" in page.text


def test_what_is_not_there_is_not_found(client, one):
    base = f"/opportunities/{one}"

    for address in (
        "tried/9/why",
        "tried/9/quotes",
        "tried/1/quotes/7/remove",
        "risks/9/taken",
    ):
        answer = client.post(f"{base}/{address}", data={"why": "politics", "words": "x"})
        assert answer.status_code == 404
    assert client.post(f"{base}/risks/ask/9").status_code == 404
    assert client.post(f"{base}/risks/accept", data={"key": "x"}).status_code == 404
    assert client.get("/references/99999999999999999999").status_code == 404
