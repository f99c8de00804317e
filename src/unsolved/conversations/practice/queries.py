"""What one may ask about practice."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from unsolved import evidence, prospects
from unsolved.conversations.practice.kept import persona_of as persona_kept
from unsolved.conversations.practice.kept import state_of, turn_of
from unsolved.conversations.practice.made import persona_of
from unsolved.conversations.practice.model import Persona
from unsolved.conversations.practice.progress import Call
from unsolved.conversations.practice.tables import PracticeRunRow, PracticeTurnRow
from unsolved.conversations.practice.talk import Talk
from unsolved.errors import NotFound
from unsolved.problems import Library
from unsolved.prospects import Prospect


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A practice call that is kept."""

    id: int
    seller: str
    begun_at: datetime
    ended_at: datetime | None
    worded_by: str | None
    talk: Talk


def run(tx: Session, run_id: int) -> Run | None:
    """Return a practice call with all that was said, or None when there is none."""
    row = tx.get(PracticeRunRow, run_id, populate_existing=True)
    if row is None:
        return None
    rows = tx.scalars(
        select(PracticeTurnRow)
        .where(PracticeTurnRow.run_id == run_id)
        .order_by(PracticeTurnRow.number)
    )
    talk = Talk(
        persona=persona_kept(row.persona),
        seed=row.seed,
        opening=row.opening,
        state=state_of(row.state),
        turns=tuple(turn_of(vars(one)) for one in rows),
    )
    return Run(
        id=row.id,
        seller=row.seller,
        begun_at=row.begun_at,
        ended_at=row.ended_at,
        worded_by=row.worded_by,
        talk=talk,
    )


def history(tx: Session, seller: str | None = None, limit: int = 200) -> list[Call]:
    """Return practice calls in a line each, the latest first."""
    wanted = select(PracticeRunRow).order_by(
        PracticeRunRow.begun_at.desc(), PracticeRunRow.id.desc()
    )
    if seller:
        wanted = wanted.where(PracticeRunRow.seller == seller)
    return [_call(row) for row in tx.scalars(wanted.limit(limit))]


def sellers(tx: Session) -> list[str]:
    """Return who has practised."""
    order = PracticeRunRow.seller
    return list(tx.scalars(select(order).distinct().order_by(order)))


def prospect_buyer(
    tx: Session, library: Library, organisation_id: int, problem_id: str | None = None
) -> Persona:
    """Return a buyer at an organisation, made of what is quoted of it.

    Without a problem, it is about the one it is the best prospect for.

    Raises:
        NotFound: there is no such problem, or nothing is quoted.
    """
    if problem_id is not None and library.find(problem_id) is None:
        raise NotFound(problem=problem_id, known=[one.id for one in library.problems])
    found = [
        one
        for one in prospects.of_organisation(tx, organisation_id)
        if problem_id in {None, one.problem_id} and library.find(one.problem_id)
    ]
    error = NotFound(
        organisation=organisation_id, mend="nothing is known of it yet: unsolved read"
    )
    for prospect in found:
        try:
            return _buyer(tx, library, prospect)
        except NotFound as fault:
            error = fault
    raise error


def _buyer(tx: Session, library: Library, prospect: Prospect) -> Persona:
    problem = library.find(prospect.problem_id)
    assert problem is not None, "prospects of other problems were left out"
    ids: Sequence[int] = list(dict.fromkeys([*prospect.evidence, *prospect.linked]))
    return persona_of(prospect, evidence.by_ids(tx, ids), problem)


def _call(row: PracticeRunRow) -> Call:
    return Call(
        id=row.id,
        seller=row.seller,
        persona_id=row.persona_id,
        buyer=row.persona["name"],
        organisation=row.persona["organisation"],
        seed=row.seed,
        begun_at=row.begun_at,
        ending=row.ending,
        score=row.score,
        trust=row.trust,
        covered=row.covered,
        themes=row.themes,
        turns=row.turns,
    )
