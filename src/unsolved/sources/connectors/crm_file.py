"""Tables out of a CRM, CSV or XLSX: one file, or a folder that holds a whole export."""

import os
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from unsolved.errors import SourceRefused
from unsolved.sources.connector import Visit
from unsolved.sources.crm.known import Known
from unsolved.sources.crm.learning import learn
from unsolved.sources.crm.mapping import Told
from unsolved.sources.crm.naming import plain
from unsolved.sources.crm.planning import Table, in_order, read_table, refusal_of, tables_in
from unsolved.sources.crm.rows import Made
from unsolved.sources.model import Draft, Refusal
from unsolved.sources.records import RecordDraft

SUFFIXES = (".csv", ".tsv", ".tab", ".txt", ".xlsx", ".xlsm")


@dataclass(frozen=True, slots=True, kw_only=True)
class CrmFile:
    """A table, or a folder of them; what a person did not tell is guessed.

    Organisations are told first, then people, deals, stages and activities, so that what a row
    points to has come before it. Reading takes two passes: one to see how the columns write
    dates and numbers and which keys come again, one to tell the rows.
    """

    path: Path
    told: Told
    today: date
    called: str | None = None

    @property
    def name(self) -> str:
        """The address of the file or folder, unless it is called something else."""
        return self.called or self.path.resolve().as_posix()

    def fetch(self) -> Iterator[Made]:
        """Yield a record a row, and what could not be read.

        Raises:
            SourceRefused: there is no such file or folder.
        """
        if not self.path.exists():
            raise SourceRefused(path=str(self.path), why="there is no such file or folder")
        tables: list[Table] = []
        heads: set[str] = set()
        for place, path in _files(self.path):
            if path.suffix.lower() not in SUFFIXES and self.path.is_dir():
                why = f"files ending in {path.suffix!r} are not read"
                yield Refusal(place, why, f"Save it as one of {', '.join(SUFFIXES)}")
                continue
            for found in tables_in(path, place, self.told):
                if isinstance(found, Refusal):
                    yield found
                    continue
                heads.update(map(plain, found.sheet.head))
                if refusal := refusal_of(found):
                    yield refusal
                else:
                    tables.append(found)
        yield from self._unknown_columns(heads)
        yield from _read(tables, self.today)

    def _unknown_columns(self, heads: Collection[str]) -> Iterator[Refusal]:
        """Tell which columns a person named that no table has."""
        for column in self.told.columns:
            if heads and plain(column) not in heads:
                mend = "Write it as it stands in the head of the table"
                yield Refusal(self.path.name, "no table has such a column", mend, None, column)


def _read(tables: Sequence[Table], today: date) -> Iterator[Made]:
    known = Known()
    for table in tables:
        if table.mapping is None:
            yield from learn(table, known)
    ours = in_order(tables)
    if not ours:
        for table in tables:
            mend = "Give the table whose rows it is about, in the same folder"
            yield Refusal(table.sheet.place, f"{table.guess.why}, and those are not here", mend)
    things = [table.mapping.object for table in ours if table.mapping]
    met: set[int] = set()
    for table, thing in zip(ours, things, strict=True):
        found = read_table(table, known, today)
        yield from _once(found, met, table.sheet.place) if things.count(thing) > 1 else found


def _once(found: Iterator[Made], met: set[int], place: str) -> Iterator[Made]:
    """Yield what another table of the same sort has not told under the same key."""
    refused = None
    for each in found:
        if isinstance(each, RecordDraft):
            mark = hash((each.kind, each.key))
            refused = each.key if mark in met else None
            met.add(mark)
            if refused:
                why = (
                    f"another table has told a row with the key {each.key!r}; that one is kept"
                )
                yield Refusal(place, why, "Read the tables as sources of their own")
                continue
        elif isinstance(each, Draft) and each.key == refused:
            continue
        yield each


def _files(root: Path) -> Iterator[tuple[str, Path]]:
    """Yield places and paths, sorted; nothing hidden, and nothing that leads outside."""
    if root.is_file():
        yield root.name, root
        return
    home = root.resolve()
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(folder, name)
            if name.startswith((".", "~$")) or not path.is_file():
                continue
            if path.is_symlink() and not path.resolve().is_relative_to(home):
                continue
            yield path.relative_to(root).as_posix(), path


def connector(visit: Visit) -> CrmFile:
    """Return who reads the tables that a source names.

    Raises:
        Invalid: a setting is none of what it may be.
    """
    return CrmFile(
        path=Path(visit.text("path")),
        told=Told.of(visit.settings),
        today=visit.today,
        called=visit.name,
    )
