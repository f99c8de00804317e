"""Whose hands read: this process, or several beside it when there is enough to read.

What comes out is the same, in the same order: a document is read alone, by a method made anew
from its name and its library in each process, and handed on when its turn comes.
"""

from collections import deque
from collections.abc import Generator, Iterable, Iterator, Mapping
from concurrent.futures import Future
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from itertools import chain
from typing import Self

from unsolved.errors import Conflict
from unsolved.evidence.model import ALONE, Hands, Unread
from unsolved.evidence.readers import READERS
from unsolved.evidence.reading import Found, Method, read
from unsolved.evidence.shipped import method as shipped
from unsolved.evidence.workers import threads, workers
from unsolved.problems import Library

MOST = 16
"""Documents a process may be given ahead of the one whose turn it is."""

MOST_CHARACTERS = 8_000_000
"""Characters of the documents given ahead; one document may be longer."""


_method: ContextVar[Method | None] = ContextVar("method")


@dataclass(frozen=True, slots=True)
class Outcome:
    """A document's reading, in the plain values in which it is kept."""

    document_id: int
    characters: int
    sentences: int
    evidence: list[dict[str, object]]
    matches: list[Mapping[str, float]]

    @classmethod
    def of(cls, document: Unread, found: Iterable[Found], sentences: int) -> Self:
        """Make rows of what was found in a document."""
        found = list(found)
        return cls(
            document_id=document.id,
            characters=len(document.text),
            sentences=sentences,
            evidence=[_row(document.id, one) for one in found],
            matches=[one.matches for one in found],
        )


def outcomes(
    documents: Iterable[Unread], method: Method, hands: Hands = ALONE
) -> Generator[Outcome, None, None]:
    """Yield the reading of each document, in their order, as soon as it is there.

    Others than this process read only when there is enough to read and they can make the
    method themselves. An error says in a note which document it arose from.
    """
    documents = iter(documents)
    processes = hands.processes or threads()
    if processes > 1 and _can_be_made_anew(method):
        first = deque(_until(documents, hands.enough))
        is_enough = sum(len(document.text) for document in first) > hands.enough
        documents = chain(_let_go(first), documents)
        if is_enough:
            yield from _beside(documents, method, processes)
            return
    for document in documents:
        with _naming(document.id, document.title):
            outcome = _read(document, method)
        yield outcome


def _beside(documents: Iterable[Unread], method: Method, processes: int) -> Iterator[Outcome]:
    begin = (method.reader.name, method.matcher.library, method.fingerprint)
    ahead: deque[tuple[int, str, int, Future[Outcome]]] = deque()
    held = 0
    with workers(processes, _begin, *begin) as crew:
        for document in documents:
            size = len(document.text)
            while ahead and (len(ahead) >= MOST * processes or held + size > MOST_CHARACTERS):
                held -= ahead[0][2]
                yield _next(ahead)
            work = crew.give(_read_there, document)
            ahead.append((document.id, document.title, size, work))
            held += size
        while ahead:
            yield _next(ahead)


def _next(ahead: deque[tuple[int, str, int, Future[Outcome]]]) -> Outcome:
    known, title, _, work = ahead.popleft()
    with _naming(known, title):
        return work.result()


def _begin(name: str, library: Library, fingerprint: str) -> None:
    method = shipped(name, library)
    _method.set(method if method.fingerprint == fingerprint else None)


def _read_there(document: Unread) -> Outcome:
    method = _method.get()
    if method is None:
        raise Conflict(program="changed since it began to read", mend="start it again")
    return _read(document, method)


def _read(document: Unread, method: Method) -> Outcome:
    found, sentences = read(
        document.text, kind=document.kind, title=document.title, method=method
    )
    return Outcome.of(document, found, sentences)


def _can_be_made_anew(method: Method) -> bool:
    """Whether the name of the reader and the library are all that a method is made of."""
    if method.reader.name not in READERS:
        return False
    made = shipped(method.reader.name, method.matcher.library)
    return made.fingerprint == method.fingerprint


def _until(documents: Iterator[Unread], enough: int) -> Iterator[Unread]:
    held = 0
    for document in documents:
        yield document
        held += len(document.text)
        if held > enough:
            return


def _let_go(documents: deque[Unread]) -> Iterator[Unread]:
    while documents:
        yield documents.popleft()


@contextmanager
def _naming(document_id: int, title: str) -> Iterator[None]:
    try:
        yield
    except Exception as error:
        error.add_note(f"while reading document {document_id}, {title!r}")
        raise


def _row(document_id: int, found: Found) -> dict[str, object]:
    return {
        "document_id": document_id,
        "start": found.quote.span.start,
        "end": found.quote.span.end,
        "quote": found.quote.text,
        "facets": {facet.value: p for facet, p in found.label.facets.items()},
        "labels": sorted(facet.value for facet in found.label.labels),
        "assertion": found.assertion,
        "speaker": found.speaker,
        "fix": found.label.fix,
        "statement": found.statement,
    }
