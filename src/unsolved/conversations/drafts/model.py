"""What is linted and what a linter says: drafts, rules, findings, and edits that mend."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property


class Severity(StrEnum):
    """How much a finding matters; a note alone does not fail a check."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Kind(StrEnum):
    """How a file holds drafts."""

    TEXT = "text"
    PAGE = "page"
    MAIL = "mail"
    SHEET = "sheet"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule, as ``rules/*.toml`` tells it; its thinking is a function of the same id."""

    id: str
    name: str
    severity: Severity
    catches: str
    why: str
    instead: str
    bad: str
    good: str
    source: str = ""
    default: bool = True
    fixes: bool = False
    """Whether some of its findings can be mended without a person."""

    any_language: bool = False
    """Whether it knows no words, and so runs on a mail in any language."""

    first_only: bool = False
    """Whether it runs only on a first mail: nobody has answered, nothing went before."""

    phrases: tuple[str, ...] = ()
    """Patterns of words; where one stands, the rule finds."""

    says: str = ""
    """What a finding of ``phrases`` tells."""


@dataclass(frozen=True, slots=True)
class Edit:
    """Words that can be taken out, or be others, without changing what a mail says."""

    start: int
    end: int
    text: str = ""


@dataclass(frozen=True, slots=True)
class Backing:
    """A quote that bears out, or is against, what a draft says of its reader."""

    evidence_id: int
    document_id: int
    quote: str
    title: str
    said_on: date | None


@dataclass(frozen=True, slots=True)
class Hit:
    """A place where a rule found something; ``mild`` is a note whatever the rule is."""

    start: int
    end: int
    message: str
    edit: Edit | None = None
    mild: bool = False
    backing: Backing | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An outreach message before it is sent, as it was written.

    ``text`` is what is checked: where a mail lies in a file as it is, that part of the file;
    of a page or an encoded mail, what its reader sees. ``places`` says, for each character and
    the end, where it stands in ``source``; None where ``text`` begins at ``base`` and is the
    same. ``order`` counts the mails of a sequence from 0.
    """

    name: str
    source: str = field(repr=False)
    text: str
    base: int = 0
    places: Sequence[int] | None = field(default=None, repr=False)
    subject: tuple[int, int] | None = None
    body: tuple[int, int] = (0, 0)
    to: str = ""
    order: int = 0
    days: float | None = None
    """Days after the mail before it, where a sequence says so."""

    attachments: tuple[str, ...] = ()
    is_reply: bool = False
    """Whether it says of itself that it answers a mail (In-Reply-To, References)."""

    said: tuple[str, ...] = ()
    """What the other side wrote, newest first, where a thread was given beside the draft."""

    def place(self, offset: int) -> int:
        """Return where a character of ``text`` stands in ``source``."""
        return self.base + offset if self.places is None else self.places[offset]

    def is_whole(self, start: int, end: int) -> bool:
        """Whether a piece of ``text`` stands in ``source`` as it is, and so can be edited."""
        first = self.place(start)
        return self.text[start:end] == self.source[first : first + end - start] and (
            self.places is None
            or all(self.places[start + n] == first + n for n in range(end - start))
        )


@dataclass(frozen=True, slots=True)
class File:
    """A file as it was read, and the drafts in it."""

    name: str
    kind: Kind
    source: str = field(repr=False)
    drafts: tuple[Draft, ...]


@dataclass(frozen=True)
class Lines:
    """Where the lines of a text begin, to tell line and column of a place."""

    text: str = field(repr=False)

    @cached_property
    def _starts(self) -> list[int]:
        starts = [0]
        at = self.text.find("\n")
        while at >= 0:
            starts.append(at + 1)
            at = self.text.find("\n", at + 1)
        return starts

    def at(self, offset: int) -> tuple[int, int]:
        r"""Return line and column, both from 1.

        >>> Lines("one\ntwo").at(5)
        (2, 2)
        """
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def line(self, number: int) -> str:
        """Return a line by its number, without its end."""
        start = self._starts[number - 1]
        end = self.text.find("\n", start)
        return self.text[start : end if end >= 0 else len(self.text)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What a rule found: where, what, why it matters, what to write instead.

    ``start`` and ``end`` are characters of the draft's text and cut ``words``; lines and
    columns, from 1, are those of the file.
    """

    rule: str
    name: str
    severity: Severity
    file: str
    order: int
    start: int
    end: int
    words: str
    line: int
    column: int
    end_line: int
    end_column: int
    message: str
    why: str
    instead: str
    edit: Edit | None = None
    """The mend, in characters of the file."""

    backing: Backing | None = None

    @property
    def fails(self) -> bool:
        """Whether it fails a check."""
        return self.severity is not Severity.NOTE


@dataclass(frozen=True, slots=True)
class Backed:
    """A sentence about the reader, and the quote that says so."""

    start: int
    end: int
    words: str
    backing: Backing


@dataclass(frozen=True, slots=True)
class Checked:
    """A draft, what was found in it, and which of its sentences a quote bears out."""

    draft: Draft
    findings: tuple[Finding, ...]
    backed: tuple[Backed, ...] = ()

    @property
    def counts(self) -> Mapping[Severity, int]:
        """How many findings there are of each severity."""
        return {
            severity: sum(one.severity is severity for one in self.findings)
            for severity in Severity
        }
