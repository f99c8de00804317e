"""Many organisations with much evidence, made up, put into a database in bulk."""

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy import insert

from bench.world import today
from unsolved import prospects
from unsolved.db import Base, Sessions, transaction
from unsolved.evidence import Assertion, Facet, FixKind, Speaker
from unsolved.problems import Library, Problem

ORGANISATIONS = 10_000
PIECES = 10
"""Sentences of evidence a document, one document an organisation."""

AT_ONCE = 500
SEED = 20
INDUSTRIES = ("Retail", "Banking", "Utilities", "Airlines", "Food", "Government", "Software")
SAYS = {
    Facet.PROBLEM: "The {term} gave us trouble in {month} and customers waited {n} days.",
    Facet.CONSEQUENCE: "That cost {n} million in sales that the {term} did not bring back.",
    Facet.ATTEMPT: "A supplier was hired in {month} to put the {term} right within {n} weeks.",
    Facet.FAILURE: "The new {term} was stopped in {month} after {n} failed trials.",
    Facet.RESOLVED: "Since {month} the {term} has worked as it should for {n} sites.",
    Facet.GOAL: "By {month} the {term} should serve {n} sites at half the cost.",
}
MONTHS = ("January", "March", "May", "July", "September", "November")


def fill(sessions: Sessions, library: Library, organisations: int = ORGANISATIONS) -> int:
    """Make organisations, documents, evidence and prospects; return the pieces made."""
    chance = random.Random(SEED)  # noqa: S311 (the same world every time)
    made = [_organisation(number, library, chance) for number in range(1, organisations + 1)]
    with transaction(sessions) as tx:
        tx.execute(insert(_table("sources")), [_source()])
    for start in range(0, len(made), AT_ONCE):
        with transaction(sessions) as tx:
            for name in made[0]:
                rows = [row for one in made[start : start + AT_ONCE] for row in one[name]]
                tx.execute(insert(_table(name)), rows)
    for _ in prospects.assess_all(sessions, library, prospects.weights(), today=today()):
        pass
    return organisations * PIECES


def _table(name: str) -> Any:
    return Base.metadata.tables[name]


def _source() -> dict[str, Any]:
    now = datetime.now(UTC)
    return {"id": 1, "name": "bench", "visited_at": now, "new": 0, "changed": 0, "unchanged": 0}


def _organisation(
    number: int, library: Library, chance: random.Random
) -> dict[str, list[dict[str, Any]]]:
    """Return the rows of one organisation, by table."""
    name = f"Firm {number:05} of {chance.choice(INDUSTRIES)}"
    pieces = list(_pieces(library, chance))
    text = "\n\n".join(quote for _, _, quote in pieces)
    digest = sha256(f"{number}{text}".encode()).hexdigest()
    return {
        "organisations": [
            {"id": number, "name": name, "industry": chance.choice(INDUSTRIES)},
        ],
        "organisation_names": [
            {"key": name.casefold(), "organisation_id": number, "name": name},
        ],
        "originals": [{"digest": digest, "media_type": "text/plain", "content": b""}],
        "documents": [_document(number, digest, text, chance)],
        "readings": [
            {
                "document_id": number,
                "fingerprint": "bench",
                "sentences": len(pieces),
                "characters": len(text),
            }
        ],
        "evidence": list(_evidence(number, pieces, chance)),
        "matches": [
            {
                "evidence_id": number * PIECES + at,
                "problem_id": problem.id,
                "probability": round(chance.uniform(0.5, 0.95), 3),
            }
            for at, (problem, _, _) in enumerate(pieces)
        ],
    }


def _document(number: int, digest: str, text: str, chance: random.Random) -> dict[str, Any]:
    return {
        "id": number,
        "source_id": 1,
        "key": f"d{number}",
        "version": 1,
        "is_current": True,
        "organisation_id": number,
        "title": f"Letter {number}",
        "kind": "filing",
        "published_on": date(2026, 1, 1) - timedelta(days=chance.randrange(900)),
        "received_at": datetime.now(UTC),
        "origins": [],
        "digest": digest,
        "original": digest,
        "text": text,
    }


def _pieces(library: Library, chance: random.Random) -> Iterator[tuple[Problem, Facet, str]]:
    for _ in range(PIECES):
        problem = chance.choice(library.problems)
        facet = chance.choice(list(SAYS))
        quote = SAYS[facet].format(
            term=chance.choice(problem.terms),
            month=chance.choice(MONTHS),
            n=chance.randrange(2, 90),
        )
        yield problem, facet, quote


def _evidence(
    number: int, pieces: list[tuple[Problem, Facet, str]], chance: random.Random
) -> Iterator[dict[str, Any]]:
    start = 0
    for at, (_, said, quote) in enumerate(pieces):
        yield {
            "id": number * PIECES + at,
            "document_id": number,
            "start": start,
            "end": start + len(quote),
            "quote": quote,
            "facets": {f.value: 0.9 if f is said else 0.02 for f in Facet},
            "labels": [said.value],
            "assertion": chance.choice([Assertion.ACTUAL] * 4 + [Assertion.HYPOTHETICAL]),
            "speaker": chance.choice(list(Speaker)),
            "fix": FixKind.VENDOR if said in {Facet.ATTEMPT, Facet.FAILURE} else None,
            "statement": sha256(quote.encode()).hexdigest()[:16],
        }
        start += len(quote) + 2
