"""Paths become batches: a file alone, or files numbered from one on that are a sequence."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from unsolved.conversations.drafts.reading.files import SUFFIXES

MOST = 12
_NUMBERED = re.compile(r"(?:\D{0,12}[-_ ])?(\d{1,2})(?!\d)")


@dataclass(frozen=True, slots=True)
class Batch:
    """Files that are checked together: one, or the mails of a sequence in their order."""

    paths: tuple[Path, ...]
    is_sequence: bool = False


def batches(paths: Sequence[Path], *, sequences: bool | None = None) -> Iterator[Batch]:
    """Yield the files of paths, folders with all that is in them.

    Files of one folder that are numbered 1, 2, 3 and so on, and no others beside them, are a
    sequence; ``sequences`` says so of any, or of none.
    """
    files = [file for path in paths for file in _files(path)]
    for _, group in groupby(files, key=lambda file: file.parent):
        beside = list(dict.fromkeys(group))
        if sequences is None:
            is_sequence = _is_sequence(beside)
        else:
            is_sequence = sequences and len(beside) > 1
        if is_sequence:
            yield Batch(tuple(sorted(beside, key=_order)), is_sequence=True)
        else:
            yield from (Batch((file,)) for file in beside)


def _files(path: Path) -> Iterator[Path]:
    if not path.is_dir():
        yield path
        return
    for file in sorted(path.rglob("*")):
        hidden = any(part.startswith(".") for part in file.relative_to(path).parts)
        if file.suffix.lower() in SUFFIXES and not hidden and file.is_file():
            yield file


def _order(file: Path) -> tuple[int, str]:
    found = _NUMBERED.match(file.stem)
    return (int(found[1]) if found else MOST, file.name)


def _is_sequence(files: Sequence[Path]) -> bool:
    if not 1 < len(files) <= MOST:
        return False
    numbers = [_NUMBERED.match(file.stem) for file in files]
    told = sorted(int(found[1]) for found in numbers if found)
    return (
        len(told) == len(files)
        and told == list(range(told[0], told[0] + len(told)))
        and told[0] <= 1
    )
