"""``/today``: what deserves attention, why, and what to do."""

from datetime import UTC, datetime
from typing import Annotated, Literal, Self

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from unsolved.deals.model import Reason
from unsolved.deals.queries import attention as kept
from unsolved.deals.service.attention import freshen
from unsolved.deals.today import Item, Listed, Whose
from unsolved.http import Problems, Tx

router = APIRouter(tags=["today"])


class WhyOut(BaseModel):
    """One reason; its weight is in the unit of the number that it is part of."""

    text: str
    weight: float

    @classmethod
    def of(cls, reason: Reason) -> Self:
        """Say it the way version 1 promised to."""
        return cls(text=reason.text, weight=reason.weight)


class ItemOut(BaseModel):
    """Something that deserves attention; the weights of ``gain`` add up to ``worth``.

    ``page`` is where to act; ``hours`` is what acting is worth in hours of ours.
    """

    kind: str
    text: str
    do: str
    page: str
    hours: float
    worth: float
    gain: list[WhyOut]
    why: list[WhyOut]

    @classmethod
    def of(cls, item: Item, opportunity_id: int) -> Self:
        """Say it the way version 1 promised to."""
        return cls(
            kind=item.kind.value,
            text=item.text,
            do=item.do,
            page=item.address(opportunity_id),
            hours=item.hours,
            worth=item.worth,
            gain=[WhyOut.of(one) for one in item.gain],
            why=[WhyOut.of(one) for one in item.why],
        )


class AttendingOut(BaseModel):
    """An opportunity that deserves attention: the foremost item, and what else there is."""

    opportunity_id: int
    name: str
    organisation: str
    seller: str
    currency: str
    item: ItemOut
    more: list[ItemOut]

    @classmethod
    def of(cls, one: Listed) -> Self:
        """Say it the way version 1 promised to."""
        return cls(
            opportunity_id=one.opportunity_id,
            name=one.name,
            organisation=one.organisation,
            seller=one.seller,
            currency=one.currency,
            item=ItemOut.of(one.item, one.opportunity_id),
            more=[ItemOut.of(more, one.opportunity_id) for more in one.more],
        )


class TodayOut(BaseModel):
    """A list for today: ``total`` is how many there are, ``as_of`` since when it is so."""

    items: list[AttendingOut]
    total: int
    as_of: datetime | None


class AskedIn(BaseModel):
    """Whose list: a seller's, or a manager's; without a name that of everybody."""

    seller: str = ""
    view: Literal["seller", "manager"] = "seller"
    limit: int = Field(12, ge=1, le=500)
    offset: int = Field(0, ge=0, le=100_000_000)


@router.get("/today")
def show_today(tx: Tx, problems: Problems, asked: Annotated[AskedIn, Query()]) -> TodayOut:
    """Return what deserves attention, most first; nothing that is not worth doing."""
    whose = Whose(asked.view)
    freshen(tx, (whose, asked.seller), problems, datetime.now(UTC))
    found = kept.attending(tx, whose, asked.seller, asked.limit, asked.offset)
    as_of = kept.attending_as_of(tx, whose, asked.seller)
    return TodayOut(
        items=[AttendingOut.of(one) for one in found], total=as_of.count, as_of=as_of.at
    )
