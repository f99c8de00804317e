"""Brings everything up to date. The database knows what is undone, so it can stop anywhere."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from unsolved import evidence, prospects
from unsolved.db import Sessions
from unsolved.errors import Unasked


@dataclass(frozen=True, slots=True)
class Reading:
    """Documents and sentences read so far, and documents left."""

    documents: int
    sentences: int
    left: int


@dataclass(frozen=True, slots=True)
class Assessing:
    """Organisations left to assess."""

    left: int


def catch_up(
    sessions: Sessions,
    method: evidence.Method,
    *,
    today: date,
    hands: evidence.Hands = evidence.ALONE,
) -> Iterator[Reading | Assessing]:
    """Read what is unread, assess who has changed, and tell how far it has come.

    Raises:
        Unasked: a language model could not be asked about everything. What was read until
            then is kept and assessed; the rest is as it was.
    """
    stopped: Unasked | None = None
    try:
        for progress in evidence.read_all(sessions, method, hands):
            yield Reading(progress.documents, progress.sentences, progress.left)
    except Unasked as error:
        stopped = error
    library, weights = method.matcher.library, prospects.weights()
    for left in prospects.assess_all(sessions, library, weights, today=today):
        yield Assessing(left)
    if stopped:
        raise stopped
