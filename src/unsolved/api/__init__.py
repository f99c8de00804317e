"""The REST API: a promise, kept apart from what it is made of."""

from fastapi import APIRouter

from unsolved.api import (
    brief,
    documents,
    drafts,
    evidence,
    explanations,
    feedback,
    opportunities,
    organisations,
    problems,
    prospects,
    sources,
    today,
)
from unsolved.api.errors import ErrorOut

PREFIX = "/api/v1"

router = APIRouter(
    prefix=PREFIX,
    responses={404: {"model": ErrorOut}, 422: {"model": ErrorOut}},
)
router.include_router(problems.router)
router.include_router(prospects.router)
router.include_router(organisations.router)
router.include_router(brief.router)
router.include_router(evidence.router)
router.include_router(explanations.router)
router.include_router(feedback.router)
router.include_router(documents.router)
router.include_router(drafts.router)
router.include_router(sources.router)
router.include_router(opportunities.router)
router.include_router(today.router)
