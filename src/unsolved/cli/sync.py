"""The command that keeps sources in step: ``sync``."""

import json
import sys
from collections.abc import Sequence
from threading import Event

import click

from unsolved import sources
from unsolved.cli.keeping_up import keep_up
from unsolved.cli.workbench import PARTLY, Workbench, out, told
from unsolved.db import transaction
from unsolved.errors import NotFound
from unsolved.jobs import catch_up
from unsolved.jobs.sync import Synced, keep_in_step
from unsolved.jobs.sync import sync as visits


@click.command()
@click.argument("names", nargs=-1, metavar="[SOURCE]...")
@click.option("--due", is_flag=True, help="Only those whose hour has come.")
@click.option("--watch", is_flag=True, help="Go on: visit each when it is due, then read.")
@click.option("--json", "as_json", is_flag=True, help="As JSON lines.")
@click.pass_obj
def sync(
    bench: Workbench, names: tuple[str, ...], *, due: bool, watch: bool, as_json: bool
) -> None:
    """Visit sources, and keep what is new or changed there.

    Those that are named, or all that are not paused. A source that fails is tried again
    later, and stops none of the others; then the exit code is 3.
    """
    if watch:
        _watch(bench)
        return
    done = _visit(bench, _wanted(bench, names, due=due), as_json=as_json)
    if any(one.added and one.added.has_brought for one in done):
        _resolve(bench)
        keep_up(bench)
    if any(one.failure or (one.added and one.added.refused) for one in done):
        sys.exit(PARTLY)


def _wanted(bench: Workbench, names: Sequence[str], *, due: bool) -> list[int]:
    with transaction(bench.sessions) as tx:
        known = {one.name: one for one in sources.sources(tx)}
        if due:
            return sources.due(tx, bench.now)
    for name in names:
        if name not in known:
            raise NotFound(source=name, known=", ".join(known) or "none")
    chosen = [known[name] for name in names] or [
        one for one in known.values() if one.settings and not one.is_paused
    ]
    if not chosen:
        told.print("no source yet; unsolved source add --help lists the kinds")
    return [one.id for one in chosen]


def _visit(bench: Workbench, ids: Sequence[int], *, as_json: bool = False) -> list[Synced]:
    done = []
    with told.status("visiting sources") as status:
        for one in visits(
            bench.sessions,
            ids,
            bench.means,
            clock=lambda: bench.now,
            progress=lambda name, count: status.update(f"{name}: {count} so far"),
        ):
            done.append(one)
            out.print(json.dumps(_facts(one), ensure_ascii=False) if as_json else _line(one))
            for refusal in one.added.refusals[:20] if one.added and not as_json else ():
                told.print(f"  {refusal}")
    return done


def _watch(bench: Workbench) -> None:
    """Visit what is due and read what came, until stopped."""
    told.print("watching; Ctrl+C stops")
    keep_in_step(
        bench.sessions,
        bench.means,
        clock=lambda: bench.now,
        stop=Event(),
        told=lambda one: out.print(_line(one)),
        after=lambda: settle(bench),
    )


def settle(bench: Workbench) -> None:
    """Find who is one, read what came, assess whom it is about, and keep deals up to date."""
    sources.resolve(bench.sessions, bench.now)
    for _ in catch_up(bench.sessions, bench.method, today=bench.today):
        pass
    keep_up(bench)


def _resolve(bench: Workbench) -> None:
    """Merge who is surely one, and tell how many are left to decide."""
    with told.status("finding who is one"):
        found = sources.resolve(bench.sessions, bench.now)
    if found.merged:
        told.print(f"{len(found.merged)} merged, as surely one: unsolved identity merges")
    if found.proposed:
        told.print(f"{len(found.proposed)} may be one: unsolved identity proposals")
    told.print("next: unsolved read")


def _line(one: Synced) -> str:
    if one.is_busy:
        return f"{one.source}: is being visited already"
    if one.added is None:
        return f"{one.source}: failed: {one.failure}"
    added, records = one.added, one.added.records
    parts = [
        f"{added.new} new, {added.changed} changed, {added.unchanged} as before",
        f"records {records.new} new, {records.changed} changed, {records.unchanged} as before",
    ]
    if not records.read:
        parts.pop()
    if added.gone:
        parts.append(f"{added.gone} gone")
    if added.refused:
        parts.append(f"{added.refused} could not be read")
    return f"{one.source}: {'; '.join(parts)}"


def _facts(one: Synced) -> dict[str, object]:
    facts: dict[str, object] = {
        "source": one.source,
        "failure": one.failure,
        "is_busy": one.is_busy,
    }
    if one.added:
        facts["documents"] = {
            "new": one.added.new,
            "changed": one.added.changed,
            "unchanged": one.added.unchanged,
        }
        facts["records"] = {
            "new": one.added.records.new,
            "changed": one.added.records.changed,
            "unchanged": one.added.records.unchanged,
        }
        facts["organisations"] = one.added.organisations
        facts["gone"] = one.added.gone
        facts["refused"] = one.added.refused
        facts["import"] = one.added.visit
    return facts
