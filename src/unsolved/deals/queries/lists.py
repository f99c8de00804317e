"""Lists of opportunities: those of a sort, in an order, and what is counted beside them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session, aliased

from unsolved.deals.model import DORMANT, Stage
from unsolved.deals.queries.sought import OPEN, Listed, Sort, Sought, Tally, View, Which
from unsolved.deals.tables import AttentionRow, OpportunityRow, ViewRow
from unsolved.sources.tables import OrganisationRow

_Now = aliased(OrganisationRow)
_NAME = func.coalesce(_Now.name, OrganisationRow.name)
_COLUMNS = (
    OpportunityRow.id,
    OpportunityRow.name,
    OpportunityRow.organisation_id,
    OpportunityRow.seller,
    OpportunityRow.problem_id,
    OpportunityRow.stage,
    OpportunityRow.outcome,
    OpportunityRow.opened_on,
    OpportunityRow.decided_on,
    OpportunityRow.worth,
    OpportunityRow.currency,
    OpportunityRow.deal_key,
    OpportunityRow.changed_at,
)


def listed(tx: Session, sought: Sought, limit: int, offset: int = 0) -> list[Listed]:
    """Return opportunities of a sort, in the order asked for."""
    query = select(
        *_COLUMNS,
        OpportunityRow.head,
        _NAME.label("organisation"),
        func.coalesce(_Now.id, OrganisationRow.id).label("now_id"),
        AttentionRow.facts,
        AttentionRow.is_stale,
    ).outerjoin(AttentionRow, AttentionRow.opportunity_id == OpportunityRow.id)
    rows = tx.execute(
        _within(query, sought).order_by(*_order(sought.sort)).limit(limit).offset(offset)
    )
    return [_listed(row._asdict()) for row in rows]


def count_listed(tx: Session, sought: Sought) -> int:
    """Return how many opportunities there are of a sort."""
    return tx.scalar(_within(select(func.count(OpportunityRow.id)), sought)) or 0


def tally(tx: Session, sought: Sought) -> dict[Stage, Tally]:
    """Return what is in each stage, whichever stage is sought; no currency is converted."""
    wanted = replace(sought, stage=None)
    query = select(
        OpportunityRow.stage,
        OpportunityRow.currency,
        func.count(OpportunityRow.id),
        func.sum(OpportunityRow.worth),
    )
    rows = tx.execute(
        _within(query, wanted).group_by(OpportunityRow.stage, OpportunityRow.currency)
    )
    found = {stage: Tally() for stage in Stage}
    for row in rows:
        stage, currency, count, worth = row[0], row[1], row[2], row[3]
        known = found[stage]
        sums = {**known.worth, currency: worth} if worth is not None else known.worth
        found[stage] = Tally(count=known.count + count, worth=sums)
    return found


def columns(tx: Session, sought: Sought, size: int) -> dict[Stage, list[Listed]]:
    """Return the first opportunities of each stage, as a board shows them.

    Beside open ones stand the last decided ones.
    """
    found = {}
    for stage in Stage:
        sort = sought.sort if stage in OPEN else Sort.RECENT
        found[stage] = listed(tx, replace(sought, stage=stage, sort=sort), size)
    return found


def sellers(tx: Session) -> list[str]:
    """Return who sells, by alphabet."""
    found = tx.scalars(
        select(OpportunityRow.seller)
        .where(OpportunityRow.stage.in_(tuple(Stage)), OpportunityRow.seller != "")
        .distinct()
        .order_by(OpportunityRow.seller)
    )
    return list(found)


def of_organisation(tx: Session, organisation_id: int) -> list[Listed]:
    """Return the opportunities with an organisation, and with those that it now is."""
    wanted = Sought(which=Which.ALL, organisation_id=organisation_id, sort=Sort.AGE)
    return listed(tx, wanted, 200)


def open_with(tx: Session, organisation_id: int, problem_id: str) -> int | None:
    """Return the opportunity with an organisation on a problem that is open, if one is."""
    wanted = Sought(organisation_id=organisation_id, problem_id=problem_id, sort=Sort.AGE)
    return next((one.id for one in listed(tx, wanted, 1)), None)


def open_ones(tx: Session, organisation_ids: Sequence[int]) -> dict[tuple[int, str], int]:
    """Return which opportunities with organisations are open, by organisation and problem."""
    rows = tx.execute(
        select(
            OpportunityRow.organisation_id, OpportunityRow.problem_id, OpportunityRow.id
        ).where(
            OpportunityRow.organisation_id.in_(organisation_ids),
            OpportunityRow.stage.in_(OPEN),
            OpportunityRow.is_removed.is_(False),
        )
    )
    return {(row[0], row[1]): row[2] for row in rows}


def named(tx: Session, name: str, limit: int = 10) -> list[Listed]:
    """Return the opportunities that are called so; else those whose name holds it."""
    wanted = Sought(which=Which.ALL, text=name.strip(), sort=Sort.AGE)
    found = listed(tx, wanted, 200)
    key = name.strip().casefold()
    exact = [one for one in found if key in {one.name.casefold(), one.organisation.casefold()}]
    return (exact or found)[:limit]


def all_ids(tx: Session, size: int = 200) -> Iterator[list[int]]:
    """Yield the ids of all opportunities, removed ones too, some at a time in their order."""
    last = 0
    while found := list(
        tx.scalars(
            select(OpportunityRow.id)
            .where(OpportunityRow.id > last)
            .order_by(OpportunityRow.id)
            .limit(size)
        )
    ):
        yield found
        last = found[-1]


def views(tx: Session) -> list[View]:
    """Return the lists that were saved, by name."""
    rows = tx.scalars(select(ViewRow).order_by(ViewRow.name))
    return [View(row.id, row.name, row.asked) for row in rows]


def _within(query: Any, sought: Sought) -> Any:  # noqa: ANN401 (a select)
    return (
        query.join(OrganisationRow, OrganisationRow.id == OpportunityRow.organisation_id)
        .outerjoin(_Now, _Now.id == OrganisationRow.merged_into_id)
        .where(*_conditions(sought))
    )


def _conditions(sought: Sought) -> Iterator[ColumnElement[bool]]:
    yield OpportunityRow.is_removed.is_(sought.which is Which.REMOVED)
    if sought.organisation_id is None:
        yield OpportunityRow.stage.in_(sought.stages)
    else:
        part = select(OrganisationRow.id).where(
            or_(
                OrganisationRow.id == sought.organisation_id,
                OrganisationRow.merged_into_id == sought.organisation_id,
            )
        )
        yield OpportunityRow.organisation_id.in_(part)
        if sought.stages != tuple(Stage):
            yield OpportunityRow.stage.in_(sought.stages)
    if sought.which is Which.DORMANT:
        yield OpportunityRow.outcome.in_(DORMANT)
    if sought.outcome is not None:
        yield OpportunityRow.outcome == sought.outcome
    if sought.seller:
        yield OpportunityRow.seller == sought.seller
    if sought.problem_id:
        yield OpportunityRow.problem_id == sought.problem_id
    if text := sought.text.strip():
        yield or_(
            *(
                name.icontains(text, autoescape=True)
                for name in (OpportunityRow.name, OrganisationRow.name, _Now.name)
            )
        )


def _order(sort: Sort) -> Sequence[ColumnElement[Any]]:
    last = OpportunityRow.id.asc()
    match sort:
        case Sort.NAME:
            return (func.lower(OpportunityRow.name).asc(), last)
        case Sort.AGE:
            return (OpportunityRow.opened_on.asc(), last)
        case Sort.WORTH:
            return (OpportunityRow.worth.desc().nulls_last(), last)
        case Sort.RECENT:
            decided = OpportunityRow.decided_on.desc().nulls_last()
            return (decided, OpportunityRow.changed_at.desc(), last)
        case Sort.ATTENTION:
            worth = OpportunityRow.worth.desc().nulls_last()
            return (AttentionRow.weight.desc().nulls_last(), worth, last)


def _listed(row: Mapping[str, Any]) -> Listed:
    head = row["head"]
    return Listed(
        **{
            column.key: row[column.key]
            for column in _COLUMNS
            if column.key != "organisation_id"
        },
        organisation_id=row["now_id"],
        organisation=row["organisation"],
        staged_on=date.fromisoformat(head["staged_on"]),
        in_forecast=head["in_forecast"],
        told=row["facts"] or {},
        is_stale=bool(row["is_stale"]),
    )
