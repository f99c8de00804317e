"""``/organisations``."""

from typing import Annotated, Self

from fastapi import APIRouter, Query
from pydantic import BaseModel

from unsolved import prospects, sources
from unsolved.api.page import PageOut, after
from unsolved.api.prospects import ProspectOut, told
from unsolved.errors import NotFound
from unsolved.http import Tx
from unsolved.sources import Organisation

router = APIRouter(tags=["organisations"])


class OrganisationOut(BaseModel):
    """One identity, many names."""

    id: int
    name: str
    names: list[str]
    domain: str | None
    industry: str | None
    country: str | None
    employees: int | None
    revenue: str | None

    @classmethod
    def of(cls, organisation: Organisation) -> Self:
        """Say it the way version 1 promised to."""
        return cls(
            id=organisation.id,
            name=organisation.name,
            names=list(organisation.names),
            domain=organisation.domain,
            industry=organisation.industry,
            country=organisation.country,
            employees=organisation.employees,
            revenue=organisation.revenue,
        )


class DossierOut(BaseModel):
    """An organisation, and where it stands on every problem, best prospect first."""

    organisation: OrganisationOut
    prospects: list[ProspectOut]


@router.get("/organisations")
def list_organisations(
    tx: Tx,
    q: Annotated[str, Query(description="Words in a name or in the domain.")] = "",
    limit: Annotated[int, Query(ge=1, le=500)] = 50,
    offset: Annotated[int, Query(ge=0, le=100_000_000)] = 0,
) -> PageOut[OrganisationOut]:
    """Return the organisations that ``q`` finds, by name."""
    found = sources.search(tx, q, limit, offset)
    total = sources.count_found(tx, q)
    return PageOut(
        items=[OrganisationOut.of(organisation) for organisation in found],
        total=total,
        next_offset=after(offset, len(found), total),
    )


@router.get("/organisations/{organisation_id}")
def show_organisation(organisation_id: int, tx: Tx) -> DossierOut:
    """Return one organisation with its prospects."""
    found = sources.organisation(tx, organisation_id)
    if found is None:
        raise NotFound(organisation=organisation_id)
    return DossierOut(
        organisation=OrganisationOut.of(found),
        prospects=told(tx, prospects.of_organisation(tx, found.id)),
    )
