"""What is asked of the reader besides an answer: demos, calendars, meetings, clicks."""

import re
from collections.abc import Iterator

from unsolved.conversations.drafts.choices import Choices
from unsolved.conversations.drafts.letter import Letter
from unsolved.conversations.drafts.model import Hit
from unsolved.conversations.drafts.rules.registry import check
from unsolved.conversations.drafts.vocabulary import pattern, vocabulary, words

_CALENDARS = pattern("asks", "calendars", re.IGNORECASE)
_SLOT = words("asks", "slot")
_CLICK = words("asks", "click")
_JOIN = words("asks", "join")
_PASS_ON = words("asks", "pass_on")
_WANTED = re.compile(r"\b(?:demo|call|meet|talk|speak|phone|ring|time|calendar|slot|week)\b")


@check("A401")
def demo_before_problem(letter: Letter, choices: Choices) -> Iterator[Hit]:
    """Yield demonstrations nobody has asked for."""
    del choices
    known = vocabulary()
    if letter.theirs and known.demo.search(letter.theirs[0].lower()):
        return
    for one in letter.sentences:
        for found in known.demo.finditer(letter.said, one.start, one.end):
            if known.not_demo.search(letter.said[one.start : found.start()]):
                continue
            yield Hit(*found.span(), "a demonstration, and no problem agreed to")
            break


@check("A402")
def calendar_link(letter: Letter, choices: Choices) -> Iterator[Hit]:
    """Yield links to calendars, and invitations to use one."""
    del choices
    linked = [
        span for span in letter.links if _CALENDARS.search(letter.draft.text[span[0] : span[1]])
    ]
    for start, end in linked:
        yield Hit(start, end, "a calendar before a reason")
    if not linked:
        for found in _SLOT.finditer(letter.said):
            yield Hit(*found.span(), "a calendar before a reason")


@check("A403")
def meeting_before_question(letter: Letter, choices: Choices) -> Iterator[Hit]:
    """Yield the wish for a meeting where nothing is asked of the problem."""
    del choices
    if letter.asks_about_trouble() or any(_WANTED.search(t.lower()) for t in letter.theirs):
        return
    for one in letter.sentences:
        found = vocabulary().meeting.search(letter.said, one.start, one.end)
        if found:
            told = "time is asked for, and nothing else"
            yield Hit(*found.span(), told, mild=letter.answers_unseen)
            return


@check("A404")
def several_asks(letter: Letter, choices: Choices) -> Iterator[Hit]:
    """Yield the second thing that is asked for, and the further ones."""
    del choices
    known = vocabulary()
    asks: list[tuple[int, int, str]] = []
    for kind, patterns in (
        ("time", (known.meeting, known.demo)),
        ("a click", (_CLICK, _SLOT)),
        ("a signature", (_JOIN,)),
        ("to be passed on", (_PASS_ON,)),
    ):
        places = [
            found.span()
            for one in letter.sentences
            for pattern in patterns
            for found in pattern.finditer(letter.said, one.start, one.end)
            if pattern is not known.demo
            or not known.not_demo.search(letter.said[one.start : found.start()])
        ]
        if places:
            asks.append((*min(places), kind))
    asks.sort()
    for start, end, kind in asks[1:]:
        yield Hit(start, end, f"asked for besides {asks[0][2]}: {kind}")


def level(letter: Letter) -> int:
    """Return how much is asked: 0 nothing, 1 an answer, 2 a meeting, 3 a demo."""
    known = vocabulary()
    asks = [(one.start, one.end) for one in letter.sentences]
    if any(
        _JOIN.search(letter.said, *span) or known.demo.search(letter.said, *span)
        for span in asks
    ):
        return 3
    if any(known.meeting.search(letter.said, *span) for span in asks):
        return 2
    return int(any(one.is_question for one in letter.sentences))
