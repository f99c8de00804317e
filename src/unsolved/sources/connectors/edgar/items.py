"""A report is cut into its Items, as the form numbers them; nothing of it is lost.

A table of contents has the same headings as the report, so it is found first, by how close
they stand, and left in the front part. Of what remains, the longest row of headings in the
order of the form is taken: a heading repeated on each page, or one that is only referred to,
falls out of it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from unsolved.sources.connectors.edgar.forms import ANNUAL, QUARTERLY, Slot

FEWEST = 3
"""Items, below which a report is not cut at all."""

_CLOSE = 350  # characters between two lines of a table of contents
_MOST = 3_000
_HEADING = re.compile(
    r"^[^\w\n]{0,8}(?:part\s+(?P<part>i{1,3}|iv)\b[^\w\n]{1,6})?items?[ \t\xa0]*"
    r"(?P<number>\d{1,2})[. \t]?\(?(?P<letter>[a-c](?![a-z]))?\)?(?!\d)"
    r"(?:[ \t]*(?:and|&|,)[ \t]*\d{1,2}[a-c]?)*(?:[ \t]*\(t\))?"
    r"(?P<dots>[^\w\n]*)(?P<title>[^\n]*)$",
    re.IGNORECASE | re.MULTILINE,
)
_PART = re.compile(
    r"^[^\w\n]{0,4}part[ \t]+(i{1,3}|iv|[1-4])\b(?!.*\bitem)[^\n]{0,60}$",
    re.IGNORECASE | re.MULTILINE,
)
_NEXT = re.compile(r"\s*([^\n]+)")
_PAGE_NUMBER = re.compile(r"(?:\t|\s{2,}|[.\u2026_]{2,}\s*)\d{1,3}\s*$")
_REFERRED = re.compile(
    r"\(?continued|^[,\u201c\u2018\"']|\b(?:above|herein|elsewhere)\b"
    r"|\b(?:of|in|to) (?:this|our|the) (?:annual|quarterly|form|report)",
    re.IGNORECASE,
)
_RUNS_ON = re.compile(r"[a-z,(\u201c]$")
_LONGEST_HEADING = 220


@dataclass(frozen=True, slots=True)
class Item:
    """A piece of a report: how it is called in a key and in a title, and its text."""

    key: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class _Heading:
    at: int
    ends: int
    slot: int
    weight: float
    title: str


def items_of(text: str, form: str) -> list[Item]:
    """Return the Items of an annual or quarterly report, what stands before them first.

    Returns nothing when the form has none, or they cannot be told apart.
    """
    slots = QUARTERLY if form.startswith("10-Q") else ANNUAL if form.startswith("10-K") else ()
    headings = _in_order(_without_contents(list(_headings(text, slots))))
    if len(headings) < FEWEST:
        return []
    starts = [_with_part(text, heading.at) for heading in headings]
    pieces = [Item("front", "Front part", text[: starts[0]].strip())]
    for heading, start, end in zip(headings, starts, [*starts[1:], len(text)], strict=True):
        slot = slots[heading.slot]
        pieces.append(Item(slot.key, heading.title, text[start:end].strip()))
    return [piece for piece in pieces if piece.text]


def _headings(text: str, slots: Sequence[Slot]) -> Iterator[_Heading]:
    """Yield what may be the heading of an Item, with how much speaks for it."""
    parts = [(found.start(), _roman(found.group(1))) for found in _PART.finditer(text)]
    for count, found in enumerate(_HEADING.finditer(text)):
        if count >= _MOST or not slots:
            return
        number = f"{int(found['number'])}{(found['letter'] or '').upper()}"
        title = found["title"].strip()
        if _is_within_a_sentence(text, found.start()) or _is_referred_to(found["dots"] + title):
            continue
        if not title:
            following = _NEXT.match(text, found.end())
            title = following.group(1).strip() if following else ""
        part = _roman(found["part"]) or _part_at(parts, found.start())
        yield from _fitting(slots, number, title, part, found)


def _fitting(
    slots: Sequence[Slot], number: str, title: str, part: str, found: re.Match[str]
) -> Iterator[_Heading]:
    """Yield a heading in the place that its title names, else in that of its number."""
    same = [(at, slot) for at, slot in enumerate(slots) if slot.number == number]
    weight = 0.2 if _PAGE_NUMBER.search(found.group()[-40:]) else 1.0
    for at, slot in same:
        if named := slot.named(title):
            label = f"{slot.label}. {named}"
            yield _Heading(found.start(), found.end(), at, weight, label)
            return
    is_short = len(found.group()) <= _LONGEST_HEADING
    if not is_short or title[:1].islower():
        return
    there = [(at, slot) for at, slot in same if slot.part in {"", part}] or same[:1]
    for at, slot in there[:1]:
        yield _Heading(found.start(), found.end(), at, weight * 0.6, slot.label)


def _without_contents(headings: list[_Heading]) -> list[_Heading]:
    """Return headings without the first rows of them that stand close and come again later."""
    rest = headings
    while len(rest) > FEWEST:
        run = _first_run(rest)
        if run is None:
            return rest
        begin, end = run
        slots = {heading.slot for heading in rest[begin:end]}
        later = {heading.slot for heading in rest[end:]}
        if 2 * len(slots & later) < len(slots):
            return rest
        rest = rest[:begin] + rest[end:]
    return rest


def _first_run(headings: list[_Heading]) -> tuple[int, int] | None:
    """Return where the first row of close headings in rising order begins and ends."""
    begin = 0
    for at in range(1, len(headings) + 1):
        if at < len(headings):
            before, here = headings[at - 1], headings[at]
            if here.at - before.ends <= _CLOSE and here.slot > before.slot:
                continue
        if at - begin > FEWEST:
            return begin, at
        begin = at
    return None


def _in_order(headings: list[_Heading]) -> list[_Heading]:
    """Return the weightiest row of headings in the order of the form, the first of equals."""
    best: list[tuple[float, int]] = []
    for at, heading in enumerate(headings):
        chosen = (0.0, -1)
        for before in range(at):
            if headings[before].slot < heading.slot and best[before][0] > chosen[0] + 1e-9:
                chosen = (best[before][0], before)
        best.append((chosen[0] + heading.weight, chosen[1]))
    at = max(range(len(best)), key=lambda one: (round(best[one][0], 6), -one), default=-1)
    row = []
    while at >= 0:
        row.append(headings[at])
        at = best[at][1]
    return row[::-1]


def _is_within_a_sentence(text: str, at: int) -> bool:
    """Whether the line before runs on: in a report written as plain text, lines are broken."""
    before = text[max(0, at - 200) : at]
    if not before.endswith("\n") or before.endswith("\n\n"):
        return False
    line = before[:-1].rpartition("\n")[2].rstrip()
    return "\t" not in line and bool(_RUNS_ON.search(line)) and len(line) > 50  # noqa: PLR2004


def _is_referred_to(rest: str) -> bool:
    return bool(_REFERRED.search(rest.lstrip(". \t")[:_LONGEST_HEADING]))


def _with_part(text: str, at: int) -> int:
    """Return where an Item begins, the heading of its Part before it included."""
    before = text[max(0, at - 120) : at]
    found = re.search(
        r"(?:^|\n)([^\w\n]{0,4}part[ \t]+(?:i{1,3}|iv|[1-4])\b[^\n]{0,60})\s*$",
        before,
        re.IGNORECASE,
    )
    return at - len(before) + found.start(1) if found else at


def _part_at(parts: Sequence[tuple[int, str]], at: int) -> str:
    return next((part for start, part in reversed(parts) if start < at), "")


def _roman(told: str | None) -> str:
    plain = (told or "").casefold()
    return {"1": "i", "2": "ii", "3": "iii", "4": "iv"}.get(plain, plain)
