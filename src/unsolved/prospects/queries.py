"""What one may ask about prospects."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Row, Select, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from unsolved.prospects.kept import attempts_of, complaints_of
from unsolved.prospects.model import Belief, Neighbour, Prospect, Reason, Standing, Step
from unsolved.prospects.tables import AssessmentRow, ProspectRow
from unsolved.sources.tables import OrganisationRow

T = TypeVar("T")

NEARBY = 150
"""Neighbours looked at for each way of being near."""

NEAR = 3
"""Within which factor of an organisation's head count its neighbours are looked for first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which prospects to return, and how they stand; nothing set means all of a problem."""

    problem_id: str | None = None
    standings: tuple[Standing, ...] = ()
    industry: str | None = None
    search: str = ""
    with_eliminated: bool = False
    sort: str = "score"
    """``score`` (best first), ``name``, ``recent`` (heard of last) or ``probability``."""


def ranked(tx: Session, wanted: Wanted, limit: int, offset: int = 0) -> list[Prospect]:
    """Return prospects in the order asked for."""
    rows = tx.execute(
        select(ProspectRow, OrganisationRow)
        .join(OrganisationRow, OrganisationRow.id == ProspectRow.organisation_id)
        .where(*_conditions(wanted))
        .order_by(*_order(wanted.sort))
        .limit(limit)
        .offset(offset)
    )
    return [_prospect(row) for row in rows]


def count(tx: Session, wanted: Wanted) -> int:
    """Return how many prospects there are of the sort."""
    found = tx.scalar(select(func.count()).select_from(ProspectRow).where(*_conditions(wanted)))
    return found or 0


def standings(tx: Session, problem_id: str) -> dict[Standing, int]:
    """Return how many organisations stand where on a problem."""
    rows = tx.execute(
        select(ProspectRow.standing, func.count())
        .where(ProspectRow.problem_id == problem_id)
        .group_by(ProspectRow.standing)
    )
    return {standing: number for standing, number in rows}  # noqa: C416 (rows are no pairs)


def per_problem(tx: Session, wanted: Wanted) -> dict[str, int]:
    """Return how many prospects of the sort each problem has, whichever is wanted."""
    return dict(_counted(tx, ProspectRow.problem_id, replace(wanted, problem_id=None)))


def per_standing(tx: Session, wanted: Wanted) -> dict[Standing, int]:
    """Return how many prospects of the sort stand where, whichever standing is wanted."""
    return dict(_counted(tx, ProspectRow.standing, replace(wanted, standings=())))


def of_organisation(tx: Session, organisation_id: int) -> list[Prospect]:
    """Return where an organisation stands on every problem, best prospect first."""
    rows = tx.execute(
        select(ProspectRow, OrganisationRow)
        .join(OrganisationRow, OrganisationRow.id == ProspectRow.organisation_id)
        .where(ProspectRow.organisation_id == organisation_id)
        .order_by(ProspectRow.score.desc(), ProspectRow.problem_id)
    )
    return [_prospect(row) for row in rows]


def on_problem(tx: Session, problem_id: str, organisations: Sequence[int]) -> list[Prospect]:
    """Return where the organisations asked for stand on one problem."""
    rows = tx.execute(
        select(ProspectRow, OrganisationRow)
        .join(OrganisationRow, OrganisationRow.id == ProspectRow.organisation_id)
        .where(
            ProspectRow.problem_id == problem_id, ProspectRow.organisation_id.in_(organisations)
        )
        .order_by(ProspectRow.organisation_id)
    )
    return [_prospect(row) for row in rows]


