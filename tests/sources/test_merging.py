"""Merging, undoing and splitting: nothing is lost, and all comes back where it was."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from tests import make
from unsolved import evidence, sources
from unsolved.db import Base, Session, Sessions, connect, engine_of, transaction
from unsolved.db.migrate import upgrade
from unsolved.errors import Conflict, Invalid, NotFound
from unsolved.sources import (
    Of,
    OrganisationDraft,
    Part,
    PersonDraft,
    RecordDraft,
    RecordKind,
)

NOW = datetime(2026, 5, 1, tzinfo=UTC)
LATER = NOW + timedelta(days=1)
APART = {"merges", "proposals", "visits", "sources"}


def bring(sessions: Sessions, *finds: Any) -> None:
    make.bring(sessions, *finds)


def everything(tx: Session) -> dict[str, list[tuple[Any, ...]]]:
    """Return every row of every table but those that tell of the merging itself."""
    return {
        name: sorted(tuple(map(repr, row)) for row in tx.execute(select(table)))
        for name, table in Base.metadata.tables.items()
        if name not in APART
    }


def ids(tx: Session) -> dict[str, int]:
    return {one.name: one.id for one in sources.organisations(tx)}


def texts(tx: Session, organisation_id: int) -> list[str]:
    return sorted(document.text for document in sources.documents_of(tx, organisation_id))


def record(key: str, kind: RecordKind = RecordKind.ACTIVITY, **but: Any) -> RecordDraft:
    return RecordDraft(kind=kind, key=key, title=key, **but)


ANN = PersonDraft(name="Ann Lee", email="ann@acme.example", title="Buyer")
ANNIE = PersonDraft(name="Annie Lee", email="annie@acme.example", phone="+1 415 555 0101")


def acme_and_bolt(sessions: Sessions) -> tuple[int, int]:
    """Make two organisations with all that one can have."""
    bring(
        sessions,
        OrganisationDraft(name="Parent", industry="Holding"),
        make.draft("Our orders were late again.", about="Acme", key="a"),
        make.draft("Pay is wrong.", about="Bolt", key="b"),
        OrganisationDraft(name="Acme", domain="acme.example", country="Norway"),
        OrganisationDraft(
            name="Bolt",
            names=("Bolt Tools",),
            domain="bolt.example",
            industry="Tools",
            employees=7,
            identifiers=("cik:1", "ticker:BLT"),
            parent="Parent",
        ),
        OrganisationDraft(name="Child", parent="Bolt"),
        *_records(),
    )
    with transaction(sessions) as tx:
        known = ids(tx)
    return known["Acme"], known["Bolt"]


def _records() -> list[Any]:
    acme, bolt = OrganisationDraft(name="Acme"), OrganisationDraft(name="Bolt")
    return [
        record("p1", RecordKind.PERSON, organisation=acme, person=ANN),
        record("p2", RecordKind.PERSON, organisation=bolt, person=ANNIE),
        record("p3", RecordKind.PERSON, organisation=bolt, person=PersonDraft(name="Bo Ek")),
        record("p4", RecordKind.PERSON, organisation=acme, person=PersonDraft(name="Bo Ek")),
        record("p5", RecordKind.PERSON, organisation=bolt, person=PersonDraft(name="Cy Fox")),
        record("m1", organisation=bolt, people=((Part.FROM, ANN), (Part.TO, ANNIE))),
        record("m2", organisation=acme, people=((Part.TO, ANN), (Part.TO, ANNIE))),
    ]


def test_a_merge_moves_all_that_belongs_to_the_one(sessions: Sessions):
    acme, bolt = acme_and_bolt(sessions)

    with transaction(sessions) as tx:
        sources.merge(tx, Of.ORGANISATION, acme, bolt, NOW, reasons=["the same domain"])

    with transaction(sessions) as tx:
        known = sources.organisation(tx, bolt)
        assert known == sources.organisation(tx, acme) == sources.called(tx, "Bolt Tools")
        assert known is not None
        assert (known.id, known.industry, known.country) == (acme, "Tools", "Norway")
        assert known.names == ("Bolt", "Bolt Tools")
        assert texts(tx, acme) == ["Our orders were late again.", "Pay is wrong."]
        assert texts(tx, bolt) == []
        assert {one.name for one in sources.people_of(tx, acme)} >= {"Ann Lee", "Annie Lee"}
        assert "Bolt" not in ids(tx)
        [merge] = sources.merges(tx)
    assert (merge.kept, merge.merged, merge.made_by) == ("Acme", "Bolt", "you")
    assert merge.reasons == ("the same domain",)


@pytest.mark.parametrize("whom", ["names", "domain", "number"])
def test_what_comes_for_the_merged_one_comes_to_the_kept_one(sessions: Sessions, whom: str):
    acme, bolt = acme_and_bolt(sessions)
    with transaction(sessions) as tx:
        sources.merge(tx, Of.ORGANISATION, acme, bolt, NOW)
    about = {
        "names": OrganisationDraft(name="Bolt Tools Ltd"),
        "domain": OrganisationDraft(name="Bolt of Oslo", domain="bolt.example"),
        "number": OrganisationDraft(name="Anything", identifiers=("CIK:1",)),
    }[whom]

    bring(sessions, make.draft("New.", organisation=about))

    with transaction(sessions) as tx:
        assert "New." in texts(tx, acme)


def test_undoing_a_merge_restores_every_row(sessions: Sessions):
    acme, bolt = acme_and_bolt(sessions)
    with transaction(sessions) as tx:
        before = everything(tx)
        merge = sources.merge(tx, Of.ORGANISATION, acme, bolt, NOW)
        assert everything(tx) != before

    with transaction(sessions) as tx:
        sources.undo_merge(tx, merge, LATER)
        assert everything(tx) == before
        assert sources.merges(tx)[0].undone_at == LATER


def test_merging_the_other_way_round_restores_too(sessions: Sessions):
    acme, bolt = acme_and_bolt(sessions)
    with transaction(sessions) as tx:
        before = everything(tx)
        merge = sources.merge(tx, Of.ORGANISATION, bolt, acme, NOW)
        sources.undo_merge(tx, merge, LATER)
        assert everything(tx) == before


def test_people_are_merged_and_parted_likewise(sessions: Sessions):
    acme_and_bolt(sessions)
    with transaction(sessions) as tx:
        ann, annie = person_called(tx, "Ann Lee"), person_called(tx, "Annie Lee")
        before = everything(tx)
        merge = sources.merge(tx, Of.PERSON, ann, annie, NOW)
        known = sources.person(tx, annie)
        assert known is not None
        assert (known.id, known.name, known.phone) == (ann, "Ann Lee", ANNIE.phone)
        assert known.emails == ("ann@acme.example", "annie@acme.example")

        sources.undo_merge(tx, merge, LATER)

        assert everything(tx) == before


def person_called(tx: Session, name: str) -> int:
    return next(
        one.id
        for organisation in sources.organisations(tx)
        for one in sources.people_of(tx, organisation.id)
        if one.name == name
    )


def test_what_came_in_between_goes_back_with_whom_it_was_told_of(sessions: Sessions):
    acme, bolt = acme_and_bolt(sessions)
    with transaction(sessions) as tx:
        merge = sources.merge(tx, Of.ORGANISATION, acme, bolt, NOW)
    bring(
        sessions,
        make.draft("Late again.", about="BOLT TOOLS INC."),
        make.draft("Early for once.", about="Acme Ltd"),
        record("p9", RecordKind.PERSON, organisation=OrganisationDraft(name="Bolt"),
               person=PersonDraft(name="Di Gee", email="di@bolt.example")),
    )  # fmt: skip

    with transaction(sessions) as tx:
        sources.undo_merge(tx, merge, LATER)

        assert texts(tx, bolt) == ["Late again.", "Pay is wrong."]
        assert texts(tx, acme) == ["Early for once.", "Our orders were late again."]
        assert "Di Gee" in [one.name for one in sources.people_of(tx, bolt)]
        assert "Di Gee" not in [one.name for one in sources.people_of(tx, acme)]


def test_a_chain_is_undone_from_its_end(sessions: Sessions):
    acme, bolt = acme_and_bolt(sessions)
    with transaction(sessions) as tx:
        parent = ids(tx)["Parent"]
        before = everything(tx)
        first = sources.merge(tx, Of.ORGANISATION, acme, bolt, NOW)
        second = sources.merge(tx, Of.ORGANISATION, parent, acme, NOW)
        assert sources.organisation(tx, bolt) == sources.organisation(tx, parent)

    with transaction(sessions) as tx, pytest.raises(Conflict, match=f"undo {second} first"):
        sources.undo_merge(tx, first, LATER)

    with transaction(sessions) as tx:
        sources.undo_merge(tx, second, LATER)
        sources.undo_merge(tx, first, LATER)
        assert everything(tx) == before


def test_evidence_and_what_was_said_of_it_follow_their_documents(sessions: Sessions, method):
    acme, bolt = acme_and_bolt(sessions)
    make.read(sessions, method)
    with transaction(sessions) as tx:
        [piece] = evidence.of_organisation(tx, acme)
        evidence.confirm(tx, piece.id, "late_orders", now=NOW)
        merge = sources.merge(tx, Of.ORGANISATION, bolt, acme, NOW)
        found = {one.quote.text: one.verdicts for one in evidence.of_organisation(tx, bolt)}
        assert found["Our orders were late again."] == {"late_orders": "confirmed"}

        sources.undo_merge(tx, merge, LATER)
        [back] = evidence.of_organisation(tx, acme)
    assert (back.id, back.verdicts) == (piece.id, {"late_orders": "confirmed"})


def test_what_cannot_be_merged_is_said(sessions: Sessions):
    acme, bolt = acme_and_bolt(sessions)
    with transaction(sessions) as tx:
        merge = sources.merge(tx, Of.ORGANISATION, acme, bolt, NOW)
    refused: list[tuple[type[Exception], Callable[[Session], object]]] = [
        (Invalid, lambda tx: sources.merge(tx, Of.ORGANISATION, acme, acme, NOW)),
        (NotFound, lambda tx: sources.merge(tx, Of.ORGANISATION, acme, 999, NOW)),
        (Conflict, lambda tx: sources.merge(tx, Of.ORGANISATION, acme, bolt, NOW)),
        (NotFound, lambda tx: sources.undo_merge(tx, 999, NOW)),
        (NotFound, lambda tx: sources.decide(tx, 999, True, NOW)),
        (Invalid, lambda tx: sources.split(tx, acme, [" "], NOW)),
        (NotFound, lambda tx: sources.split(tx, acme, ["Nobody"], NOW)),
        (Invalid, lambda tx: sources.split(tx, acme, ["Acme", "Bolt", "Bolt Tools"], NOW)),
        (Conflict, lambda tx: sources.split(tx, bolt, ["Bolt"], NOW)),
    ]
    for error, act in refused:
        with transaction(sessions) as tx, pytest.raises(error):
            act(tx)
    with transaction(sessions) as tx:
        sources.undo_merge(tx, merge, NOW)
    with transaction(sessions) as tx, pytest.raises(Conflict, match="undone already"):
        sources.undo_merge(tx, merge, NOW)


def test_a_split_takes_the_documents_that_came_under_its_names(sessions: Sessions):
    bring(
        sessions,
        OrganisationDraft(name="Delta", names=("Delta Faucet",), domain="delta.example"),
        make.draft("Planes are late.", about="Delta"),
        make.draft("Taps leak.", about="Delta Faucet"),
        record("p1", RecordKind.PERSON, organisation=OrganisationDraft(name="Delta Faucet"),
               person=PersonDraft(name="Bo Ek")),
    )  # fmt: skip
    with transaction(sessions) as tx:
        delta = ids(tx)["Delta"]
        faucet = sources.split(tx, delta, ["Delta Faucet"], NOW)

    bring(sessions, make.draft("Taps leak still.", about="Delta Faucet Inc"))

    with transaction(sessions) as tx:
        assert texts(tx, delta) == ["Planes are late."]
        assert texts(tx, faucet) == ["Taps leak still.", "Taps leak."]
        assert [one.name for one in sources.people_of(tx, faucet)] == ["Bo Ek"]
        assert sources.called(tx, "Delta Faucet") == sources.organisation(tx, faucet)


def test_splitting_off_the_chief_name_leaves_the_other(sessions: Sessions):
    bring(sessions, OrganisationDraft(name="Delta", names=("Delta Faucet",)))

    with transaction(sessions) as tx:
        known = ids(tx)["Delta"]
        new = sources.split(tx, known, ["delta"], NOW)
        assert ids(tx) == {"Delta Faucet": known, "Delta": new}


def test_what_was_split_is_never_merged_again(sessions: Sessions):
    bring(
        sessions,
        OrganisationDraft(name="Northwind Traders Oslo", names=("Traders Northwind Oslo",)),
    )
    with transaction(sessions) as tx:
        sources.split(tx, ids(tx)["Northwind Traders Oslo"], ["Traders Northwind Oslo"], NOW)

    found = sources.resolve(sessions, LATER)

    assert (found.merged, found.proposed) == ((), ())


ALIKE = (
    OrganisationDraft(name="Lamb Weston Intl", country="Norway"),
    OrganisationDraft(name="Lamb-Weston International Inc", industry="Food"),
)
DOUBTFUL = (
    OrganisationDraft(name="Lamb Weston", domain="lambweston.example", country="Norway"),
    OrganisationDraft(name="Lamb Weston Industries"),
)


def test_the_sure_are_merged_with_the_reasons(sessions: Sessions):
    bring(sessions, *ALIKE)

    found = sources.resolve(sessions, NOW)

    assert len(found.merged) == 1
    with transaction(sessions) as tx:
        [merge] = sources.merges(tx)
        [known] = sources.organisations(tx)
    assert merge.made_by == "rule"
    assert "differ only in how they are written out" in merge.reasons[0]
    assert (known.country, known.industry) == ("Norway", "Food")
    assert sources.resolve(sessions, LATER).merged == ()


def test_the_doubtful_are_proposed_and_a_person_decides(sessions: Sessions):
    bring(sessions, *DOUBTFUL)
    sources.resolve(sessions, NOW)
    sources.resolve(sessions, LATER)

    with transaction(sessions) as tx:
        [proposal] = sources.proposals(tx)
        assert proposal.pair.reasons[0].startswith("the domain") or proposal.pair.reasons
        assert any(reason.startswith("but: ") for reason in proposal.pair.reasons)
        merge = sources.decide(tx, proposal.id, True, LATER)
        assert merge is not None
        assert sources.proposals(tx) == []
        assert list(ids(tx)) == ["Lamb Weston"]


def test_a_pair_decided_apart_is_never_proposed_again(sessions: Sessions):
    bring(sessions, *DOUBTFUL)
    sources.resolve(sessions, NOW)
    with transaction(sessions) as tx:
        [proposal] = sources.proposals(tx)
        assert sources.decide(tx, proposal.id, False, NOW) is None

    found = sources.resolve(sessions, LATER)

    with transaction(sessions) as tx:
        assert (found.proposed, sources.proposals(tx)) == ((), [])
        with pytest.raises(Conflict, match="decided already"):
            sources.decide(tx, proposal.id, True, LATER)


def test_a_merge_that_was_undone_is_not_made_again(sessions: Sessions):
    bring(sessions, *ALIKE)
    sources.resolve(sessions, NOW)
    with transaction(sessions) as tx:
        sources.undo_merge(tx, sources.merges(tx)[0].id, NOW)

    found = sources.resolve(sessions, LATER)

    assert (found.merged, found.proposed) == ((), ())


def test_a_decision_holds_for_whom_the_two_became_part_of(sessions: Sessions):
    bring(sessions, *DOUBTFUL, OrganisationDraft(name="Third"))
    sources.resolve(sessions, NOW)
    with transaction(sessions) as tx:
        [proposal] = sources.proposals(tx)
        sources.decide(tx, proposal.id, False, NOW)
        known = ids(tx)
        sources.merge(tx, Of.ORGANISATION, known["Third"], known["Lamb Weston Industries"], NOW)

    assert sources.resolve(sessions, LATER).proposed == ()


def test_nobody_is_merged_through_a_third_with_whom_they_cannot_be(sessions: Sessions):
    bring(
        sessions,
        OrganisationDraft(name="Kestrel Mfg", identifiers=("cik:1",)),
        OrganisationDraft(name="Kestrel Manufacturing"),
        OrganisationDraft(name="Manufacturing Kestrel", identifiers=("cik:2",)),
    )

    sources.resolve(sessions, NOW)

    with transaction(sessions) as tx:
        assert len(sources.organisations(tx)) == 2


def test_people_with_one_name_at_one_place_are_merged(sessions: Sessions):
    at = OrganisationDraft(name="Acme")
    bring(
        sessions,
        record("1", RecordKind.PERSON, organisation=at,
               person=PersonDraft(name="Ann Lee", email="ann.lee@acme.example", title="CFO")),
        record("2", RecordKind.PERSON, organisation=at,
               person=PersonDraft(name="Lee, Ann", email="alee@acme.example", title="CFO")),
    )  # fmt: skip

    sources.resolve(sessions, NOW)

    with transaction(sessions) as tx:
        [ann] = sources.people_of(tx, ids(tx)["Acme"])
    assert ann.emails == ("alee@acme.example", "ann.lee@acme.example")


NAMES = st.sampled_from(["Acme", "Bolt", "Child", "Parent", "Edge", "Fjord"])


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pairs=st.lists(st.tuples(NAMES, NAMES), min_size=1, max_size=6), people=st.booleans())
def test_whatever_is_merged_and_undone_leaves_all_as_it_was(
    pairs: Sequence[tuple[str, str]], people: bool, tmp_path_factory
):
    sessions = connect(f"sqlite:///{tmp_path_factory.mktemp('world')}/test.sqlite")
    upgrade(engine_of(sessions))
    acme_and_bolt(sessions)
    bring(
        sessions,
        OrganisationDraft(name="Edge", parent="Acme", domain="edge.example", industry="Edges"),
        OrganisationDraft(name="Fjord", parent="Edge", country="Norway"),
        make.draft("Ships are late.", about="Fjord"),
    )
    with transaction(sessions) as tx:
        known = ids(tx)
        before = everything(tx)
        done = []
        if people:
            ann, annie = person_called(tx, "Ann Lee"), person_called(tx, "Annie Lee")
            done.append(sources.merge(tx, Of.PERSON, annie, ann, NOW))
        for kept, merged in pairs:
            try:
                done.append(sources.merge(tx, Of.ORGANISATION, known[kept], known[merged], NOW))
            except (Conflict, Invalid):
                continue
        for merge in reversed(done):
            sources.undo_merge(tx, merge, LATER)
        assert everything(tx) == before
    engine_of(sessions).dispose()
