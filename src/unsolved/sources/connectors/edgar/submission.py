"""A filing as it was sent in: a header, and its documents one by one."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from unsolved.errors import Unreadable
from unsolved.sources.parsing import decode, parse
from unsolved.sources.parsing.filing import filing_text

_PART = re.compile(rb"<DOCUMENT>.*?(?:</DOCUMENT>|\Z)", re.DOTALL | re.IGNORECASE)
_TOLD = re.compile(rb"<(TYPE|FILENAME)>[ \t]*([^\r\n<]*)", re.IGNORECASE)
_TOLD_WITHIN = 2_000
_MARKUP = re.compile(rb"<(?:html|body|p|div|font|td)\b", re.IGNORECASE)
_VISIBLE = re.compile(r"[^\W_]")
# Pictures, data and XBRL; and what the law writes word by word: certifications, consents and
# powers of attorney, which are alike for every company.
_UNREAD = re.compile(
    r"GRAPHIC|ZIP|EXCEL|JSON|XML|PDF|COVER|EX-10[0-4](?:\.(?!\d)\w+)?|EX-(?:23|24|31|32)(?:\.\w+)?",
    re.IGNORECASE,
)
_EXHIBIT = re.compile(
    r"(?<!ind)(?<!ann)ex(?:hibit)?[-_]?(\d{1,2})[-_.x]?(\d{0,2})", re.IGNORECASE
)
_NAME = re.compile(r"[\w.-]+", re.ASCII)
_TEXTS = (".htm", ".html", ".txt")
_PAGE_OF_DATA = re.compile(r"R\d+\.html?|.*-index.*|FilingSummary.*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Part:
    """One document of a filing: what the SEC calls its type, its file, and its bytes."""

    type: str
    name: str
    data: bytes

    @property
    def is_read(self) -> bool:
        """Whether it is a text that says something of the company."""
        return not _UNREAD.fullmatch(self.type)

    @property
    def has_address(self) -> bool:
        """Whether its file has a name that an address can end in."""
        return bool(_NAME.fullmatch(self.name))

    @property
    def media_type(self) -> str:
        """What it is written in."""
        return "text/html" if _MARKUP.search(self.data) else "text/plain"

    def text(self, where: str) -> str:
        """Return what is written in it; nothing when it is a picture after all.

        Raises:
            Unreadable: its characters cannot be read.
        """
        if _PART.match(self.data):
            text = filing_text(decode(self.data, where=where, markup=True))
            return text if _VISIBLE.search(text) else ""
        ending = "htm" if self.media_type == "text/html" else "txt"
        try:
            return parse(self.data, where=f"document.{ending}").text
        except Unreadable as error:
            if not self.data.strip():
                return ""
            raise Unreadable(
                where=where, why=error.why, mend=error.mend, line=error.line
            ) from error


def parts_of(data: bytes, form: str, name: str = "") -> list[Part]:
    """Return the documents of a filing; what is not parted is one document."""
    parts = [_part(found.group()) for found in _PART.finditer(data)]
    return parts or [Part(form, name, data)]


def type_named(name: str) -> str:
    """Return the type of an exhibit by the name of its file; the name where it tells nothing.

    >>> type_named("d12345dex991.htm"), type_named("exhibit10_2.htm"), type_named("letter.txt")
    ('EX-99.1', 'EX-10.2', 'letter.txt')
    """
    found = _EXHIBIT.search(name)
    if found is None:
        return name
    number, further = found.groups()
    return f"EX-{number}.{further}" if further else f"EX-{number}"


def texts_among(names: list[str], accession: str) -> Iterator[str]:
    """Yield the files of a filing that hold its documents."""
    for name in names:
        if not name.lower().endswith(_TEXTS) or _PAGE_OF_DATA.fullmatch(name):
            continue
        if not name.startswith(accession):
            yield name


def _part(data: bytes) -> Part:
    told = {
        name.upper(): value.decode("latin-1").strip()
        for name, value in _TOLD.findall(data[:_TOLD_WITHIN])
    }
    return Part(told.get(b"TYPE", "").upper(), told.get(b"FILENAME", ""), data)
