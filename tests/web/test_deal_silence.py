"""The page on who is silent, its pictures, and the figures at a glance."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as some

from tests import make
from tests.deals.silence import talk
from tests.deals.worlds import opened, opportunity, situation
from tests.make import Shelf
from tests.web.reading import Part as Page
from tests.web.reading import page
from unsolved import deals, sources
from unsolved.app import make_app
from unsolved.db import Sessions, transaction
from unsolved.deals.model import Channel, Exchange, Situation, Stakeholder
from unsolved.deals.silence import silences
from unsolved.sources import Draft, Kind, OrganisationDraft, Part, PersonDraft, RecordDraft
from unsolved.sources.records import RecordKind
from unsolved.web.deals.glance import glance
from unsolved.web.deals.silence_picture import Shape, drawn
from unsolved.web.deals.silence_rows import people_of

NOW = talk.NOW
SCRIPT = "<script>alert(1)</script>"
ACME = OrganisationDraft(name="Acme", domain="acme.example", country="Germany")
US = OrganisationDraft(name="Us", domain="us.example")
SAM = PersonDraft(name="Sam", email="sam@us.example", organisation=US)
ANN = PersonDraft(name="Ann Lee", email="ann@acme.example", organisation=ACME, title="COO")
BOB = PersonDraft(name=f"Bob {SCRIPT}", email="bob@acme.example", organisation=ACME)


def mail(key: str, at: datetime, who: PersonDraft = ANN, *, ours: bool = True, **facts: Any):
    people = ((Part.FROM, SAM), (Part.TO, who)) if ours else ((Part.FROM, who), (Part.TO, SAM))
    told = {"type": "e-mail", "direction": "out" if ours else "in", "thread": key[:3], **facts}
    return RecordDraft(
        kind=RecordKind.ACTIVITY,
        key=key,
        title=f"Numbers {SCRIPT}",
        at=at,
        organisation=ACME,
        person=who,
        people=people,
        facts=told,
        received="head",
    )


def text(key: str, at: datetime) -> Draft:
    return Draft(
        key=key,
        organisation=ACME,
        text="Fine.",
        title="Numbers",
        kind=Kind.EMAIL,
        published_on=at.date(),
        original=key.encode(),
        media_type="message/rfc822",
    )


def a_year_of_mail(who: PersonDraft = ANN) -> Iterator[RecordDraft | Draft]:
    """They answer in a day; of late with few words, and the last of ours not at all."""
    for number in range(30):
        at = NOW - timedelta(days=10 * (31 - number) + 3)
        key, is_late = f"{number:03}", number > 23
        yield mail(f"{key}o", at, who)
        words = 5 + number % 3 if is_late else 90 + number
        yield mail(f"{key}i", at + timedelta(hours=20 + number), who, ours=False, words=words)
        if is_late:
            yield text(f"{key}i", at)
    yield mail("999o", NOW - timedelta(days=13), who)


@pytest.fixture
def desk(sessions: Sessions) -> Iterator[TestClient]:
    """The door to a workbench on which it is always the same day."""
    app = make_app(sessions, make.LIBRARY)
    app.state.clock = lambda: NOW
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


def bring(sessions: Sessions, *finds: Any, name: str = "imap") -> None:
    sources.add(sessions, Shelf(list(finds), name), now=make.SPRING)


def person_id(sessions: Sessions, who: PersonDraft) -> int:
    with transaction(sessions) as tx:
        found = sources.person_called(tx, who.email or "")
    assert found is not None
    return found.id


def of_ann(sessions: Sessions, **but: Any) -> int:
    ann = Stakeholder(name="Ann Lee", person_id=person_id(sessions, ANN), **but)
    return opened(sessions, ann, problem_id="late_orders")


def mapped(sessions: Sessions, one: int) -> Mapping[int, Stakeholder]:
    with transaction(sessions) as tx:
        found = deals.opportunity(tx, one)
    assert found is not None
    return found.stakeholders


def only(desk: TestClient, one: int) -> Page:
    return page(desk, f"/opportunities/{one}/silence").one(".silent-one")


def test_a_silence_is_told_in_a_sentence_with_its_chances_and_reasons(desk, sessions):
    bring(sessions, *a_year_of_mail())
    ann = only(desk, of_ann(sessions))

    assert "Usually answers in" in ann.one(".sentence").text
    assert "silent for 9" in ann.one(".sentence").text
    assert "Such a silence, if nothing had changed" in ann.one(".chances").text
    assert "An answer within thirty days" in ann.one(".chances").text
    weights = [round(100 * float(one.text)) for one in ann.all(".sum tbody .weight")]
    assert sum(weights) == round(100 * float(ann.one(".sum tfoot .weight").text))


def test_who_is_unusually_silent_is_named_first(desk, sessions):
    bring(sessions, *a_year_of_mail(), mail("b1o", NOW - timedelta(hours=2), BOB))
    shown = page(desk, f"/opportunities/{of_ann(sessions)}/silence")

    assert "Ann Lee has been silent longer than nine of ten" in shown.one(".lede").text
    assert shown.one(".silent-one.unusual").one("h3").text.startswith("Ann Lee")


def test_the_last_months_are_drawn_and_said_in_words(desk, sessions):
    bring(sessions, *a_year_of_mail())
    ann = only(desk, of_ann(sessions))

    assert ann.has("svg.passed rect.waits")
    assert len(ann.all("svg.passed circle.theirs")) > 10
    assert "Something of ours waits since 6 Mar 2026." in ann.one(".way-shows").text


def test_a_change_of_behaviour_is_shown_with_the_mails_that_show_it(desk, sessions):
    bring(sessions, *a_year_of_mail())
    shift = only(desk, of_ann(sessions)).one(".shifts")

    assert "Shorter mails" in shift.text
    assert "which is few" in shift.text
    links = [one["href"] for one in shift.all("a")]
    assert links
    assert all(desk.get(link).status_code == 200 for link in links)


def test_who_has_nothing_in_mail_or_calendar_is_said(desk, sessions):
    bring(sessions, *a_year_of_mail())
    told = Stakeholder(name="Zoe")
    one = opened(sessions, told, problem_id="late_orders")

    unheard = page(desk, f"/opportunities/{one}/silence").one(
        "section[aria-labelledby=unheard]"
    )

    assert "Nothing from them in mail or calendar" in unheard.text
    assert "Only named: our sources do not know who that is." in unheard.text


def test_who_writes_and_is_not_on_the_map_is_offered_and_stays_who_they_are(desk, sessions):
    bring(sessions, *a_year_of_mail(BOB))
    one = opened(sessions, problem_id="late_orders")
    shown = page(desk, f"/opportunities/{one}/silence")
    address = shown.one("section[aria-labelledby=others] .part-tools a")["href"]

    form = page(desk, address).one(".deal-form")
    fields = {field["name"]: field["value"] for field in form.all("input[value]")}
    desk.post(f"/opportunities/{one}/parts/stakeholder", data=fields)

    [bob] = mapped(sessions, one).values()
    assert (bob.name, bob.person_id) == (BOB.name, person_id(sessions, BOB))
    assert SCRIPT not in desk.get(f"/opportunities/{one}/silence").text


def test_a_form_of_somebody_keeps_who_they_are(desk, sessions):
    bring(sessions, *a_year_of_mail())
    one = of_ann(sessions)
    form = page(desk, f"/opportunities/{one}/parts/stakeholder/1").one(".deal-form")
    fields = {field["name"]: field["value"] for field in form.all("input[value]")}

    desk.post(f"/opportunities/{one}/parts/stakeholder/1", data={**fields, "title": "CEO"})

    ann = mapped(sessions, one)[1]
    assert (ann.title, ann.person_id) == ("CEO", person_id(sessions, ANN))


def test_who_was_only_named_is_recognised_with_a_click(desk, sessions):
    bring(sessions, *a_year_of_mail())
    one = opened(sessions, Stakeholder(name="ann lee"), problem_id="late_orders")
    button = page(desk, f"/opportunities/{one}/silence").one("button[name=person_id]")

    assert button.text == "This is ann lee on the map"
    done = desk.post(
        f"/opportunities/{one}/silence/1/person", data={"person_id": button["value"]}
    )

    assert "Done: recognised ann lee in our sources" in done.text
    assert only(desk, one)["id"] == "stakeholder-1"
    wrong = desk.post(f"/opportunities/{one}/silence/1/person", data={"person_id": "999"})
    assert wrong.status_code == 422
    gone = desk.post(f"/opportunities/{one}/silence/7/person", data={"person_id": "1"})
    assert gone.status_code == 404


def test_without_mail_or_calendar_it_says_how_to_connect_one(desk, sessions):
    one = opened(sessions, problem_id="late_orders")

    shown = page(desk, f"/opportunities/{one}/silence")

    assert "No mail and no calendar is connected" in shown.text
    assert shown.one(".empty a")["href"] == "/sources/new"
    assert desk.get("/opportunities/999/silence").status_code == 404


def test_with_a_mailbox_that_names_nobody_there_it_says_so(desk, sessions):
    one = opened(sessions, name="Bolt", problem_id="late_orders")
    with transaction(sessions) as tx:
        sources.remember(tx, "post", "imap", {"host": "mail.example"})

    shown = page(desk, f"/opportunities/{one}/silence")

    assert "Nothing passed with their people in the last year" in shown.text


def test_the_overview_has_five_figures_that_lead_to_their_pages(desk, sessions):
    bring(sessions, *a_year_of_mail())
    one = of_ann(sessions)

    figures = page(desk, f"/opportunities/{one}").all(".glance a")

    assert [figure["href"].rsplit("/", 1)[1] for figure in figures] == [
        "tried",
        "cost",
        "leaving",
        "silence",
        "people",
    ]
    assert "One in" in figures[3].text
    for figure in figures:
        assert desk.get(figure["href"]).status_code == 200


def known_of(*exchanges: Exchange, **parts: Any) -> Situation:
    return situation(
        opportunity(**parts),
        now=NOW,
        exchanges=exchanges,
        silences=silences(exchanges, now=NOW),
    )


def test_at_a_glance_the_least_likely_silence_is_told_by_name():
    asked = NOW - timedelta(days=20)
    known = known_of(*talk.answered(9), talk.ours(asked), talk.ours(asked, talk.BOB))
    figures = {one.tab: one for one in glance(known, {talk.ANN: "Ann", talk.BOB: "Bob"})}

    assert figures["silence"].why.startswith("Ann: usually answers in")
    assert figures["silence"].warns
    assert figures["cost"].value == "Not counted"


def test_at_a_glance_nothing_known_is_no_silence():
    silent = {one.tab: one for one in glance(known_of(), {})}["silence"]

    assert (silent.value, silent.warns) == ("Not known", False)


def test_in_a_picture_theirs_lie_above_and_ours_below_and_copies_are_faint():
    day = timedelta(days=1)
    copied = talk.ours(NOW - 4 * day, talk.BOB, talk.ANN, copied_ids=(talk.ANN,))
    exchanges = [
        talk.ours(NOW - 9 * day),
        talk.theirs(NOW - 8 * day),
        talk.meeting(NOW - 6 * day),
        copied,
        talk.ours(NOW - 3 * day),
    ]

    seen = drawn(exchanges, talk.silence_of(exchanges), NOW)

    shapes = [mark.shape for mark in seen.marks]
    assert shapes == [Shape.OURS, Shape.THEIRS, Shape.MEETING, Shape.OURS, Shape.OURS]
    assert [mark.is_faint for mark in seen.marks] == [False, False, False, True, False]
    assert seen.marks[1].y < seen.marks[2].y < seen.marks[0].y
    assert seen.waits == (seen.marks[4].x, seen.now)
    assert "1 mail from them, 3 mails from us, 1 meeting" in seen.told


def test_a_picture_of_meetings_has_no_mails_and_looks_ahead_to_what_is_arranged():
    week = timedelta(days=7)
    exchanges = [talk.meeting(NOW - week), talk.ours(NOW - week), talk.meeting(NOW + week)]

    seen = drawn(exchanges, talk.silence_of(exchanges, channel=Channel.MEETING), NOW)

    assert [mark.shape for mark in seen.marks] == [Shape.MEETING, Shape.MEETING]
    assert seen.marks[0].x < seen.now < seen.marks[1].x
    assert seen.waits is None


def test_who_only_gets_copies_is_asked_nothing():
    exchanges = [
        replace(talk.ours(NOW, talk.ANN, talk.BOB), copied_ids=(talk.BOB,)) for _ in range(1)
    ]
    known = known_of(*exchanges, stakeholders={1: Stakeholder(name="Bob", person_id=talk.BOB)})

    [bob], [ann] = people_of(known, {talk.ANN: ("Ann", "")})

    assert (bob.seen, bob.ways) == (1, ())
    assert (ann.name, len(ann.ways)) == ("Ann", 1)


@given(some.permutations(range(8)))
def test_the_order_of_exchanges_is_of_no_matter_to_a_picture(order):
    exchanges = talk.answered(4)
    silence = talk.silence_of(exchanges)

    assert drawn([exchanges[n] for n in order], silence, NOW) == drawn(exchanges, silence, NOW)
