"""What stands above the text of a draft: subject, recipient, and when it goes out."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

_FRONT = re.compile(
    r"\s*---[ \t]*\n(?P<lines>(?:[ \t]*(?:[\w-]+[ \t]*:.*|#.*)?\n)+?)---[ \t]*(?:\n|$)"
)
_NAMES = (
    r"subject|to|from|cc|bcc|date|day|after|wait"
    r"|delay|send|organisation|organization|company|sequence|title|name|reply-to|betreff|step|mail"
)
_LINE = re.compile(
    rf"[ \t]*[*_#]*(?P<name>{_NAMES})[*_]*[ \t]*:[*_]*[ \t]*(?P<value>[^\n]*)(?:\n|$)",
    re.IGNORECASE,
)
_DAYS = re.compile(
    r"(\d+(?:\.\d+)?)\s*(d|day|days|business days|w|week|weeks|h|hour|hours|month|months)?\b",
    re.IGNORECASE,
)
_PER = {"w": 7.0, "h": 1 / 24, "m": 30.0, "d": 1.0, "b": 7 / 5}


@dataclass(frozen=True, slots=True)
class Head:
    """What a draft says about itself, and where its text begins."""

    end: int
    subject: tuple[int, int] | None = None
    to: str = ""
    after: float | None = None
    day: float | None = None
    on: date | None = None
    is_told: bool = False
    """Whether it says anything about itself at all."""


def head(text: str, start: int, end: int) -> Head:
    """Return what stands on top of a draft that lies between two places of a text."""
    front = _FRONT.match(text, start, end)
    lines = list(_lines(text, front.start("lines"), front.end("lines"))) if front else []
    body = front.end() if front else start
    at = body
    while at < end and text[at] in " \t\n":
        at += 1
    while (found := _LINE.match(text, at, end)) and found.end() > at:
        lines.append((found["name"].lower(), *found.span("value")))
        at = body = found.end()
    return _head(text, lines, body)


def _lines(text: str, start: int, end: int) -> Iterator[tuple[str, int, int]]:
    for found in re.finditer(r"[ \t]*([\w-]+)[ \t]*:[ \t]*([^\n]*)", text[start:end]):
        yield found[1].lower(), start + found.start(2), start + found.end(2)


def _head(text: str, lines: list[tuple[str, int, int]], body: int) -> Head:
    told: dict[str, tuple[int, int]] = {}
    for name, first, last in lines:
        told.setdefault(name, _bare(text, first, last))

    def value(*names: str) -> str:
        return next((text[slice(*told[name])] for name in names if name in told), "")

    subject = told.get("subject") or told.get("betreff") or told.get("title")
    return Head(
        end=body,
        subject=subject if subject and subject[1] > subject[0] else None,
        to=value("to", "organisation", "organization", "company"),
        after=days(value("after", "wait", "delay")),
        day=days(value("day")),
        on=_date(value("date", "send")),
        is_told=bool(told),
    )


def _bare(text: str, first: int, last: int) -> tuple[int, int]:
    """Return a value's place without the quotation marks or stars around it."""
    while last > first and text[last - 1] in " \t\r*_":
        last -= 1
    if last - first > 1 and text[first] in "\"'" and text[last - 1] == text[first]:
        return first + 1, last - 1
    return first, last


def days(told: str) -> float | None:
    """Return how many days a text says.

    >>> days("3 days"), days("1 week"), days("soon")
    (3.0, 7.0, None)
    """
    found = _DAYS.search(told)
    if not found:
        return None
    return float(found[1]) * _PER[(found[2] or "d")[0].lower()]


def _date(told: str) -> date | None:
    found = re.search(r"\d{4}-\d\d-\d\d", told)
    try:
        return date.fromisoformat(found.group()) if found else None
    except ValueError:
        return None


def gap(before: Head | None, now: Head) -> float | None:
    """Return how many days after the one before a draft goes out, if they say."""
    if now.after is not None or before is None:
        return now.after
    if now.day is not None and before.day is not None:
        return now.day - before.day
    if now.on and before.on:
        return float((now.on - before.on).days)
    return None
