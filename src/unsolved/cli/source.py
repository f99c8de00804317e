"""Commands about sources: name one, look how it is, pause it, read it again, remove it."""

import json
import sys
from datetime import datetime
from pathlib import Path

import click

from unsolved import sources
from unsolved.cli.source_add import Adding
from unsolved.cli.source_words import brought, facts, state, write_refusals
from unsolved.cli.workbench import Workbench, out, told
from unsolved.db import Session, transaction
from unsolved.errors import NotFound


@click.group()
def source() -> None:
    """Name the places that are read, and see how each of them is."""


@source.group(cls=Adding)
def add() -> None:
    """Add a source of some KIND; `unsolved source add KIND --help` says what it needs."""


@source.command("list")
@click.option("--json", "as_json", is_flag=True, help="As JSON lines.")
@click.pass_obj
def list_sources(bench: Workbench, *, as_json: bool) -> None:
    """List the sources: the last visit, what it brought, the next one."""
    with transaction(bench.sessions) as tx:
        found = sources.sources(tx, bench.now)
    if as_json:
        for one in found:
            out.print(json.dumps(facts(one), ensure_ascii=False))
        return
    if not found:
        out.print("no source yet; unsolved source add --help lists the kinds")
    for one in found:
        out.print(f"{one.name}  ({one.kind}): {state(one)}")
        out.print(f"    {brought(one)}")


@source.command()
@click.argument("name")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@click.pass_obj
def show(bench: Workbench, name: str, *, as_json: bool) -> None:
    """Show one source: its settings, its health, and what it could not give us."""
    with transaction(bench.sessions) as tx:
        one = sources.source(tx, _id(tx, name), bench.now)
        assert one is not None
        visits = sources.imports(tx, one.id, limit=10)
    if as_json:
        out.print(json.dumps(facts(one), ensure_ascii=False))
        return
    out.print(f"{one.name}  ({one.kind}): {state(one)}")
    for setting, text in one.settings.items():
        out.print(f"    {setting}: {text}")
    if one.has_secrets:
        out.print("    secrets: kept, encrypted")
    out.print(f"    {brought(one)}")
    for visit in visits:
        undone = ", undone" if visit.undone_at else ""
        out.print(
            f"    import {visit.id}, {visit.began_at:%Y-%m-%d %H:%M}: {visit.new} new,"
            f" {visit.changed} changed, {visit.refused} refused{undone}"
        )
    for refusal in one.refusals[:20]:
        out.print(f"    {refusal}")
    if one.refused > len(one.refusals[:20]):
        out.print(f"    … all {one.refused}: unsolved source refusals {name!r} --out FILE.csv")


@source.command()
@click.argument("name")
@click.option(
    "--out", "path", type=click.Path(path_type=Path, dir_okay=False), help="The file."
)
@click.pass_obj
def refusals(bench: Workbench, name: str, path: Path | None) -> None:
    """Write what the last visit could not read as CSV: place, line, field, why, mend."""
    with transaction(bench.sessions) as tx:
        if path is None:
            write_refusals(sources.refusals(tx, _id(tx, name)), sys.stdout)
            return
        with path.open("w", encoding="utf-8", newline="") as file:
            count = write_refusals(sources.refusals(tx, _id(tx, name)), file)
    told.print(f"{count} refusals written to {path}")


@source.command()
@click.argument("name")
@click.pass_obj
def pause(bench: Workbench, name: str) -> None:
    """Stop visiting a source until it is resumed."""
    with transaction(bench.sessions) as tx:
        sources.pause(tx, _id(tx, name), is_paused=True)
    out.print(f"{name} is paused; to go on: unsolved source resume {name!r}")


@source.command()
@click.argument("name")
@click.pass_obj
def resume(bench: Workbench, name: str) -> None:
    """Go on visiting a source; its next visit is due at once."""
    with transaction(bench.sessions) as tx:
        sources.pause(tx, _id(tx, name), is_paused=False)
    out.print(f"{name} is visited again; now: unsolved sync {name!r}")


@source.command()
@click.argument("name")
@click.option(
    "--since", type=click.DateTime(["%Y-%m-%d"]), help="From this day; else all of it."
)
@click.pass_obj
def reread(bench: Workbench, name: str, since: datetime | None) -> None:
    """Have a source read from a date, or from its beginning, on the next visit."""
    with transaction(bench.sessions) as tx:
        sources.read_again(tx, _id(tx, name), since.date() if since else None)
    start = since.date().isoformat() if since else "its beginning"
    out.print(f"{name} will be read from {start}; now: unsolved sync {name!r}")


@source.command()
@click.argument("name")
@click.pass_obj
def remove(bench: Workbench, name: str) -> None:
    """Remove a source with what it brought; `restore` brings both back."""
    with transaction(bench.sessions) as tx:
        sources.remove(tx, _id(tx, name))
    out.print(f"{name} is removed; to bring it back: unsolved source restore {name!r}")


@source.command()
@click.argument("name")
@click.pass_obj
def restore(bench: Workbench, name: str) -> None:
    """Bring back a source that was removed, with what it had brought."""
    with transaction(bench.sessions) as tx:
        sources.restore(tx, _id(tx, name))
    out.print(f"{name} is back")


@source.command()
@click.argument("number", type=int)
@click.pass_obj
def undo(bench: Workbench, number: int) -> None:
    """Take back the import of that NUMBER whole; `show` lists them."""
    with transaction(bench.sessions) as tx:
        sources.undo(tx, number, bench.now)
    out.print(f"import {number} is undone; to bring it back: unsolved source redo {number}")
    out.print("next: unsolved read")


@source.command()
@click.argument("number", type=int)
@click.pass_obj
def redo(bench: Workbench, number: int) -> None:
    """Bring back the import of that NUMBER after it was undone."""
    with transaction(bench.sessions) as tx:
        sources.redo(tx, number)
    out.print(f"import {number} is back")
    out.print("next: unsolved read")


def _id(tx: Session, name: str) -> int:
    found = sources.source_called(tx, name)
    if found is None:
        known = ", ".join(one.name for one in sources.sources(tx))
        raise NotFound(source=name, known=known or "none")
    return found
