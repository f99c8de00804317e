"""unsolved problems: what the library says, and what is wrong with it."""

import difflib
import json
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Protocol, TypeVar

import click

from unsolved.errors import Unreadable
from unsolved.problems import Finding, Grade, Library, Problem, check, load, read

Command = TypeVar("Command", bound=Callable[..., object])


class Obj(Protocol):
    """What the command above us hands down."""

    @property
    def problems(self) -> Path | None:
        """Where the library lies; None for the one that ships with us."""


@click.group()
def problems() -> None:
    """Show and check the library of problems."""


def _choices(command: Command) -> Command:
    """Add what every command can be told."""
    where = click.Path(path_type=Path)
    told = "A problem file or a folder of them; without it, the library of your settings."
    command = click.option("--problems", "path", type=where, help=told)(command)
    return click.option("--json", "as_json", is_flag=True, help="Print JSON.")(command)


@problems.command("list")
@_choices
@click.pass_obj
def list_(obj: Obj | None, path: Path | None, as_json: bool) -> None:
    """List the problems."""
    library = _load(obj, path)
    if as_json:
        _print_json([{"id": p.id, "title": p.title} for p in library.problems])
        return
    width = max(len(problem.id) for problem in library.problems)
    for problem in library.problems:
        click.echo(f"{problem.id:{width}}  {problem.title}")


@problems.command()
@click.argument("problem_id", metavar="ID")
@_choices
@click.pass_obj
def show(obj: Obj | None, problem_id: str, path: Path | None, as_json: bool) -> None:
    """Show all that the library says about the problem ID."""
    library = _load(obj, path)
    problem = library.find(problem_id)
    if problem is None:
        known = [p.id for p in library.problems]
        near = difflib.get_close_matches(problem_id, known, n=1)
        mend = f"Did you mean {near[0]}?" if near else f"There are: {', '.join(known)}."
        raise click.ClickException(f"there is no problem {problem_id}. {mend}")
    if as_json:
        _print_json(asdict(problem))
    else:
        click.echo("\n".join(_told(problem)))


@problems.command("check")
@click.argument("path", type=click.Path(path_type=Path), required=False)
@click.option(
    "--problems", "library", type=click.Path(path_type=Path), help="The same as PATH."
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_context
def check_(
    context: click.Context, path: Path | None, library: Path | None, as_json: bool
) -> None:
    """Check the problem file or folder PATH, or your library.

    The exit code is 1 if a file cannot be read or a finding is an error, and 0 if there are
    only warnings or nothing at all.
    """
    found, wrong = read(_path(context.obj, path or library))
    findings = check(Library(tuple(found)))
    if as_json:
        errors = [
            {"where": w.where, "line": w.line, "why": w.why, "mend": w.mend} for w in wrong
        ]
        told = [asdict(finding) for finding in findings]
        _print_json({"problems": len(found), "unreadable": errors, "findings": told})
    else:
        _print_check(found, wrong, findings)
    if wrong or any(finding.grade is Grade.ERROR for finding in findings):
        context.exit(1)


def _path(obj: Obj | None, path: Path | None) -> Path | None:
    return path or (obj.problems if obj else None)


def _load(obj: Obj | None, path: Path | None) -> Library:
    try:
        return load(_path(obj, path))
    except Unreadable as error:
        raise click.ClickException(_line(error)) from error


def _line(error: Unreadable) -> str:
    place = error.where if error.line is None else f"{error.where}:{error.line}"
    return f"{place}: {error.why}. {error.mend}"


def _print_json(value: object) -> None:
    click.echo(json.dumps(value, indent=2, ensure_ascii=False))


def _print_check(
    found: list[Problem], wrong: list[Unreadable], findings: tuple[Finding, ...]
) -> None:
    for error in wrong:
        click.echo(_line(error))
    for f in findings:
        click.echo(f"{f.problem}: {f.grade} {f.rule}: {f.what}. {f.mend}")
    errors = len(wrong) + sum(f.grade is Grade.ERROR for f in findings)
    warnings = sum(f.grade is Grade.WARNING for f in findings)
    counts = ((len(found), "problem"), (errors, "error"), (warnings, "warning"))
    click.echo(", ".join(f"{n} {noun}{'s' * (n != 1)}" for n, noun in counts))


def _told(problem: Problem) -> Iterator[str]:
    """Yield the lines that a person reads."""
    yield from (problem.title, "", click.wrap_text(problem.statement, 78))
    yield from _section("Symptoms", problem.symptoms)
    yield from _section("Goals it blocks", problem.goals_it_blocks)
    yield from _section("Causes", problem.causes)
    yield from _section("Consequences", problem.consequences)
    fixes = (f"{f.fix}: {f.why_it_fails}" for f in problem.typical_failed_fixes)
    yield from _section("Fixes that usually fail", tuple(fixes))
    yield from _section("Who feels it", problem.roles_who_feel_it)
    asked = (f"{q.theme.replace('_', ' ')}: {q.text}" for q in problem.questions)
    yield from _section("Questions", tuple(asked))
    yield from _section("A good outcome", problem.good_outcome)
    yield from _section("Not to be confused with", problem.not_to_be_confused_with)
    yield from _costs(problem)
    insights = (f"{one.text} ({one.source})" for one in problem.insights)
    yield from _section("Worth telling", tuple(insights))
    yield from _section("Terms", (", ".join(problem.terms),) if problem.terms else ())


def _costs(problem: Problem) -> Iterator[str]:
    """Yield what it costs that nothing changes: the formula, and what goes into it."""
    if problem.cost is None:
        return
    yield from _section("What it costs a year that nothing changes", (problem.cost.formula,))
    for one in problem.cost.inputs:
        assumed = "" if one.likely is None else f", assumed {one.low} to {one.high}"
        told = f"{one.name}: {one.what} ({one.unit}{assumed})"
        yield click.wrap_text(told, 78, initial_indent="  - ", subsequent_indent="    ")


def _section(title: str, entries: tuple[str, ...]) -> Iterator[str]:
    if not entries:
        return
    yield from ("", title)
    for entry in entries:
        yield click.wrap_text(entry, 78, initial_indent="  - ", subsequent_indent="    ")
