"""The page a person sees when something went wrong."""

from fastapi import Request
from fastapi.responses import HTMLResponse

from unsolved.web.page import render

SAID = {
    403: "That is not allowed.",
    404: "There is nothing at this address.",
    405: "This address cannot be used in that way.",
    422: "The address asks for something that does not make sense.",
    500: "Something broke on our side.",
}
ADVICE = {
    404: "It may have been removed, or the address may be mistyped.",
    422: "Perhaps a part of it was cut off when it was copied.",
    500: "What happened is in the log of the program that serves this page.",
}


def answer(request: Request, status: int, detail: str) -> HTMLResponse:
    """Say what went wrong, and where to go from here."""
    return render(
        request,
        "error.html",
        status=status,
        code=status,
        said=SAID.get(status, "That did not work."),
        advice=ADVICE.get(status, ""),
        detail=detail,
    )
