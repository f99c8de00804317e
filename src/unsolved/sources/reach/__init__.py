"""How we reach other machines: politely, within limits, and never inside our own network."""

from unsolved.sources.reach.addresses import is_public, named_in
from unsolved.sources.reach.answer import Answer
from unsolved.sources.reach.client import Limits, Reach

__all__ = ["Answer", "Limits", "Reach", "is_public", "named_in"]
