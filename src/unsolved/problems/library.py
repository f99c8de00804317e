"""From files to problems, and from a problem back to a file.

A file that is wrong is refused with its line and the mend, and all that is wrong with a
library is told at once: nobody should have to mend a file as often as it has faults.
"""

from collections.abc import Iterable
from dataclasses import fields
from pathlib import Path

import yaml

from unsolved.errors import Unreadable
from unsolved.problems import shape
from unsolved.problems.costs import cost_as_told, cost_faults, cost_from
from unsolved.problems.insights import insight_from, insights_as_told
from unsolved.problems.model import FailedFix, Library, Problem, Question
from unsolved.problems.nodes import Fault, Node, from_toml, from_yaml

SHIPPED = Path(__file__).with_name("shipped")
FORMATS = {".yaml": from_yaml, ".yml": from_yaml, ".toml": from_toml}


def load(path: Path | None = None) -> Library:
    """Return the library in a folder or a file; without a path, the one that ships with us.

    The units of cost models are not worked out: `read` does that, and whoever counts with them.

    Raises:
        Unreadable: a file is wrong. It is the first fault, and counts and carries the others
            as notes.
    """
    problems, wrong = _read(path, with_units=False)
    if wrong:
        raise _together(wrong)
    return Library(tuple(problems))


def read(path: Path | None = None) -> tuple[list[Problem], list[Unreadable]]:
    """Return the problems in a folder or a file by id, and everything that is wrong there."""
    return _read(path, with_units=True)


def _read(path: Path | None, *, with_units: bool) -> tuple[list[Problem], list[Unreadable]]:
    path = SHIPPED if path is None else path
    files, wrong = _files(path)
    problems: dict[str, Problem] = {}
    homes: dict[str, Path] = {}
    for file in files:
        problem, line, errors = _read_file(file, with_units=with_units)
        wrong += errors
        if problem is None:
            continue
        if problem.id in problems:
            why = f"the id `{problem.id}` is taken by {homes[problem.id]}"
            mend = "Give one of the two another id."
            wrong.append(Unreadable(where=str(file), line=line, why=why, mend=mend))
        else:
            problems[problem.id], homes[problem.id] = problem, file
    return sorted(problems.values(), key=lambda problem: problem.id), wrong


def parse(text: str, *, where: str = "problem.yaml") -> tuple[Problem | None, list[Unreadable]]:
    """Return the problem that ``text`` describes, or None and what is wrong with it.

    If ``where`` ends in .toml it is read as TOML, else as YAML.
    """
    problem, _, wrong = _parse(text, where, with_units=True)
    return problem, wrong


def to_yaml(problem: Problem) -> str:
    """Return a file that reads as ``problem``."""
    facts: dict[str, object] = {}
    for name in (field.name for field in fields(problem)):
        value = getattr(problem, name)
        if name == "questions":
            facts[name] = _by_theme(problem.questions)
        elif name == "typical_failed_fixes":
            facts[name] = [{"fix": f.fix, "why_it_fails": f.why_it_fails} for f in value]
        elif name == "cost":
            facts[name] = cost_as_told(value) if value else None
        elif name == "insights":
            facts[name] = insights_as_told(value)
        else:
            facts[name] = value if isinstance(value, str) else list(value)
    told = {name: value for name, value in facts.items() if value}
    return yaml.safe_dump(told, sort_keys=False, allow_unicode=True, width=96)


def _by_theme(questions: Iterable[Question]) -> dict[str, list[str]]:
    themes: dict[str, list[str]] = {}
    for question in questions:
        themes.setdefault(question.theme, []).append(question.text)
    return themes


