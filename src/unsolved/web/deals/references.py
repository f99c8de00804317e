"""The page on those who can vouch for us: who they are, and how often they were asked."""

import tomllib
from collections.abc import Mapping
from dataclasses import fields as fields_of
from functools import cache
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.datastructures import FormData

from unsolved import sources
from unsolved.deals import references as room
from unsolved.deals.model import AttemptKind, Basis, Ground, Why
from unsolved.deals.queries.references import reference, references, uses
from unsolved.deals.references import Reference, as_facts, as_reference
from unsolved.deals.service.references import (
    add_reference,
    edit_reference,
    remove_reference,
    restore_reference,
)
from unsolved.errors import Error, Invalid, NotFound
from unsolved.web.deals.forms import Choices, Field
from unsolved.web.deals.frame import SEE_OTHER, UNPROCESSABLE, AtDesk, Desk, said
from unsolved.web.page import render

router = APIRouter(include_in_schema=False)

LIST = "/references"
_NUMBERS = {"employees", "most_uses"}


async def _typed(request: Request) -> FormData:
    async with request.form() as form:
        return form


Typed = Annotated[FormData, Depends(_typed)]


@router.get("/references")
def show_all(desk: AtDesk) -> HTMLResponse:
    """List those who can vouch for us, with where they were asked, and ask for another."""
    noted = Ground(basis=Basis.NOTED)
    facts = as_facts(Reference(organisation="", seller=desk.me, ground=noted))
    return _listed(desk, facts)


@router.post("/references")
def add(desk: AtDesk, typed: Typed) -> Response:
    """Note another who can vouch for us, or say what is wrong with it."""
    facts = as_facts(Reference(organisation=""))
    try:
        with desk.tx.begin_nested():
            one = add_reference(desk.tx, _heard(desk, typed, facts))
    except Error as fault:
        return _listed(desk, facts | _told(typed), fault)
    return RedirectResponse(f"{LIST}#reference-{one}", SEE_OTHER)


@router.get("/references/{reference_id}")
def show(desk: AtDesk, reference_id: int) -> HTMLResponse:
    """Show one who can vouch for us, to be changed, and where they were asked."""
    return _shown(desk, reference_id, as_facts(_known(desk, reference_id)))


@router.post("/references/{reference_id}")
def change(desk: AtDesk, reference_id: int, typed: Typed) -> Response:
    """Change one who can vouch for us, or say what is wrong."""
    facts = as_facts(_known(desk, reference_id))
    try:
        with desk.tx.begin_nested():
            edit_reference(desk.tx, reference_id, _heard(desk, typed, facts))
    except Error as fault:
        return _shown(desk, reference_id, facts | _told(typed), fault)
    return RedirectResponse(f"{LIST}#reference-{reference_id}", SEE_OTHER)


@router.post("/references/{reference_id}/remove")
def remove(desk: AtDesk, reference_id: int) -> Response:
    """Take one away; the list can bring them back."""
    remove_reference(desk.tx, reference_id)
    return RedirectResponse(f"{LIST}#removed", SEE_OTHER)


@router.post("/references/{reference_id}/restore")
def restore(desk: AtDesk, reference_id: int) -> Response:
    """Bring one back."""
    restore_reference(desk.tx, reference_id)
    return RedirectResponse(f"{LIST}#reference-{reference_id}", SEE_OTHER)


def _known(desk: Desk, reference_id: int) -> Reference:
    one = reference(desk.tx, reference_id) if reference_id < 2**31 else None
    if one is None:
        raise NotFound(reference=reference_id)
    return one


def _heard(desk: Desk, typed: FormData, before: Mapping[str, Any]) -> Reference:
    """Return the reference that a form tells of, of the organisation that is known by its name.

    Raises:
        Invalid: a field cannot be read; ``field`` says which, ``mend`` what would be right.
    """
    facts = {**before, **_told(typed)}
    for name in _NUMBERS:
        facts[name] = _whole(name, str(facts[name] or ""))
    if facts["most_uses"] is None:
        facts["most_uses"] = Reference.__dataclass_fields__["most_uses"].default
    facts["kind"] = facts["kind"] or None
    facts["rivals"] = [one.strip() for one in facts["rivals"].split(",") if one.strip()]
    known = sources.called(desk.tx, facts["organisation"]) if facts["organisation"] else None
    facts["organisation_id"] = known.id if known else None
    return as_reference(facts)


