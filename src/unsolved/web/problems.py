"""The library of problems, to be read by people."""

from itertools import groupby

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from unsolved import prospects
from unsolved.errors import NotFound
from unsolved.http import Problems, Tx
from unsolved.web.page import render

router = APIRouter(include_in_schema=False)


@router.get("/problems")
def index(request: Request, tx: Tx, problems: Problems) -> HTMLResponse:
    """Show all problems, and how many organisations stand where on each."""
    known = problems.problems
    counts = {problem.id: prospects.standings(tx, problem.id) for problem in known}
    return render(request, "problems.html", problems=known, counts=counts)


@router.get("/problems/{problem_id}")
def show(request: Request, problem_id: str, tx: Tx, problems: Problems) -> HTMLResponse:
    """Show one problem, whole."""
    problem = problems.find(problem_id)
    if problem is None:
        raise NotFound(problem=problem_id)
    by_theme = groupby(problem.questions, key=lambda question: question.theme)
    return render(
        request,
        "problem.html",
        problem=problem,
        counts=prospects.standings(tx, problem_id),
        questions=[(theme, list(asked)) for theme, asked in by_theme],
    )
