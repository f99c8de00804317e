"""What a CRM says later is taken over where nobody changed it by hand, else shown beside."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from unsolved.deals.changes import Action
from unsolved.deals.crm.deal import Deal, Ended, Where, ended
from unsolved.deals.model import Head, Note, Outcome, Stage
from unsolved.deals.parts import PartKind

BY = "CRM"
"""Who changes what the CRM changed, as the history names them."""

SETTLED = "CRM"
"""What a note is about that says that ours is kept."""


class Held(StrEnum):
    """What both the CRM and we hold of a deal."""

    WORTH = "worth"
    SELLER = "seller"
    CLOSE = "expected decision"
    STAGE = "stage in the CRM"
    END = "how it ended"


_FIELDS: Mapping[Held, tuple[str, ...]] = {
    Held.WORTH: ("worth", "currency"),
    Held.SELLER: ("seller",),
    Held.CLOSE: ("close_on",),
    Held.STAGE: ("crm_stage",),
    Held.END: ("stage", "outcome"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """That the CRM says something else than stands here, both as they are told.

    ``can_take`` is false where the CRM does not say it clearly enough to be taken over.
    """

    held: Held
    crm: str
    here: str
    can_take: bool = True


def differences(head: Head, deal: Deal) -> tuple[Difference, ...]:
    """Return in what a CRM and we differ; what the CRM leaves open is no difference."""
    found = [look(head, deal) for look in _LOOKS]
    return tuple(one for one in found if one is not None)


def open_differences(head: Head, deal: Deal, notes: Iterable[Note]) -> tuple[Difference, ...]:
    """Return the differences that nobody has settled by keeping ours."""
    settled = {note.text for note in notes if note.about == SETTLED}
    return tuple(one for one in differences(head, deal) if kept_text(one) not in settled)


def kept_text(one: Difference) -> str:
    """Return how it is noted that ours is kept; another value of either is another matter."""
    return f"{one.held.value} stays {one.here}; the CRM says {one.crm}"


def is_by_hand(actions: Sequence[Action], held: Held) -> bool:
    """Whether a person, and not the CRM, was the last to say this; ``actions`` latest first.

    What an opportunity was taken up with is the CRM's.
    """
    for action in actions:
        for change in action.changed:
            if change.kind is not PartKind.HEAD:
                continue
            if change.before is None:
                return not (change.after or {}).get("deal_key")
            if any(name in _FIELDS[held] for name, _, _ in change.fields):
                return action.by != BY
    return True


def taken_over(head: Head, deal: Deal, which: Iterable[Held], today: date) -> Head:
    """Return a head with what the CRM says of some things."""
    for held in which:
        head = _TAKES[held](head, deal, today)
    return head


def _worth(head: Head, deal: Deal) -> Difference | None:
    currency = deal.currency or head.currency
    if deal.amount is None or (deal.amount, currency) == (head.worth, head.currency):
        return None
    here = _money(head.worth, head.currency) if head.worth is not None else "not said"
    return Difference(held=Held.WORTH, crm=_money(deal.amount, currency), here=here)


def _seller(head: Head, deal: Deal) -> Difference | None:
    if not deal.owner or deal.owner == head.seller:
        return None
    return Difference(held=Held.SELLER, crm=deal.owner, here=head.seller or "nobody")


def _close(head: Head, deal: Deal) -> Difference | None:
    if deal.closes_on is None or deal.closes_on == head.close_on or not head.is_open:
        return None
    here = str(head.close_on) if head.close_on else "not said"
    return Difference(held=Held.CLOSE, crm=str(deal.closes_on), here=here)


def _stage(head: Head, deal: Deal) -> Difference | None:
    if not deal.stage or deal.stage == head.crm_stage:
        return None
    return Difference(held=Held.STAGE, crm=deal.stage, here=head.crm_stage or "not said")


def _end(head: Head, deal: Deal) -> Difference | None:
    end, here = ended(deal), str(head.outcome.value if head.outcome else "in work")
    if end is None:
        is_same = head.outcome is None
        return None if is_same else Difference(held=Held.END, crm="open", here=here)
    if end.outcome is None:
        lost = head.outcome is not None and head.outcome is not Outcome.WON
        because = f" ({deal.lost_reason})" if deal.lost_reason else ", reason unknown"
        told = f"lost{because}"
        return None if lost else Difference(held=Held.END, crm=told, here=here, can_take=False)
    if end.outcome is head.outcome or _is_finer(head, deal):
        return None
    return Difference(held=Held.END, crm=end.outcome.value, here=here)


def _is_finer(head: Head, deal: Deal) -> bool:
    """Whether both say that it was lost, and we say more exactly how."""
    return deal.where is Where.LOST and head.outcome not in {None, Outcome.WON}


def _take_worth(head: Head, deal: Deal, _: date) -> Head:
    return replace(head, worth=deal.amount, currency=deal.currency or head.currency)


def _take_seller(head: Head, deal: Deal, _: date) -> Head:
    return replace(head, seller=deal.owner)


def _take_close(head: Head, deal: Deal, _: date) -> Head:
    return replace(head, close_on=deal.closes_on)


def _take_stage(head: Head, deal: Deal, _: date) -> Head:
    return replace(head, crm_stage=deal.stage)


def _take_end(head: Head, deal: Deal, today: date) -> Head:
    end = ended(deal) or Ended()
    is_over = end.outcome is not None
    on = min(deal.closes_on or today, today) if is_over else None
    return replace(
        head,
        stage=Stage.DECIDED if is_over else Stage.PROVOKE,
        outcome=end.outcome,
        cause=end.cause,
        staged_on=on or today,
        decided_on=on,
        in_forecast=not is_over,
    )


def _money(amount: float, currency: str) -> str:
    return f"{amount:,.2f} {currency}".replace(".00 ", " ")


_LOOKS: tuple[Callable[[Head, Deal], Difference | None], ...] = (
    _worth,
    _seller,
    _close,
    _stage,
    _end,
)
_TAKES: Mapping[Held, Callable[[Head, Deal, date], Head]] = {
    Held.WORTH: _take_worth,
    Held.SELLER: _take_seller,
    Held.CLOSE: _take_close,
    Held.STAGE: _take_stage,
    Held.END: _take_end,
}
