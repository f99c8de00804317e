"""Commands about what deserves attention: ``deals today``, ``deals work-out``."""

import json
from typing import Any

import click
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from unsolved.cli.workbench import Workbench, out, told
from unsolved.db import transaction
from unsolved.deals.queries import attention as kept
from unsolved.deals.service.attention import freshen
from unsolved.deals.today import Item, Listed, Whose

SHOWN = 12
MOST = 1_000_000


@click.command()
@click.option("--seller", default="", help="Only what is this seller's.")
@click.option("--manager", is_flag=True, help="What a manager should look at, of all sellers.")
@click.option("--limit", default=SHOWN, show_default=True, type=click.IntRange(1, MOST))
@click.option("--json", "as_json", is_flag=True, help="As JSON lines, with every reason.")
@click.pass_obj
def today(bench: Workbench, *, seller: str, manager: bool, limit: int, as_json: bool) -> None:
    """Show what deserves attention, why, and what to do; most of all first."""
    whose = Whose.MANAGER if manager else Whose.SELLER
    with transaction(bench.sessions) as tx:
        freshen(tx, (whose, seller), bench.library, bench.now)
        found = kept.attending(tx, whose, seller, limit)
        as_of = kept.attending_as_of(tx, whose, seller)
    if as_json:
        for one in found:
            click.echo(json.dumps(_facts(one), ensure_ascii=False))
        return
    if not found:
        out.print("nothing that is worth doing; unsolved deals work-out looks at all of them")
        return
    for one in found:
        _show(one)
    if as_of.count > len(found):
        out.print(f"and {as_of.count - len(found):,} more: --limit {as_of.count}", style="dim")


@click.command("work-out")
@click.pass_obj
def work_out(bench: Workbench) -> None:
    """Follow the CRM, fire triggers, work out what is out of date.

    It can be stopped at any moment, and goes on from there.
    """
    from unsolved.jobs import deals  # noqa: PLC0415 - all that is thought of deals

    columns = (TextColumn("working out deals"), BarColumn(), MofNCompleteColumn())
    done = deals.Kept()
    with Progress(*columns, console=told, transient=True) as progress:
        task = progress.add_task("", total=None)
        for done in deals.keep_up(bench.sessions, bench.library, bench.now):
            progress.update(task, total=done.done + done.left, completed=done.done)
    out.print(deals.told(done) or "deals: nothing was out of date")


def _show(one: Listed) -> None:
    item = one.item
    out.print(f"{one.opportunity_id:5}  {one.name}: {item.text}", style="bold")
    out.print(f"       do: {item.do}")
    for reason in item.why:
        out.print(f"       {reason.text}", style="dim")
    for more in one.more:
        out.print(f"       also: {more.text}", style="dim")


def _facts(one: Listed) -> dict[str, Any]:
    return {
        "opportunity_id": one.opportunity_id,
        "name": one.name,
        "organisation": one.organisation,
        "seller": one.seller,
        "currency": one.currency,
        **_item(one, one.item),
        "more": [_item(one, item) for item in one.more],
    }


def _item(one: Listed, item: Item) -> dict[str, Any]:
    return {
        "kind": item.kind.value,
        "text": item.text,
        "do": item.do,
        "page": item.address(one.opportunity_id),
        "hours": item.hours,
        "worth": item.worth,
        "gain": [{"text": part.text, "weight": part.weight} for part in item.gain],
        "why": [{"text": part.text, "weight": part.weight} for part in item.why],
    }
