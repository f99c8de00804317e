"""Who can vouch for us to this buyer: customers like them, and none worn out by it."""

from unsolved.deals.references.kept import as_facts, as_reference, check
from unsolved.deals.references.matching import lately, match
from unsolved.deals.references.model import Match, Reference, Used

__all__ = [
    "Match",
    "Reference",
    "Used",
    "as_facts",
    "as_reference",
    "check",
    "lately",
    "match",
]