def _told(typed: FormData) -> dict[str, Any]:
    """Return what was typed, field by field, as it would stand in the form again."""
    found: dict[str, Any] = {}
    for one in _labels():
        name = one["name"]
        text = str(typed.get(name) or "").strip().replace("\r\n", "\n")
        found[name] = text
        if one["control"] == "several":
            found[name] = [str(value) for value in typed.getlist(name)]
        if one["control"] == "flag":
            found[name] = bool(text)
        if one["control"] == "ground":
            found[name] = _ground(name, typed)
    return found


def _ground(name: str, typed: FormData) -> dict[str, Any]:
    facts: dict[str, Any] = {}
    for one in fields_of(Ground):
        text = str(typed.get(f"{name}.{one.name}") or "").strip()
        if text or one.name in {"quote", "by"}:
            facts[one.name] = text
    return facts


def _whole(name: str, text: str) -> int | None:
    if not text:
        return None
    try:
        return int(text.replace(",", "").replace(" ", ""))
    except ValueError as error:
        raise Invalid(field=name, mend=f"{text[:40]!r} is no whole number") from error


def _form(desk: Desk, facts: Mapping[str, Any]) -> list[Field]:
    return [
        Field(
            name=one["name"],
            label=one["label"],
            hint=one.get("hint", ""),
            control=one["control"],
            value=_value(one["name"], facts),
            choices=_choices(one["name"], desk),
            is_needed=one["name"] == "organisation",
        )
        for one in _labels()
    ]


def _value(name: str, facts: Mapping[str, Any]) -> object:
    value = facts.get(name)
    if name == "ground":
        return {one.name: "" for one in fields_of(Ground)} | dict(value or {})
    if name == "rivals" and not isinstance(value, str):
        return ", ".join(value or ())
    return value if value is not None else ""


def _choices(name: str, desk: Desk) -> Choices:
    if name == "problem_id":
        return (("", "none"), *((one.id, one.title) for one in desk.library.problems))
    if name == "kind":
        return (("", "none"), *((one.value, one.value) for one in AttemptKind))
    kinds = {"whys": Why, "ground": Basis}
    return tuple((one.value, one.value) for one in kinds[name]) if name in kinds else ()


def _listed(desk: Desk, facts: Mapping[str, Any], fault: Error | None = None) -> HTMLResponse:
    asked = uses(desk.tx)
    lately = room.lately(asked, desk.now.date())
    known = references(desk.tx)
    return _page(
        desk,
        facts,
        fault,
        known=sorted(known.items(), key=lambda item: item[1].organisation.casefold()),
        removed=references(desk.tx, is_removed=True),
        uses={one: [use for use in asked if use.reference_id == one] for one in known},
        recent={one: sum(use.reference_id == one for use in lately) for one in known},
        reference_id=None,
    )


def _shown(
    desk: Desk, reference_id: int, facts: Mapping[str, Any], fault: Error | None = None
) -> HTMLResponse:
    return _page(
        desk,
        facts,
        fault,
        known=[],
        removed={},
        uses={reference_id: uses(desk.tx, reference_id)},
        recent={},
        reference_id=reference_id,
    )


def _page(
    desk: Desk, facts: Mapping[str, Any], fault: Error | None, **more: object
) -> HTMLResponse:
    return render(
        desk.request,
        "references.html",
        "",
        status=UNPROCESSABLE if fault is not None else 200,
        fields=_form(desk, facts),
        name=facts.get("organisation") or "",
        titles={one.id: one.title for one in desk.library.problems},
        fault=said(fault) if fault is not None else "",
        wrong=str(fault.facts.get("field", "")) if fault is not None else "",
        **more,
    )


@cache
def _labels() -> list[dict[str, Any]]:
    text = Path(__file__).with_name("references.toml").read_text("utf-8")
    found: list[dict[str, Any]] = tomllib.loads(text)["fields"]
    return found
