"""Commands that do something to a deal: open it, let it go on, decide it, take that back."""

from dataclasses import replace

import click

from unsolved import deals, prospects, sources
from unsolved.cli.deals_found import doing, number_of, situation_of
from unsolved.cli.workbench import Workbench, out
from unsolved.db import Session, transaction
from unsolved.deals import letting_go
from unsolved.deals.changes import put
from unsolved.deals.letting_go import Parting
from unsolved.deals.model import Cause, Head, Outcome, Stage
from unsolved.deals.parts import PartKind
from unsolved.deals.queries import lists
from unsolved.deals.triggers import proposed
from unsolved.errors import Conflict, NotFound
from unsolved.problems import Problem
from unsolved.prospects import Standing
from unsolved.sources import Organisation

UNTIL_DECIDED = [one.value for one in Stage if one is not Stage.DECIDED]


@click.command("open")
@click.argument("organisation")
@click.option("--problem", "problem_id", required=True, metavar="ID", help="On which problem.")
@click.option("--seller", help="Whose it is; who you are, unless said.")
@click.option("--worth", type=click.FloatRange(min=0), help="What it is worth to us.")
@click.option("--currency", default="EUR", show_default=True, help="In which currency.")
@click.pass_obj
def open_(
    bench: Workbench,
    organisation: str,
    *,
    problem_id: str,
    seller: str | None,
    worth: float | None,
    currency: str,
) -> None:
    """Open one with the ORGANISATION of that name or domain.

    Where it is a prospect on the problem, its attempts, evidence and documents come along;
    else it is opened by hand.
    """
    problem = bench.library.find(problem_id)
    if problem is None:
        raise NotFound(problem=problem_id, known=[one.id for one in bench.library.problems])
    with transaction(bench.sessions) as tx:
        known = sources.called(tx, organisation)
        if known is None:
            near = sources.names_like(tx, organisation)
            raise NotFound(
                organisation=organisation, **({"did_you_mean": near} if near else {})
            )
        here = lists.open_with(tx, known.id, problem.id)
        if here is not None:
            raise Conflict(opportunity=here, mend=f"it is open: unsolved deals show {here}")
        made = _opened(tx, bench, known, problem, seller or bench.settings.me)
        if worth is not None or currency != "EUR":
            fresh = deals.opportunity(tx, made)
            assert fresh is not None, "it was opened a moment ago"
            told = replace(fresh.head, worth=worth, currency=currency.upper())
            done = replace(doing(bench), what="said what it is worth")
            deals.change(tx, made, [put(PartKind.HEAD, told, 0)], done)
    out.print(f"{made} is open; see it: unsolved deals show {made}")


@click.command()
@click.argument("named", metavar="ID")
@click.argument("stage", type=click.Choice(UNTIL_DECIDED))
@click.option("--why", default="", help="Why it goes on before the buyer has done their part.")
@click.pass_obj
def move(bench: Workbench, named: str, stage: str, *, why: str) -> None:
    """Let one go on, or back, to a STAGE; ID may be its name.

    It goes on by what the buyer did. Without that, --why is needed; it is kept and seen later.
    """
    with transaction(bench.sessions) as tx:
        number = number_of(tx, named)
        done = deals.move(tx, number, Stage(stage), doing(bench, why))
    out.print(_undo(f"{number} is at {stage}", done))


@click.command()
@click.argument("named", metavar="ID")
@click.argument("outcome", type=click.Choice([one.value for one in Outcome]))
@click.option(
    "--cause", type=click.Choice([one.value for one in Cause]), help="Of no decision."
)
@click.option("--why", default="", help="Why, in a sentence.")
@click.pass_obj
def conclude(
    bench: Workbench, named: str, outcome: str, *, cause: str | None, why: str
) -> None:
    """Say how one ended: OUTCOME; it leaves the forecast. ID may be its name."""
    with transaction(bench.sessions) as tx:
        number = number_of(tx, named)
        done = deals.conclude(
            tx,
            number,
            Outcome(outcome),
            doing(bench, why),
            cause=Cause(cause) if cause else None,
        )
    out.print(_undo(f"{number} is decided: {outcome}", done))


@click.command("let-go")
@click.argument("named", metavar="ID")
@click.option("--why", default="", help="Why, in a sentence.")
@click.pass_obj
def let_go(bench: Workbench, named: str, *, why: str) -> None:
    """Let one go: out of the forecast, with triggers and a message; ID may be its name.

    The triggers are those that we would propose on its page; the message is a step for today.
    """
    with transaction(bench.sessions) as tx:
        known = situation_of(tx, bench, named)
        left = Parting(why=why, triggers=proposed(known), message=letting_go.message(known))
        done = deals.let_go(tx, known.opportunity.id, left, doing(bench))
    out.print(left.message)
    for one in left.triggers:
        out.print(f"comes back by {one.kind.value}: {one.what}", style="dim")
    out.print(_undo(f"{known.opportunity.id} is let go", done))


@click.command()
@click.argument("action", type=click.IntRange(1))
@click.pass_obj
def undo(bench: Workbench, action: int) -> None:
    """Take an ACTION back, by its number; undoing that does it again."""
    with transaction(bench.sessions) as tx:
        done = deals.undo(tx, action, doing(bench))
        taken = deals.action(tx, done)
    assert taken is not None, "it was written a moment ago"
    out.print(_undo(taken.what, done))


def _opened(
    tx: Session, bench: Workbench, known: Organisation, problem: Problem, seller: str
) -> int:
    found = prospects.of_organisation(tx, known.id)
    prospect = next((one for one in found if one.problem_id == problem.id), None)
    if prospect is not None and prospect.standing is not Standing.UNSEEN:
        return deals.open_from_prospect(tx, known.id, problem, seller, doing(bench))
    head = Head(
        name=f"{known.name}: {problem.title}",
        organisation_id=known.id,
        seller=seller,
        problem_id=problem.id,
        opened_on=bench.today,
        staged_on=bench.today,
    )
    return deals.open_opportunity(tx, head, replace(doing(bench), what="opened it by hand"))


def _undo(told: str, action: int) -> str:
    return f"{told}; to take it back: unsolved deals undo {action}" if action else told
