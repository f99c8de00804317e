"""The pages of deals: one opportunity and its parts, the board, what is dormant."""

from fastapi import APIRouter

from unsolved.web.deals import (
    board,
    cost,
    crm,
    diagnosis,
    dormant,
    leaving,
    material,
    moving,
    opening,
    overview,
    parts,
    people,
    references,
    risks,
    silence,
    tried,
    views,
)

router = APIRouter()
# Addresses in words come first: a number stands at the same place in those of one deal.
router.include_router(board.router)
router.include_router(views.router)
router.include_router(opening.router)
router.include_router(crm.router)
router.include_router(moving.router)
router.include_router(material.router)
router.include_router(overview.router)
router.include_router(parts.router)
router.include_router(people.router)
router.include_router(cost.router)
router.include_router(silence.router)
router.include_router(references.router)
router.include_router(risks.router)
router.include_router(tried.router)
router.include_router(diagnosis.router)
router.include_router(leaving.router)
router.include_router(dormant.router)
