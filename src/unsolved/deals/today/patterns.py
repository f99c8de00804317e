"""Deals that are stuck in the same way are told once."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import fsum

from unsolved.deals.today.kinds import told
from unsolved.deals.today.model import Brief


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """Several deals that are stuck in the same way, those most worth acting on first.

    ``hours`` is what acting on all of them is worth, in hours of ours; ``sellers`` counts them
    by seller, who has most first.
    """

    text: str
    deals: tuple[Brief, ...]

    @property
    def hours(self) -> float:
        """What acting on all of them is worth, in hours of ours."""
        return fsum(one.hours for one in self.deals)

    @property
    def do(self) -> str:
        """What to do about the one that is most worth acting on."""
        return self.deals[0].do

    @property
    def sellers(self) -> tuple[tuple[str, int], ...]:
        """How many each seller has."""
        counts = Counter(one.seller for one in self.deals)
        return tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))


@dataclass(frozen=True, slots=True, kw_only=True)
class Seller:
    """The deals of a seller that no pattern tells of, and how many one does."""

    name: str
    deals: tuple[Brief, ...]
    elsewhere: int = 0


def patterns(deals: Iterable[Brief]) -> tuple[Pattern, ...]:
    """Return the ways in which several deals are stuck, most worth acting on first."""
    by_text: dict[str, list[Brief]] = defaultdict(list)
    for one in deals:
        if one.pattern:
            by_text[one.pattern].append(one)
    found = [
        Pattern(text=text, deals=tuple(_in_order(alike)))
        for text, alike in by_text.items()
        if len(alike) >= told().limits.alike
    ]
    return tuple(sorted(found, key=lambda one: (-one.hours, one.text)))


def by_seller(deals: Sequence[Brief], but: Iterable[Pattern] = ()) -> tuple[Seller, ...]:
    """Return the deals of each seller but for those of patterns; who has most to do first."""
    told_of = {deal.opportunity_id for one in but for deal in one.deals}
    by_name: dict[str, list[Brief]] = defaultdict(list)
    for one in deals:
        by_name[one.seller].append(one)
    found = []
    for name, theirs in by_name.items():
        left = [one for one in theirs if one.opportunity_id not in told_of]
        elsewhere = len(theirs) - len(left)
        found.append(Seller(name=name, deals=tuple(_in_order(left)), elsewhere=elsewhere))
    return tuple(sorted(found, key=lambda one: (-fsum(d.hours for d in one.deals), one.name)))


def _in_order(deals: Iterable[Brief]) -> list[Brief]:
    return sorted(deals, key=lambda one: (-one.hours, one.opportunity_id))
