"""What would be read next, so that the cost of asking can be told before."""

from dataclasses import dataclass

from unsolved.db import Sessions, transaction
from unsolved.evidence import queries
from unsolved.evidence.model import Sentence
from unsolved.evidence.reading import Method, sentences


@dataclass(frozen=True, slots=True)
class Ahead:
    """The sentences of the next undone documents, and what share of all undone these are."""

    documents: list[list[Sentence]]
    share: float


def ahead(sessions: Sessions, method: Method, most: int) -> Ahead:
    """Return what would be read next, of at most so many documents."""
    with transaction(sessions) as tx:
        waiting = queries.unread(tx, method.fingerprint, most)
        left = queries.progress(tx, method.fingerprint).left
    texts = [sentences(document.text, document.kind) for document in waiting]
    return Ahead(texts, len(waiting) / left if left else 1.0)
