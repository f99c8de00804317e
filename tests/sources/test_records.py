from datetime import UTC, datetime

import pytest

from tests import make
from tests.make import Shelf
from unsolved import sources
from unsolved.db import Session, Sessions, transaction
from unsolved.errors import SourceDown
from unsolved.sources import (
    Added,
    Gone,
    Mark,
    OrganisationDraft,
    Part,
    PersonDraft,
    RecordDraft,
    RecordKind,
    Tally,
)
from unsolved.sources.tables import PersonRow, RecordPersonRow, RecordRow, SourceRow

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
ANN = PersonDraft(name="Ann Lee", email="ann@acme.example")


def record(
    key: str = "1", kind: RecordKind = RecordKind.ACTIVITY, **but: object
) -> RecordDraft:
    facts = {"title": "A call", "at": NOON, "received": "{}", **but}
    return RecordDraft(kind=kind, key=key, **facts)  # type: ignore[arg-type]


def bring(sessions: Sessions, *finds: sources.Find) -> Added:
    return sources.add(sessions, Shelf(list(finds)), now=make.SPRING)  # type: ignore[arg-type]


def current(tx: Session) -> list[RecordRow]:
    return list(tx.query(RecordRow).filter_by(is_current=True).order_by(RecordRow.id))


def test_a_record_is_kept_as_received_with_whom_it_is_about(sessions: Sessions):
    told = record(
        organisation=OrganisationDraft(name="Acme", domain="acme.example"),
        person=ANN,
        facts={"type": "call", "duration": 15},
        received='{"Subject": "A call"}',
    )

    added = bring(sessions, told)

    assert added.records == Tally(new=1)
    with transaction(sessions) as tx:
        [kept] = current(tx)
        assert (kept.title, kept.at, kept.received) == ("A call", NOON, '{"Subject": "A call"}')
        assert kept.facts == {"type": "call", "duration": 15}
        acme = sources.organisation(tx, kept.organisation_id or 0)
        ann = tx.get(PersonRow, kept.person_id)
    assert acme
    assert acme.domain == "acme.example"
    assert ann
    assert (ann.name, ann.organisation_id) == ("Ann Lee", acme.id)


def test_records_brought_again_change_nothing(sessions: Sessions):
    bring(sessions, record("1"), record("2"))

    assert bring(sessions, record("1"), record("2")).records == Tally(unchanged=2)
    with transaction(sessions) as tx:
        assert tx.query(RecordRow).count() == 2


def test_what_is_delivered_twice_in_one_visit_is_kept_once(sessions: Sessions):
    assert bring(sessions, record("1"), record("1")).records == Tally(new=1, unchanged=1)


def test_a_changed_record_becomes_a_new_version_and_the_old_one_stays(sessions: Sessions):
    bring(sessions, record("1", title="Old"))

    assert bring(sessions, record("1", title="New")).records == Tally(changed=1)
    with transaction(sessions) as tx:
        rows = tx.query(RecordRow).order_by(RecordRow.version).all()
    assert [(row.title, row.version, row.is_current) for row in rows] == [
        ("Old", 1, False),
        ("New", 2, True),
    ]


def test_one_key_may_stand_for_a_deal_and_for_a_person(sessions: Sessions):
    added = bring(
        sessions, record("1", RecordKind.DEAL), record("1", RecordKind.PERSON, person=ANN)
    )

    assert added.records == Tally(new=2)


def test_rows_that_name_each_other_are_tied_in_whichever_order_they_come(sessions: Sessions):
    bring(
        sessions,
        record("call", deal_key="d", person_key="p"),
        record("d", RecordKind.DEAL, title="A deal", organisation_key="o"),
        record("p", RecordKind.PERSON, person=ANN, organisation_key="o"),
        record("o", RecordKind.ORGANISATION, organisation=OrganisationDraft(name="Acme")),
    )

    with transaction(sessions) as tx:
        of = {row.key: (row.organisation_id, row.person_id) for row in current(tx)}
        ann = tx.query(PersonRow).one()
    acme = of["o"][0]
    assert of == {
        "o": (acme, None),
        "d": (acme, None),
        "p": (acme, ann.id),
        "call": (acme, ann.id),
    }
    assert ann.organisation_id == acme


