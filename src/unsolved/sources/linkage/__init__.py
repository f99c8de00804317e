"""Which organisations and people of different sources are one: how likely, and why."""

from unsolved.sources.linkage.against import unique_numbers
from unsolved.sources.linkage.judging import Judged, alike_organisations, alike_people
from unsolved.sources.linkage.model import OrganisationFacts, PersonFacts
from unsolved.sources.linkage.organisations import is_own

__all__ = [
    "Judged",
    "OrganisationFacts",
    "PersonFacts",
    "alike_organisations",
    "alike_people",
    "is_own",
    "unique_numbers",
]
