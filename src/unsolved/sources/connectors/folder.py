"""A folder of documents on this machine: Markdown, text, HTML, PDF, Word and JSON lines.

The organisation of a document is what it says itself, else the name of the sub-folder it
lies in, else the one given for all of them. A line of a ``.jsonl`` file is one document with
``text`` or ``lines``, ``id`` or ``doc_id``, and the names that `told` lists.
"""

import json
import os
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import KW_ONLY, dataclass
from datetime import date
from hashlib import blake2b
from pathlib import Path
from typing import BinaryIO

from unsolved.errors import Invalid, SourceRefused, Unreadable
from unsolved.sources.connector import Visit
from unsolved.sources.model import Draft, Kind, Refusal
from unsolved.sources.parsing import SUFFIXES, Parsed, clean, parse
from unsolved.sources.told import (
    Facts,
    Place,
    kind_named,
    kind_of,
    organisation_of,
    published_of,
    text_of,
    texts_of,
)

MEGABYTE = 1_000_000
_NUMBERED = re.compile(r"[\d._\s-]+")  # a sub-folder called 2021 or 03-2021 is no organisation


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder, or a single file; ``organisation`` and ``kind`` hold where nothing is said."""

    path: Path
    largest_mb: int = 50
    _: KW_ONLY
    today: date
    organisation: str | None = None
    kind: Kind | None = None
    called: str | None = None

    @property
    def name(self) -> str:
        """The address of the folder, unless it is called something else."""
        return self.called or self.path.resolve().as_posix()

    def fetch(self) -> Iterator[Draft | Refusal]:
        """Yield the documents by the names of their files."""
        if not self.path.exists():
            raise SourceRefused(path=str(self.path), why="there is no such file or folder")
        for key, path in _files(self.path):
            try:
                yield from self._read(key, path)
            except Unreadable as error:
                yield _refusal(error)
            except OSError as error:
                why = f"it cannot be opened ({error.strerror or error})"
                yield Refusal(key, why, "Check that it is still there and may be read")

    def _read(self, key: str, path: Path) -> Iterator[Draft | Refusal]:
        suffix = path.suffix.lower()
        if suffix not in SUFFIXES:
            mend = f"Save it as one of {', '.join(SUFFIXES)}"
            raise Unreadable(
                where=key, why=f"files ending in {suffix!r} are not read", mend=mend
            )
        if suffix == ".jsonl":
            with path.open("rb") as file:
                yield from self._lines(key, file)
            return
        size = path.stat().st_size
        if size > self.largest_mb * MEGABYTE:
            raise self._too_large(Place(key), size)
        data = path.read_bytes()
        yield self._draft(key, data, parse(data, where=key), Place(key))

    def _lines(self, key: str, file: BinaryIO) -> Iterator[Draft | Refusal]:
        """Yield a document a line, and go on after one that cannot be read."""
        met: Counter[bytes] = Counter()
        empty = True
        for number, line in _bounded(file, self.largest_mb * MEGABYTE):
            place = Place(key, number)
            empty = False
            try:
                if line is None:
                    raise self._too_large(place, None)
                facts = _facts(line, place)
                told = text_of(facts, "id", "doc_id")
                parsed = Parsed(_written(facts, place), "application/json", facts)
                yield self._draft(_once(f"{key}#{told or number}", met), line, parsed, place)
            except Unreadable as error:
                yield _refusal(error)
        if empty:
            mend = "Write something in it, or take it away"
            raise Unreadable(where=key, why="there is no text in it", mend=mend)

    def _draft(self, key: str, original: bytes, parsed: Parsed, place: Place) -> Draft:
        facts = parsed.facts
        return Draft(
            key=key,
            organisation=organisation_of(facts, _subfolder(key) or self.organisation, place),
            text=parsed.text,
            title=_title(facts, key),
            kind=kind_of(facts, self.kind, place),
            published_on=published_of(facts, self.today, place),
            original=original,
            media_type=parsed.media_type,
            origins=texts_of(facts, "sources") or texts_of(facts, "url"),
        )

    def _too_large(self, place: Place, size: int | None) -> Unreadable:
        told = f"{size / MEGABYTE:,.1f} MB" if size else f"more than {self.largest_mb} MB"
        mend = (
            f"Split it, or set UNSOLVED_LARGEST_DOCUMENT_MB higher; now it is {self.largest_mb}"
        )
        return place.unreadable(f"it is too large ({told})", mend)


def _files(root: Path) -> Iterator[tuple[str, Path]]:
    """Yield keys and paths, sorted; nothing hidden, and nothing that leads outside."""
    if root.is_file():
        yield root.name, root
        return
    home = root.resolve()
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(folder, name)
            if name.startswith(".") or not path.is_file():
                continue
            if path.is_symlink() and not path.resolve().is_relative_to(home):
                continue
            yield path.relative_to(root).as_posix(), path


def _bounded(file: BinaryIO, largest: int) -> Iterator[tuple[int, bytes | None]]:
    """Yield numbered lines that are not blank; None for one too long to be held."""
    number = 0
    while line := file.readline(largest + 1):
        number += 1
        if len(line) > largest and not line.endswith(b"\n"):
            while (rest := file.readline(MEGABYTE)) and not rest.endswith(b"\n"):
                pass
            yield number, None
        elif line.strip():
            yield number, line.rstrip(b"\r\n")


def _facts(line: bytes, place: Place) -> Facts:
    try:
        facts = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        why = f"byte {error.start} of the line is not UTF-8"
        raise place.unreadable(why, "Save it as UTF-8") from error
    except (ValueError, RecursionError) as error:
        mend = "Write one JSON object a line"
        raise place.unreadable(f"it is not JSON ({error})", mend) from error
    if not isinstance(facts, dict):
        raise place.unreadable("it is no JSON object", "Write one JSON object a line")
    return facts


def _written(facts: Facts, place: Place) -> str:
    """Return the text of a row: ``text``, or ``lines`` joined."""
    text, lines = facts.get("text"), facts.get("lines")
    if text is None and isinstance(lines, list) and all(isinstance(x, str) for x in lines):
        text = "\n".join(lines)
    if not isinstance(text, str) or not text.strip():
        raise place.unreadable("there is no text in it", "Give it `text`, or `lines`")
    return clean(text)


def _once(key: str, met: Counter[bytes]) -> str:
    """Return a key that no earlier line of the file has had."""
    mark = blake2b(key.encode("utf-8", "replace"), digest_size=8).digest()
    met[mark] += 1
    return key if met[mark] == 1 else f"{key}#{met[mark]}"


def _subfolder(key: str) -> str | None:
    folders = key.partition("#")[0].split("/")[:-1]
    return next((name for name in reversed(folders) if not _NUMBERED.fullmatch(name)), None)


def _title(facts: Facts, key: str) -> str:
    if title := text_of(facts, "title"):
        return title
    file, _, row = key.rpartition("/")[2].partition("#")
    parts = [text_of(facts, name) for name in ("form", "section", "period")]
    stem = re.sub(r"[_\s]+", " ", Path(file).stem)
    return " ".join(part for part in parts if part) or row or stem


def _refusal(error: Unreadable) -> Refusal:
    return Refusal(error.where, error.why, error.mend, error.line)


def connector(visit: Visit) -> Folder:
    """Return who reads the folder that a source names.

    Raises:
        Invalid: the kind is none.
    """
    told = visit.text("kind")
    kind = kind_named(told) if told else None
    if told and kind is None:
        raise Invalid(field="kind", got=told, mend=f"write one of {', '.join(Kind)}")
    return Folder(
        Path(visit.text("path")),
        visit.largest_mb,
        today=visit.today,
        organisation=visit.text("organisation") or None,
        kind=kind,
        called=visit.name,
    )
