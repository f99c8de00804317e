"""The page that imports a table: choose a file, look what it was taken for, mend it, import."""

import re
from collections.abc import Mapping
from pathlib import Path
from secrets import token_hex
from typing import Annotated

from fastapi import APIRouter, BackgroundTasks, File, Request, UploadFile
from fastapi.responses import HTMLResponse, RedirectResponse
from starlette.datastructures import FormData

from unsolved.errors import Error, NotFound
from unsolved.http import Deeds, Doing
from unsolved.sources.crm import FIELDS, Object, Preview
from unsolved.web.page import render

router = APIRouter(include_in_schema=False)

SEE_OTHER, UNPROCESSABLE = 303, 422
PIECE = 1_000_000
_TOKEN = re.compile(r"[0-9a-f]{32}")
_SAFE = re.compile(r"[^\w.() -]+")
_SUFFIXES = (".csv", ".tsv", ".tab", ".txt", ".xlsx", ".xlsm")


@router.get("/import")
def choose(request: Request) -> HTMLResponse:
    """Ask for a file."""
    return render(request, "import.html", error=None, can=request.app.state.doing is not None)


@router.post("/import")
async def upload(
    request: Request, doing: Deeds, file: Annotated[UploadFile, File()]
) -> HTMLResponse:
    """Keep the file that was chosen, and go on to what it was taken for."""
    name = _SAFE.sub("_", Path(file.filename or "").name).strip(". ") or "table.csv"
    if not name.lower().endswith(_SUFFIXES):
        error = f"{name} is no table; choose a file ending in {', '.join(_SUFFIXES)}"
        return render(request, "import.html", status=UNPROCESSABLE, error=error, can=True)
    token = token_hex(16)
    folder = doing.uploads / token
    folder.mkdir(parents=True)
    with (folder / name[-120:]).open("wb") as kept:
        while piece := await file.read(PIECE):
            kept.write(piece)
    return RedirectResponse(f"/import/{token}", SEE_OTHER)  # type: ignore[return-value]


@router.get("/import/{token}")
def look(request: Request, token: str, doing: Deeds) -> HTMLResponse:
    """Show what the table was taken for."""
    return _shown(request, token, doing, {})


@router.post("/import/{token}")
async def decide(
    request: Request, token: str, doing: Deeds, after: BackgroundTasks
) -> HTMLResponse:
    """Look again with what was mended, try it without keeping anything, or import it."""
    form = await request.form()
    settings = _settings(form)
    what = str(form.get("what", "look"))
    if what == "look":
        return _shown(request, token, doing, settings)
    path = _file(doing, token)
    try:
        previews = doing.look(path, settings)
        if what == "try":
            tried = doing.take(path, settings, previews, True)
            return _shown(request, token, doing, settings, tried=tried)
        source = doing.begin(path, settings)
    except Error as error:
        return _shown(request, token, doing, {}, error=str(error))
    after.add_task(doing.take, path, settings, previews, False)
    return RedirectResponse(f"/sources/{source}?visiting=yes", SEE_OTHER)  # type: ignore[return-value]


def _shown(
    request: Request, token: str, doing: Doing, settings: Mapping[str, str], **more: object
) -> HTMLResponse:
    path = _file(doing, token)
    error = more.get("error")
    previews: list[Preview] = []
    try:
        previews = doing.look(path, settings)
    except Error as found:
        error = error or str(found)
    return render(
        request,
        "import_table.html",
        token=token,
        name=path.name,
        previews=previews,
        settings=settings,
        objects=list(Object),
        fields={
            thing.value: [(field.name, field.does) for field in fields]
            for thing, fields in FIELDS.items()
        },
        tried=more.get("tried"),
        error=error,
        status=UNPROCESSABLE if error else 200,
    )


def _settings(form: FormData) -> dict[str, str]:
    """Return what a person fixed; the columns under the names that the table gives them."""
    settings = {
        name: str(form.get(name, ""))
        for name in ("object", "dates", "numbers", "encoding", "timezone")
    }
    pairs = []
    number = 0
    while (column := form.get(f"column-{number}")) is not None:
        means = str(form.get(f"field-{number}", ""))
        if means != "?":
            pairs.append(f"{column}={means or '-'}")
        number += 1
    # What was a field of one object may be none of another that was chosen since.
    if settings["object"] == str(form.get("was", settings["object"])):
        settings["mapping"] = "\n".join(pairs)
    return settings


def _file(doing: Doing, token: str) -> Path:
    folder = doing.uploads / token
    if not _TOKEN.fullmatch(token) or not folder.is_dir():
        raise NotFound(upload=token)
    found = [path for path in folder.iterdir() if path.is_file()]
    if not found:
        raise NotFound(upload=token)
    return found[0]
