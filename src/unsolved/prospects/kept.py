"""How attempts and complaints are kept with a prospect: as plain facts, and back again."""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from pydantic import TypeAdapter

from unsolved.prospects.links import Attempt, Complaint

Facts = dict[str, Any]


def attempts_told(found: Iterable[Attempt]) -> list[Facts]:
    """Return attempts as plain facts."""
    return [_attempts().dump_python(one, mode="json") for one in found]


def complaints_told(found: Iterable[Complaint]) -> list[Facts]:
    """Return complaints as plain facts."""
    return [_complaints().dump_python(one, mode="json") for one in found]


def attempts_of(facts: Mapping[str, Any]) -> tuple[Attempt, ...]:
    """Return the attempts among the facts of a prospect.

    Those kept before attempts had links are left out; the next assessment brings them back.
    """
    told = (one for one in facts["attempts"] if "told" in one)
    return tuple(_attempts().validate_python(one) for one in told)


def complaints_of(facts: Mapping[str, Any]) -> tuple[Complaint, ...]:
    """Return the complaints among the facts of a prospect."""
    return tuple(_complaints().validate_python(one) for one in facts.get("complaints", ()))


@cache
def _attempts() -> TypeAdapter[Attempt]:
    return TypeAdapter(Attempt)


@cache
def _complaints() -> TypeAdapter[Complaint]:
    return TypeAdapter(Complaint)
