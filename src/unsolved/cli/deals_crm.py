"""The command that takes up deals of a CRM: ``deals take-up``."""

import json
import sys
from collections.abc import Iterator

import click
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from unsolved import sources
from unsolved.cli.deals_found import doing
from unsolved.cli.workbench import PARTLY, Workbench, out, told
from unsolved.db import Session, transaction
from unsolved.deals.crm import Deal, Where, ended
from unsolved.deals.model import Outcome
from unsolved.deals.queries.crm import Place, Untaken, count_untaken, untaken
from unsolved.deals.service import Taking, Took, take_deals, take_some
from unsolved.deals.service.crm import LIKELIEST
from unsolved.errors import NotFound

MOST = 100_000
LOST = [one.value for one in Outcome if one is not Outcome.WON]


@click.command("take-up")
@click.argument("names", nargs=-1, metavar="[DEAL]...")
@click.option("--all", "all_of_them", is_flag=True, help="All that fit, some at a time.")
@click.option("--where", type=click.Choice([one.value for one in Where]), default="open")
@click.option("--source", "source_name", help="Only of this source.")
@click.option("--owner", default="", help="Only those of this owner.")
@click.option("--problem", "problem_id", default=LIKELIEST, metavar="ID", help="On what.")
@click.option("--currency", default="EUR", show_default=True, help="Of amounts that name none.")
@click.option("--outcome", type=click.Choice(LOST), help="Of lost ones that do not say how.")
@click.option("--json", "as_json", is_flag=True, help="As JSON lines.")
@click.pass_obj
def take_up(  # noqa: PLR0913 (an option each)
    bench: Workbench,
    names: tuple[str, ...],
    *,
    all_of_them: bool,
    where: str,
    source_name: str | None,
    owner: str,
    problem_id: str,
    currency: str,
    outcome: str | None,
    as_json: bool,
) -> None:
    """Take up deals of your CRM, or list those that are not yet.

    DEAL is what the CRM calls it, its number there or its whole name. The people of its
    records come along; where the organisation is a prospect, its evidence does. Without
    --problem it is on the likeliest problem of its organisation, if one is known. What could
    not be taken up is named, and then the exit code is 3.
    """
    if problem_id != LIKELIEST and bench.library.find(problem_id) is None:
        raise NotFound(problem=problem_id, known=[one.id for one in bench.library.problems])
    with transaction(bench.sessions) as tx:
        wanted = Untaken(
            where=None if names else Where(where),
            source_id=_source(tx, source_name),
            owner=owner,
        )
        found = [] if all_of_them else untaken(tx, wanted, MOST)
        total = count_untaken(tx, wanted)
    taking = Taking(
        problem_id=problem_id,
        currency=currency.upper(),
        outcome=Outcome(outcome) if outcome else None,
    )
    if not names and not all_of_them:
        _list(found, as_json=as_json)
        return
    if all_of_them:
        _tell(_all(bench, wanted, taking, total), as_json=as_json)
        return
    with transaction(bench.sessions) as tx:
        places = [place for name in names for place in _places(found, name)]
        took = take_deals(tx, places, taking, bench.library, doing(bench))
    _tell([took], as_json=as_json)


def _source(tx: Session, name: str | None) -> int | None:
    if name is None:
        return None
    found = sources.source_called(tx, name)
    if found is None:
        raise NotFound(source=name, known=", ".join(s.name for s in sources.sources(tx)))
    return found


def _places(found: list[Deal], name: str) -> list[Place]:
    chosen = [deal.place for deal in found if name in {deal.key, deal.name}]
    if not chosen:
        raise NotFound(deal=name, mend="unsolved deals take-up lists those that are not yet")
    return chosen


def _all(bench: Workbench, wanted: Untaken, taking: Taking, total: int) -> Iterator[Took]:
    """Take up all that fit, each batch by itself, so that stopping loses nothing."""
    columns = (TextColumn("taking up deals"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=told, transient=True) as progress:
        task = progress.add_task("", total=total)
        while True:
            with transaction(bench.sessions) as tx:
                took = take_some(tx, wanted, taking, bench.library, doing(bench))
            progress.advance(task, len(took.opened))
            yield took
            if not took.opened:
                return


def _list(found: list[Deal], *, as_json: bool) -> None:
    if not found and not as_json:
        out.print("every deal that fits is an opportunity already, or no CRM has been read")
    for deal in found:
        out.print(json.dumps(_facts(deal), ensure_ascii=False) if as_json else _line(deal))


def _tell(batches: Iterator[Took] | list[Took], *, as_json: bool) -> None:
    opened: list[int] = []
    left: dict[Deal, str] = {}
    for took in batches:
        opened += took.opened
        left |= dict(took.left)
    if as_json:
        facts = {
            "opened": opened,
            "left": [{**_facts(deal), "why": why} for deal, why in left.items()],
        }
        out.print(json.dumps(facts, ensure_ascii=False))
    else:
        out.print(f"{len(opened)} opened; see them: unsolved deals list")
        for deal, why in left.items():
            told.print(f"left: {deal.key}  {deal.name}: {why}")
    if left:
        sys.exit(PARTLY)


def _line(deal: Deal) -> str:
    worth = f"{deal.amount:,.0f} {deal.currency}".strip() if deal.amount is not None else ""
    end = ended(deal)
    becomes = "open" if end is None else str(end.outcome or "lost, reason unknown")
    parts = [deal.organisation or "nobody knows whose", deal.stage, worth, deal.owner, becomes]
    return f"{deal.key}  {deal.name}\n    {' · '.join(part for part in parts if part)}"


def _facts(deal: Deal) -> dict[str, object]:
    end = ended(deal)
    return {
        "source": deal.source,
        "key": deal.key,
        "name": deal.name,
        "organisation": deal.organisation or None,
        "owner": deal.owner or None,
        "amount": deal.amount,
        "currency": deal.currency or None,
        "stage": deal.stage or None,
        "where": deal.where.value,
        "closes_on": deal.closes_on.isoformat() if deal.closes_on else None,
        "lost_reason": deal.lost_reason or None,
        "outcome": end.outcome.value if end and end.outcome else None,
        "cause": end.cause.value if end and end.cause else None,
    }
