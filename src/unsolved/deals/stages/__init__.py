"""How far a deal has come: a stage is left by what the buyer did, never by what we did."""

from unsolved.deals.stages.leaving import (
    EARLY,
    Want,
    follows,
    is_agreed,
    is_early,
    leaves_when,
    missing,
    must,
    overruled,
    settled,
    wants,
)

__all__ = [
    "EARLY",
    "Want",
    "follows",
    "is_agreed",
    "is_early",
    "leaves_when",
    "missing",
    "must",
    "overruled",
    "settled",
    "wants",
]
