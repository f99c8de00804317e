"""Commands by which people say what a sentence is about: ``evidence confirm`` and its kin."""

import json
from collections.abc import Callable
from typing import Any

import click

from unsolved import evidence, prospects
from unsolved.cli.export import feedback_facts
from unsolved.cli.workbench import Workbench, out
from unsolved.db import Session, transaction
from unsolved.errors import NotFound

Said = Callable[[Session], evidence.Evidence]

about = click.option("--problem", "problem_id", required=True, help="Which problem (an id).")
which = click.argument("evidence_id", metavar="ID", type=int)


@click.command()
@which
@about
@click.pass_obj
def confirm(bench: Workbench, evidence_id: int, problem_id: str) -> None:
    """Say that a sentence is about a problem.

    The sentence counts fully from now on, sentences like it a little more; no later reading
    forgets it.
    """
    _known(bench, problem_id)
    _say(
        bench,
        problem_id,
        lambda tx: evidence.confirm(tx, evidence_id, problem_id, now=bench.now),
    )


@click.command()
@which
@about
@click.pass_obj
def dismiss(bench: Workbench, evidence_id: int, problem_id: str) -> None:
    """Say that a sentence is not about a problem.

    The sentence is no reason from now on, sentences like it count a little less; no later
    reading forgets it.
    """
    _known(bench, problem_id)
    _say(
        bench,
        problem_id,
        lambda tx: evidence.dismiss(tx, evidence_id, problem_id, now=bench.now),
    )


@click.command()
@which
@about
@click.pass_obj
def undo(bench: Workbench, evidence_id: int, problem_id: str) -> None:
    """Take back what was said of a sentence and a problem."""
    _say(bench, problem_id, lambda tx: evidence.undo(tx, evidence_id, problem_id))


@click.command()
@click.option("--json", "as_json", is_flag=True, help="As JSON, one line each.")
@click.pass_obj
def feedback(bench: Workbench, as_json: bool) -> None:
    """Show all that was confirmed and dismissed, in the order in which it was said."""
    with transaction(bench.sessions) as tx:
        for told in feedback_facts(tx):
            if as_json:
                click.echo(json.dumps(told, ensure_ascii=False))
            else:
                out.print(_line(told))


def _known(bench: Workbench, problem_id: str) -> None:
    if bench.library.find(problem_id) is None:
        raise NotFound(problem=problem_id, known=[p.id for p in bench.library.problems])


def _say(bench: Workbench, problem_id: str, said: Said) -> None:
    """Keep what is said, and tell what has become of the sentence and of its organisation."""
    with transaction(bench.sessions) as tx:
        piece = said(tx)
        prospects.assess_one(
            tx, piece.organisation_id, bench.library, prospects.weights(), today=bench.today
        )
        found = prospects.of_organisation(tx, piece.organisation_id)
    verdict = piece.verdicts.get(problem_id)
    match = piece.matches.get(problem_id, 0.0)
    told = f"{verdict} by you" if verdict else f"nothing said; {match:.0%} likely"
    out.print(f"“{piece.quote.text}”\nabout {problem_id}: {told}")
    for prospect in found:
        if prospect.problem_id == problem_id:
            out.print(
                f"{prospect.organisation} on {problem_id}: "
                f"{prospect.eliminated or prospect.standing.value}"
            )
    out.print("next: unsolved read takes it in for every other organisation")


def _line(told: dict[str, Any]) -> str:
    return (
        f"{told['said_at'][:10]}  {told['verdict']:9}  {told['problem']}  "
        f"{told['organisation']}: “{told['quote']}”"
    )
