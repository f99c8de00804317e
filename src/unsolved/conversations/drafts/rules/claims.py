"""Claims about the reader: without a source, guessed without a reason, with wrong numbers."""

import re
from collections.abc import Iterator

from unsolved.conversations.drafts.choices import Choices
from unsolved.conversations.drafts.cutting import Sentence
from unsolved.conversations.drafts.letter import Letter
from unsolved.conversations.drafts.model import Hit
from unsolved.conversations.drafts.rules.comparing import contradictions
from unsolved.conversations.drafts.rules.registry import check
from unsolved.conversations.drafts.vocabulary import pattern, vocabulary, words

_NUMBER = pattern("claims", "number")
_THIRD = pattern("claims", "third")
_NOT_THE_READER = re.compile(
    r"^(?:we|our|this|that|it|most|many|some|every|they|there|nobody)\b", re.IGNORECASE
)
# Who is counted where nobody counts: the source of the sentence beside is of the reader.
_AT_LARGE = pattern("claims", "at_large")
_PRESUMED = words("claims", "presumed")


def claims_of(letter: Letter) -> Iterator[tuple[Sentence, int, int]]:
    """Yield sentences that state something of the reader, with the words that do."""
    known = vocabulary()
    is_bare = letter.is_first and not any(letter.has_source(one) for one in letter.sentences)
    for one in letter.sentences:
        if one.is_question:
            continue
        for found in known.claim.finditer(letter.low, one.start, one.end):
            before = letter.low[one.start : found.start()]
            guessed = known.hedge.search(letter.low, one.start, found.end())
            asks = found.group().startswith("you") and known.unless.search(before)
            if guessed or asks or _IF.search(before):
                continue
            yield one, *found.span()
            break
        else:
            plain = _PLAIN.match(one.low) if is_bare else None
            if plain and not known.hedge.search(one.low) and not letter.is_insight(one):
                yield one, one.start, one.start + plain.end()
                continue
            unseen = _UNSEEN.search(one.low)
            if (
                unseen
                and letter.is_first
                and not letter.has_source(one)
                and not known.hedge.search(one.low)
                and not letter.is_insight(one)
                and not _IF.search(one.low[: unseen.start()])
            ):
                yield one, one.start + unseen.start(), one.start + unseen.end()
                continue
            third = _THIRD.search(one.text)
            if (
                third
                and not _NOT_THE_READER.match(third.group())
                and not letter.is_insight(one)
            ):
                yield one, one.start + third.start(), one.start + third.end()


# A sentence that begins with what is the reader's and says how it is.
_PLAIN = pattern("claims", "plain")
# What no public page says of a reader: why something of theirs went wrong, and what they feel.
_UNSEEN = pattern("claims", "unseen")
_IF = re.compile(r"\b(?:if|whether|unless|when|once|in case|imagine)\b[^,;:]*$")


@check("C201")
def claim_without_evidence(letter: Letter, choices: Choices) -> Iterator[Hit]:
    """Yield claims that carry no source; with evidence at hand, those that none bears out."""
    del choices
    if letter.verdicts is not None:
        for claim in letter.verdicts:
            if not claim.is_backed and not claim.contradicted:
                told = f"no quote of {letter.reader.name} says so"
                if claim.nearest:
                    told += f"; the nearest: \u201c{claim.nearest.quote[:160]}\u201d"
                yield Hit(claim.start, claim.end, told, backing=claim.nearest)
        return
    for one, start, end in claims_of(letter):
        if not letter.is_sourced(one) or (
            _UNSEEN.search(one.low) and not letter.has_source(one)
        ):
            yield Hit(start, end, "it states something of the reader and names no source")


@check("C204")
def number_contradicted(letter: Letter, choices: Choices) -> Iterator[Hit]:
    """Yield numbers that contradict each other or the reader's own documents."""
    del choices
    for one in letter.sentences:
        for start, end, told in contradictions(one):
            yield Hit(one.start + start, one.start + end, told)
    for claim in letter.verdicts or ():
        if claim.contradicted:
            told = f"{letter.reader.name} says {claim.contradicted}"
            yield Hit(*claim.number_at, told, backing=claim.nearest)


@check("C202")
def presumption_without_reason(letter: Letter, choices: Choices) -> Iterator[Hit]:
    """Yield guesses about the reader that do not say what makes us guess."""
    del choices
    for one in letter.sentences:
        found = _PRESUMED.search(letter.low, one.start, one.end)
        if found and not letter.is_sourced(one) and not letter.is_insight(one):
            yield Hit(*found.span(), "it presumes, and does not say what causes us to")


@check("C203")
def number_without_source(letter: Letter, choices: Choices) -> Iterator[Hit]:
    """Yield numbers nobody is said to have counted."""
    del choices
    for one in letter.sentences:
        if one.is_question and not letter.offer(one.start, one.end):
            continue
        if letter.has_source(one):
            continue
        if letter.is_sourced(one) and not one.is_of_us and not _AT_LARGE.search(one.low):
            continue
        for found in _NUMBER.finditer(letter.low, one.start, one.end):
            told = "a number, and nobody who counted"
            mild = letter.is_insight(one) or letter.answers_unseen
            yield Hit(*found.span(), told, mild=mild)
            break
