"""A language model may word what the buyer says; what is said, the program has decided.

Whatever comes back is checked word by word: a number, a name or a word of meaning that does not
stand in what was to be said is refused, and so are a question that nobody meant to ask and a
fact left out. Then our own words stand.
"""

import json
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Protocol

from unsolved.conversations.acts.words import STOP, numbers, stem, stems
from unsolved.conversations.practice.model import Persona
from unsolved.conversations.practice.state import Spoken
from unsolved.evidence.language_model import Terms
from unsolved.evidence.language_model.client import Client, Reply

TOKENS = 300
LONGER = 2.0
"""How many times as long as our own words an answer may be, and some words besides."""

SOME = 12
INSTRUCTIONS = Path(__file__).with_name("phrasing.md")
# A capital that no sentence begins with.
_NAME = re.compile(r"(?<![.!?\u201c\"]\s)(?<!^)\b([A-Z][\w-]+)")
_WORD = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)?")


class Phraser(Protocol):
    """Somebody who words an answer that was decided on."""

    @property
    def name(self) -> str:
        """Which model, and where; shown beside what it words."""

    def word(self, persona: Persona, line: str, parts: Sequence[Spoken]) -> str | None:
        """Return the answer in other words, or None when there are none that pass."""


def checked(text: str, parts: Sequence[Spoken], persona: Persona) -> str | None:
    """Return why a wording is refused, or None when nothing in it goes beyond the parts."""
    return next(_faults(" ".join(text.split()), parts, persona), None)


def _faults(text: str, parts: Sequence[Spoken], persona: Persona) -> Iterator[str]:
    allowed = " ".join(part.text for part in parts)
    said, told = _lower(text), _lower(allowed)
    names = {name.lower() for name in _NAME.findall(text)}
    if not text:
        yield "it is empty"
    if len(text.split()) > LONGER * len(allowed.split()) + SOME:
        yield "it is much longer than what was to be said"
    if not numbers(text) <= numbers(allowed) or (said & _words("spelled")) - told:
        yield "it holds a figure that was not to be said"
    if names - _lower(f"{allowed} {persona.name}") - STOP:
        yield "it holds a name that was not to be said"
    if stems(text) - stems(allowed) - _plain():
        yield "it holds a word that was not to be said"
    if bool(_denials(said)) != bool(_denials(told)):
        yield "it denies what was to be said, or the other way round"
    if text.count("?") > allowed.count("?"):
        yield "it asks what was not to be asked"
    if "?" in allowed and "?" not in text:
        yield "it leaves out the question"
    if any(part.fact and not _holds(text, part.text) for part in parts):
        yield "it leaves out what was to be said"


def _lower(text: str) -> frozenset[str]:
    return frozenset(word.lower().replace("\u2019", "'") for word in _WORD.findall(text))


def _denials(words: frozenset[str]) -> frozenset[str]:
    return frozenset(
        word for word in words if word in _words("negations") or word.endswith("n't")
    )


def _holds(text: str, fact: str) -> bool:
    """Whether the figures of a fact stand in a text, and half of its words of meaning."""
    own = stems(fact)
    return numbers(fact) <= numbers(text) and 2 * len(own & stems(text)) >= len(own)


@cache
def _words(kind: str) -> frozenset[str]:
    told = tomllib.loads(Path(__file__).with_name("phrasing.toml").read_text("utf-8"))
    return frozenset(told[kind])


@cache
def _plain() -> frozenset[str]:
    return frozenset(stem(word) for word in _words("plain"))


@dataclass(frozen=True, slots=True)
class LanguageModelPhraser:
    """Asks a chat endpoint, within its time; keeps nothing and sends nothing else."""

    terms: Terms

    @property
    def name(self) -> str:
        """Which model, and where."""
        place = "on this machine" if self.terms.is_here else "not on this machine"
        return f"{self.terms.model} at {self.terms.address}, {place}"

    def word(self, persona: Persona, line: str, parts: Sequence[Spoken]) -> str | None:
        """Return the answer in the model's words, or None when it has none that pass."""
        outcome = Client(self.terms).post(request(self.terms.model, persona, line, parts))
        if not isinstance(outcome, Reply):
            return None
        text = " ".join(outcome.text.strip().strip('"').split())
        return None if checked(text, parts, persona) else text


SENT = (
    "the line you said, what the buyer is to say, and the buyer's name, role, mood and three "
    "phrases of theirs; no other fact, and nothing of your records"
)
"""What leaves the program, for who has to agree to it."""


def request(model: str, persona: Persona, line: str, parts: Sequence[Spoken]) -> bytes:
    """Return the body of a request: instructions, and as data what is to be worded."""
    style = [said for phrases in persona.speech.values() for said in phrases[:1]][:3]
    data: Mapping[str, object] = {
        "buyer": {"name": persona.name, "role": persona.role, "mood": persona.mood},
        "speaks_like": style,
        "seller_said": line[:2_000],
        "say": [part.text for part in parts],
    }
    body = {
        "model": model,
        "messages": [
            {"role": "system", "content": INSTRUCTIONS.read_text("utf-8")},
            {"role": "user", "content": json.dumps(data, ensure_ascii=False)},
        ],
        "max_tokens": TOKENS,
    }
    return json.dumps(body).encode()
