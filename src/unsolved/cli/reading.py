"""The command that reads: ``read``, with its progress."""

from collections.abc import Iterable

import click
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from unsolved import jobs
from unsolved.cli.workbench import Workbench, out, told


@click.command()
@click.pass_obj
def read(bench: Workbench) -> None:
    """Read what has come in, and work out where each organisation stands.

    It can be stopped at any moment and goes on from there the next time.
    """
    documents, sentences = catch_up(bench)
    out.print(f"{documents} documents read, {sentences} sentences; nothing is left unread")


def catch_up(bench: Workbench) -> tuple[int, int]:
    """Read and assess with a progress bar; return documents and sentences read in all."""
    done = jobs.Reading(0, 0, 0)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, TimeElapsedColumn(), console=told) as bars:
        reading = bars.add_task("reading", total=None)
        assessing = bars.add_task("assessing", total=None, visible=False)
        for step in _steps(bench):
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


def _steps(bench: Workbench) -> Iterable[jobs.Reading | jobs.Assessing]:
    return jobs.catch_up(bench.sessions, bench.method, today=bench.today)
