"""``/problems``."""

from dataclasses import asdict
from typing import Self

from fastapi import APIRouter
from pydantic import BaseModel

from unsolved import prospects
from unsolved.errors import NotFound
from unsolved.http import Problems, Tx
from unsolved.problems import Problem
from unsolved.prospects import Standing

router = APIRouter(tags=["problems"])


class FailedFixOut(BaseModel):
    """A fix that usually fails, and why."""

    fix: str
    why_it_fails: str


class QuestionOut(BaseModel):
    """A question worth asking."""

    theme: str
    text: str


class CostQuantityOut(BaseModel):
    """One quantity of a cost model, with what we would assume where nobody said."""

    name: str
    what: str
    unit: str
    question: str
    low: float | None
    likely: float | None
    high: float | None


class CostModelOut(BaseModel):
    """What it costs a year that nothing changes, as a formula of quantities."""

    formula: str
    inputs: list[CostQuantityOut]


class InsightOut(BaseModel):
    """Something worth telling somebody who has the problem, and where it is from."""

    text: str
    source: str
    industries: list[str]
    roles: list[str]
    url: str


class ProblemOut(BaseModel):
    """A problem of the library, and how many organisations stand where on it."""

    id: str
    title: str
    statement: str
    symptoms: list[str]
    terms: list[str]
    goals_it_blocks: list[str]
    causes: list[str]
    consequences: list[str]
    typical_failed_fixes: list[FailedFixOut]
    roles_who_feel_it: list[str]
    questions: list[QuestionOut]
    good_outcome: list[str]
    not_to_be_confused_with: list[str]
    cost: CostModelOut | None
    insights: list[InsightOut]
    standings: dict[Standing, int]

    @classmethod
    def of(cls, problem: Problem, standings: dict[Standing, int]) -> Self:
        """Say it the way version 1 promised to."""
        fixes = problem.typical_failed_fixes
        return cls(
            id=problem.id,
            title=problem.title,
            statement=problem.statement,
            symptoms=list(problem.symptoms),
            terms=list(problem.terms),
            goals_it_blocks=list(problem.goals_it_blocks),
            causes=list(problem.causes),
            consequences=list(problem.consequences),
            typical_failed_fixes=[
                FailedFixOut(fix=fix.fix, why_it_fails=fix.why_it_fails) for fix in fixes
            ],
            roles_who_feel_it=list(problem.roles_who_feel_it),
            questions=[QuestionOut(theme=q.theme, text=q.text) for q in problem.questions],
            good_outcome=list(problem.good_outcome),
            not_to_be_confused_with=list(problem.not_to_be_confused_with),
            cost=CostModelOut.model_validate(asdict(problem.cost)) if problem.cost else None,
            insights=[InsightOut.model_validate(asdict(one)) for one in problem.insights],
            standings=standings,
        )


@router.get("/problems")
def list_problems(tx: Tx, problems: Problems) -> list[ProblemOut]:
    """Return the whole library."""
    return [ProblemOut.of(p, prospects.standings(tx, p.id)) for p in problems.problems]


@router.get("/problems/{problem_id}")
def show_problem(problem_id: str, tx: Tx, problems: Problems) -> ProblemOut:
    """Return one problem."""
    problem = problems.find(problem_id)
    if problem is None:
        raise NotFound(problem=problem_id)
    return ProblemOut.of(problem, prospects.standings(tx, problem_id))
