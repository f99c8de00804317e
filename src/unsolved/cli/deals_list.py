"""Commands that list deals, and what was done to one: ``deals list``, ``deals history``."""

import json

import click

from unsolved import deals
from unsolved.cli.deals_facts import action_facts, listed_facts
from unsolved.cli.deals_found import number_of
from unsolved.cli.workbench import Workbench, out
from unsolved.db import transaction
from unsolved.deals.changes import Action
from unsolved.deals.model import Outcome, Stage
from unsolved.deals.queries import lists
from unsolved.deals.queries.sought import Listed, Sort, Sought, Tally, Which


@click.command("list")
@click.option("--which", type=click.Choice([one.value for one in Which]), default="open")
@click.option("--seller", default="", help="Only those of this seller.")
@click.option("--stage", type=click.Choice([one.value for one in Stage]))
@click.option("--outcome", type=click.Choice([one.value for one in Outcome]))
@click.option("--problem", default="", metavar="ID", help="Only on this problem.")
@click.option("--search", default="", help="Only with this in its name or organisation.")
@click.option("--sort", type=click.Choice([one.value for one in Sort]), default="attention")
@click.option("--limit", default=50, show_default=True, type=click.IntRange(1))
@click.option("--json", "as_json", is_flag=True, help="As JSON lines.")
@click.pass_obj
def list_deals(  # noqa: PLR0913 (an option each)
    bench: Workbench,
    *,
    which: str,
    seller: str,
    stage: str | None,
    outcome: str | None,
    problem: str,
    search: str,
    sort: str,
    limit: int,
    as_json: bool,
) -> None:
    """List opportunities of a sort, in an order; sums by stage, each currency by itself."""
    sought = Sought(
        which=Which(which),
        seller=seller,
        stage=Stage(stage) if stage else None,
        outcome=Outcome(outcome) if outcome else None,
        problem_id=problem,
        text=search,
        sort=Sort(sort),
    )
    with transaction(bench.sessions) as tx:
        found = lists.listed(tx, sought, limit)
        total, tally = lists.count_listed(tx, sought), lists.tally(tx, sought)
    if as_json:
        for one in found:
            out.print(json.dumps(listed_facts(one), ensure_ascii=False))
        return
    if not found:
        out.print("no such opportunity; unsolved deals open --help says how to open one")
        return
    for one in found:
        _show(one, bench)
    for stage_of, counted in tally.items():
        if counted.count:
            out.print(f"{stage_of.value}: {_summed(counted)}", style="dim")
    if total > len(found):
        out.print(f"… {total - len(found):,} more: --limit {total}", style="dim")


@click.command()
@click.argument("named", metavar="ID")
@click.option("--json", "as_json", is_flag=True, help="As JSON lines, with every change.")
@click.pass_obj
def history(bench: Workbench, named: str, *, as_json: bool) -> None:
    """Show everything that was done to one, the latest first; ID may be its name."""
    with transaction(bench.sessions) as tx:
        actions = deals.history(tx, number_of(tx, named))
    for one in actions:
        out.print(json.dumps(action_facts(one), ensure_ascii=False) if as_json else _line(one))


def _show(one: Listed, bench: Workbench) -> None:
    worth = f"{one.worth:,.0f} {one.currency}" if one.worth is not None else "worth not said"
    where = one.outcome.value if one.outcome else one.stage.value
    since = f"{one.days(bench.today)} days" if one.outcome is None else f"{one.decided_on}"
    out.print(f"{one.id:5}  {one.name}", style="bold")
    out.print(f"       {where}, {since} · {worth} · {one.seller or 'nobody'}")
    for told in dict.fromkeys(filter(None, (one.headline, one.silence))):
        out.print(f"       {told}")
    if one.no_decision is not None:
        out.print(f"       no decision: {one.no_decision:.0%}", style="dim")


def _summed(counted: Tally) -> str:
    sums = [f"{amount:,.0f} {currency}" for currency, amount in sorted(counted.worth.items())]
    return ", ".join([f"{counted.count:,}", *sums])


def _line(one: Action) -> str:
    why = f": “{one.why}”" if one.why else ""
    taken = "  (taken back)" if one.undone_by else ""
    return f"{one.id:6}  {one.at:%Y-%m-%d %H:%M}  {one.by}: {one.what}{why}{taken}"
