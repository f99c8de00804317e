"""Something that a rule has seen in a deal, before it is told and weighed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from unsolved.deals.model import Reason
from unsolved.deals.today.model import ItemKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """Of what kind it is, why, how strong a case of its kind, and what its texts need to know.

    ``saved`` is money, only of what the arithmetic of letting go saves. ``is_offered`` is
    whether a proposal went out before.
    """

    kind: ItemKind
    why: tuple[Reason, ...] = ()
    size: float = 1.0
    saved: float = 0.0
    is_offered: bool = False
    facts: Mapping[str, object] = field(default_factory=dict)


Sights = Iterator[Seen]


def plain(text: str, rule: str) -> Reason:
    """Return a reason that is a fact and no number."""
    return Reason(text, 0.0, f"today.{rule}")
