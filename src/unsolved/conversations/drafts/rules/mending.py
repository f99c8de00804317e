"""Mends that are safe: what is taken out says nothing, and what is left reads on."""

import re

from unsolved.conversations.drafts.letter import Letter
from unsolved.conversations.drafts.model import Edit

_WORD = re.compile(r"\w+")


def whole_sentence(letter: Letter, start: int, end: int, most: int = 3) -> Edit | None:
    """Return the edit that takes out the sentence of a phrase, if it says hardly more.

    ``most`` is how many words it may have besides.
    """
    for one in letter.sentences:
        if one.start <= start < one.end:
            besides = letter.low[one.start : start] + letter.low[end : one.end]
            if len(_WORD.findall(besides)) <= most:
                return without(letter, one.start, one.end)
    return None


def without(letter: Letter, start: int, end: int) -> Edit:
    """Return the edit that takes out a piece with the space that only parted it."""
    text = letter.prose
    line = text.rfind("\n", 0, start) + 1
    if text[line:start].strip():
        while start > line and text[start - 1] in " \t":
            start -= 1
    else:
        while end < len(text) and text[end] in " \t\n":
            end += 1
    for at in range(start, end):  # what is blanked out in the prose is not ours to take
        if text[at] == " " and not letter.draft.text[at].isspace():
            return Edit(start, at)
    return Edit(start, end)
