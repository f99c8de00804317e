"""Renders a whole page, or the one block of it that changed."""

from pathlib import Path

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from jinja2_fragments import render_block

from unsolved.conversations.coverage.telling import clock
from unsolved.evidence import Assertion, Facet, Speaker, Tense, sense_of
from unsolved.prospects import Standing
from unsolved.web import assets, words
from unsolved.web.sums import adding_up

TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
TEMPLATES.globals.update(
    asset=assets.address,
    FACETS=tuple(Facet),
    ASSERTIONS=tuple(Assertion),
    SPEAKERS=tuple(Speaker),
    TENSES=tuple(Tense),
    STANDINGS=words.STANDINGS,
    Standing=Standing,
)
TEMPLATES.filters.update(
    adding_up=adding_up,
    amounts=words.amounts,
    sense=sense_of,
    added=words.added,
    chief=words.chief,
    clock=clock,
    day=words.day,
    foremost=words.foremost,
    interval=words.interval,
    moment=words.moment,
    money=words.money,
    number=words.number,
    ordered=words.ordered,
    percent=words.percent,
    place=words.place,
    plural=words.plural,
    points=words.points,
    signed=words.signed,
    sized=words.sized,
    slug=words.slug,
    summed=words.summed,
)
TEMPLATES.tests.update(web_address=words.web_address)
# Where a page and its blocks can both reach them.
TEMPLATES.globals["pieces"] = TEMPLATES.get_template("pieces.html").module
TEMPLATES.globals["health"] = TEMPLATES.get_template("health.html").module
TEMPLATES.globals["deal"] = TEMPLATES.get_template("deal_pieces.html").module
TEMPLATES.globals["links"] = TEMPLATES.get_template("attempts.html").module

# One address gives two answers, so a cache must tell them apart.
HEADERS = {"vary": "HX-Request, HX-Request-Type", "cache-control": "no-cache"}


def render(
    request: Request, template: str, block: str = "", *, status: int = 200, **facts: object
) -> HTMLResponse:
    """Answer htmx with ``block`` of ``template``, and everyone else with all of it."""
    partial = bool(block) and _wants_block(request)
    explains = request.app.state.method is not None
    known = {"path": request.url.path, "partial": partial, "explains": explains, **facts}
    html = (
        render_block(TEMPLATES, template, block, **known)
        if partial
        else TEMPLATES.get_template(template).render(**known)
    )
    return HTMLResponse(html, status, headers=HEADERS)


def _wants_block(request: Request) -> bool:
    # Going back in history, htmx asks for the whole page, and says so.
    whole = request.headers.get("hx-request-type") == "full"
    return "hx-request" in request.headers and not whole
