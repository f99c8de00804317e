"""The page on a cold shoulder."""

from datetime import UTC, datetime, timedelta

import pytest

from tests import make
from tests.deals.worlds import opened
from tests.make import Shelf
from tests.web.reading import page
from unsolved import deals, sources
from unsolved.db import transaction
from unsolved.deals.model import (
    Note,
    Power,
    Stakeholder,
    Stance,
    Step,
    StepKind,
    StepState,
)
from unsolved.sources import Draft, Kind, OrganisationDraft, Part, PersonDraft, RecordDraft
from unsolved.sources.records import RecordKind

SCRIPT = "<script>alert(1)</script>"
COLD = OrganisationDraft(name="Initech", domain="initech.example")
ANN = PersonDraft(name="Ann Lee", email="ann@initech.example", organisation=COLD)
SAM = PersonDraft(name="Sam", email="sam@us.example")
OUT, IN = ((Part.FROM, SAM), (Part.TO, ANN)), ((Part.FROM, ANN), (Part.TO, SAM))
NOW = datetime.now(UTC)
LATELY = (NOW - timedelta(days=20)).date()
WORDS = "It is on my boss's desk since Monday."


def mail(key, days, people, hours=0):
    return RecordDraft(
        kind=RecordKind.ACTIVITY,
        key=key,
        title="Numbers",
        at=NOW - timedelta(days=days, hours=hours),
        organisation=COLD,
        person=ANN,
        people=people,
        facts={
            "type": "e-mail",
            "direction": "out" if people is OUT else "in",
            "thread": key[1:],
            "words": 9,
        },
        received="head",
    )


def correspondence():
    """Ann answers within hours, until the last mail of ours."""
    for n in range(12):
        yield mail(f"o{n}", 150 - 10 * n, OUT, 3)
        yield mail(f"i{n}", 150 - 10 * n, IN)
    yield mail("o99", 30, OUT)
    yield Draft(
        key="i11",
        organisation=COLD,
        text=WORDS,
        title="Numbers",
        kind=Kind.EMAIL,
        published_on=(NOW - timedelta(days=40)).date(),
        original=b"raw",
    )


def a_deal(sessions, name, person_id=None):
    ann = Stakeholder(name="Ann Lee", person_id=person_id, power=Power.SWAYS, met_on=LATELY)
    paul = Stakeholder(name=f"Paul {SCRIPT}", power=Power.DECIDES, stance=Stance.UNKNOWN)
    sent = Step(
        kind=StepKind.PROPOSAL,
        state=StepState.DONE,
        done_on=LATELY,
        amount=70_000.0,
        overruled="they asked for it",
    )
    note = Note(text="Budget: not discussed.", on=LATELY, about="budget")
    return opened(sessions, ann, paul, sent, note, name=name, problem_id="late_orders")


def steps_of(sessions, one):
    with transaction(sessions) as tx:
        known = deals.opportunity(tx, one)
        assert known is not None
        return known.steps


@pytest.fixture
def warm(sessions, client):  # noqa: ARG001 (the world is there first)
    return a_deal(sessions, "Globex")


@pytest.fixture
def cold(sessions, client):  # noqa: ARG001 (the world is there first)
    sources.add(sessions, Shelf(list(correspondence())), now=make.SPRING)
    with transaction(sessions) as tx:
        person = sources.person_called(tx, "ann@initech.example")
        assert person is not None
    return a_deal(sessions, "Initech", person.id)


def test_a_deal_that_is_not_cold_is_looked_at_only_when_asked(client, warm):
    found = page(client, f"/opportunities/{warm}/diagnosis")

    assert "No silence was counted" in found.text
    assert not found.has(".five")
    anyway = found.one("#not-cold ~ p .button")["href"]
    assert page(client, anyway).has(".five")


def test_a_cold_deal_is_told_with_the_silence_and_its_signs(client, cold):
    found = page(client, f"/opportunities/{cold}/diagnosis")

    assert "Likeliest: lack of influence" in found.one(".verdict-name").text
    assert "Ann Lee (mail): usually answers in" in found.one(".silent").text
    five = found.all(".five > li")
    assert len(five) == 5
    assert "decides, and we have never met them" in five[0].text


def test_each_sign_is_shown_with_the_words_and_the_document_they_stand_in(client, cold):
    found = page(client, f"/opportunities/{cold}/diagnosis")

    quotes = [one.text for one in found.all(".five q a")]
    assert WORDS in quotes
    assert found.one(".five q a")["href"].startswith("/documents/")


def test_shown_reasons_add_up_to_the_shown_score(client, cold):
    found = page(client, f"/opportunities/{cold}/diagnosis")

    for table in found.all(".five .sum"):
        cells = [one.text.replace("\N{MINUS SIGN}", "-") for one in table.all(".weight")]
        parts = [round(float(cell) * 100) for cell in cells]
        assert sum(parts[:-1]) == parts[-1]


def test_a_question_and_a_draft_stand_for_each_reason(client, cold):
    found = page(client, f"/opportunities/{cold}/diagnosis")

    assert len(found.all(".do")) == 5
    assert len(found.all(".asking > li")) == 3
    draft = found.one("#do-conflict textarea[name=text]").text
    assert "Subject: A no is fine" in draft
    assert "If it is no, that is fine, and helps me." in draft
    assert "Looked for, not found" in found.text


def test_a_step_is_planned_with_its_words_and_can_be_taken_back(client, sessions, cold):
    told = {"kind": "mail", "what": "Offer a way out", "text": "Hi Ann,\r\n\r\nA no is fine."}

    answer = client.post(f"/opportunities/{cold}/diagnosis/steps", data=told)

    steps = steps_of(sessions, cold)
    assert steps[2].text == "Hi Ann,\n\nA no is fine."
    assert steps[2].state is StepState.PLANNED
    assert "Undo" in answer.text


def test_a_step_that_cannot_be_kept_says_so_and_loses_nothing(client, sessions, cold):
    told = {"kind": "mail", "what": "x" * 20_000}

    answer = client.post(f"/opportunities/{cold}/diagnosis/steps", data=told)

    assert answer.status_code == 422
    assert "at most" in answer.text
    assert len(steps_of(sessions, cold)) == 1


def test_names_are_text_and_no_markup(client, warm):
    answer = client.get(f"/opportunities/{warm}/diagnosis?anyway=1").text

    assert SCRIPT not in answer
    assert "&lt;script&gt;" in answer


def test_a_draft_can_be_checked_further(client, cold):
    found = page(client, f"/opportunities/{cold}/diagnosis")
    draft = found.one("#do-influence textarea[name=text]").text

    assert found.one("#do-influence [formaction]")["formaction"] == "/drafts/check"
    checked = client.post("/drafts/check", data={"text": draft, "kind": "mail", "what": "x"})
    assert checked.status_code == 200
