"""Puts the parts together: the one place where everything meets."""

from collections.abc import Sequence
from urllib.parse import urlsplit

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from unsolved import api, web
from unsolved.api import errors as api_errors
from unsolved.db import Sessions
from unsolved.errors import Error
from unsolved.evidence import Method
from unsolved.http import Doing
from unsolved.problems import Library
from unsolved.web import errors as web_errors

# Nothing runs or is fetched that we did not ship; no page of ours stands inside another's.
POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)
SAFETY = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}


def make_app(  # noqa: PLR0913 (what it is put together from)
    sessions: Sessions,
    library: Library,
    reading: str = "",
    hosts: Sequence[str] = ("*",),
    *,
    method: Method | None = None,
    doing: Doing | None = None,
    me: str = "somebody",
) -> FastAPI:
    """Build the application over the database behind ``sessions``.

    With ``reading``, the fingerprint of what reads the documents today, pages say how many are
    still unread. ``hosts`` are the names it may be called by: on one machine only its own, so
    that no page of somebody else's can reach it under a name of theirs. With ``method``, pages
    explain what made a label; with ``doing``, they visit sources. ``me`` is who works here, as
    the history of a deal names them.
    """
    app = FastAPI(
        title="unsolved",
        version="1",
        description="Organisations with a problem they know, tried to fix and failed at.",
        openapi_url=f"{api.PREFIX}/openapi.json",
        docs_url=None,  # the pages that FastAPI brings fetch scripts from elsewhere
        redoc_url=None,
    )
    app.state.sessions, app.state.library, app.state.reading = sessions, library, reading
    app.state.method, app.state.doing, app.state.me = method, doing, me
    app.state.clock = None  # what tells the time on pages; the machine's clock, unless set
    app.include_router(api.router)
    app.include_router(web.router)
    for kind in (Error, HTTPException, RequestValidationError, Exception):
        app.add_exception_handler(kind, _answer)
    app.add_middleware(_OwnPages)
    app.add_middleware(GZipMiddleware, minimum_size=1_000)
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=list(hosts))
    app.add_middleware(_Safety)
    return app


def _answer(request: Request, error: Exception) -> Response:
    """Answer programs in the API's way and people with a page."""
    answer: Response
    if request.url.path.startswith("/api/"):
        answer = api_errors.answer(error)
    else:
        status, detail = api_errors.status_of(error), api_errors.detail_of(error)
        answer = web_errors.answer(request, status, detail)
    answer.headers.update(SAFETY)  # a bug's answer is made outside of all middleware
    return answer


class _OwnPages:
    """Refuses what a page of somebody else's would have a browser write here.

    A browser says where a request comes from; what says nothing is no browser. After Go's
    CrossOriginProtection: https://words.filippo.io/csrf/
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and not _is_ours(Headers(scope=scope), scope["method"]):
            request = Request(scope)
            answer = _answer(request, HTTPException(403, "This comes from another site."))
            await answer(scope, receive, send)
            return
        await self._app(scope, receive, send)


def _is_ours(headers: Headers, method: str) -> bool:
    if method in {"GET", "HEAD", "OPTIONS"}:
        return True
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site in {"same-origin", "none"}
    origin = headers.get("origin")
    return origin is None or urlsplit(origin).netloc == headers.get("host")


class _Safety:
    """Adds what tells a browser to be careful to every answer that does not say it itself."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def careful(message: Message) -> None:
            if message["type"] == "http.response.start":
                said = {name for name, _ in message["headers"]}
                more = [(name.encode(), value.encode()) for name, value in SAFETY.items()]
                message["headers"] += [pair for pair in more if pair[0] not in said]
            await send(message)

        await self._app(scope, receive, careful)
