"""The page on a cold shoulder: five reasons with their signs, what would tell, what to send."""

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import HTMLResponse, Response

from unsolved import deals
from unsolved.deals import diagnosis as room
from unsolved.deals.changes import put
from unsolved.deals.diagnosis import Cold, Diagnosis
from unsolved.deals.model import Silence, Situation, Step, StepKind
from unsolved.deals.parts import PartKind
from unsolved.deals.silence import said
from unsolved.errors import Error
from unsolved.web.deals.frame import AtDesk, Desk, back, shown

router = APIRouter(include_in_schema=False)

TAB = "diagnosis"
ANYWAY = "anyway"
ASKED = 3
"""So many questions are shown; what they tell less is folded."""

SHORT: Mapping[Cold, str] = {cold: cold.name.lower() for cold in Cold}


@router.get("/opportunities/{opportunity_id}/diagnosis")
def show(opportunity_id: int, desk: AtDesk) -> HTMLResponse:
    """Show why it may have gone cold; a deal that is not cold only when asked to."""
    return _shown(desk, desk.situation(opportunity_id))


@router.post("/opportunities/{opportunity_id}/diagnosis/steps")
def plan(
    opportunity_id: int,
    desk: AtDesk,
    kind: Annotated[StepKind, Form()],
    what: Annotated[str, Form()],
    text: Annotated[str, Form()] = "",
) -> Response:
    """Plan a step with the words to send, due today."""
    step = Step(
        kind=kind,
        what=what.strip(),
        due=desk.now.date(),
        text=text.replace("\r\n", "\n").strip(),
    )
    doing = desk.doing(f"planned: {kind.value}")
    try:
        with desk.tx.begin_nested():
            edits = [put(PartKind.STEP, step)]
            done = deals.change(desk.tx, opportunity_id, edits, doing)
    except Error as fault:
        return _shown(desk, desk.situation(opportunity_id), fault)
    return back(opportunity_id, TAB, done)


def _shown(desk: Desk, known: Situation, fault: Error | None = None) -> HTMLResponse:
    found = room.diagnose(known)
    anyway = ANYWAY in desk.request.query_params or fault is not None
    return shown(
        desk,
        known,
        TAB,
        "deal_diagnosis.html",
        fault=fault,
        found=found,
        is_looked_at=found.is_cold is True or anyway,
        silences=_told(known),
        advice=room.advise(known, found),
        asked=found.questions[:ASKED],
        more=found.questions[ASKED:],
        not_found=[room.entries()[name].looks for name in found.not_found],
        short=SHORT,
        read=_read(known, found),
    )


def _told(known: Situation) -> list[tuple[str, bool]]:
    """Return each silence in a sentence, and whether it is unusual; the most unusual first."""
    names = {one.person_id: one.name for one in known.opportunity.stakeholders.values()}
    waiting = [one for one in known.silences if one.waiting_since is not None]
    waiting.sort(key=lambda one: (one.probability, one.person_id))
    return [(_sentence(one, names), one.is_silent) for one in waiting]


def _sentence(one: Silence, names: Mapping[int | None, str]) -> str:
    who = names.get(one.person_id, "Somebody of theirs")
    return f"{who} ({one.channel.value}): {said(one, who)}"


def _read(known: Situation, found: Diagnosis) -> tuple[int, int, int]:
    """Return how many exchanges there are, how many of them with words, and signs found."""
    with_words = sum(bool(one.text.strip()) for one in known.exchanges)
    return len(known.exchanges), with_words, len(found.signs)
