"""The page as plain facts, for programs."""

from collections.abc import Iterable
from typing import Any

from unsolved.conversations.brief.asking import name
from unsolved.conversations.brief.model import Brief, Citation, Claim, Statement
from unsolved.conversations.brief.telling import nothing_found

Facts = dict[str, Any]


def facts(brief: Brief) -> Facts:
    """Return all that stands on the page, in its order, every claim with its quotes."""
    known = brief.organisation
    return {
        "organisation": {
            "id": known.id,
            "name": known.name,
            "industry": known.industry,
            "country": known.country,
            "employees": known.employees,
            "revenue": known.revenue,
        },
        "problem": brief.problem_id,
        "title": brief.title,
        "made_on": brief.today.isoformat(),
        "standing": brief.standing.value if brief.standing else None,
        "probability": brief.probability,
        "eliminated": brief.eliminated,
        "nothing_found": nothing_found(brief) or None,
        "documents_read": brief.documents_read,
        "sentences_read": brief.sentences_read,
        "unknowns": list(brief.unknowns),
        "next_question": brief.next_question or None,
        "goals": _statements(brief.goals),
        "usual_goals": list(brief.usual_goals),
        "falls_short": _statements(brief.short),
        "why": _statements(brief.why),
        "tried": [
            {
                "text": one.claim.text,
                "outcome": one.outcome.value,
                "citations": _citations(one.claim.citations),
                "told": _statements(one.told),
            }
            for one in brief.tried
        ],
        "presumption": _claim(brief.presumption),
        "because": _statements(brief.because),
        "openers": [
            {
                "way": one.way.value,
                "text": one.text,
                "citations": _citations(one.citations),
            }
            for one in brief.openers
        ],
        "alike": [
            {
                "organisation_id": peer.organisation_id,
                "organisation": peer.name,
                "standing": peer.standing.value,
                "reasons": [{"text": one.text, "evidence": one.evidence} for one in peer.alike],
            }
            for peer in brief.peers
        ],
        "considered": brief.considered,
        "gaps": list(brief.gaps),
        "questions": [
            {
                "theme": name(one.topic),
                "text": one.text,
                "citations": _citations(one.citations),
            }
            for one in brief.questions
        ],
        "not_yet": [
            {"what": one.what, "why": one.why, "citations": _citations(one.citations)}
            for one in brief.avoided
        ],
        "others": [
            {
                "problem": one.problem_id,
                "title": one.title,
                "standing": one.standing.value,
                "eliminated": one.eliminated,
            }
            for one in brief.others
        ],
    }


def _claim(claim: Claim | None) -> Facts | None:
    if claim is None:
        return None
    return {"text": claim.text, "citations": _citations(claim.citations)}


def _statements(said: Iterable[Statement]) -> list[Facts]:
    return [
        {"words": one.words, "gloss": one.gloss or None, "citation": _citation(one.citation)}
        for one in said
    ]


def _citations(cited: Iterable[Citation]) -> list[Facts]:
    return [_citation(one) for one in cited]


def _citation(cited: Citation) -> Facts:
    return {
        "evidence": cited.id,
        "document_id": cited.document_id,
        "quote": cited.quote.text,
        "start": cited.quote.span.start,
        "end": cited.quote.span.end,
        "title": cited.title,
        "kind": cited.kind,
        "speaker": cited.speaker.value,
        "date": cited.said_on.isoformat() if cited.said_on else None,
        "age_in_days": cited.days,
        "is_old": cited.is_old,
    }
