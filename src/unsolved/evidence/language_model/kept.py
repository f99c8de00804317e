"""Answers that were paid for, kept so that nothing is asked twice.

Not after a crash, nor when the library of problems changes and every document is read again.
It is a file of lines, added to and never rewritten; it holds digests of questions and our own
words, and no sentence of any document.
"""

import json
import os
from collections.abc import Mapping
from pathlib import Path

from unsolved.errors import Unreadable
from unsolved.evidence.language_model.answers import Refusal
from unsolved.evidence.language_model.doubt import Answer
from unsolved.evidence.model import Assertion, Facet, FixKind


class Kept:
    """Answers by the digest of their question."""

    def __init__(self, path: Path) -> None:
        """Read what is there.

        Raises:
            Unreadable: the file cannot be read.
        """
        self._path = path
        self._answers = _read(path)

    def get(self, digest: str) -> Answer | Refusal | None:
        """Return what came of a question, or None when it was never answered."""
        return self._answers.get(digest)

    def keep(self, found: Mapping[str, Answer | Refusal]) -> None:
        """Keep answers, on the disk too, before anything is made of them."""
        lines = "".join(_line(digest, answer) + "\n" for digest, answer in found.items())
        # A line that a crash cut short must not swallow the next one.
        with self._path.open("a", encoding="utf-8") as file:
            file.write(lines if _ends_whole(self._path) else "\n" + lines)
            file.flush()
            os.fsync(file.fileno())
        self._answers.update(found)


def _read(path: Path) -> dict[str, Answer | Refusal]:
    try:
        lines = path.read_bytes().splitlines() if path.exists() else []
    except OSError as error:
        mend = "Set llm_answers to another file."
        raise Unreadable(where=str(path), why=str(error.strerror), mend=mend) from error
    return dict(found for line in lines if (found := _answer(line)))


def _ends_whole(path: Path) -> bool:
    with path.open("rb") as file:
        size = file.seek(0, os.SEEK_END)
        file.seek(max(0, size - 1))
        return file.read() in {b"", b"\n"}


def _line(digest: str, answer: Answer | Refusal) -> str:
    if isinstance(answer, Refusal):
        return json.dumps({"question": digest, "refused": answer.name})
    said = [facet for facet in Facet if facet in answer.said]
    told = {"said": said, "assertion": answer.assertion, "fix": answer.fix}
    return json.dumps({"question": digest, **told})


def _answer(line: bytes) -> tuple[str, Answer | Refusal] | None:
    """Return what stands on a line, or None when a crash or somebody's hand spoilt it."""
    try:
        told = json.loads(line)
        if "refused" in told:
            return str(told["question"]), Refusal[told["refused"]]
        assertion, fix = told["assertion"], told["fix"]
        return str(told["question"]), Answer(
            said=frozenset(Facet(word) for word in told["said"]),
            assertion=Assertion(assertion) if assertion else None,
            fix=FixKind(fix) if fix else None,
        )
    except (ValueError, LookupError, TypeError, RecursionError):
        return None
