"""unsolved lint: what is wrong with a mail before it is sent, and what to write instead."""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from unsolved.cli.workbench import PARTLY, Workbench, told
from unsolved.errors import Invalid, NotFound, Unreadable

if TYPE_CHECKING:  # rules and readers are loaded when there is something to check
    from unsolved.conversations.drafts import Checked, Choices, File, Reader

FOUND = 1
USAGE = 2
FORMATS = click.Choice(["text", "json", "sarif", "github"])
PATH = click.Path(path_type=Path, exists=True, allow_dash=True)


@click.command()
@click.argument("paths", nargs=-1, type=PATH)
@click.option("--to", "name", metavar="ORGANISATION", help="Check claims against its quotes.")
@click.option("--fix", "fixes", is_flag=True, help="Mend what can be mended without a person.")
@click.option("--diff", "diffs", is_flag=True, help="Show what --fix would do, and do nothing.")
@click.option("--explain", metavar="RULE", help="Tell all about a rule, and check nothing.")
@click.option("--rules", "lists", is_flag=True, help="List the rules, and check nothing.")
@click.option("--format", "how", type=FORMATS, default="text", help="How findings are told.")
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
@click.option("--select", multiple=True, metavar="RULES", help="Run these rules alone.")
@click.option("--ignore", multiple=True, metavar="RULES", help="Do not run these rules.")
@click.option(
    "--sequence/--no-sequence",
    "sequences",
    default=None,
    help="Whether files of a folder are one sequence; else told by their numbers.",
)
@click.option("--config", type=click.Path(path_type=Path, exists=True, dir_okay=False),
              help="A TOML file with [drafts] or [tool.unsolved.drafts].")  # fmt: skip
@click.pass_context
def lint(context: click.Context, /, **asked: Any) -> None:  # noqa: ANN401 - click's
    """Check mails before they are sent: text, Markdown, HTML, .eml, YAML, folders.

    With - standard input is read. The exit code is 0 when nothing was found but notes, 1 when
    there are errors or warnings, 2 when the command was not understood, 3 when a file could not
    be read and nothing was found in the others.
    """
    from unsolved.conversations import drafts  # noqa: PLC0415

    if asked["explain"] or asked["lists"]:
        _tell_rules(asked["explain"])
        return
    if not asked["paths"]:
        raise click.UsageError("name a file or a folder, or - for standard input")
    bench: Workbench = context.obj
    chosen = _choices(bench, asked)
    reader = _reader(bench, asked["name"])
    checked: list[Checked] = []
    refused = 0
    changed = False
    for files, errors in _files(asked["paths"], asked["sequences"]):
        refused += len(errors)
        for error in errors:
            told.print(str(error))
        if asked["fixes"] or asked["diffs"]:
            files, has_changed = _mended(files, chosen, reader, diffs=asked["diffs"])  # noqa: PLW2901
            changed = changed or has_changed
        checked += drafts.lint(_one_after_another(files), chosen, reader)
    if not asked["diffs"]:
        how = "json" if asked["as_json"] else asked["how"]
        click.echo(drafts.tell(checked, how), err=asked["fixes"] and _is_stdin(asked["paths"]))
    if changed and asked["diffs"]:
        context.exit(FOUND)
    if any(finding.fails for one in checked for finding in one.findings) and not asked["diffs"]:
        context.exit(FOUND)
    if refused:
        context.exit(PARTLY if checked else FOUND)


def _tell_rules(explain: str | None) -> None:
    from unsolved.conversations import drafts  # noqa: PLC0415

    known = drafts.rules()
    if explain is None:
        width = max(len(rule.name) for rule in known.values())
        for rule in known.values():
            mends = "  mends" if rule.fixes else ""
            off = "" if rule.default else "  off by default"
            click.echo(f"{rule.id}  {rule.name:{width}}  {rule.severity:7}{mends}{off}")
        return
    wanted = explain.strip()
    asked = [one for one in known.values() if wanted.lower() in {one.id.lower(), one.name}]
    if not asked:
        names = [*known, *(one.name for one in known.values())]
        raise click.UsageError(f"there is no rule {wanted}. {_near(wanted, names)}")
    click.echo(drafts.explained(asked[0]))


def _near(wanted: str, known: Sequence[str]) -> str:
    from difflib import get_close_matches  # noqa: PLC0415 - only for a slip

    near = get_close_matches(wanted.upper(), known, n=1) or get_close_matches(
        wanted.lower(), known, n=1
    )
    return f"Did you mean {near[0]}?" if near else "See: unsolved lint --rules"


