"""Which facts do some words come near? A word that few facts have says more than others."""

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache
from math import sqrt

from unsolved.conversations.acts.words import shared, stems
from unsolved.conversations.practice.model import Fact, Known, Persona

NEAR = 0.44
"""One word that five facts have is near enough for a question."""

SURE = 2
"""So many words in common, and a claim is about a fact: one alone is chance."""

_ALIKE = 5  # letters that two forms of a word share: inspector, inspection
_COMMON = 8  # a word in more facts than this tells none of them apart


def near(text: str, persona: Persona) -> Mapping[str, float]:
    """Return the facts that a question comes near, with how near, the nearest first."""
    own = stems(text)
    worth = _worth(persona.facts)
    found = {
        fact.id: sum(worth.get(one, 0.0) for one in own & _stems(fact))
        for fact in persona.facts
    }
    close = {one: value for one, value in found.items() if value >= NEAR}
    return dict(sorted(close.items(), key=lambda item: -item[1]))


def touched(persona: Persona, claims: Iterable[str]) -> tuple[str, ...]:
    """Return the facts that share words with what was claimed, the most first."""
    worth: dict[str, int] = {}
    for claim in claims:
        for fact in persona.facts:
            same = shared(claim, fact.says)
            if same >= SURE:
                worth[fact.id] = max(same, worth.get(fact.id, 0))
    return tuple(sorted(worth, key=lambda one: -worth[one]))


def is_public(text: str, persona: Persona) -> bool:
    """Whether a claim says what anybody can find out, and names where it stands."""
    return any(
        shared(text, [known.says]) >= SURE and _names(text, known) for known in persona.public
    )


def _names(text: str, known: Known) -> bool:
    own = {one[:_ALIKE] for one in stems(text)}
    source = {one[:_ALIKE] for one in stems(known.source)}
    says = {one[:_ALIKE] for one in stems(known.says)}
    return bool(own & (source - says))


@lru_cache(maxsize=64)
def _worth(facts: tuple[Fact, ...]) -> Mapping[str, float]:
    count = Counter(one for fact in facts for one in _stems(fact))
    return {one: 1 / sqrt(many) for one, many in count.items() if many <= _COMMON}


def _stems(fact: Fact) -> frozenset[str]:
    return frozenset[str]().union(*(stems(text) for text in fact.says))
