"""The lines of a text file in its encoding, without what no database takes."""

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from unsolved.sources.sheets.delimited import LONGEST_ROW, Damage

BUFFER = 1 << 18
_CONTROLS = bytes({*range(32), 0x7F} - {0x09, 0x0A, 0x0B, 0x0C, 0x0D})
_TO_SPACE = bytes.maketrans(b"\x0b\x0c", b"  ")
_NOT_BY_BYTE = ("utf-16", "utf-32", "iso2022", "hz", "utf_7", "utf-7")
_ESCAPED = re.compile("[\udc80-\udcff]")  # what a byte becomes that is not in the encoding
_REPLACED = re.compile("\ufffd")


class _Clean(io.RawIOBase):
    """A file without control characters, NUL above all, and with no line that never ends."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._since_end = 0

    def readable(self) -> bool:
        return True

    def readinto(self, into: memoryview) -> int:  # type: ignore[override]
        while data := self._file.read(len(into)):
            kept = data.translate(_TO_SPACE, _CONTROLS)
            if not kept:
                continue
            end = max(kept.rfind(b"\n"), kept.rfind(b"\r"))
            self._since_end = len(kept) - end - 1 if end >= 0 else self._since_end + len(kept)
            if self._since_end > LONGEST_ROW:
                kept, self._since_end = kept[:-1] + b"\n", 0
            into[: len(kept)] = kept
            return len(kept)
        return 0


@contextmanager
def lines_of(path: Path, charset: str) -> Iterator[tuple[Iterator[str], Damage]]:
    """Open a file as lines with their ends, and say how damage shows in them."""
    is_by_byte = not charset.startswith(_NOT_BY_BYTE)
    with path.open("rb", buffering=0) as raw:
        buffered = io.BufferedReader(_Clean(raw) if is_by_byte else raw, BUFFER)
        errors = "surrogateescape" if is_by_byte else "replace"
        with io.TextIOWrapper(buffered, charset, errors=errors, newline="") as text:
            damage = Damage(_ESCAPED if is_by_byte else _REPLACED, f"it is not in {charset}")
            yield (text if is_by_byte else _bounded(text)), damage


def _bounded(text: io.TextIOWrapper) -> Iterator[str]:
    while line := text.readline(LONGEST_ROW):
        yield line.replace("\0", "")
