"""A reference as plain data, and what must be right about it."""

from collections.abc import Iterator, Mapping
from dataclasses import fields
from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError

from unsolved.deals.references.model import Reference
from unsolved.errors import Invalid

LONGEST = 10_000
MOST_USES = 100
MOST_EMPLOYEES = 100_000_000


def as_facts(one: Reference) -> dict[str, Any]:
    """Return a reference as plain data that JSON can hold; `as_reference` reads it back."""
    told: dict[str, Any] = _adapter().dump_python(one, mode="json")
    return told


def as_reference(facts: Mapping[str, Any]) -> Reference:
    """Return the reference that plain data tells of.

    Raises:
        Invalid: a field is missing, unknown or of the wrong type; ``field`` says which.
    """
    unknown = sorted(set(facts) - {one.name for one in fields(Reference)})
    if unknown:
        raise Invalid(reference="", field=unknown[0], mend="there is no such field")
    try:
        return _adapter().validate_python(dict(facts))
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        field = ".".join(str(place) for place in first["loc"])
        raise Invalid(reference="", field=field, mend=first["msg"]) from error


def check(one: Reference) -> None:
    """Refuse a reference that makes no sense.

    Raises:
        Invalid: a field is wrong; ``field`` says which, ``mend`` what would be right.
    """
    for field, mend in _faults(one):
        raise Invalid(reference=one.organisation[:80], field=field, mend=mend)


def _faults(one: Reference) -> Iterator[tuple[str, str]]:
    if not one.organisation.strip():
        yield "organisation", "it must not be empty"
    if one.employees is not None and not 1 <= one.employees <= MOST_EMPLOYEES:
        yield (
            "employees",
            "an organisation has at least one person, and not more than there are",
        )
    if not 0 <= one.most_uses <= MOST_USES:
        yield "most_uses", f"from 0 to {MOST_USES} times a quarter"
    for field in fields(one):
        value = getattr(one, field.name)
        texts = (value,) if isinstance(value, str) else value if field.name == "rivals" else ()
        if any(len(text) > LONGEST or "\0" in text for text in texts):
            yield field.name, f"a text has at most {LONGEST} characters, none of them empty"


@cache
def _adapter() -> TypeAdapter[Reference]:
    return TypeAdapter(Reference)
