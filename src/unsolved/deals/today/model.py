"""What deserves attention today: what it is, why, what to do, and what doing it is worth."""

from dataclasses import dataclass
from enum import StrEnum

from unsolved.deals.model import Reason, added


class ItemKind(StrEnum):
    """What deserves attention."""

    RETURNED = "returned"
    SILENT = "silent"
    STEP = "step"
    STUCK = "stuck"
    POWER = "power"
    DRIFTING = "drifting"
    LET_GO = "let go"
    RISK = "risk"
    UNCOUNTED = "uncounted"
    QUESTION = "question"
    PASSED = "passed"
    FACTS = "facts"
    DEBRIEF = "debrief"
    EARLY = "early"
    AHEAD = "ahead"
    UNBACKED = "unbacked"


class Whose(StrEnum):
    """On whose list it stands."""

    SELLER = "seller"
    MANAGER = "manager"


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing that deserves attention, with the one action that answers it.

    ``why`` are the reasons that found it, each in the unit of the room that gave it. ``gain``
    is money: what acting brings and what it takes, as reasons that add up to ``worth``.
    ``hours`` is that worth in hours of ours, by which deals in different currencies can be put
    in one order. ``page`` is where on the deal's pages to act, or an address of its own;
    ``pattern`` is what deals stuck in the same way have in common, told of several.
    """

    kind: ItemKind
    text: str
    do: str
    label: str
    page: str = ""
    why: tuple[Reason, ...] = ()
    gain: tuple[Reason, ...] = ()
    hours: float = 0.0
    whose: tuple[Whose, ...] = (Whose.SELLER,)
    pattern: str = ""

    @property
    def worth(self) -> float:
        """What acting is worth, less what it takes, in the currency of the deal."""
        return added(self.gain)

    def address(self, opportunity_id: int) -> str:
        """Return where to act on it."""
        if self.page.startswith("/"):
            return self.page
        joint = "/" if self.page and not self.page.startswith("#") else ""
        return f"/opportunities/{opportunity_id}{joint}{self.page}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attention:
    """What deserves attention of a deal: what is worth doing, the foremost first."""

    items: tuple[Item, ...] = ()

    def of(self, whose: Whose) -> tuple[Item, ...]:
        """Return what stands on a list: the foremost first, the others folded below it."""
        return tuple(one for one in self.items if whose in one.whose)

    def weight(self, whose: Whose) -> float | None:
        """Return by how much it stands above others, in hours of ours; None for nothing."""
        return max((one.hours for one in self.of(whose)), default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """Facts that buyers told in kept talks and that nobody accepted or rejected yet."""

    facts: int = 0
    call_id: int | None = None
    """The talk with the most of them."""


NONE_WAITING = Waiting()


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A deal on a list: its foremost item, and what else there is of it."""

    opportunity_id: int
    seller: str
    item: Item
    more: tuple[Item, ...] = ()
    name: str = ""
    organisation: str = ""
    worth: float | None = None
    currency: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """A deal on a list in one line: what it is, and what it has in common with others."""

    opportunity_id: int
    seller: str
    name: str
    hours: float
    text: str
    do: str = ""
    pattern: str = ""
