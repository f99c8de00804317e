"""Opportunities as plain facts, for programs and for files."""

from typing import Any

from unsolved.deals import attempts, diagnosis, letting_go, no_decision, stages
from unsolved.deals.changes import Action
from unsolved.deals.model import Chance, Opportunity, Reason, Situation
from unsolved.deals.parts import PartKind, as_facts, parts_of
from unsolved.deals.queries.sought import Listed

Facts = dict[str, Any]


def whole_facts(opportunity: Opportunity) -> Facts:
    """Return an opportunity with all its parts, each under its kind with its number."""
    parts: dict[str, list[Facts]] = {kind.field: [] for kind in PartKind}
    del parts[PartKind.HEAD.field]
    for (kind, number), part in parts_of(opportunity).items():
        if kind is not PartKind.HEAD:
            parts[kind.field].append({"number": number, **as_facts(part)})
    return {"id": opportunity.id, **as_facts(opportunity.head), **parts}


def listed_facts(one: Listed) -> Facts:
    """Return a row of a list."""
    return {
        "id": one.id,
        "name": one.name,
        "organisation": one.organisation,
        "organisation_id": one.organisation_id,
        "seller": one.seller,
        "problem": one.problem_id or None,
        "stage": one.stage.value,
        "staged_on": one.staged_on.isoformat(),
        "outcome": one.outcome.value if one.outcome else None,
        "opened_on": one.opened_on.isoformat(),
        "decided_on": one.decided_on.isoformat() if one.decided_on else None,
        "worth": one.worth,
        "currency": one.currency,
        "in_forecast": one.in_forecast,
        "no_decision": one.no_decision,
        "silence": one.silence or None,
        "attention": one.headline or None,
    }


def thought_facts(known: Situation) -> Facts:
    """Return what is thought of a deal: every number with the reasons that add up to it."""
    risk = no_decision.risk(known)
    verdict = attempts.qualify(known)
    found: Facts = {
        "missing": [
            {"act": want.act.value, "must": want.is_must, "why": want.why, "ask": want.ask}
            for want in stages.missing(known.opportunity)
        ],
        "verdict": {
            "verdict": verdict.verdict.value,
            "because": verdict.because,
            "log_odds": verdict.points,
            "reasons": [reason_facts(one) for one in verdict.reasons],
            "barred": [reason_facts(one) for one in verdict.barred],
        },
        "no_decision": chance_facts(risk),
        "silences": [silence_facts(known, at) for at in range(len(known.silences))],
        "diagnosis": diagnosis_facts(known),
        "cost": _cost(known),
        "advice": None,
    }
    if known.opportunity.head.is_open:
        advice = letting_go.advise(known, risk)
        found["advice"] = {
            "verdict": advice.verdict.value,
            "because": advice.because,
            "currency": advice.currency,
            "balance": advice.balance,
            "reasons": [reason_facts(one) for one in advice.reasons],
            "assumed": list(advice.assumed),
        }
    return found


def chance_facts(chance: Chance) -> Facts:
    """Return a probability with its reasons."""
    return {
        "probability": chance.probability,
        "log_odds": chance.log_odds,
        "reasons": [reason_facts(one) for one in chance.reasons],
    }


def reason_facts(reason: Reason) -> Facts:
    """Return one part of a number, with what it rests on."""
    ground = reason.ground
    return {
        "text": reason.text,
        "weight": reason.weight,
        "rule": reason.rule,
        "basis": ground.basis.value if ground else None,
        "quote": (ground.quote or None) if ground else None,
        "document_id": ground.document_id if ground else None,
        "call_id": ground.call_id if ground else None,
    }


def silence_facts(known: Situation, at: int) -> Facts:
    """Return one of the silences of a deal, with who is silent."""
    one = known.silences[at]
    return {
        "person_id": one.person_id,
        "name": name_of(known, one.person_id),
        "channel": one.channel.value,
        "is_unusual": one.is_silent,
        "last_at": one.last_at.isoformat() if one.last_at else None,
        "waiting_since": one.waiting_since.isoformat() if one.waiting_since else None,
        "days": one.days,
        "usual_days": one.usual_days,
        "replies": one.replies,
        "probability": one.probability,
        "comes": one.comes,
        "reasons": [reason_facts(reason) for reason in one.reasons],
    }


def name_of(known: Situation, person_id: int) -> str:
    """Return who a person is on the map; by their number where they are not on it."""
    people = known.opportunity.stakeholders.values()
    return next((one.name for one in people if one.person_id == person_id), f"{person_id}")


def diagnosis_facts(known: Situation) -> Facts:
    """Return why the buyer may be cold, with what would tell."""
    found = diagnosis.diagnose(known)
    return {
        "is_cold": found.is_cold,
        "top": found.top.value if found.top else None,
        "doubts": [one.value for one in found.doubts],
        "likely": [
            {
                "reason": one.cold.value,
                "probability": one.probability,
                "reasons": [reason_facts(reason) for reason in one.reasons],
            }
            for one in found.likely
        ],
        "ask": [one.ask for one in found.questions[:3]],
    }


def action_facts(action: Action) -> Facts:
    """Return something that was done, with all that it changed."""
    return {
        "id": action.id,
        "opportunity_id": action.opportunity_id,
        "at": action.at.isoformat(),
        "by": action.by,
        "what": action.what,
        "why": action.why or None,
        "undoes": action.undoes,
        "undone_by": action.undone_by,
        "changed": [
            {
                "kind": one.kind.value,
                "number": one.number,
                "before": one.before,
                "after": one.after,
            }
            for one in action.changed
        ],
    }


def _cost(known: Situation) -> Facts | None:
    cost = known.cost
    if cost is None:
        return None
    return {
        "currency": cost.currency,
        "p10": cost.p10,
        "p50": cost.p50,
        "p90": cost.p90,
        "mean": cost.mean,
        "shares": [reason_facts(one) for one in cost.shares],
        "said": cost.said,
        "inputs": cost.inputs,
    }
