"""Commands that bring things in: ``init`` and ``add``."""

import re
import sys
from pathlib import Path

import click

from unsolved import sources
from unsolved.cli.workbench import PARTLY, Workbench, out, told
from unsolved.db import connect, engine_of, transaction
from unsolved.sources import kinds
from unsolved.sources.connector import Visit
from unsolved.sources.connectors.organisations_csv import COLUMNS
from unsolved.sources.reach import Reach

CONFIG = Path("unsolved.toml")

MOST_TOLD = 200
"""Refusals told on the terminal; all of them are kept."""

BY_ENDING = {
    ".mbox": "mail",
    ".eml": "mail",
    ".ics": "calendar",
    ".vtt": "transcripts",
    ".srt": "transcripts",
    ".xlsx": "crm-file",
}

TEMPLATE = """\
# Settings of unsolved. What stands here can also be given as UNSOLVED_... in the environment.

# database_url = "sqlite:///unsolved.sqlite"   # postgresql+psycopg://user@host/name for a team
# problems = "problems"                        # a folder of problem files; else those we ship
# reader = "model"                             # or "cues": rules only; or "llm", see below
# host = "127.0.0.1"
# port = 8765
# largest_document_mb = 50
# allowed_hosts = ["imap.corp.example:993"]     # in your own network, that a source may be at

# The reader llm asks a language model about what the model is unsure of, once you agree.
# llm_url = "http://localhost:11434/v1"        # whatever speaks as OpenAI's chat completions
# llm_model = "qwen3:8b"
# llm_budget = 1.0                             # with llm_price_in and llm_price_out
"""


@click.command()
@click.pass_obj
def init(bench: Workbench) -> None:
    """Make the database, or bring it up to date, and a file of settings to edit."""
    from unsolved.db.migrate import upgrade  # noqa: PLC0415 - Alembic, which adding never needs

    upgrade(engine_of(connect(bench.settings.database_url)))
    if not CONFIG.exists():
        CONFIG.write_text(TEMPLATE, "utf-8")
        out.print(f"wrote {CONFIG}")
    out.print(f"the database is ready: {bench.settings.database_url}")
    out.print("next: unsolved add FOLDER, then unsolved read")


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--organisation", help="Whom the documents are about, when they do not say.")
@click.option(
    "--kind",
    type=click.Choice([kind.value for kind in sources.Kind]),
    help="What sort of documents they are, when they do not say.",
)
@click.pass_obj
def add(
    bench: Workbench, paths: tuple[Path, ...], organisation: str | None, kind: str | None
) -> None:
    """Add documents from folders or files, and organisations from CSV files.

    Markdown with front matter, txt, HTML, PDF, DOCX, JSONL (a document a line). Adding again
    changes nothing; a changed file becomes a new version. Exits with 3 when some could not
    be read; the rest is kept.
    """
    refused = sum([_add(bench, path, organisation, kind) for path in paths])
    if refused:
        sys.exit(PARTLY)


def _add(bench: Workbench, path: Path, organisation: str | None, kind: str | None) -> int:
    name = path.resolve().as_posix()
    settings = {"path": name, "organisation": organisation or "", "kind": kind or ""}
    of = _kind_of(path)
    known = {setting.name for setting in kinds.kind(of).settings}
    settings = {field: text for field, text in settings.items() if text and field in known}
    connector = kinds.connector(
        of,
        Visit(
            name=name,
            settings=settings,
            now=bench.now.astimezone(),
            reach=Reach(),
            largest_mb=bench.settings.largest_document_mb,
        ),
    )
    with transaction(bench.sessions) as tx:
        sources.remember(tx, name, of, settings)
    with told.status(f"adding {path}") as status:
        added = sources.add(
            bench.sessions,
            connector,
            now=bench.now,
            progress=lambda done: status.update(f"adding {path}: {done} so far"),
        )
    _tell(path, added)
    return added.refused


def _kind_of(path: Path) -> str:
    """Return the kind of source that a file is by its ending; a folder is one of documents."""
    suffix = path.suffix.lower()
    if suffix == ".csv" and path.is_file():
        with path.open("rb") as file:
            head = file.readline(10_000).decode("utf-8-sig", "replace").casefold()
        ours = {cell.strip(' "\r\n') for cell in re.split("[,;\t]", head)} <= set(COLUMNS)
        return "organisations-csv" if ours else "crm-file"
    return BY_ENDING.get(suffix, "folder")


def _tell(path: Path, added: sources.Added) -> None:
    parts = [f"{added.new} new", f"{added.changed} changed", f"{added.unchanged} as before"]
    if added.organisations:
        parts.append(f"{added.organisations} organisations")
    if added.records.read:
        records = added.records
        parts.append(f"records {records.new} new, {records.changed} changed")
    if added.refused:
        parts.append(f"{added.refused} could not be read")
    out.print(f"{path}: {', '.join(parts)}")
    for refusal in added.refusals[:MOST_TOLD]:
        told.print(f"  {refusal}")
    if added.refused > MOST_TOLD:
        told.print(f"  … all of them: unsolved source refusals {path.resolve().as_posix()!r}")
