"""Checks an answer: our words, for the sentences that were asked, with quotes that stand there.

What does not pass is refused with a reason in our own words; nothing of what a server wrote is
shown to anybody.
"""

import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from unsolved.evidence.language_model.doubt import Answer
from unsolved.evidence.language_model.prompt import Question
from unsolved.evidence.model import Assertion, Facet, FixKind

_FENCED = re.compile(r"\s*```(?:json)?\s*\n(.*)\n\s*```\s*", re.DOTALL)
_VISIBLE = re.compile(r"[^\W_]")


class Refusal(StrEnum):
    """Why an answer, or a whole reply, does not count."""

    SHAPE = "not in the form that was asked for"
    WORD = "a word that is not one of ours"
    QUOTE = "a quote that is not in the sentence"
    TWICE = "two answers to one sentence"
    MISSING = "no answer to a sentence"
    STRAY = "an answer to what was not asked"
    DECLINED = "the model declined to answer"
    CUT_OFF = "an answer that was cut off"
    TOO_LARGE = "an answer that is too large"
    NOT_TAKEN = "the endpoint would not take the question"


@dataclass(frozen=True, slots=True)
class Judged:
    """For every id that was asked an answer or a refusal; and how many strays there were."""

    answers: Mapping[str, Answer | Refusal]
    strays: int = 0


def judged(text: str, asked: Mapping[str, Question]) -> Judged | Refusal:
    """Return what of a reply counts, sentence by sentence, or why nothing of it does."""
    items = _items(text)
    if items is None:
        return Refusal.SHAPE
    ids = Counter(name for item in items if isinstance(name := item.get("id"), str))
    found: dict[str, Answer | Refusal] = dict.fromkeys(asked, Refusal.MISSING)
    for item in items:
        name = item.get("id")
        if isinstance(name, str) and name in asked:
            found[name] = Refusal.TWICE if ids[name] > 1 else _answer(item, asked[name])
    known = sum(count for name, count in ids.items() if name in asked)
    return Judged(found, len(items) - known)


def _items(text: str) -> list[dict[str, object]] | None:
    fenced = _FENCED.fullmatch(text)
    try:
        told = json.loads(fenced[1] if fenced else text)
    except (ValueError, RecursionError):
        return None
    items = told.get("answers") if isinstance(told, dict) else None
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        return None
    return items


def _answer(item: Mapping[str, object], question: Question) -> Answer | Refusal:
    facets = item.get("facets")
    if set(item) - {"id", "facets", "assertion", "fix"} or not isinstance(facets, list):
        return Refusal.SHAPE
    said = _said(facets, question.sentence.text)
    if isinstance(said, Refusal):
        return said
    assertion, fix = item.get("assertion"), item.get("fix")
    if not _is_one_of(assertion, Assertion) or not _is_one_of(fix, FixKind):
        return Refusal.WORD
    if said and assertion is None:
        return Refusal.SHAPE
    return Answer(
        said=said & question.doubt,
        assertion=Assertion(str(assertion)) if said else None,
        fix=FixKind(str(fix)) if said and fix is not None else None,
    )


def _is_one_of(word: object, ours: type[StrEnum]) -> bool:
    return word is None or (isinstance(word, str) and word in set(ours))


def _said(facets: Sequence[object], text: str) -> frozenset[Facet] | Refusal:
    said = set()
    for one in facets:
        if not isinstance(one, dict) or set(one) != {"facet", "quote"}:
            return Refusal.SHAPE
        facet, quote = one["facet"], one["quote"]
        if not isinstance(facet, str) or not isinstance(quote, str):
            return Refusal.SHAPE
        if facet not in set(Facet):
            return Refusal.WORD
        if quote not in text or not _VISIBLE.search(quote):
            return Refusal.QUOTE
        said.add(Facet(facet))
    return frozenset(said)
