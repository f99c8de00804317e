"""The page on what it costs that nothing changes, and the one that is handed to the buyer."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, PlainTextResponse, Response
from starlette.datastructures import FormData

from unsolved import deals
from unsolved.deals import inaction
from unsolved.deals.changes import put
from unsolved.deals.inaction import Counted
from unsolved.deals.inaction.wording import figure, money, quoted, unit_in_words, who
from unsolved.deals.model import CostInput, Opportunity, Situation, added
from unsolved.deals.parts import PartKind
from unsolved.errors import Error
from unsolved.web.deals import cost_forms as typing
from unsolved.web.deals import forms
from unsolved.web.deals.cost_rows import beside, parts_of, rows_of, short, to_ask, worded
from unsolved.web.deals.frame import AtDesk, Desk, back, said, shown
from unsolved.web.deals.parts import Typed
from unsolved.web.page import render

router = APIRouter(include_in_schema=False)

TAB = "cost"
WIDE, NARROW, DOTS = 720, 560, 440
"""How wide the pictures are drawn; in the narrow tornado the names stand above the bars."""

MOVES = 3
"""How many quantities the buyer is told of as those that move the cost most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What was typed and cannot be kept: in which form, and what is wrong with it."""

    about: str = ""
    told: str = ""
    wrong: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)


@router.get("/opportunities/{opportunity_id}/cost")
def show(opportunity_id: int, desk: AtDesk) -> HTMLResponse:
    """Show what it costs the buyer that nothing changes, and whose figures say so."""
    return _shown(desk, desk.situation(opportunity_id))


@router.post("/opportunities/{opportunity_id}/cost/said")
def hear(opportunity_id: int, desk: AtDesk, typed: Typed) -> Response:
    """Take a figure of the buyer's in the place of what was counted with till now."""
    known = desk.situation(opportunity_id)
    one, name = known.opportunity, str(typed.get("name") or "").strip()
    number = _number(known, name)
    try:
        heard = typing.said_by_buyer(typed, one.inputs[number] if number else None)
        at = number or max(one.inputs, default=0) + 1
        after = replace(one, inputs={**one.inputs, at: heard})
        typing.refuse_breaking(one, after, known.problem, heard.name)
        done = _kept(desk, one, (PartKind.INPUT, heard, number), f"the buyer said {name}")
    except Error as fault:
        return _refused(desk, known, fault, (name, PartKind.INPUT), typed)
    return back(opportunity_id, TAB, done, f"quantity-{name}")


@router.post("/opportunities/{opportunity_id}/cost/formula")
def choose(opportunity_id: int, desk: AtDesk, typed: Typed) -> Response:
    """Count with another formula or currency, if it comes to money a year."""
    known = desk.situation(opportunity_id)
    one = known.opportunity
    number = max(one.choices, default=None)
    try:
        choice = typing.chosen(typed, one.choice)
        after = replace(one, choices={**one.choices, number or 1: choice})
        typing.refuse_breaking(one, after, known.problem, typing.FORMULA)
        done = _kept(desk, one, (PartKind.CHOICE, choice, number), "changed the formula")
    except Error as fault:
        return _refused(desk, known, fault, (typing.FORMULA, PartKind.CHOICE), typed)
    return back(opportunity_id, TAB, done, "formula")


@router.get("/opportunities/{opportunity_id}/cost/buyer")
def hand_over(opportunity_id: int, desk: AtDesk, format: str = "") -> Response:  # noqa: A002 (as it stands in the address)
    """Show the page for the buyer, on which our assumptions are called so; or as Markdown."""
    known = desk.situation(opportunity_id)
    one = known.opportunity
    counted = inaction.cost_of(one, known.problem)
    meanings = inaction.means_for(counted.cost, one, known.problem)
    title = known.organisation.name if known.organisation else one.head.name
    if format == "markdown":
        return PlainTextResponse(
            inaction.as_markdown(counted, title, known.problem, meanings),
            media_type="text/markdown",
            headers={"content-disposition": f'attachment; filename="cost-{one.id}.md"'},
        )
    rows = rows_of(counted, one, known.problem)
    return render(
        desk.request,
        "deal_cost_buyer.html",
        title=title,
        today=known.today,
        base=f"/opportunities/{one.id}",
        rows=rows,
        moving=[row for row in _by_reach(rows) if row.swing and row.swing.width][:MOVES],
        asks=to_ask(rows),
        for_whom={one.role: one for one in meanings if one.means},
        **_words(counted),
    )


def _shown(
    desk: Desk, known: Situation, fault: Error | None = None, asked: Asked | None = None
) -> HTMLResponse:
    one = known.opportunity
    counted = inaction.cost_of(one, known.problem)
    cost, rows = counted.cost, rows_of(counted, one, known.problem)
    weak = inaction.weak(cost, one)
    return shown(
        desk,
        known,
        TAB,
        "deal_cost.html",
        fault=fault,
        asked=asked or Asked(),
        rows=rows,
        asks=to_ask(rows),
        beside=beside(rows, one),
        weak=weak,
        against=added(weak),
        ours=inaction.assumed_share(cost, one) if cost else 0.0,
        meanings=inaction.means_for(cost, one, known.problem),
        tornados=[inaction.tornado_of(cost, counted.inputs, w) for w in (WIDE, NARROW)]
        if cost and cost.swings
        else [],
        dots=inaction.dots(counted.quantiles, DOTS) if counted.quantiles else None,
        short=short,
        own=known.problem.cost.formula if known.problem and known.problem.cost else "",
        **_words(counted),
    )


def _words(counted: Counted) -> dict[str, Any]:
    """Return a count and all that it takes to put it in words."""
    parts, total, step = parts_of(counted)
    return {
        "counted": counted,
        "cost": counted.cost,
        "parts": parts,
        "total": total,
        "step": step,
        "in_words": worded(counted.formula, counted),
        "figure": figure,
        "sum_of": money,
        "quoted": quoted,
        "says": who,
        "unit_of": unit_in_words,
    }


def _kept(
    desk: Desk,
    one: Opportunity,
    part: tuple[PartKind, Any, int | None],
    what: str,
) -> int:
    kind, told, number = part
    with desk.tx.begin_nested():
        edits = [put(kind, told, number)]
        return deals.change(desk.tx, one.id, edits, desk.doing(what))


def _refused(
    desk: Desk,
    known: Situation,
    fault: Error,
    about: tuple[str, PartKind],
    typed: FormData,
) -> HTMLResponse:
    """Show the page with what was typed, and beside it what is wrong."""
    name, kind = about
    asked = Asked(
        about=name,
        told=said(fault),
        wrong=str(fault.facts.get("field", "")),
        facts=forms.typed(kind, typed),
    )
    return _shown(desk, known, fault, asked)


def _number(known: Situation, name: str) -> int | None:
    """Return the number of the figure that is counted with under a name, if a part tells it."""
    counted = inaction.cost_of(known.opportunity, known.problem)
    rows = rows_of(counted, known.opportunity, known.problem)
    found = next((row.number for row in rows if row.given.name == name), None)
    if found is not None:
        return found
    alike: Mapping[int, CostInput] = known.opportunity.inputs
    return max((n for n, one in alike.items() if one.name == name), default=None)


def _by_reach(rows: tuple[Any, ...]) -> list[Any]:
    return sorted(rows, key=lambda row: -row.swing.width if row.swing else 0.0)
