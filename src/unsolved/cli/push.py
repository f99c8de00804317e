"""The command that writes into a CRM: ``push``."""

import json
import sys

import click

from unsolved import sources
from unsolved.cli.workbench import PARTLY, Workbench, out, told
from unsolved.db import transaction
from unsolved.errors import NotFound
from unsolved.jobs.writing import Wish, items, send, writer
from unsolved.sources.outgoing import State


@click.command()
@click.argument("name", metavar="SOURCE")
@click.option(
    "--pages", help="Where your pages are; http://HOST:PORT of the settings unless said."
)
@click.option("--no-notes", is_flag=True, help="Write no notes.")
@click.option("--field", help="Write the standing into this field of the company.")
@click.option("--make-field", is_flag=True, help="Make that field there if it is missing.")
@click.option("--tasks", is_flag=True, help="Write the next best question as a task.")
@click.option("--dry-run", is_flag=True, help="List what would be sent, and send nothing.")
@click.option("--yes", is_flag=True, help="Send without asking.")
@click.option("--json", "as_json", is_flag=True, help="As JSON lines.")
@click.pass_obj
def push(  # noqa: PLR0913 (an option each)
    bench: Workbench,
    name: str,
    *,
    pages: str | None,
    no_notes: bool,
    field: str | None,
    make_field: bool,
    tasks: bool,
    dry_run: bool,
    yes: bool,
    as_json: bool,
) -> None:
    """Write where organisations stand into the CRM they came from.

    A note with the link to their page, and if asked for a field and a task. What would be sent
    is listed first, and nothing is ever sent twice.
    """
    with transaction(bench.sessions) as tx:
        source = sources.source_called(tx, name)
        if source is None:
            raise NotFound(source=name)
        here = pages or f"http://{bench.settings.host}:{bench.settings.port}"
        wish = Wish(pages=here, notes=not no_notes, field=field, tasks=tasks)
        planned = items(tx, source, bench.library, wish)
        sources.drop_planned(tx, source)
        sources.plan_outgoing(tx, source, planned, bench.now)
        waiting = sources.outbox(tx, source, (State.PLANNED, State.SENDING))
        if dry_run:
            tx.rollback()
    for listed in waiting:
        out.print(_line(listed, as_json=as_json))
    if dry_run or not waiting:
        told.print(f"{len(waiting)} to send" if waiting else "nothing to send")
        return
    there = writer(bench.sessions, source, bench.means, bench.now)
    if not yes:
        told.print(f"These {len(waiting)} would go to {there.describe()}.")
        click.confirm("Send them?", abort=True, err=True)
    done = send(
        bench.sessions,
        source,
        there,
        clock=lambda: bench.now,
        make_fields=make_field,
    )
    states = []
    for listed in done:
        states.append(listed.state)
        out.print(_line(listed, as_json=as_json))
    if len(states) < len(waiting) or set(states) != {State.SENT}:
        told.print("not all were sent; run it again to go on, none is sent twice")
        sys.exit(PARTLY)


def _line(listed: sources.Listed, *, as_json: bool) -> str:
    if as_json:
        facts = {
            **listed.item.told(),
            "state": listed.state,
            "remote": listed.remote,
            "why": listed.why,
        }
        return json.dumps(facts, ensure_ascii=False)
    why = f": {listed.why}" if listed.why else ""
    text = listed.item.text.replace("\n", " | ")
    return f"{listed.state}{why}: {listed.item} ({text})"
