"""The pages."""

from fastapi import APIRouter

from unsolved.web import (
    assets,
    brief,
    conversations,
    deals,
    documents,
    drafts,
    explaining,
    feedback,
    identity,
    importing,
    organisations,
    practice,
    problems,
    prospects,
    reference,
    sources,
    today,
)

router = APIRouter()
router.include_router(today.router)
router.include_router(prospects.router)
router.include_router(organisations.router)
router.include_router(practice.router)
router.include_router(brief.router)
router.include_router(conversations.router)
router.include_router(deals.router)
router.include_router(documents.router)
router.include_router(explaining.router)
router.include_router(feedback.router)
router.include_router(identity.router)
router.include_router(problems.router)
router.include_router(importing.router)
router.include_router(drafts.router)
router.include_router(sources.router)
router.include_router(reference.router)
router.include_router(assets.router)
