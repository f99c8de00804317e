"""Does every quote stand in its document, at its place? ``python -m bench.offsets``.

Over the casebook and over raw filings and PDFs of the shared folder; leaves with 1 if not.
"""

import argparse
import sys
from pathlib import Path

from sqlalchemy import text

from bench.tables import Cell, show
from bench.world import bring, bring_casebook, catch_up, database, shared, today
from unsolved import evidence, problems
from unsolved.db import Sessions, transaction
from unsolved.sources import Kind
from unsolved.sources.connectors.folder import Folder

FILES = {"8-K": Kind.FILING, "10-K": Kind.FILING, "pdf": Kind.FILING}
ROWS = text(
    "select e.quote, e.start, e.end, d.text from evidence e "
    "join documents d on d.id = e.document_id"
)


def main() -> None:
    """Read everything and compare every quote with its document."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--reader", default="model", help="model or cues")
    method = evidence.method(asked.parse_args().reader, problems.load())
    rows: list[list[Cell]] = []
    with database() as sessions:
        bring_casebook(sessions)
        rows.append(_row("casebook", sessions, method))
    files = shared("data", "files")
    for name, kind in FILES.items():
        with database() as sessions:
            _bring(sessions, files / name, kind)
            rows.append(_row(name, sessions, method))
    head = ["documents in", "read", "sentences", "quotes checked", "mismatches"]
    show("Quotes against their documents", head, rows)
    if any(row[-1] for row in rows):
        sys.exit(1)


def _bring(sessions: Sessions, folder: Path, kind: Kind) -> None:
    bring(sessions, Folder(folder, today=today(), organisation="The filer", kind=kind))


def _row(name: str, sessions: Sessions, method: evidence.Method) -> list[Cell]:
    documents, sentences = catch_up(sessions, method)
    with transaction(sessions) as tx:
        found = tx.execute(ROWS).all()
    wrong = sum(row.text[row.start : row.end] != row.quote for row in found)
    return [name, documents, sentences, len(found), wrong]


if __name__ == "__main__":
    main()
