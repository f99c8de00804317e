"""The command that reads: ``read``, with its progress."""

from contextlib import suppress
from dataclasses import replace

import click
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from unsolved import evidence, jobs
from unsolved.cli.keeping_up import keep_up
from unsolved.cli.workbench import PARTLY, READERS, Workbench, out, told
from unsolved.db import transaction
from unsolved.errors import Unasked


@click.command()
@click.option("--reader", "name", type=READERS, help="Who reads (settings: reader).")
@click.option("--yes", is_flag=True, help="Agree beforehand to asking the language model.")
@click.pass_context
def read(context: click.Context, name: str | None, yes: bool) -> None:
    """Read what has come in, and work out where each organisation stands.

    It can be stopped at any moment and goes on from there the next time. The reader llm says
    first what it would send where and for how much, and sends nothing unless you agree; when
    it cannot ask about everything, what was read is kept and the exit code is 3.
    """
    bench: Workbench = context.obj.read_by(name)
    if bench.settings.reader == "llm":
        context.exit(0 if _read_asking(bench, yes=yes) else PARTLY)
    documents, sentences = catch_up(bench, bench.method)
    out.print(f"{documents} documents read, {sentences} sentences; nothing is left unread")
    keep_up(bench)


def _read_asking(bench: Workbench, *, yes: bool) -> bool:
    """Read by asking a language model; return whether it could ask about everything."""
    from unsolved.cli import asking  # noqa: PLC0415 - an HTTP client

    reader = asking.agreed_to_read(bench, yes=yes)
    method = replace(bench.method, reader=reader)
    try:
        with suppress(Unasked):  # the account says why
            catch_up(bench, method)
    finally:
        asking.account(reader)
    keep_up(bench)
    with transaction(bench.sessions) as tx:
        done = evidence.progress(tx, method.fingerprint)
    out.print(f"{done.documents} documents read, {done.sentences} sentences; {_left(done)}")
    return not done.left


def _left(done: evidence.Progress) -> str:
    if not done.left:
        return "nothing is left unread"
    return (
        f"{done.left} documents are left as they were: read by another reader before, or by "
        "none. Run it again to go on, no answer is paid for twice; or read them all here with "
        "--reader model"
    )


def catch_up(bench: Workbench, method: evidence.Method) -> tuple[int, int]:
    """Read and assess with a progress bar; return documents and sentences read in all."""
    done = jobs.Reading(0, 0, 0)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, TimeElapsedColumn(), console=told) as bars:
        reading = bars.add_task("reading", total=None)
        assessing = bars.add_task("assessing", total=None, visible=False)
        asked = bench.settings.processes
        hands = evidence.Hands(asked, enough=0) if asked else evidence.Hands(asked)
        for step in jobs.catch_up(bench.sessions, method, today=bench.today, hands=hands):
            if isinstance(step, jobs.Reading):
                done = step
                bars.update(reading, completed=step.documents, total=step.documents + step.left)
                continue
            task = bars.tasks[assessing]
            total = task.total or step.left
            bars.update(
                assessing, total=total, completed=total - step.left, visible=bool(total)
            )
    return done.documents, done.sentences