def test_everybody_in_a_mail_is_kept_with_their_part(sessions: Sessions):
    bob = PersonDraft(email="Bob <BOB@bolt.example>")

    bring(sessions, record(people=((Part.FROM, ANN), (Part.TO, bob), (Part.CC, ANN))))

    with transaction(sessions) as tx:
        names = {row.id: row.name for row in tx.query(PersonRow)}
        parts = {(names[row.person_id], row.part) for row in tx.query(RecordPersonRow)}
    assert parts == {
        ("Ann Lee", Part.FROM),
        ("Ann Lee", Part.CC),
        ("Bob <BOB@bolt.example>", Part.TO),
    }


def test_an_address_is_one_person_however_it_is_written(sessions: Sessions):
    bring(
        sessions,
        record("1", person=PersonDraft(email="ann@acme.example")),
        record("2", person=PersonDraft(name="Ann Lee", email="ANN@acme.example")),
        record("3", person=PersonDraft(name="A. Lee", email="Ann <ann@Acme.Example>")),
    )

    with transaction(sessions) as tx:
        assert [row.name for row in tx.query(PersonRow)] == ["Ann Lee"]


def test_two_of_one_name_in_one_place_are_two_when_their_addresses_differ(sessions: Sessions):
    acme = OrganisationDraft(name="Acme")

    bring(
        sessions,
        record("1", person=PersonDraft(name="Ann Lee", email="a@x.example", organisation=acme)),
        record("2", person=PersonDraft(name="Ann Lee", email="b@x.example", organisation=acme)),
    )

    with transaction(sessions) as tx:
        assert tx.query(PersonRow).count() == 2


def test_what_the_source_no_longer_has_is_no_longer_current_and_not_erased(sessions: Sessions):
    bring(sessions, record("1"), record("2"))

    added = bring(sessions, Gone("1", RecordKind.ACTIVITY), Gone("9", RecordKind.ACTIVITY))

    assert added.gone == 1
    with transaction(sessions) as tx:
        assert [row.key for row in current(tx)] == ["2"]
        assert tx.query(RecordRow).count() == 2


def test_what_comes_back_after_it_was_gone_is_current_again(sessions: Sessions):
    bring(sessions, record("1"))
    bring(sessions, Gone("1", RecordKind.ACTIVITY))

    bring(sessions, record("1"))

    with transaction(sessions) as tx:
        assert [row.version for row in current(tx)] == [2]


def test_a_mark_is_kept_with_what_came_before_it(sessions: Sessions):
    class Breaking(Shelf):
        def fetch(self):
            yield record("1")
            yield Mark("one")
            yield record("2")
            raise SourceDown

    with pytest.raises(SourceDown):
        sources.add(sessions, Breaking(), now=make.SPRING)

    with transaction(sessions) as tx:
        assert tx.query(SourceRow.cursor).scalar() == "one"
        # What came after the mark was not kept, and will come again.
        assert [row.key for row in current(tx)] == ["1"]


def test_a_dry_run_tells_what_would_come_and_keeps_nothing(sessions: Sessions):
    shelf = Shelf([record("1"), make.draft(), record("1")])  # type: ignore[list-item]

    added = sources.add(sessions, shelf, now=make.SPRING, dry=True)

    assert (added.new, added.records) == (1, Tally(new=1, unchanged=1))
    with transaction(sessions) as tx:
        assert sources.sources(tx) == []
        assert sources.organisations(tx) == []
        assert tx.query(RecordRow).count() == 0


def test_a_record_may_not_lie_about_its_zone():
    with pytest.raises(ValueError, match="zone"):
        record(at=datetime(2026, 3, 1))  # noqa: DTZ001


def test_what_the_source_has_marked_as_deleted_is_kept_and_not_current(sessions: Sessions):
    acme = OrganisationDraft(name="Acme")
    deleted = record("1", RecordKind.DEAL, organisation=acme, is_gone=True)

    added = bring(sessions, deleted)

    assert (added.gone, added.records) == (1, Tally())
    assert bring(sessions, deleted).records == Tally(unchanged=1)
    with transaction(sessions) as tx:
        assert current(tx) == []
        assert tx.query(RecordRow.received).scalar() == "{}"
        assert sources.organisations(tx) == []


def test_a_record_that_is_deleted_later_is_no_longer_current(sessions: Sessions):
    bring(sessions, record("1"))

    assert bring(sessions, record("1", is_gone=True)).gone == 1
    assert bring(sessions, record("1")).records == Tally(new=1)
    with transaction(sessions) as tx:
        assert [row.version for row in current(tx)] == [3]
