"""Assessing organisations. Undone is whose readings have changed since."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import date
from hashlib import sha256
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from unsolved import evidence, sources
from unsolved.db import Sessions, transaction
from unsolved.problems import Library
from unsolved.prospects import queries
from unsolved.prospects.assess import Dossier, assess
from unsolved.prospects.kept import attempts_told, complaints_told
from unsolved.prospects.model import Prospect
from unsolved.prospects.tables import AssessmentRow, ProspectRow
from unsolved.prospects.weights import Weights

VERSION = "prospects 3"

BATCH = 100
"""Organisations assessed, and committed, together."""


def assess_all(
    sessions: Sessions, library: Library, weights: Weights, *, today: date
) -> Iterator[int]:
    """Assess whoever has been read since the last time, and tell how many are left.

    Organisations of which nothing was read are assessed too: no sign is said as such.
    """
    with transaction(sessions) as tx:
        wanted = _fingerprints(tx, library, weights, today=today)
        known = queries.assessed(tx)
        _forget(tx, [one for one in known if one not in wanted])
    stale = [one for one, fingerprint in wanted.items() if known.get(one) != fingerprint]
    yield len(stale)
    for start in range(0, len(stale), BATCH):
        chosen = stale[start : start + BATCH]
        with transaction(sessions) as tx:
            dossiers = [dossier_of(tx, organisation) for organisation in chosen]
        found = _assessed(dossiers, library, weights, today)
        with transaction(sessions) as tx:
            _keep(tx, chosen, found, wanted)
        yield len(stale) - start - len(chosen)


def assess_one(
    tx: Session, organisation_id: int, library: Library, weights: Weights, *, today: date
) -> None:
    """Assess one organisation now, as when somebody has just spoken on its evidence.

    Whom else that touches is assessed with the next reading.
    """
    sources.hold_organisation(tx, organisation_id)  # two who speak at once assess in turn
    wanted = _fingerprints(tx, library, weights, today=today, ids=[organisation_id])
    found = _assessed([dossier_of(tx, organisation_id)], library, weights, today)
    _keep(tx, [organisation_id], found, wanted)


def forget(tx: Session, organisation_id: int) -> None:
    """Leave no prospect of an organisation that was merged into another."""
    _forget(tx, [organisation_id])


def _assessed(
    dossiers: Sequence[Dossier], library: Library, weights: Weights, today: date
) -> list[Prospect]:
    return [
        assess(dossier, problem, weights, today=today)
        for dossier in dossiers
        for problem in library.problems
    ]


def _fingerprints(
    tx: Session,
    library: Library,
    weights: Weights,
    *,
    today: date,
    ids: Sequence[int] | None = None,
) -> dict[int, str]:
    """Return, for each organisation or those of ``ids``, what its assessment depends on.

    The month stands for today: how old a story is changes slowly.
    """
    read = select(evidence.readings_by_organisation(ids))
    rows = {row.organisation_id: tuple(row) for row in tx.execute(read)}
    heard = evidence.feedback_by_organisation(tx, ids)
    ground = (VERSION, library.fingerprint, weights.fingerprint, today.year, today.month)
    return {
        known.id: sha256(
            repr((ground, rows.get(known.id), heard.get(known.id), known)).encode()
        ).hexdigest()[:16]
        for known in sources.organisations(tx, ids)
    }


def dossier_of(tx: Session, organisation_id: int) -> Dossier:
    """Return everything read about one organisation."""
    known = sources.organisation(tx, organisation_id)
    assert known is not None
    found = evidence.of_organisation(tx, organisation_id)
    documents, sentences = evidence.amount_read(tx, organisation_id)
    return Dossier(
        organisation=known,
        evidence=found,
        sharing=evidence.sharing(tx, sorted({piece.statement for piece in found})),
        documents_read=documents,
        sentences_read=sentences,
        ends_on=sources.last_published(tx, organisation_id),
    )


def _keep(
    tx: Session, chosen: Sequence[int], found: Sequence[Prospect], wanted: dict[int, str]
) -> None:
    _forget(tx, chosen)
    if found:
        tx.execute(insert(ProspectRow), [_row(prospect) for prospect in found])
    done = [{"organisation_id": one, "fingerprint": wanted[one]} for one in chosen]
    tx.execute(insert(AssessmentRow), done)


def _forget(tx: Session, gone: Sequence[int]) -> None:
    """Leave no prospect of organisations that are no longer there, or assessed anew."""
    for start in range(0, len(gone), BATCH):
        chosen = gone[start : start + BATCH]
        tx.execute(delete(ProspectRow).where(ProspectRow.organisation_id.in_(chosen)))
        tx.execute(delete(AssessmentRow).where(AssessmentRow.organisation_id.in_(chosen)))


def _row(prospect: Prospect) -> dict[str, Any]:
    facts = {
        "beliefs": [
            {"step": belief.step.value, "reasons": [_told(r) for r in belief.reasons]}
            for belief in prospect.beliefs
        ],
        "parts": [_told(part) for part in prospect.parts],
        "attempts": attempts_told(prospect.attempts),
        "complaints": complaints_told(prospect.complaints),
        "evidence": list(prospect.evidence),
        "unknowns": list(prospect.unknowns),
        "next_question": prospect.next_question,
        "documents_read": prospect.documents_read,
        "sentences_read": prospect.sentences_read,
    }
    return {
        "organisation_id": prospect.organisation_id,
        "problem_id": prospect.problem_id,
        "standing": prospect.standing,
        "probability": prospect.probability,
        "score": prospect.score,
        "eliminated": prospect.eliminated,
        "first_on": prospect.first_on,
        "last_on": prospect.last_on,
        "facts": facts,
    }


def _told(value: Any) -> dict[str, Any]:  # noqa: ANN401 (any of our frozen values)
    return {
        name: part.isoformat() if isinstance(part, date) else part
        for name, part in asdict(value).items()
    }
