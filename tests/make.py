"""Makes things for tests: whole, valid and dull, but for what a test names."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from hashlib import sha256
from itertools import count

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import MetaData

from unsolved.db import Engine, Sessions
from unsolved.evidence import (
    Assertion,
    Evidence,
    Facet,
    Feedback,
    FixKind,
    Label,
    Method,
    Quote,
    Reader,
    Sentence,
    Span,
    Speaker,
    Verdict,
    read_all,
)
from unsolved.evidence.match import FEATURES, Matcher, Weights
from unsolved.evidence.statement import statement_key
from unsolved.problems import Library, Problem
from unsolved.prospects import Prospect, weights
from unsolved.prospects.assess import Dossier, assess
from unsolved.sources import Added, Draft, Kind, Organisation, OrganisationDraft, Refusal, add

SPRING = datetime(2026, 4, 1, tzinfo=UTC)
TODAY = SPRING.date()
_numbers = count(1)


def empty(engine: Engine) -> None:
    """Leave no table, whoever made it; Alembic's own would make it skip its work."""
    found = MetaData()
    found.reflect(engine)
    found.drop_all(engine)


def draft(text: str = "Orders arrive late.", about: str = "Acme", **but: object) -> Draft:
    facts = {
        "key": f"d{next(_numbers)}",
        "organisation": OrganisationDraft(name=about),
        "title": "A letter",
        "kind": Kind.NEWS,
        "published_on": date(2026, 3, 1),
        "original": text.encode(),
        **but,
    }
    return Draft(text=text, **facts)  # type: ignore[arg-type]


@dataclass
class Shelf:
    """A connector with its finds on a shelf; a real one, only nearer."""

    finds: list[Draft | OrganisationDraft | Refusal] = field(default_factory=list)
    name: str = "shelf"

    def fetch(self) -> Iterator[Draft | OrganisationDraft | Refusal]:
        return iter(self.finds)


def bring(sessions: Sessions, *finds: Draft | OrganisationDraft | Refusal) -> Added:
    """Put finds on the shelf and add them."""
    return add(sessions, Shelf(list(finds)), now=SPRING)


def organisation(name: str = "Acme", **but: object) -> Organisation:
    facts = {
        "id": 1,
        "names": (),
        "domain": None,
        "industry": None,
        "country": None,
        "employees": None,
        "revenue": None,
        **but,
    }
    return Organisation(name=name, **facts)  # type: ignore[arg-type]


def problem(id: str = "late_orders", *terms: str, **but: object) -> Problem:  # noqa: A002
    facts = {
        "title": "Orders arrive late",
        "statement": "What was ordered comes late, or not at all.",
        "symptoms": ("customers wait",),
        **but,
    }
    return Problem(id=id, terms=terms or ("orders",), **facts)  # type: ignore[arg-type]


LIBRARY = Library((problem(), problem("bad_pay", "pay", title="Pay is wrong")))


def evidence(
    *facets: Facet, quote: str = "", on: date | None = date(2026, 3, 1), **but: object
) -> Evidence:
    """Return a piece that says some facets for sure; without ``quote`` it says it uniquely."""
    number = next(_numbers)
    told = quote or " ".join(f"w{number}x{i}" for i in range(8))
    facts = {
        "id": number,
        "document_id": number,
        "organisation_id": 1,
        "facets": {facet: 0.95 if facet in facets else 0.01 for facet in Facet},
        "labels": frozenset(facets),
        "assertion": Assertion.ACTUAL,
        "speaker": Speaker.ORGANISATION,
        "fix": FixKind.VENDOR if Facet.ATTEMPT in facets else None,
        "statement": statement_key(told),
        "matches": {"late_orders": 0.95},
        "title": "A letter",
        "kind": "filing",
        **but,
    }
    return Evidence(quote=Quote(told, Span(0, len(told))), said_on=on, **facts)  # type: ignore[arg-type]


def feedback(quote: str, verdict: Verdict, **but: object) -> Feedback:
    """Return what somebody said of a sentence and late orders."""
    facts = {
        "problem_id": "late_orders",
        "quote": Quote(quote, Span(0, len(quote))),
        "statement": statement_key(quote),
        "lineage": (1, "elsewhere"),
        "document_id": 1,
        "said_at": SPRING,
        **but,
    }
    return Feedback(verdict=verdict, **facts)  # type: ignore[arg-type]


WORDS: Mapping[str, Facet] = {
    "late": Facet.PROBLEM,
    "wrong": Facet.PROBLEM,
    "installed": Facet.ATTEMPT,
    "failed": Facet.FAILURE,
    "solved": Facet.RESOLVED,
}


@dataclass(frozen=True)
class WordReader:
    """A reader that knows a few words, and counts what it has been given to read."""

    words: Mapping[str, Facet] = field(default_factory=lambda: WORDS)
    name: str = "words"
    seen: list[str] = field(default_factory=list)

    @property
    def fingerprint(self) -> str:
        return sha256(repr(sorted(self.words.items())).encode()).hexdigest()[:16]

    def label(self, sentences: Sequence[Sentence]) -> list[Label]:
        self.seen.extend(sentence.text for sentence in sentences)
        return [self._label(sentence.text) for sentence in sentences]

    def _label(self, text: str) -> Label:
        said = frozenset(facet for word, facet in self.words.items() if word in text)
        doubted = Assertion.HYPOTHETICAL if "could" in text else Assertion.ACTUAL
        return Label(
            facets={facet: 0.9 if facet in said else 0.05 for facet in Facet},
            labels=said,
            assertion=doubted if said else None,
            fix=FixKind.VENDOR if said & {Facet.ATTEMPT, Facet.FAILURE} else None,
        )


class WordVectors:
    """Vectors for a handful of words, each pointing its own way."""

    fingerprint = "words"

    def __init__(self, words: Sequence[str] = ("orders", "pay", "late")) -> None:
        self.words = words

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one unit vector a text; one without a known word gets zeros."""
        counts = [[text.split().count(word) for word in self.words] for text in texts]
        vectors = np.array(counts, dtype=np.float32).reshape(len(texts), len(self.words))
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        return np.asarray(vectors / np.maximum(lengths, 1e-9), dtype=np.float32)


def dossier(*pieces: Evidence, **but: object) -> Dossier:
    """Return what was read about one organisation, oldest first."""
    ordered = sorted(pieces, key=lambda piece: (piece.said_on or date.min, piece.id))
    days = [piece.said_on for piece in ordered if piece.said_on]
    facts = {
        "organisation": organisation(),
        "sharing": {},
        "documents_read": len(pieces),
        "sentences_read": 10 * len(pieces),
        "ends_on": max(days, default=None),
        **but,
    }
    return Dossier(evidence=ordered, **facts)  # type: ignore[arg-type]


def prospect(*pieces: Evidence, today: date = TODAY, **but: object) -> Prospect:
    """Return where an organisation stands on late orders, given pieces of evidence."""
    return assess(dossier(*pieces, **but), problem(), weights(), today=today)


def method(*, reader: Reader | None = None, library: Library = LIBRARY) -> Method:
    """Return a way of reading in which a problem's own term settles what it is about."""
    features = tuple(6.0 if name == "own terms" else 0.0 for name in FEATURES)
    worth = Weights(start=-3.0, features=features)
    return Method(reader or WordReader(), Matcher(library, WordVectors(), worth))


def read(sessions: Sessions, how: Method) -> int:
    """Read whatever is unread, and return how many documents are read in all."""
    return list(read_all(sessions, how))[-1].documents
