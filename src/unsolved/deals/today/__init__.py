"""What deserves attention today, why, and what to do; nothing that is not worth doing."""

from unsolved.deals.today.attending import attention, is_answered, sights
from unsolved.deals.today.found import Found, foremost, look
from unsolved.deals.today.keeping import as_facts, items_of
from unsolved.deals.today.kinds import Kind, Limits, told
from unsolved.deals.today.model import (
    NONE_WAITING,
    Attention,
    Brief,
    Item,
    ItemKind,
    Listed,
    Waiting,
    Whose,
)
from unsolved.deals.today.patterns import Pattern, Seller, by_seller, patterns
from unsolved.deals.today.worth import Stake, gain, stake

__all__ = [
    "NONE_WAITING",
    "Attention",
    "Brief",
    "Found",
    "Item",
    "ItemKind",
    "Kind",
    "Limits",
    "Listed",
    "Pattern",
    "Seller",
    "Stake",
    "Waiting",
    "Whose",
    "as_facts",
    "attention",
    "by_seller",
    "foremost",
    "gain",
    "is_answered",
    "items_of",
    "look",
    "patterns",
    "sights",
    "stake",
    "told",
]