def _files(path: Path) -> tuple[list[Path], list[Unreadable]]:
    """Return the problem files at a path, or why there are none."""
    known = ", ".join(FORMATS)
    if path.is_dir():
        files = sorted(p for p in path.iterdir() if p.suffix in FORMATS and p.is_file())
        why, mend = "there is no problem file in this folder", f"Their names end in {known}."
    elif path.exists():
        files = [path] if path.suffix in FORMATS else []
        why, mend = "this does not look like a problem file", f"Let its name end in {known}."
    else:
        files = []
        why, mend = "there is no such file or folder", "Check the path."
    return files, [] if files else [Unreadable(where=str(path), why=why, mend=mend)]


def _read_file(file: Path, *, with_units: bool) -> tuple[Problem | None, int, list[Unreadable]]:
    """Return the problem in a file, the line of its id, and what is wrong."""
    try:
        received = file.read_bytes()
        return _parse(received.decode("utf-8-sig"), str(file), with_units=with_units)
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        why, mend = "this is not UTF-8", "Save the file as UTF-8."
    except OSError as error:
        line, why = 1, f"the file does not open: {error.strerror}"
        mend = "Check that you may read it."
    return None, 1, [Unreadable(where=str(file), line=line, why=why, mend=mend)]


def _parse(
    text: str, where: str, *, with_units: bool
) -> tuple[Problem | None, int, list[Unreadable]]:
    top, found = FORMATS.get(Path(where).suffix, from_yaml)(text)
    if top is not None:
        found = sorted([*found, *shape.faults(top)], key=lambda fault: fault.line)
        if not found and "cost" in top.fields:
            found = list(cost_faults(top.fields["cost"], with_units=with_units))
    if top is None or found:
        return None, 1, [_unreadable(where, fault) for fault in found]
    return _problem(top), top.fields["id"].line, []


def _unreadable(where: str, fault: Fault) -> Unreadable:
    return Unreadable(where=where, line=fault.line, why=fault.why, mend=fault.mend)


def _together(wrong: list[Unreadable]) -> Unreadable:
    """Return the first error, which says how many more there are and notes them."""
    first, *others = wrong
    more = f" ({len(others)} more to mend: `unsolved problems check` lists them.)"
    mend = first.mend + (more if others else "")
    error = Unreadable(where=first.where, line=first.line, why=first.why, mend=mend)
    for other in others:
        error.add_note(str(other))
    return error


def _problem(top: Node) -> Problem:
    """Make a problem of a tree that has the right shape."""

    def text(name: str) -> str:
        return _tidy(top.fields[name])

    def texts(name: str) -> tuple[str, ...]:
        return tuple(map(_tidy, entries(name)))

    def entries(name: str) -> tuple[Node, ...]:
        return top.fields[name].entries if name in top.fields else ()

    return Problem(
        id=text("id"),
        title=text("title"),
        statement=text("statement"),
        symptoms=texts("symptoms"),
        terms=texts("terms"),
        goals_it_blocks=texts("goals_it_blocks"),
        causes=texts("causes"),
        consequences=texts("consequences"),
        typical_failed_fixes=_failed_fixes(top.fields.get("typical_failed_fixes")),
        roles_who_feel_it=texts("roles_who_feel_it"),
        questions=_questions(top.fields.get("questions")),
        good_outcome=texts("good_outcome"),
        not_to_be_confused_with=texts("not_to_be_confused_with"),
        cost=cost_from(top.fields["cost"]) if "cost" in top.fields else None,
        insights=tuple(map(insight_from, entries("insights"))),
    )


def _tidy(node: Node) -> str:
    """Return the text of a node in one line: where a file breaks its lines means nothing."""
    return " ".join(node.text.split())


def _failed_fixes(node: Node | None) -> tuple[FailedFix, ...]:
    entries = node.entries if node else ()
    return tuple(
        FailedFix(_tidy(e.fields["fix"]), _tidy(e.fields["why_it_fails"])) for e in entries
    )


def _questions(node: Node | None) -> tuple[Question, ...]:
    themes = node.fields.items() if node else ()
    return tuple(
        Question(" ".join(theme.split()), _tidy(entry))
        for theme, asked in themes
        for entry in asked.entries
    )
