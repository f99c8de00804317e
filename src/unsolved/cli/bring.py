"""Commands that bring things in: ``init`` and ``add``."""

import sys
from pathlib import Path

import click

from unsolved import sources
from unsolved.cli.workbench import PARTLY, Workbench, out, told
from unsolved.db import connect, engine_of
from unsolved.sources.connectors.folder import Folder
from unsolved.sources.connectors.organisations_csv import OrganisationsCsv

CONFIG = Path("unsolved.toml")

TEMPLATE = """\
# Settings of unsolved. What stands here can also be given as UNSOLVED_... in the environment.

# database_url = "sqlite:///unsolved.sqlite"   # postgresql+psycopg://user@host/name for a team
# problems = "problems"                        # a folder of problem files; else those we ship
# reader = "model"                             # or "cues": rules only; or "llm", see below
# host = "127.0.0.1"
# port = 8765
# largest_document_mb = 50

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
    connector: sources.Connector
    if path.suffix.lower() == ".csv":
        connector = OrganisationsCsv(path)
    else:
        connector = Folder(
            path,
            today=bench.today,
            largest_mb=bench.settings.largest_document_mb,
            organisation=organisation,
            kind=sources.Kind(kind) if kind else None,
        )
    with told.status(f"adding {path}") as status:
        added = sources.add(
            bench.sessions,
            connector,
            now=bench.now,
            progress=lambda done: status.update(f"adding {path}: {done} so far"),
        )
    _tell(path, added)
    return len(added.refusals)


def _tell(path: Path, added: sources.Added) -> None:
    parts = [f"{added.new} new", f"{added.changed} changed", f"{added.unchanged} as before"]
    if added.organisations:
        parts.append(f"{added.organisations} organisations")
    if added.refusals:
        parts.append(f"{len(added.refusals)} could not be read")
    out.print(f"{path}: {', '.join(parts)}")
    for refusal in added.refusals:
        told.print(f"  {refusal}")