def _choices(bench: Workbench, asked: dict[str, Any]) -> "Choices":
    """Return what was chosen in files and on the command line."""
    from unsolved.conversations import drafts  # noqa: PLC0415

    try:
        written, where = _written(bench, asked["config"])
        chosen = drafts.choices(written, drafts.rules(), where)
        chosen = chosen.but(select=_named(asked["select"]), ignore=_named(asked["ignore"]))
        drafts.check_names(chosen, drafts.rules(), "command line")
    except Invalid as error:
        raise click.UsageError(str(error)) from error
    return chosen


def _named(told_by: Sequence[str]) -> tuple[str, ...]:
    return tuple(name.strip() for told in told_by for name in told.split(",") if name.strip())


def _written(bench: Workbench, config: Path | None) -> tuple[dict[str, Any], str]:
    """Return what stands in the nearest file of settings, and which file that is."""
    if config is not None:
        return _section(config), str(config)
    if bench.settings.drafts:
        return bench.settings.drafts, "unsolved.toml"
    here = Path.cwd()
    for folder in (here, *here.parents):
        path = folder / "pyproject.toml"
        if path.is_file():
            return _section(path), str(path)
    return {}, "unsolved.toml"


def _section(path: Path) -> dict[str, Any]:
    import tomllib  # noqa: PLC0415

    try:
        whole = tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Invalid(where=str(path), why=str(error), mend="write it as TOML") from error
    tool = whole.get("tool", {})
    own = tool.get("unsolved", {}) if isinstance(tool, dict) else {}
    found = own.get("drafts") if isinstance(own, dict) else None
    found = whole.get("drafts", {}) if found is None else found
    if not isinstance(found, dict):
        raise Invalid(where=str(path), setting="drafts", mend="write [drafts] above its lines")
    return found


def _reader(bench: Workbench, name: str | None) -> "Reader":
    """Return the organisation a mail is for, with its quotes."""
    from unsolved.conversations import drafts  # noqa: PLC0415

    if name is None:
        return drafts.NOBODY
    from unsolved import evidence, sources  # noqa: PLC0415 - SQLAlchemy
    from unsolved.db import transaction  # noqa: PLC0415 - SQLAlchemy

    with transaction(bench.sessions) as tx:
        found = sources.called(tx, name)
        if found is None:
            raise NotFound(organisation=name, near=sources.names_like(tx, name))
        pieces = evidence.of_organisation(tx, found.id)
    return drafts.reader(found.name, found.names, pieces)


def _is_stdin(paths: Sequence[Path]) -> bool:
    return any(str(path) == "-" for path in paths)


Read = tuple[list["File"], list[Unreadable]]


def _files(paths: Sequence[Path], sequences: bool | None) -> Iterator[Read]:
    """Yield the files that are checked together, and why some could not be read."""
    from unsolved.conversations import drafts  # noqa: PLC0415

    if _is_stdin(paths):
        yield _read([("-", sys.stdin.buffer.read())])
    given = [path for path in paths if str(path) != "-"]
    for batch in drafts.batches(given, sequences=sequences):
        yield _read([(str(path), path.read_bytes()) for path in batch.paths])


def _read(data: Sequence[tuple[str, bytes]]) -> Read:
    from unsolved.conversations import drafts  # noqa: PLC0415

    files: list[File] = []
    errors: list[Unreadable] = []
    for name, content in data:
        try:
            files.append(drafts.read(name, content))
        except Unreadable as error:
            errors.append(error)
    return files, errors


def _one_after_another(files: Sequence["File"]) -> list[Any]:
    """Return the drafts of files as one sequence."""
    every = [draft for file in files for draft in file.drafts]
    if len(files) == 1:
        return every
    return [replace(draft, order=order) for order, draft in enumerate(every)]


def _mended(
    files: Sequence["File"], chosen: "Choices", reader: "Reader", *, diffs: bool
) -> tuple[list["File"], bool]:
    """Mend files, or show how they would be; return them mended, and whether any changed."""
    from unsolved.conversations import drafts  # noqa: PLC0415

    mended: list[File] = []
    changed = False
    for file in files:
        after, count = drafts.fix(file, chosen, reader)
        changed = changed or count > 0
        mended.append(after)
        if diffs:
            click.echo(drafts.diff(file, after), nl=False)
        elif file.name == "-":
            click.echo(after.source, nl=False)
        elif count:
            _write(Path(file.name), file.source, after.source)
    return mended, changed


def _write(path: Path, before: str, after: str) -> None:
    """Write a mended text with the line ends and the mark at its beginning that it had."""
    data = path.read_bytes()
    mark = b"\xef\xbb\xbf" if data.startswith(b"\xef\xbb\xbf") else b""
    ends = "\r\n" if b"\r\n" in data else "\n"
    for charset in ("utf-8", "cp1252"):
        try:
            if mark + before.replace("\n", ends).encode(charset) == data:
                path.write_bytes(mark + after.replace("\n", ends).encode(charset))
                return
        except UnicodeEncodeError:
            continue
    told.print(f"{path}: not mended: it holds characters that writing it would change")
