"""What is sent: our instructions, and the sentences in doubt as data beside them."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

from unsolved.evidence.model import Assertion, Facet, FixKind, Sentence

VERSION = "prompt 1"
INSTRUCTIONS = Path(__file__).parent / "prompt.md"
SPARE, ANSWER = 1_000, 300
"""The most tokens an answer may have: so many, and so many more for each sentence."""

SCHEMA: Mapping[str, object] = {
    "type": "object",
    "additionalProperties": False,
    "required": ["answers"],
    "properties": {
        "answers": {
            "type": "array",
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["id", "facets", "assertion", "fix"],
                "properties": {
                    "id": {"type": "string"},
                    "facets": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "additionalProperties": False,
                            "required": ["facet", "quote"],
                            "properties": {
                                "facet": {"type": "string", "enum": [*Facet]},
                                "quote": {"type": "string"},
                            },
                        },
                    },
                    "assertion": {"type": ["string", "null"], "enum": [*Assertion, None]},
                    "fix": {"type": ["string", "null"], "enum": [*FixKind, None]},
                },
            },
        }
    },
}


@dataclass(frozen=True, slots=True)
class Question:
    """A sentence and the facets of it that are in doubt."""

    sentence: Sentence
    doubt: frozenset[Facet]

    def told(self) -> dict[str, object]:
        """Return all of it that is sent."""
        return {
            "text": self.sentence.text,
            "before": self.sentence.before,
            "after": self.sentence.after,
            "kind": self.sentence.kind,
            "in_doubt": [facet for facet in Facet if facet in self.doubt],
        }

    def digest(self, model: str) -> str:
        """Return what tells it, asked of that model in our present words, from all others."""
        whole = json.dumps([model, fingerprint(), self.told()])
        return sha256(whole.encode()).hexdigest()[:32]


@cache
def instructions() -> str:
    """Return our side of the conversation."""
    return INSTRUCTIONS.read_text(encoding="utf-8")


@cache
def fingerprint() -> str:
    """Return what changes exactly when we ask differently."""
    whole = json.dumps([VERSION, instructions(), dict(SCHEMA)])
    return sha256(whole.encode()).hexdigest()[:16]


def names(questions: Sequence[Question]) -> dict[str, Question]:
    """Return the questions of one request, each under the id it is asked by."""
    return {f"s{number}": question for number, question in enumerate(questions, 1)}


def request(model: str, asked: Mapping[str, Question], form: Mapping[str, object]) -> bytes:
    """Return the body of a request.

    The sentences are one JSON text: no quotation mark or line break of theirs can end it.
    """
    data = {"sentences": [{"id": name, **one.told()} for name, one in asked.items()]}
    body = {
        "model": model,
        "messages": [
            {"role": "system", "content": instructions()},
            {"role": "user", "content": json.dumps(data, ensure_ascii=False)},
        ],
        **form,
    }
    return json.dumps(body).encode()


def forms(questions: int) -> list[dict[str, object]]:
    """Return the ways to bound and shape an answer, the strictest first.

    Servers differ in what they understand: not all know schemas, and some know only the newer
    name for the most tokens.
    """
    most = longest(questions)
    named = {"name": "labels", "strict": True, "schema": dict(SCHEMA)}
    schema = {"response_format": {"type": "json_schema", "json_schema": named}}
    return [
        {**schema, "max_tokens": most, "temperature": 0},
        {**schema, "max_completion_tokens": most},
        {"max_tokens": most, "temperature": 0},
        {"max_tokens": most},
    ]


def longest(questions: int) -> int:
    """Return the most tokens that an answer to so many questions may have."""
    return SPARE + ANSWER * questions
