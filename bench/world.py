"""A world to measure in: a database that goes away, documents in it, all read and assessed."""

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import unsolved
from unsolved import evidence, jobs, prospects, sources
from unsolved.db import Sessions, connect, engine_of, transaction
from unsolved.db.migrate import upgrade
from unsolved.prospects import Prospect, Standing, Wanted
from unsolved.sources.connectors.folder import Folder
from unsolved.sources.connectors.organisations_csv import OrganisationsCsv

ROOT = Path(__file__).resolve().parent.parent
CASEBOOK = Path(unsolved.__file__).parent / "casebook"
MOST = 1_000_000

TRUE_STANDING = {
    Standing.UNSEEN: 0,
    Standing.UNAWARE: 1,
    Standing.HAS_IT: 1,
    Standing.FIXING: 2,
    Standing.TRIED_AND_FAILED: 3,
    Standing.IN_DENIAL: 3,
    Standing.RESOLVED: 4,
}
"""Our standings in the numbers of the truth files; these know no denial and no unawareness."""

Find = sources.Draft | sources.OrganisationDraft | sources.Refusal


class Shelf:
    """A connector whose finds are made by the bench."""

    def __init__(self, name: str, finds: Iterable[Find]) -> None:
        self.name = name
        self._finds = finds

    def fetch(self) -> Iterator[Find]:
        """Yield the finds."""
        yield from self._finds


def shared(*parts: str) -> Path:
    """Return a path in the shared folder, or say that it is not here and leave."""
    home = Path(os.environ.get("UNSOLVED_SHARED", ROOT.parent / "shared"))
    path = home.joinpath(*parts)
    if not path.exists():
        print(
            f"nothing measured: {Path(*parts)} is not in the shared folder; it lies beside the "
            "repository, as ../shared, or where UNSOLVED_SHARED says"
        )
        sys.exit(0)
    return path


@contextmanager
def database() -> Iterator[Sessions]:
    """Open a new SQLite database that is gone afterwards."""
    with TemporaryDirectory() as folder:
        sessions = fresh(Path(folder) / "bench.sqlite")
        yield sessions
        engine_of(sessions).dispose()


def fresh(path: Path) -> Sessions:
    """Open the database in a file, made when it is not there."""
    sessions = connect(f"sqlite:///{path}")
    upgrade(engine_of(sessions))
    return sessions


def bring_casebook(sessions: Sessions) -> None:
    """Add the documents and organisations of the casebook."""
    bring(sessions, OrganisationsCsv(CASEBOOK / "organisations.csv"))
    bring(sessions, Folder(CASEBOOK / "documents", today=today()))


def bring(sessions: Sessions, connector: sources.Connector) -> sources.Added:
    """Add what a connector has, and tell what it could not read."""
    added = sources.add(sessions, connector, now=datetime.now(UTC))
    for refusal in added.refusals:
        print(f"  not read: {refusal}")
    return added


def catch_up(sessions: Sessions, method: evidence.Method) -> tuple[int, int]:
    """Read and assess; return the documents and sentences read."""
    done = (0, 0)
    for step in jobs.catch_up(sessions, method, today=today()):
        if isinstance(step, jobs.Reading):
            done = (step.documents, step.sentences)
    return done


def ranking(sessions: Sessions, problem_id: str) -> list[Prospect]:
    """Return every organisation by its score, the eliminated ones included."""
    wanted = Wanted(problem_id=problem_id, with_eliminated=True)
    with transaction(sessions) as tx:
        return prospects.ranked(tx, wanted, MOST)


def texts(sessions: Sessions) -> dict[str, str]:
    """Return all that current documents say, by organisation."""
    with transaction(sessions) as tx:
        return {
            known.name: "\n".join(d.text for d in sources.documents_of(tx, known.id))
            for known in sources.organisations(tx)
        }


def today() -> date:
    """Return the date here."""
    return datetime.now(UTC).astimezone().date()
