"""The pages of deals: one opportunity and its parts, the board, what is dormant."""

from fastapi import APIRouter

from unsolved.web.deals import overview, parts, people

router = APIRouter()
router.include_router(overview.router)
router.include_router(parts.router)
router.include_router(people.router)
