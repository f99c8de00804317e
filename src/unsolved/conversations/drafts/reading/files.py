"""Files become drafts: what kind of file it is decides who reads it."""

import re
from collections.abc import Callable, Mapping
from pathlib import PurePath

from unsolved.conversations.drafts.model import Draft, File, Kind
from unsolved.conversations.drafts.reading import mail, page, sheet, text
from unsolved.conversations.drafts.reading.seen import at_once
from unsolved.errors import Unreadable
from unsolved.sources.parsing import decode

LARGEST = 3_000_000
SUFFIXES = {
    ".txt": Kind.TEXT,
    ".text": Kind.TEXT,
    ".md": Kind.TEXT,
    ".markdown": Kind.TEXT,
    ".mail": Kind.TEXT,
    ".eml": Kind.MAIL,
    ".html": Kind.PAGE,
    ".htm": Kind.PAGE,
    ".yaml": Kind.SHEET,
    ".yml": Kind.SHEET,
}
_PAGE = re.compile(
    r"\s*(?:<!--.{0,400}?-->\s*)?<(?:!doctype\s+html|html|head|body|div|p|table|span|meta)\b[^>]*>",
    re.IGNORECASE | re.DOTALL,
)
_MAIL = re.compile(
    r"(?:(?:[\w-]+:[^\n]*\n)(?:[ \t][^\n]*\n)*){0,80}?"
    r"(?:mime-version|message-id|received|return-path|x-mailer|content-transfer-encoding):",
    re.IGNORECASE,
)


def kind_of(name: str, source: str = "") -> Kind:
    """Return what kind of file it is: by its name, and where that says nothing, by its look.

    >>> kind_of("first.eml"), kind_of("-", "<html><p>Hi")
    (<Kind.MAIL: 'mail'>, <Kind.PAGE: 'page'>)
    """
    known = SUFFIXES.get(PurePath(name).suffix.lower())
    if known is Kind.TEXT and not name.lower().endswith((".md", ".markdown")):
        return Kind.MAIL if _MAIL.match(source) else known
    if known is not None:
        return known
    if _PAGE.match(source):
        return Kind.PAGE
    return Kind.MAIL if _MAIL.match(source) else Kind.TEXT


def read(name: str, data: bytes) -> File:
    """Return the drafts in a file.

    Raises:
        Unreadable: it is no text, no mail, or too large; says why and the mend.
    """
    if len(data) > LARGEST:
        mend = f"Give the text of the mail alone; {LARGEST // 1_000_000} MB are the most"
        why = f"it is too large to be a mail ({len(data) / 1_000_000:.1f} MB)"
        raise Unreadable(where=name, why=why, mend=mend)
    if b"\x00" in data[:1000] and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        mend = "Save it as text, Markdown, HTML, YAML or .eml"
        raise Unreadable(where=name, why="it is no text", mend=mend)
    source = decode(data, where=name, markup=True)
    return parse(name, source, kind_of(name, source))


def parse(name: str, source: str, kind: Kind) -> File:
    """Return the drafts in what a file of a kind holds.

    Raises:
        Unreadable: it is not of that kind, or holds too much.
    """
    found = _READERS[kind](name, source)
    return File(name, kind, source, found)


def _of_page(name: str, source: str) -> tuple[Draft, ...]:
    shown = page.seen(source)
    subject = page.title(source)
    start = 0
    if subject:
        start = len(subject.text) + 2
        shown = subject + at_once("\n\n", subject.places[-1]) + shown
    return (
        Draft(
            name=name,
            source=source,
            text=shown.text,
            places=shown.places,
            subject=(0, start - 2) if start else None,
            body=(start, len(shown.text)),
        ),
    )


_READERS: Mapping[Kind, Callable[[str, str], tuple[Draft, ...]]] = {
    Kind.TEXT: text.drafts,
    Kind.MAIL: mail.drafts,
    Kind.SHEET: sheet.drafts,
    Kind.PAGE: _of_page,
}
