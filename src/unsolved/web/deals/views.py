"""Lists that somebody wants to see again: their filters under a name."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from unsolved.deals.queries import lists
from unsolved.deals.queries.sought import View
from unsolved.deals.service import remove_view, rename_view, save_view
from unsolved.errors import Conflict, Invalid
from unsolved.http import Tx
from unsolved.web.deals.asked import HERE, Asked, asked_in
from unsolved.web.deals.frame import SEE_OTHER, UNPROCESSABLE, now_at, said
from unsolved.web.page import render

router = APIRouter(include_in_schema=False)
PLACE = f"{HERE}/lists"


@router.get(PLACE)
def show(request: Request, tx: Tx) -> HTMLResponse:
    """Show the lists that were saved, to rename and remove them."""
    return _shown(request, tx)


@router.post(PLACE)
def save(
    request: Request,
    tx: Tx,
    name: Annotated[str, Form()] = "",
    back: Annotated[str, Form()] = "",
) -> Response:
    """Save the filters of the list that an address asks for."""
    asked = asked_in(back)
    try:
        save_view(tx, name, asked.told(page=""), now_at(request))
    except Invalid as fault:
        return _shown(request, tx, fault=fault)
    return RedirectResponse(asked.address(), SEE_OTHER)


@router.post(f"{PLACE}/{{view_id}}/rename")
def rename(
    request: Request, view_id: int, tx: Tx, name: Annotated[str, Form()] = ""
) -> Response:
    """Give a list another name."""
    try:
        rename_view(tx, view_id, name)
    except (Invalid, Conflict) as fault:
        return _shown(request, tx, fault=fault)
    return RedirectResponse(PLACE, SEE_OTHER)


@router.post(f"{PLACE}/{{view_id}}/remove")
def remove(request: Request, view_id: int, tx: Tx) -> Response:
    """Take a list away, and offer to save it again."""
    known = next((view for view in lists.views(tx) if view.id == view_id), None)
    remove_view(tx, view_id)
    return _shown(request, tx, gone=known)


def _shown(
    request: Request,
    tx: Tx,
    *,
    fault: Invalid | Conflict | None = None,
    gone: View | None = None,
) -> HTMLResponse:
    return render(
        request,
        "opportunities_lists.html",
        status=UNPROCESSABLE if fault else 200,
        views=[(view, address_of(view)) for view in lists.views(tx)],
        fault=said(fault) if fault else "",
        gone=gone,
        gone_address=address_of(gone) if gone else "",
    )


def address_of(view: View) -> str:
    """Return the address of a saved list, for whatever of its filters still makes sense."""
    known = {name: value for name, value in view.asked.items() if name in Asked.model_fields}
    return Asked().address(**known)
