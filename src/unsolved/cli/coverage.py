"""The command that shows what was understood in a call or a thread of mails: ``coverage``."""

import difflib
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from unsolved.cli.workbench import PARTLY, Workbench, out, told
from unsolved.conversations import coverage as room
from unsolved.conversations.acts import READERS
from unsolved.conversations.acts import reader as reader_named
from unsolved.errors import Error, NotFound
from unsolved.problems import Problem

STDIN = "stdin"
FORMATS = click.Choice(["text", "markdown", "json"])
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path, allow_dash=True)


@click.command()
@click.argument("paths", metavar="[FILE]...", nargs=-1, type=_FILE)
@click.option("--seller", multiple=True, metavar="NAME", help="Who sells; may be repeated.")
@click.option("--buyer", multiple=True, metavar="NAME", help="Who may buy; may be repeated.")
@click.option("--own", multiple=True, metavar="DOMAIN", help="A domain of the seller's side.")
@click.option("--organisation", metavar="NAME", help="With whom it was; it is then kept.")
@click.option("--problem", "problem_id", metavar="ID", help="Ask next what the library asks.")
@click.option("--reader", "name", type=click.Choice(list(READERS)), help="Who reads.")
@click.option("--keep", is_flag=True, help="Keep it, to accept its facts on the page.")
@click.option("--format", "form", type=FORMATS, default="text", help="How it is printed.")
@click.pass_context
def coverage(  # noqa: PLR0913 (an option each)
    context: click.Context,
    paths: Sequence[Path],
    *,
    seller: Sequence[str],
    buyer: Sequence[str],
    own: Sequence[str],
    organisation: str | None,
    problem_id: str | None,
    name: str | None,
    keep: bool,
    form: str,
) -> None:
    """Show what was understood in a call or a thread of mails, and what to ask next.

    FILE is a transcript (.vtt, .srt, .txt, .md, or a recorder's .json), or mails (.eml, .mbox);
    several .eml files are read as one thread. Without a FILE, or with -, the standard input is
    read. Who sells is taken from --seller and --buyer, else from the domains, else heard from
    what is said. Files that cannot be read are named and left out; the exit code is then 3.
    """
    bench: Workbench = context.obj
    problem = _problem(bench, problem_id)
    sides = room.Told(tuple(seller), tuple(buyer), tuple(own))
    reader = reader_named(name or "")
    faults: list[Error] = []
    done = 0
    for talks in _talks(paths, bench, faults):
        for talk in talks:
            covered = room.coverage(talk, reader, told=sides, problem=problem)
            if done and form != "json":
                out.print()
            out.print(_told(covered, form))
            done += 1
            if keep or organisation:
                _keep(bench, covered, sides, organisation, problem)
    for fault in faults:
        told.print(str(fault))
    if faults:
        context.exit(PARTLY if done else 1)


def _talks(
    paths: Sequence[Path], bench: Workbench, faults: list[Error]
) -> Iterator[tuple[room.Talk, ...]]:
    """Yield the talks of each file; mails that are a file each are put together."""
    mails = [path for path in paths if path.suffix.lower() == ".eml"]
    together = len(mails) > 1
    if together:
        files = [(path.read_bytes(), path.name) for path in mails]
        yield room.read_mails(files, now=bench.now, faults=faults)
    for path in paths or [Path("-")]:
        if together and path in mails:
            continue
        is_piped = str(path) == "-"
        data = sys.stdin.buffer.read() if is_piped else path.read_bytes()
        where = STDIN if is_piped else path.name
        try:
            yield room.read_talks(data, where=where, now=bench.now)
        except Error as fault:
            faults.append(fault)


def _problem(bench: Workbench, problem_id: str | None) -> Problem | None:
    if problem_id is None:
        return None
    found = bench.library.find(problem_id)
    if found is None:
        known = [one.id for one in bench.library.problems]
        near = difflib.get_close_matches(problem_id, known, n=1)
        mend = f"Did you mean {near[0]}?" if near else f"There are: {', '.join(known)}."
        raise click.UsageError(f"there is no problem {problem_id}. {mend}")
    return found


def _told(covered: room.Coverage, form: str) -> str:
    if form == "json":
        return json.dumps(room.as_facts(covered), ensure_ascii=False)
    return room.as_markdown(covered).rstrip() if form == "markdown" else room.as_text(covered)


def _keep(
    bench: Workbench,
    covered: room.Coverage,
    sides: room.Told,
    organisation: str | None,
    problem: Problem | None,
) -> None:
    """Keep a talk, and say where it is."""
    from unsolved import sources  # noqa: PLC0415 - SQLAlchemy
    from unsolved.db import transaction  # noqa: PLC0415

    with transaction(bench.sessions) as tx:
        known = sources.called(tx, organisation) if organisation else None
        if organisation and known is None:
            raise NotFound(organisation=organisation, mend="unsolved add FILE.csv")
        number = room.keep_call(
            tx,
            covered,
            now=bench.now,
            about=room.About(
                told=sides,
                organisation_id=known.id if known else None,
                problem_id=problem.id if problem else None,
            ),
        )
    told.print(f"kept: /conversations/{number}")
