"""The product before the problem: offers, lists of features, subjects that sell."""

import re
from collections.abc import Iterator

from unsolved.conversations.drafts.choices import Choices
from unsolved.conversations.drafts.cutting import Sentence
from unsolved.conversations.drafts.letter import Letter
from unsolved.conversations.drafts.model import Hit
from unsolved.conversations.drafts.rules.registry import check
from unsolved.conversations.drafts.vocabulary import vocabulary, words

ENOUGH = 3  # bullets that make a list
_BULLETS = re.compile(
    r"(?:^[ \t]*(?:[-*\u2022\u2013]|\d{1,2}[.)])[ \t]+\S[^\n]*\n?){3,}", re.MULTILINE
)
_ROW = re.compile(
    r"(?:[\w'/&-]+[ \n]){0,4}[\w'/&-]+(?:,[ \n]+(?:[\w'/&-]+[ \n]){0,5}[\w'/&-]+){3,}"
)
_HAS = re.compile(
    r"\b(?:it|this|that|which)\s(?:\w+\s)?(?:has|does|comes with|includes|covers|offers)\s"
)
_WHAT_YOU_GET = words("product", "what_you_get")
_ASKED_FOR = words("product", "asked_for")
_SELLING = words("product", "selling")

_OPENS = re.compile(r"(?:introducing|meet (?:the|your|our)|discover|announcing|check out)\s")


def named_trouble(letter: Letter) -> int:
    """Return the number of the first sentence that is about a trouble, not an offer."""
    known = vocabulary()
    for one in letter.sentences:
        if letter.offer(one.start, one.end):
            continue
        if letter.is_problem_question(one):
            return one.number
        concerns = one.is_to_reader or letter.has_source(one) or letter.is_insight(one)
        if concerns and known.trouble.search(letter.low, one.start, one.end):
            return one.number
    return len(letter.sentences)


def was_asked_for(letter: Letter) -> bool:
    """Whether the other side has asked what we offer."""
    return bool(letter.theirs) and _ASKED_FOR.search(letter.theirs[0].lower()) is not None


def _offers(letter: Letter, *, after: bool) -> Iterator[Hit]:
    first = named_trouble(letter)
    for one in letter.offers:
        place = letter.offer(one.start, one.end)
        if place and (one.number > first) is after:
            told = "an offer, and the reader has not agreed to a problem"
            if not after:
                told = "an offer, and no problem has been named"
            yield Hit(*place, told, mild=letter.answers_unseen)


@check("P101")
def product_before_problem(letter: Letter, choices: Choices) -> Iterator[Hit]:
    """Yield offers that stand before any trouble."""
    del choices
    if not was_asked_for(letter):
        yield from _offers(letter, after=False)


@check("P102")
def pitch_before_agreement(letter: Letter, choices: Choices) -> Iterator[Hit]:
    """Yield offers that follow a trouble nobody has agreed to."""
    del choices
    if not was_asked_for(letter):
        yield from _offers(letter, after=True)


@check("P103")
def feature_list(letter: Letter, choices: Choices) -> Iterator[Hit]:
    """Yield lists that say what one would get."""
    del choices
    for found in _BULLETS.finditer(letter.prose):
        before = letter.low[max(0, found.start() - 200) : found.start()].rstrip()
        intro = before[before.rfind(".") + 1 :]
        if _WHAT_YOU_GET.search(intro) or letter.offer(found.start(), found.end()):
            yield Hit(found.start(), found.end(), "a list of what is offered")

    for one in letter.sentences:
        row = _ROW.search(letter.prose, one.start, one.end)
        if row and not letter.has_source(one):
            intro = letter.low[one.start : row.start() + 1]
            if _WHAT_YOU_GET.search(intro) or _HAS.search(intro) or letter.offer(*_span(one)):
                yield Hit(*row.span(), "a row of what is offered")


def _span(one: Sentence) -> tuple[int, int]:
    return one.start, one.end


@check("P105")
def subject_that_pitches(letter: Letter, choices: Choices) -> Iterator[Hit]:
    """Yield a subject that sells."""
    place = letter.draft.subject
    if place is None:
        return
    subject = letter.subject
    sells = (
        _SELLING.search(subject) or _OPENS.match(subject) or vocabulary().offer.search(subject)
    )
    if not sells:
        names = (name for name in (*letter.own, *choices.own) if name.lower() in subject)
        sells = re.search(re.escape(next(names, "\0")).lower(), subject)
    if sells:
        yield Hit(place[0] + sells.start(), place[0] + sells.end(), "the subject sells")
