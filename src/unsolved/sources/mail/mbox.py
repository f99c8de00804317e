"""Cuts an mbox file into mails, line by line, however long it is.

The format has no grammar that all follow (RFC 4155). A mail begins at a line ``From `` with a
moment in it, or with only a sender, when headers follow; the same words within a text do not
begin one. ``>From `` is read as ``From ``, as mboxrd means it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

LONGEST_LINE = 1_000_000  # bytes held at once
KEPT_OF_TOO_LARGE = 256_000  # bytes: its headers
_MOMENT = re.compile(rb"From .{0,300}\b\d{1,2}:\d{2}(?::\d{2})?\b.{0,40}\b\d{4}\b")
_YEAR_FIRST = re.compile(rb"From .{0,300}\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d")
_SENDER = re.compile(rb"From (?:\S+@\S+|-|MAILER-DAEMON)\s*")
_HEADER = re.compile(rb">?[!-9;-~]+\s*:|>From ")
_ESCAPED = re.compile(rb">+From ")


@dataclass(frozen=True, slots=True)
class Cut:
    """A mail in a file: the line it begins at, and its bytes; not whole when too large."""

    line: int
    raw: bytes = field(repr=False)
    is_whole: bool = True


def mails(file: BinaryIO, largest: int) -> Iterator[Cut]:
    """Yield the mails of an mbox; of one beyond ``largest`` bytes only the beginning."""
    mail: _Growing | None = None
    after_blank = True
    waiting: tuple[int, bytes, bool] | None = None
    for number, line, is_start in _lines(file):
        if waiting is not None:
            at, first, was_blank = waiting
            waiting = None
            if _HEADER.match(line) and (was_blank or _MOMENT.match(first)):
                if mail is not None:
                    yield mail.cut()
                mail = _Growing(at, largest)
            elif mail is not None:
                mail.add(first)
        if is_start and line.startswith(b"From ") and _may_begin(line):
            waiting = (number, line, after_blank)
        elif mail is not None:
            mail.add(line[1:] if is_start and _ESCAPED.match(line) else line)
        after_blank = not line.strip()
    if mail is not None:
        if waiting is not None:
            mail.add(waiting[1])
        yield mail.cut()


def is_mbox(beginning: bytes) -> bool:
    """Whether a file that begins so is an mbox."""
    return beginning.lstrip(b"\xef\xbb\xbf\r\n").startswith(b"From ")


class _Growing:
    """A mail while its lines come in."""

    def __init__(self, line: int, largest: int) -> None:
        self._line, self._largest = line, largest
        self._lines: list[bytes] = []
        self._size = 0
        self._is_whole = True

    def add(self, line: bytes) -> None:
        self._size += len(line)
        if self._size <= self._largest:
            self._lines.append(line)
        elif self._is_whole:
            self._is_whole = False
            self._lines = [b"".join(self._lines)[:KEPT_OF_TOO_LARGE]]

    def cut(self) -> Cut:
        return Cut(self._line, b"".join(self._lines), self._is_whole)


def _may_begin(line: bytes) -> bool:
    return bool(_MOMENT.match(line) or _YEAR_FIRST.match(line) or _SENDER.fullmatch(line))


def _lines(file: BinaryIO) -> Iterator[tuple[int, bytes, bool]]:
    """Yield the lines, numbered; one that is too long comes in pieces, the first marked."""
    number, is_start = 0, True
    while piece := file.readline(LONGEST_LINE):
        if is_start:
            number += 1
        if number == 1 and is_start:
            piece = piece.removeprefix(b"\xef\xbb\xbf")
        yield number, piece, is_start
        is_start = piece.endswith(b"\n")
