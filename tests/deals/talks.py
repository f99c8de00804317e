"""Keeps a call for tests, with facts that its buyer told and somebody accepted."""

from datetime import date

from sqlalchemy.orm import Session

from tests import make
from unsolved.conversations.coverage import FactKind, Medium, State
from unsolved.conversations.coverage.tables import CallRow, FactRow
from unsolved.sources import called

SAID = (
    (FactKind.GOAL, "We want the late orders halved.", "We want the late orders halved."),
    (FactKind.NUMBER, "We ship nine thousand, 2,000 of them late.", "2,000 of them"),
    (FactKind.NAME, "Frau Jankowski still defends it.", "Frau Jankowski"),
    (
        FactKind.ATTEMPT,
        "We bought scanners and it failed.",
        "We bought scanners and it failed.",
    ),
    (FactKind.DATE, "It must be done by Christmas.", "by Christmas"),
)


def told(
    tx: Session, about: str = "Acme", state: State = State.ACCEPTED
) -> dict[FactKind, int]:
    """Keep a call with what was said in it, and return the fact of each kind."""
    known = called(tx, about)
    assert known is not None
    call = CallRow(
        digest=f"{about}{state}",
        title="A first call",
        medium=Medium.CALL,
        held_on=date(2026, 3, 2),
        kept_at=make.SPRING,
        organisation_id=known.id,
        count=len(SAID),
        talk={},
        said=[],
        reader="",
        told={},
    )
    tx.add(call)
    tx.flush()
    found = {}
    for turn, (kind, quote, detail) in enumerate(SAID):
        row = FactRow(
            call_id=call.id,
            kind=kind,
            turn=turn,
            sentence=0,
            speaker="Ada Holm",
            quote=quote,
            detail=detail,
            state=state,
        )
        tx.add(row)
        tx.flush()
        found[kind] = row.id
    return found
