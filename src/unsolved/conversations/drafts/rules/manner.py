"""Manners: feigned replies, subjects that bait, and the mends of empty courtesies."""

import re
from collections.abc import Iterator

from unsolved.conversations.drafts.choices import Choices
from unsolved.conversations.drafts.letter import Letter
from unsolved.conversations.drafts.model import Edit, Hit
from unsolved.conversations.drafts.rules.mending import whole_sentence
from unsolved.conversations.drafts.rules.registry import check, mend
from unsolved.conversations.drafts.vocabulary import pattern

_ANSWERS = re.compile(
    r"\s*(?:re|fwd?|aw|wg|tr|sv|vs|antw|rif|rv)\s?(?:\[\d+\])?\s?:\s*", re.IGNORECASE
)
_BAIT = pattern("manner", "bait")
_HIDDEN = pattern("manner", "hidden")


@check("M805")
def feigned_reply(letter: Letter, choices: Choices) -> Iterator[Hit]:
    """Yield the "Re:" of a mail that answers nothing."""
    del choices
    draft = letter.draft
    if draft.subject is None or draft.is_reply or letter.theirs:
        return
    start, end = draft.subject
    found = _ANSWERS.match(draft.text, start, end)
    if not found:
        return
    bare = draft.text[found.end() : end].strip().lower()
    if any(_bare(one) == bare for one in letter.before):
        return
    yield Hit(start, found.end(), "it answers nothing", Edit(start, found.end()))


def _bare(letter: Letter) -> str:
    return _ANSWERS.sub("", letter.subject, count=1).strip().lower()


@check("M808")
def bait(letter: Letter, choices: Choices) -> Iterator[Hit]:
    """Yield a subject that hides what it is about."""
    del choices
    place = letter.draft.subject
    bare = _ANSWERS.sub("", letter.subject, count=1).strip()
    if place and (_BAIT.fullmatch(bare) or _HIDDEN.fullmatch(bare)):
        yield Hit(*place, "the subject hides the matter")


@mend("M801")
def without_wish(letter: Letter, start: int, end: int) -> Edit | None:
    """Take out the sentence of a wish, if it is only that."""
    return whole_sentence(letter, start, end)


@mend("M802")
def without_check_in(letter: Letter, start: int, end: int) -> Edit | None:
    """Take out a sentence that only says that the sender is there again."""
    return whole_sentence(letter, start, end, most=0)
