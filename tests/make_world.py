"""Makes a small world of rows: organisations, what was said of them, and where they stand."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from sqlalchemy.orm import Session

from tests import make
from unsolved.db import Sessions, transaction
from unsolved.evidence import Assertion, Facet, FixKind, Speaker
from unsolved.evidence.tables import EvidenceRow, MatchRow, ReadingRow
from unsolved.prospects import Standing, Step
from unsolved.prospects.tables import ProspectRow
from unsolved.sources import Kind
from unsolved.sources.tables import (
    DocumentRow,
    OrganisationNameRow,
    OrganisationRow,
    OriginalRow,
    RefusalRow,
    SourceRow,
)

READING = "read-today"
LETTER = """Orders arrive late, <b>every</b> week & <script>alert(1)</script> "again".
In 2020 we installed a new order system.

The new order system failed on its first day.
"""


@dataclass(frozen=True)
class World:
    """The ids of what was made."""

    acme: int
    bolt: int
    calm: int
    letter: int
    said: int
    tried: int
    failed: int


def organisation(tx: Session, name: str, *names: str, **but: object) -> int:
    row = OrganisationRow(name=name, **but)
    tx.add(row)
    tx.flush()
    for known in (name, *names):
        tx.add(OrganisationNameRow(key=known.lower(), organisation_id=row.id, name=known))
    return row.id


def source(tx: Session, name: str = "letters") -> int:
    row = tx.query(SourceRow).filter_by(name=name).one_or_none()
    if row is None:
        row = SourceRow(name=name, visited_at=make.SPRING, new=1)
        tx.add(row)
        tx.flush()
    return row.id


def document(tx: Session, organisation_id: int, text: str, **but: Any) -> int:
    original = but.pop("content", text.encode())
    digest = sha256(original).hexdigest()
    if tx.get(OriginalRow, digest) is None:
        media_type = but.pop("media_type", "text/plain")
        tx.add(OriginalRow(digest=digest, media_type=media_type, content=original))
        tx.flush()
    facts = {
        "source_id": source(tx),
        "key": f"folder/{digest[:8]}.txt",
        "version": 1,
        "is_current": True,
        "title": "A letter",
        "kind": Kind.NEWS,
        "published_on": date(2026, 3, 1),
        "received_at": make.SPRING,
        "origins": [],
        "digest": digest,
        "original": digest,
        **but,
    }
    row = DocumentRow(organisation_id=organisation_id, text=text, **facts)
    tx.add(row)
    tx.flush()
    sentences = max(text.count("."), 1)
    tx.add(
        ReadingRow(
            document_id=row.id, fingerprint=READING, sentences=sentences, characters=len(text)
        )
    )
    return row.id


def evidence(tx: Session, document_id: int, quote: str, *facets: Facet, **but: Any) -> int:
    text = tx.get_one(DocumentRow, document_id).text
    start = text.index(quote)
    matches = but.pop("matches", {"late_orders": 0.9})
    facts = {
        "facets": {facet.value: 0.9 if facet in facets else 0.1 for facet in Facet},
        "labels": [facet.value for facet in facets],
        "assertion": Assertion.ACTUAL,
        "speaker": Speaker.ORGANISATION,
        "fix": FixKind.VENDOR if Facet.ATTEMPT in facets else None,
        "statement": quote.lower(),
        **but,
    }
    row = EvidenceRow(
        document_id=document_id, start=start, end=start + len(quote), quote=quote, **facts
    )
    tx.add(row)
    tx.flush()
    for problem, probability in matches.items():
        tx.add(MatchRow(evidence_id=row.id, problem_id=problem, probability=probability))
    return row.id


def reason(text: str, weight: float, evidence_id: int | None = None) -> dict[str, object]:
    said_on = "2026-03-01" if evidence_id else None
    return {"text": text, "weight": weight, "evidence": evidence_id, "said_on": said_on}


def link(evidence_id: int, rule: str, **but: Any) -> dict[str, Any]:
    return {"evidence": evidence_id, "said_on": "2026-03-01", "rule": rule, **but}


def prospect(
    tx: Session,
    organisation_id: int,
    standing: Standing,
    parts: Sequence[dict[str, Any]] = (),
    **but: Any,
) -> None:
    problem = but.pop("problem", "late_orders")
    eliminated = but.pop("eliminated", None)
    last_on = but.pop("last_on", date(2026, 3, 1))
    facts = {
        "beliefs": [],
        "parts": list(parts),
        "attempts": [],
        "evidence": [],
        "unknowns": [],
        "next_question": None,
        "documents_read": 1,
        "sentences_read": 3,
        **but,
    }
    tx.add(
        ProspectRow(
            organisation_id=organisation_id,
            problem_id=problem,
            standing=standing,
            probability=0.874,
            score=sum(part["weight"] for part in parts),
            eliminated=eliminated,
            first_on=last_on,
            last_on=last_on,
            facts=facts,
        )
    )


def world(sessions: Sessions) -> World:
    """Make Acme, which tried and failed; Bolt, which has it; and Calm, which shows no sign."""
    with transaction(sessions) as tx:
        acme = organisation(tx, "Acme", "Acme Mail Order", industry="Retail", employees=1200)
        bolt = organisation(tx, "Bolt", industry="Steel", domain="bolt.example")
        calm = organisation(tx, "Calm", industry="Retail")
        origins = ["https://news.example/acme", "javascript:alert(1)"]
        letter = document(tx, acme, LETTER, origins=origins, key="post/<acme>.txt")
        both = {"late_orders": 0.9, "bad_pay": 0.2}
        said = evidence(tx, letter, LETTER.splitlines()[0], Facet.PROBLEM, matches=both)
        tried = evidence(tx, letter, "In 2020 we installed a new order system.", Facet.ATTEMPT)
        failed = evidence(
            tx, letter, "The new order system failed on its first day.", Facet.FAILURE
        )
        prospect(
            tx,
            acme,
            Standing.TRIED_AND_FAILED,
            [
                reason("says so", 40.04, said),
                reason("failed", 30.04, failed),
                reason("size", -0.04),
            ],
            evidence=[failed, tried, said],
            beliefs=[
                {
                    "step": Step.HAS,
                    "reasons": [reason("before reading", -1), reason("says so", 3, said)],
                }
            ],
            attempts=[
                {
                    "what": "new order system",
                    "kind": "vendor",
                    "told": [link(tried, "tells of it first")],
                    "makers": [
                        {
                            "role": "vendor",
                            "name": None,
                            "evidence": None,
                            "words": "vendor fix",
                        }
                    ],
                    "when": {
                        "first": "2020-01-01",
                        "last": "2020-12-31",
                        "words": "2020",
                        "evidence": tried,
                    },
                    "spent": [],
                    "against": link(said, "nearest in the same document", to=tried),
                    "outcome": "failed",
                    "reasons": [link(failed, "speaks of the same fix", shows="failed")],
                }
            ],
            complaints=[
                {
                    "evidence": said,
                    "said_on": "2026-03-01",
                    "causes": [],
                    "consequences": [link(failed, "nearest in the same document", to=said)],
                }
            ],
            unknowns=["who decided"],
            next_question="Who chose the system?",
        )
        prospect(tx, bolt, Standing.HAS_IT, [reason("says so", 20)], last_on=date(2026, 3, 9))
        prospect(
            tx,
            calm,
            Standing.UNSEEN,
            eliminated="no sign found",
            last_on=None,
            documents_read=2,
            sentences_read=40,
        )
        tx.add(
            RefusalRow(
                source_id=source(tx),
                place="b.pdf",
                line=7,
                why="it is locked",
                mend="Unlock it.",
            )
        )
    return World(acme, bolt, calm, letter, said, tried, failed)
