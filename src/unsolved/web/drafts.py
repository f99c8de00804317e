"""The page on which a mail is linted while one writes it."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse

from unsolved import evidence, sources
from unsolved.conversations import drafts
from unsolved.conversations.drafts import Checked, Choices, Finding, Kind, Reader
from unsolved.errors import Invalid
from unsolved.http import Tx
from unsolved.web.page import render

router = APIRouter(include_in_schema=False)

MOST = 200_000
"""The most characters that are checked as one types."""

GRAVITY = ("error", "warning", "note")


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of the text under the same findings; ``first`` is the finding that begins it."""

    text: str
    grave: str
    first: int | None


@dataclass(frozen=True, slots=True)
class Shown:
    """A finding with its number on the page and its place in what was typed."""

    number: int
    start: int
    end: int
    finding: Finding


@router.get("/drafts")
def show(request: Request, tx: Tx, to: str = "") -> HTMLResponse:
    """Show an empty sheet to write on."""
    return _page(request, tx, "", to, ())


@router.post("/drafts/check")
def check(
    request: Request,
    tx: Tx,
    text: Annotated[str, Form()] = "",
    to: Annotated[str, Form()] = "",
    ignore: Annotated[list[str] | None, Form()] = None,
) -> HTMLResponse:
    """Show what is found in what was typed: beside it, or with it on a page of its own."""
    return _page(request, tx, text, to, tuple(ignore or ()))


def _page(request: Request, tx: Tx, text: str, to: str, ignored: Sequence[str]) -> HTMLResponse:
    typed = text.replace("\r\n", "\n").replace("\r", "\n")  # as the browser counts
    rules = drafts.rules()
    known = [rules[rule] for rule in dict.fromkeys(ignored) if rule in rules]
    reader, near = _reader(tx, to)
    trouble, checked = "", []
    if typed.strip():
        try:
            checked = _checked(request, typed, [rule.id for rule in known], reader)
        except Invalid as error:
            trouble = str(error)
    shown = _shown(checked)
    return render(
        request,
        "drafts.html",
        "found",
        text=typed,
        to=to,
        near=near,
        reader=reader,
        trouble=trouble,
        checked=checked,
        shown=shown,
        pieces_of_text=pieces(typed, shown),
        ignored=known,
        rules=rules,
        counts={
            grave: sum(one.finding.severity == grave for one in shown) for grave in GRAVITY
        },
        words=len(typed.split()),
    )


def _checked(
    request: Request, typed: str, ignored: Sequence[str], reader: Reader
) -> list[Checked]:
    if len(typed) > MOST:
        mend = f"{MOST:,} characters are the most"
        raise Invalid(text=f"{len(typed):,} characters", mend=mend)
    chosen = getattr(request.app.state, "drafts", Choices()).but(ignore=ignored)
    return drafts.lint_file(drafts.parse("draft", typed, Kind.TEXT), chosen, reader)


def _reader(tx: Tx, to: str) -> tuple[Reader, list[str] | None]:
    """Return whom the mail is for; where nobody has the name, the names that are near."""
    if not to.strip():
        return drafts.NOBODY, None
    found = sources.called(tx, to)
    if found is None:
        return drafts.NOBODY, sources.names_like(tx, to)
    pieces_of = evidence.of_organisation(tx, found.id)
    return drafts.reader(found.name, found.names, pieces_of), None


def _shown(checked: Sequence[Checked]) -> list[Shown]:
    every = [
        (one.draft.place(finding.start), one.draft.place(finding.end), finding)
        for one in checked
        for finding in one.findings
    ]
    every.sort(key=lambda one: (one[0], one[1], one[2].rule))
    return [Shown(number, *one) for number, one in enumerate(every, 1)]


def pieces(text: str, shown: Sequence[Shown]) -> list[Piece]:
    """Return the text in pieces; joined, they are that text again."""
    cuts = sorted({0, len(text), *(p for one in shown for p in (one.start, one.end))})
    found: list[Piece] = []
    for start, end in pairwise(cuts):
        over = [one for one in shown if one.start <= start and end <= one.end]
        grave = min((one.finding.severity for one in over), key=GRAVITY.index, default="")
        first = next((one.number for one in over if one.start == start), None)
        found.append(Piece(text[start:end], grave, first))
    return found