def neighbours(
    tx: Session,
    problem_id: str,
    standings: Sequence[Standing],
    industries: Sequence[str],
    employees: int | None,
) -> list[Neighbour]:
    """Return who has the same problem and may be alike: in trade and size, or best of all.

    Each way of being near is asked of an index alone, and only so many rows are fetched.
    """
    chosen: dict[int, None] = {}
    for wanted in _near(problem_id, standings, industries, employees):
        if len(chosen) < NEARBY:
            chosen.update(dict.fromkeys(tx.scalars(wanted.limit(NEARBY))))
    best = select(ProspectRow.organisation_id).where(ProspectRow.problem_id == problem_id)
    top = tx.scalars(best.order_by(ProspectRow.score.desc()).limit(NEARBY // 3))
    ids = list(dict.fromkeys([*chosen, *top]))
    rows = tx.execute(
        select(
            OrganisationRow.id,
            OrganisationRow.name,
            OrganisationRow.industry,
            OrganisationRow.country,
            OrganisationRow.employees,
            OrganisationRow.revenue,
            ProspectRow.standing,
            ProspectRow.score,
        )
        .join(ProspectRow, ProspectRow.organisation_id == OrganisationRow.id)
        .where(
            OrganisationRow.id.in_(ids),
            OrganisationRow.merged_into_id.is_(None),
            OrganisationRow.is_withdrawn.is_(False),
            ProspectRow.problem_id == problem_id,
            ProspectRow.eliminated.is_(None),
            ProspectRow.standing != Standing.UNSEEN,
        )
        .order_by(OrganisationRow.id)
    )
    return [Neighbour(*row) for row in rows]


def _near(
    problem_id: str,
    standings: Sequence[Standing],
    industries: Sequence[str],
    employees: int | None,
) -> list[Select[int]]:
    """Return which organisations are near: of a size, then of any; at one standing each."""
    if not industries:
        return []
    trade = OrganisationRow.industry.in_(industries)
    sized = OrganisationRow.employees.between((employees or 0) // NEAR, (employees or 0) * NEAR)
    kinds = [[trade, sized], [trade]] if employees else [[trade]]
    return [
        select(ProspectRow.organisation_id).where(
            ProspectRow.problem_id == problem_id,
            ProspectRow.standing == standing,
            ProspectRow.eliminated.is_(None),
            ProspectRow.organisation_id.in_(select(OrganisationRow.id).where(*kind)),
        )
        for kind in kinds
        for standing in standings
    ]


def assessed(tx: Session) -> dict[int, str]:
    """Return, for each organisation assessed, what it was assessed from."""
    rows = tx.execute(select(AssessmentRow.organisation_id, AssessmentRow.fingerprint))
    return {organisation: fingerprint for organisation, fingerprint in rows}  # noqa: C416


def _counted(tx: Session, by: InstrumentedAttribute[T], wanted: Wanted) -> list[tuple[T, int]]:
    rows = tx.execute(select(by, func.count()).where(*_conditions(wanted)).group_by(by))
    return [(value, number) for value, number in rows]


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.problem_id:
        conditions.append(ProspectRow.problem_id == wanted.problem_id)
    if wanted.standings:
        conditions.append(ProspectRow.standing.in_(wanted.standings))
    about: list[ColumnElement[bool]] = []
    if wanted.industry:
        about.append(OrganisationRow.industry == wanted.industry)
    if wanted.search.strip():
        about.append(OrganisationRow.name.icontains(wanted.search.strip(), autoescape=True))
    if about:  # no join: the counts then need nothing but an index
        known = select(OrganisationRow.id).where(*about)
        conditions.append(ProspectRow.organisation_id.in_(known))
    if not wanted.with_eliminated:
        conditions.append(ProspectRow.eliminated.is_(None))
    return conditions


def _order(sort: str) -> list[ColumnElement[Any]]:
    first: dict[str, list[ColumnElement[Any]]] = {
        "name": [],
        "recent": [ProspectRow.last_on.desc().nulls_last()],
        "probability": [ProspectRow.probability.desc()],
    }
    by_score: list[ColumnElement[Any]] = [ProspectRow.score.desc()]
    last: list[ColumnElement[Any]] = [
        OrganisationRow.name.asc(),
        OrganisationRow.id.asc(),
        ProspectRow.problem_id.asc(),
    ]
    return [*first.get(sort, by_score), *last]


def _prospect(found: Row[ProspectRow, OrganisationRow]) -> Prospect:
    row, organisation = found
    facts = row.facts
    return Prospect(
        organisation_id=row.organisation_id,
        organisation=organisation.name,
        industry=organisation.industry,
        country=organisation.country,
        problem_id=row.problem_id,
        standing=row.standing,
        probability=row.probability,
        beliefs=tuple(
            Belief(Step(belief["step"]), _reasons(belief["reasons"]))
            for belief in facts["beliefs"]
        ),
        parts=_reasons(facts["parts"]),
        attempts=attempts_of(facts),
        complaints=complaints_of(facts),
        evidence=tuple(facts["evidence"]),
        unknowns=tuple(facts["unknowns"]),
        next_question=facts["next_question"],
        eliminated=row.eliminated,
        documents_read=facts["documents_read"],
        sentences_read=facts["sentences_read"],
        first_on=row.first_on,
        last_on=row.last_on,
    )


def _reasons(told: list[dict[str, Any]]) -> tuple[Reason, ...]:
    return tuple(Reason(**{**reason, "said_on": _day(reason["said_on"])}) for reason in told)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
