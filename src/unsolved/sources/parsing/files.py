"""Which parser reads which file."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from unsolved.errors import Unreadable
from unsolved.sources.parsing.encoding import decode
from unsolved.sources.parsing.filing import filing_facts, filing_text, is_filing
from unsolved.sources.parsing.front_matter import front_matter
from unsolved.sources.parsing.html import html_text, html_title

_HEADING = re.compile(r"^#{1,6}[ \t]+(\S.*?)[ \t]*#*$", re.MULTILINE)
_VISIBLE = re.compile(r"[^\W_]")


@dataclass(frozen=True, slots=True)
class Parsed:
    """The text of a file, and what the file says about itself."""

    text: str
    media_type: str
    facts: Mapping[str, object] = field(default_factory=dict)


def parse(data: bytes, *, where: str) -> Parsed:
    """Return the text of a file by the ending of its name, ``where``.

    Raises:
        Unreadable: there is no parser for it, it is damaged, or nothing is written in it.
    """
    suffix = PurePosixPath(where).suffix.lower()
    if suffix not in _PARSERS:
        mend = f"Save it as one of {', '.join(SUFFIXES)}"
        raise Unreadable(where=where, why=f"files ending in {suffix!r} are not read", mend=mend)
    parsed = _PARSERS[suffix](data, where) if data.strip() else Parsed("", "text/plain")
    if not _VISIBLE.search(parsed.text):
        mend = "Write something in it, or take it away"
        raise Unreadable(where=where, why="there is no text in it", mend=mend)
    return parsed


def _markdown(data: bytes, where: str) -> Parsed:
    facts, text = front_matter(decode(data, where=where), where=where)
    heading = _HEADING.search(text)
    if heading:
        facts = {"title": heading.group(1), **facts}
    return Parsed(text, "text/markdown", facts)


def _plain(data: bytes, where: str) -> Parsed:
    text = decode(data, where=where)
    if is_filing(text):
        return Parsed(filing_text(text), "text/plain", filing_facts(text))
    facts, text = front_matter(text, where=where)
    return Parsed(text, "text/plain", facts)


def _html(data: bytes, where: str) -> Parsed:
    markup = decode(data, where=where, markup=True)
    if is_filing(markup):
        return Parsed(filing_text(markup), "text/html", filing_facts(markup))
    title = html_title(markup)
    return Parsed(html_text(markup), "text/html", {"title": title} if title else {})


def _pdf(data: bytes, where: str) -> Parsed:
    from unsolved.sources.parsing.pdf import pdf_text  # noqa: PLC0415 - PDFium

    return Parsed(pdf_text(data, where=where), "application/pdf")


def _word(data: bytes, where: str) -> Parsed:
    from unsolved.sources.parsing.word import word_text  # noqa: PLC0415 - python-docx and lxml

    return Parsed(word_text(data, where=where), _DOCX)


_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_PARSERS: dict[str, Callable[[bytes, str], Parsed]] = {
    ".md": _markdown,
    ".markdown": _markdown,
    ".txt": _plain,
    ".html": _html,
    ".htm": _html,
    ".xhtml": _html,
    ".pdf": _pdf,
    ".docx": _word,
}
SUFFIXES = (*_PARSERS, ".jsonl")
