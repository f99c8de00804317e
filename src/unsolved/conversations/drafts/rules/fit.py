"""Whether a mail is for this reader: open variables, and texts that would fit anyone."""

import re
from collections.abc import Iterator

from unsolved.conversations.drafts.choices import Choices
from unsolved.conversations.drafts.cutting import Sentence
from unsolved.conversations.drafts.letter import Letter
from unsolved.conversations.drafts.model import Hit
from unsolved.conversations.drafts.rules.names import famous
from unsolved.conversations.drafts.rules.registry import check, phrases_of
from unsolved.conversations.drafts.vocabulary import pattern, vocabulary

FEWEST_WORDS = 15
ENOUGH, ENOUGH_SHARE = 5, 0.26
LONG = 4
_VARIABLE = pattern("fit", "variable")
_NO_VARIABLE = pattern("fit", "no_variable", re.IGNORECASE)
_NAME = re.compile(
    r"(?<=[a-z,;:0-9)'\u00b7-] )[A-Z][\w&'-]+|(?<=[a-z,;:0-9)'-]\n)[A-Z][\w&'-]+|\b[A-Z]\w+'s\b"
)
_NO_NAME = frozenset(
    [
        "i",
        "i'm",
        "i'd",
        "i've",
        "i'll",
        "ai",
        "ceo",
        "cfo",
        "cto",
        "coo",
        "cio",
        "cmo",
        "vp",
        "hr",
        "it",
        "roi",
        "crm",
        "erp",
        "saas",
        "b2b",
        "b2c",
        "kpi",
        "api",
        "linkedin",
        "zoom",
        "google",
        "slack",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "hi",
        "hello",
        "hey",
        "re",
        "ps",
        "p.s",
        "faq",
        "sdr",
        "seo",
        "ppc",
        "ok",
        "best",
        "thanks",
        "regards",
        "english",
        "us",
        "usa",
        "uk",
        "eu",
        "excel",
        "teams",
        "microsoft",
        "outlook",
        "gmail",
        "let's",
        "it's",
        "that's",
        "what's",
        "here's",
        "there's",
        "who's",
        "how's",
        "where's",
        "today's",
        "mr",
        "mrs",
        "ms",
        "dr",
    ]
)
_SENDER = pattern("fit", "sender")
_STRONG = re.compile(r"\"[^\"\n]{12,}\"|\u00b7{6,}")


@check("F702")
def open_variable(letter: Letter, choices: Choices) -> Iterator[Hit]:
    """Yield template variables, in subject and body."""
    del choices
    first, last = letter.draft.subject or (0, 0)
    for text, start, end in (
        (letter.draft.text, first, last),
        (letter.prose, 0, len(letter.prose)),
    ):
        for found in _VARIABLE.finditer(text, start, end):
            if not _NO_VARIABLE.fullmatch(found.group()):
                yield Hit(*found.span(), "a variable nobody filled in")


@check("F701")
def fits_any_recipient(letter: Letter, choices: Choices) -> Iterator[Hit]:
    """Yield the first sentence of a mail in which nothing is about this reader."""
    if len(letter.words) < FEWEST_WORDS or letter.theirs or letter.before:
        return
    if not letter.sentences:
        return
    told = [one for one in letter.sentences if not _is_about_sender(letter, one)]
    if any(one.is_backed for one in letter.verdicts or ()):
        return
    if any(_is_anchored(letter, one, choices) for one in told):
        return
    known = vocabulary()
    content = {
        word
        for one in told
        if not known.meeting.search(letter.low, one.start, one.end)
        for word in re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", one.low)
        if len(word) >= LONG
    }
    telling = {word for word in content if not _is_generic(word)}
    if len(telling) >= ENOUGH and len(telling) >= ENOUGH_SHARE * len(content):
        return
    first = letter.sentences[0]
    yield Hit(first.start, first.end, "nothing here is about this reader alone")


def _is_about_sender(letter: Letter, one: Sentence) -> bool:
    return (
        letter.offer(one.start, one.end) is not None
        or _SENDER.search(one.low) is not None
        or phrases_of("M801").search(one.low) is not None
        or phrases_of("P104").search(one.low) is not None
    )


def _is_anchored(letter: Letter, one: Sentence, choices: Choices) -> bool:
    """Whether a sentence holds something that only some readers would be told."""
    if _STRONG.search(letter.prose, one.start, one.end):
        return True
    if vocabulary().source.search(letter.low, one.start, one.end):
        return True
    for name in _NAME.finditer(letter.prose, one.start, one.end):
        low = name.group().lower()
        if low in _NO_NAME or low.removesuffix("'s") in _NO_NAME:
            continue
        if any(low in own for own in letter.own):
            continue
        near = letter.prose[max(one.start, name.start() - 12) : name.end() + 12]
        if not famous(choices.famous).search(near):
            return True
    return False


def _is_generic(word: str) -> bool:
    """Whether a word, or what it is a form of, would fit any business."""
    generic = vocabulary().generic
    return any(
        form in generic
        for form in (
            word,
            word.removesuffix("s"),
            word.removesuffix("es"),
            word.removesuffix("ed"),
            word.removesuffix("d"),
            word.removesuffix("ing"),
            word.removesuffix("ing") + "e",
            word.removesuffix("ly"),
            word.removesuffix("er"),
            word.removesuffix("ies") + "y",
        )
    )
