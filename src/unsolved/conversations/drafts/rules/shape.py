"""The shape of a mail: its length, subject, links, attachments, language."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from unsolved.conversations.drafts.choices import Choices
from unsolved.conversations.drafts.ignoring import ignores, is_named
from unsolved.conversations.drafts.letter import MOST, Letter
from unsolved.conversations.drafts.model import Hit
from unsolved.conversations.drafts.rules.registry import check, told
from unsolved.conversations.drafts.vocabulary import pattern, words

LONGEST_SUBJECT = 60
_TRACKED = pattern("shape", "tracked", re.IGNORECASE)
_PROMOTED = words("shape", "promoted")
_ATTACHED = words("shape", "attached")
_THEIR_FILE = re.compile(r"\b(?:you|your)\s+(?:\w+\s+)?$")


@check("S901")
def too_long(letter: Letter, choices: Choices) -> Iterator[Hit]:
    """Yield what stands after the words that are enough."""
    most = choices.most_words if letter.is_first else choices.most_words_later
    words = [
        w for w in re.finditer(r"\S+", letter.prose) if any(c.isalnum() for c in w.group())
    ]
    if len(words) > most:
        yield Hit(
            words[most].start(), words[-1].end(), f"{len(words)} words; {most} are enough"
        )


@check("S902")
def long_subject(letter: Letter, choices: Choices) -> Iterator[Hit]:
    """Yield a long subject."""
    place = letter.draft.subject
    if place is None:
        return
    words, size = len(letter.subject.split()), place[1] - place[0]
    if words > choices.most_subject_words or size > LONGEST_SUBJECT:
        yield Hit(*place, f"a subject of {words} words")


@check("S903")
def link_before_agreement(letter: Letter, choices: Choices) -> Iterator[Hit]:
    """Yield links to the sender's own pages and tracked ones; those to a source are welcome."""
    if letter.theirs:
        return
    own = [re.sub(r"\W", "", name.lower()) for name in (*letter.own, *choices.own)]
    for start, end in letter.links:
        link = letter.draft.text[start:end]
        host = (
            re.sub(r"\W", "", urlsplit(link if "//" in link else f"//{link}").netloc.lower())
            if _is_address(link)
            else ""
        )
        ours = any(name and name in host for name in own)
        near = next((one for one in letter.sentences if one.start <= start < one.end), None)
        promoted = near and _PROMOTED.search(letter.low, near.start, near.end)
        if ours or promoted or _TRACKED.search(link):
            yield Hit(start, end, "a link to the sender's own matter")


def _is_address(link: str) -> bool:
    try:
        urlsplit(link if "//" in link else f"//{link}")
    except ValueError:
        return False
    return True


@check("S904")
def attachment(letter: Letter, choices: Choices) -> Iterator[Hit]:
    """Yield what is attached, or said to be."""
    del choices
    for found in _ATTACHED.finditer(letter.low):
        if not _THEIR_FILE.search(letter.low[: found.start()]):
            yield Hit(*found.span(), "something attached")
    if letter.draft.attachments and letter.sentences:
        first = letter.sentences[0]
        yield Hit(
            first.start, first.end, f"attached: {', '.join(letter.draft.attachments)[:120]}"
        )


@check("S905")
def wall_of_text(letter: Letter, choices: Choices) -> Iterator[Hit]:
    """Yield paragraphs nobody reads."""
    for found in re.finditer(r"\S(?:(?!\n[ \t]*\n)[\s\S])*", letter.prose):
        count = len(found.group().split())
        if count > choices.most_paragraph_words:
            end = found.start() + len(found.group().rstrip())
            yield Hit(found.start(), end, f"{count} words in one paragraph")


@check("S906")
def nothing_written(letter: Letter, choices: Choices) -> Iterator[Hit]:
    """Yield the whole of a draft in which its writer wrote nothing."""
    del choices
    if not any(c.isalnum() for c in letter.prose) and not letter.links:
        yield Hit(0, len(letter.draft.text), "there is nothing of the writer's own")


@check("S907")
def too_big(letter: Letter, choices: Choices) -> Iterator[Hit]:
    """Yield what was not checked."""
    del choices
    size = len(letter.draft.text)
    if size > MOST:
        yield Hit(MOST, size, f"{size:,} characters; what stands from here on is not checked")


@check("S908")
def another_language(letter: Letter, choices: Choices) -> Iterator[Hit]:
    """Yield the first sentence of a draft that is not in English."""
    del choices
    if letter.language != "en" and letter.sentences:
        first = letter.sentences[0]
        name = _LANGUAGES.get(letter.language, "not in English")
        yield Hit(
            first.start, first.end, f"the draft is {name}; rules that know words did not run"
        )


_LANGUAGES = {
    "de": "in German",
    "fr": "in French",
    "es": "in Spanish",
    "it": "in Italian",
    "pt": "in Portuguese",
    "nl": "in Dutch",
}


@check("S909")
def ignore_without_rule(letter: Letter, choices: Choices) -> Iterator[Hit]:
    """Yield inline ignores that name no rule."""
    del choices
    rules = told().values()
    for one in ignores(letter.draft.text[:MOST]):
        for name in one.rules:
            if not any(is_named(rule.id, rule.name, [name]) for rule in rules):
                yield Hit(*one.said, f"there is no rule {name}")
