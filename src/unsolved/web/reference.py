"""The page that lists what programs can ask for."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from unsolved.web.page import render

router = APIRouter(include_in_schema=False)


@router.get("/reference")
def show(request: Request) -> HTMLResponse:
    """Show every endpoint of the API with what it takes."""
    told = request.app.openapi()
    endpoints = [
        (method.upper(), path, operation)
        for path, methods in told["paths"].items()
        for method, operation in methods.items()
    ]
    return render(request, "reference.html", endpoints=endpoints)
