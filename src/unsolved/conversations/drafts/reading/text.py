"""Drafts written as text or Markdown: one, or several parted by lines of three dashes."""

import re
from collections.abc import Iterator
from dataclasses import replace

from unsolved.conversations.drafts.model import Draft
from unsolved.conversations.drafts.reading.head import Head, gap, head
from unsolved.conversations.drafts.vocabulary import vocabulary
from unsolved.errors import Unreadable

MOST_MAILS = 50
FEWEST_WORDS = 6
MOST_LINES = 500  # that might part two mails
_PARTS = re.compile(r"^---+[ \t]*$|^===+[ \t]*$", re.MULTILINE)


def drafts(name: str, source: str) -> tuple[Draft, ...]:
    """Return the drafts of a text.

    Raises:
        Unreadable: there are too many.
    """
    found = list(_mails(source))
    if len(found) > MOST_MAILS:
        mend = f"Split it: a sequence has at most {MOST_MAILS} mails"
        raise Unreadable(where=name, why=f"it holds {len(found)} mails", mend=mend)
    made: list[Draft] = []
    before: Head | None = None
    for order, (start, end, top) in enumerate(found):
        text = source[start:end]
        subject = (top.subject[0] - start, top.subject[1] - start) if top.subject else None
        made.append(
            Draft(
                name=name,
                source=source,
                text=text,
                base=start,
                subject=subject,
                body=(top.end - start, end - start),
                to=top.to,
                order=order,
                days=gap(before, top) if order else None,
            )
        )
        before = top
    return tuple(made)


def renumbered(sequence: list[Draft]) -> list[Draft]:
    """Return drafts of several files as one sequence."""
    return [replace(draft, order=order) for order, draft in enumerate(sequence)]


def _mails(source: str) -> Iterator[tuple[int, int, Head]]:
    """Yield where each mail begins and ends, and what stands on top of it."""
    start, top = 0, head(source, 0, len(source))
    has_top = top.is_told or _greets(source, top.end)
    at = top.end
    for _ in range(MOST_LINES):
        found = _PARTS.search(source, at)
        if found is None:
            break
        begin = found.end()
        # What parts two mails may itself begin the front matter of the next.
        after = head(source, found.start(), len(source))
        if after.end <= found.end():
            after = head(source, begin, len(source))
        else:
            begin = found.start()
        next_part = _PARTS.search(source, max(after.end, begin))
        text = source[after.end : next_part.start() if next_part else len(source)]
        at = max(after.end, found.end())
        is_mail = after.is_told or _greets(source, after.end)
        if not is_mail and (has_top or len(text.split()) < FEWEST_WORDS):
            continue
        if source[top.end : found.start()].strip() or top.subject:
            yield start, found.start(), top
        start, top = begin, after
    yield start, len(source), top


def _greets(source: str, at: int) -> bool:
    while at < len(source) and source[at].isspace():
        at += 1
    line = source[at : at + 80].partition("\n")[0]
    return bool(vocabulary().greeting.match(line.lower())) or (
        line.rstrip().endswith(",") and len(line.split()) <= 3  # noqa: PLR2004
    )
