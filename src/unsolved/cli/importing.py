"""The command that imports tables out of a CRM: ``import``."""

import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from unsolved import sources
from unsolved.cli.keeping_up import keep_up
from unsolved.cli.source_words import write_refusals
from unsolved.cli.workbench import PARTLY, Workbench, out, told
from unsolved.db import transaction
from unsolved.jobs.importing import import_tables, looked_at
from unsolved.sources.crm import LAYOUTS, Object, Preview, Told

SHOWN = 20


@click.command("import")
@click.argument("path", type=click.Path(exists=True, path_type=Path))
@click.option("--layout", type=click.Choice(list(LAYOUTS)), help="Whose table it is.")
@click.option(
    "--object", "thing", type=click.Choice([o.value for o in Object]), help="What its rows are."
)
@click.option(
    "--map", "pairs", multiple=True, metavar="COLUMN=FIELD", help="What a column means; - none."
)
@click.option(
    "--dates", type=click.Choice(["day-first", "month-first"]), help="How 3/4/2026 is meant."
)
@click.option("--numbers", type=click.Choice(["point", "comma"]), help="The sign of decimals.")
@click.option("--encoding", help="As utf-8 or cp1252, where it is guessed wrongly.")
@click.option("--timezone", help="Where moments without a zone are meant, as Europe/Berlin.")
@click.option("--name", help="What to call the source; the file's address unless said.")
@click.option("--preview", "only_show", is_flag=True, help="Show what it was taken for; stop.")
@click.option("--dry-run", is_flag=True, help="Go through all rows, and keep nothing.")
@click.option(
    "--bad-rows",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Where rows that cannot be read are told; FILE.bad-rows.csv unless said.",
)
@click.option("--yes", is_flag=True, help="Import without asking.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@click.pass_obj
def import_(  # noqa: PLR0913 (an option each)
    bench: Workbench,
    /,
    path: Path,
    *,
    pairs: tuple[str, ...],
    thing: str | None,
    name: str | None,
    only_show: bool,
    dry_run: bool,
    bad_rows: Path | None,
    yes: bool,
    as_json: bool,
    **fixed: str | None,
) -> None:
    """Import tables out of a CRM, CSV or XLSX; a file, or a folder with a whole export.

    What each column was taken for is shown first, and remembered for tables that look the
    same. Rows that cannot be read are told with line, field and reason; then the exit code is
    3. An import is undone whole with `unsolved source undo NUMBER`.
    """
    settings = {field: text or "" for field, text in fixed.items()}
    settings |= {"object": thing or "", "mapping": "\n".join(pairs)}
    previews = looked_at(bench.sessions, path, Told.of(settings))
    if as_json and only_show:
        out.print(json.dumps([_facts(one) for one in previews], ensure_ascii=False))
        return
    if not as_json:
        for one in previews:
            _show(one)
    if only_show:
        return
    if not any(one.mapping for one in previews):
        raise click.ClickException("none of the tables is known; say --object and --map")
    if not (yes or dry_run or as_json) and sys.stdin.isatty():
        click.confirm("Import like this?", abort=True, err=True)
    with told.status(f"importing {path}") as status:
        added = import_tables(
            bench.sessions,
            path,
            settings,
            previews,
            clock=lambda: bench.now,
            name=name or "",
            dry=dry_run,
            progress=lambda done: status.update(f"importing {path}: {done:,} rows so far"),
        )
    called = name or path.resolve().as_posix()
    written = None if dry_run else _write_bad(bench, called, path, bad_rows, added)
    if as_json:
        out.print(json.dumps({"import": added.visit, "dry": dry_run, **_counts(added)}))
    else:
        _tell(added, written, called, dry=dry_run)
    if not dry_run and (added.records.new or added.records.changed):
        keep_up(bench)
    if added.refused:
        sys.exit(PARTLY)


def _write_bad(
    bench: Workbench, called: str, path: Path, bad_rows: Path | None, added: sources.Added
) -> Path | None:
    """Write what could not be read into a file, if anything."""
    if not added.refused:
        return None
    file = bad_rows or Path(f"{path.stem}.bad-rows.csv")
    with transaction(bench.sessions) as tx, file.open("w", encoding="utf-8", newline="") as to:
        source = sources.source_called(tx, called)
        assert source is not None
        write_refusals(sources.refusals(tx, source), to)
    return file


def _show(one: Preview) -> None:
    if one.object is None:
        out.print(f"{one.place}: left out; {one.why}")
        return
    out.print(
        f"{one.place}: {one.object}, as {one.layout} writes them"
        f" ({one.confidence:.0%} sure: {one.why}); {one.encoding}, {one.looked_at} rows seen"
    )
    for column in one.columns:
        if column.field:
            manner = f"; {column.manner}" if column.manner else ""
            shown = ", ".join(column.examples)[:60]
            out.print(f"    {column.name} = {column.field}  ({column.why}{manner})  {shown}")
    unused = [column.name for column in one.columns if not column.field]
    if unused:
        out.print(f"    kept as received, without a meaning: {', '.join(unused)}")
    for refusal in one.problems[:SHOWN]:
        told.print(f"    {refusal}")


def _tell(added: sources.Added, written: Path | None, called: str, *, dry: bool) -> None:
    records = added.records
    would = "would come" if dry else "came"
    out.print(
        f"{records.new:,} records {would} new, {records.changed:,} changed,"
        f" {records.unchanged:,} as before; {added.new:,} documents"
    )
    for refusal in added.refusals[:SHOWN]:
        told.print(f"  {refusal}")
    if added.refused:
        told.print(f"{added.refused:,} could not be read" + (f": {written}" if written else ""))
    if dry:
        out.print("nothing was kept")
    elif records.new or records.changed:
        out.print(f"to undo it whole: unsolved source undo {added.visit}")
    else:
        out.print(f"nothing has changed in {called}")


def _counts(added: sources.Added) -> Mapping[str, object]:
    records = added.records
    return {
        "records": {
            "new": records.new,
            "changed": records.changed,
            "unchanged": records.unchanged,
        },
        "documents": added.new,
        "gone": added.gone,
        "refused": added.refused,
    }


def _facts(one: Preview) -> Mapping[str, object]:
    columns: Sequence[Mapping[str, object]] = [
        {
            "name": column.name,
            "field": column.field,
            "why": column.why,
            "manner": column.manner,
            "examples": list(column.examples),
        }
        for column in one.columns
    ]
    return {
        "place": one.place,
        "object": one.object,
        "layout": one.layout,
        "confidence": round(one.confidence, 3),
        "why": one.why,
        "encoding": one.encoding,
        "delimiter": one.delimiter,
        "columns": columns,
        "rows": [dict(row) for row in one.rows],
        "problems": [str(refusal) for refusal in one.problems],
        "mapping": json.loads(one.mapping.to_json()) if one.mapping else None,
    }
