from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from tests import make
from tests.make import Shelf
from unsolved import sources
from unsolved.db import Session, Sessions, transaction
from unsolved.deals.model import Channel, Exchange
from unsolved.deals.silence import exchanges_of, of_people
from unsolved.sources import Draft, Kind, OrganisationDraft, Part, PersonDraft, RecordDraft
from unsolved.sources.records import Gone, RecordKind

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
ACME = OrganisationDraft(name="Acme", domain="acme.example")
ANN = PersonDraft(name="Ann", email="ann@acme.example", organisation=ACME)
BOB = PersonDraft(name="Bob", email="bob@acme.example", organisation=ACME)
SAM = PersonDraft(
    name="Sam",
    email="sam@us.example",
    organisation=OrganisationDraft(name="Us", domain="us.example"),
)
OUT = ((Part.FROM, SAM), (Part.TO, ANN), (Part.CC, BOB))
IN = ((Part.FROM, BOB), (Part.TO, SAM), (Part.CC, ANN))


def mail(key: str = "m1", people: Any = OUT, **facts: Any) -> RecordDraft:
    direction = "out" if people is OUT else "in"
    return RecordDraft(
        kind=RecordKind.ACTIVITY,
        key=key,
        title="Numbers",
        at=NOON,
        organisation=ACME,
        person=ANN,
        people=people,
        facts={"type": "e-mail", "direction": direction, "thread": "t1", "words": 9, **facts},
        received="head",
    )


def meeting(**but: Any) -> RecordDraft:
    told = mail("e1", ((Part.HOST, SAM), (Part.GUEST, ANN)), type="meeting", direction=None)
    return replace(told, facts={"type": "meeting", "status": "confirmed"}, **but)


def bring(sessions: Sessions, *finds: Any) -> None:
    sources.add(sessions, Shelf(list(finds)), now=make.SPRING)


def of_acme(tx: Session, **but: Any) -> tuple[Exchange, ...]:
    acme = sources.called(tx, "Acme")
    assert acme is not None
    return exchanges_of(tx, [acme.id], **but)[acme.id]


def person(tx: Session, email: str) -> int:
    found = sources.person_called(tx, email)
    assert found is not None
    return found.id


def test_a_mail_of_ours_names_theirs_and_who_only_got_a_copy(sessions: Sessions):
    bring(sessions, mail())

    with transaction(sessions) as tx:
        [one] = of_acme(tx)
        ann, bob = person(tx, "ann@acme.example"), person(tx, "bob@acme.example")

    assert (one.channel, one.is_ours, one.at, one.thread) == (Channel.MAIL, True, NOON, "t1")
    assert one.person_ids == (ann, bob)
    assert one.copied_ids == (bob,)
    assert (one.people, one.words) == (3, 9)
    assert one.record_id is not None


def test_of_a_mail_of_theirs_the_writer_stands_first(sessions: Sessions):
    bring(sessions, mail(people=IN))

    with transaction(sessions) as tx:
        [one] = of_acme(tx)
        bob = person(tx, "bob@acme.example")

    assert not one.is_ours
    assert one.person_ids[0] == bob


def test_a_mail_in_the_mailbox_and_the_crm_counts_once(sessions: Sessions):
    crm = replace(mail("crm-1"), people=(), facts={"type": "e-mail", "direction": "out"})
    bring(sessions, mail(), crm)

    with transaction(sessions) as tx:
        [one] = of_acme(tx)

    assert one.thread == "t1"


def test_notes_and_tasks_are_no_exchanges(sessions: Sessions):
    bring(sessions, mail("n1", type="note"), mail("n2", type="task"))

    with transaction(sessions) as tx:
        assert of_acme(tx) == ()


def test_a_meeting_that_was_moved_twice_says_so(sessions: Sessions):
    for day in (2, 3, 4):
        bring(sessions, meeting(at=NOON.replace(day=day)))

    with transaction(sessions) as tx:
        [one] = of_acme(tx)

    assert (one.moved, one.is_off, one.at.day) == (2, False, 4)


def test_a_meeting_that_was_called_off_or_taken_out_is_off(sessions: Sessions):
    off = replace(meeting(), key="e2", facts={"type": "meeting", "status": "cancelled"})
    off = replace(off, title="Another")
    bring(sessions, meeting(), off)
    bring(sessions, Gone("e1", RecordKind.ACTIVITY))

    with transaction(sessions) as tx:
        assert [one.is_off for one in of_acme(tx)] == [True, True]


def test_a_call_that_was_not_answered_is_off(sessions: Sessions):
    bring(sessions, mail("c1", ((Part.TO, ANN),), type="call", status="NO_ANSWER"))

    with transaction(sessions) as tx:
        [one] = of_acme(tx)

    assert (one.channel, one.is_off) == (Channel.CALL, True)


def test_what_was_written_is_loaded_when_asked_for(sessions: Sessions):
    text = Draft(
        key="m1",
        organisation=ACME,
        text="It failed again.",
        title="Numbers",
        kind=Kind.EMAIL,
        published_on=NOON.date(),
        original=b"raw",
    )
    bring(sessions, mail(people=IN), text)

    with transaction(sessions) as tx:
        assert [one.text for one in of_acme(tx)] == [""]
        [one] = of_acme(tx, texts=True)

    assert one.text == "It failed again."
    assert one.document_id is not None


def test_only_what_came_since_then_is_loaded(sessions: Sessions):
    bring(sessions, mail(), replace(mail("m2"), at=NOON.replace(day=20), title="Later"))

    with transaction(sessions) as tx:
        [one] = of_acme(tx, since=NOON.replace(day=10))

    assert one.at.day == 20


def test_an_organisation_without_exchanges_is_there_with_none(sessions: Sessions):
    with transaction(sessions) as tx:
        assert exchanges_of(tx, [7]) == {7: ()}


def test_what_passed_with_a_person_is_found_by_them(sessions: Sessions):
    bring(
        sessions,
        mail(),
        mail("m2", ((Part.FROM, SAM), (Part.TO, BOB)), direction="out", subject="Other"),
    )

    with transaction(sessions) as tx:
        ann, bob = person(tx, "ann@acme.example"), person(tx, "bob@acme.example")
        found = of_people(tx, [ann, bob, 999])

    assert {key: len(some) for key, some in found.items()} == {ann: 1, bob: 2, 999: 0}


def test_a_third_partys_mail_is_no_sign_of_the_buyers(sessions: Sessions):
    third = PersonDraft(name="Cy", email="cy@third.example")
    bring(sessions, mail(people=((Part.FROM, third), (Part.TO, SAM), (Part.CC, ANN))))

    with transaction(sessions) as tx:
        assert of_acme(tx) == ()
