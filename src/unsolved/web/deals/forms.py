"""Forms for the parts of a deal, made from their dataclasses and a file of labels."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import MISSING, dataclass, fields
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

from starlette.datastructures import FormData

from unsolved.deals.model import Basis, Ground, Opportunity
from unsolved.deals.parts import TYPES, Part, PartKind, as_facts, as_part
from unsolved.errors import Invalid
from unsolved.problems import Library

Choices = tuple[tuple[str, str], ...]

WHOLE = "whole"
"""A field that says that a form was sent whole: what it does not name was not ticked."""

_PEOPLE = {"of", "to", "with_whom", "defended_by"}
_ATTEMPTS = {"attempt", "tried"}
_BASIS = Basis.NOTED.value
_TRI: Choices = (("", "not known"), ("yes", "yes"), ("no", "no"))
_THOUSANDS = re.compile(r"^-?\d{1,3}([,  ]\d{3})+(\.\d+)?$")
_TIMES = {"k": 1e3, "m": 1e6}


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field of a form: how it is asked for, and what is in it now.

    ``control`` is text, long, date, number, choice, several, flag, ground or hidden.
    """

    name: str
    label: str
    hint: str
    control: str
    value: Any
    choices: Choices = ()
    is_needed: bool = False


@cache
def labels() -> Mapping[str, Any]:
    """Return what the parts and their fields are called."""
    return tomllib.loads(Path(__file__).with_name("labels.toml").read_text("utf-8"))


def called(kind: PartKind) -> str:
    """Return what a sort of part is called on a page."""
    return str(labels()[kind.value]["called"])


def fields_of(
    kind: PartKind, opportunity: Opportunity, library: Library, facts: Mapping[str, Any]
) -> list[Field]:
    """Return the fields of a part's form, with ``facts`` in them as far as they are there."""
    types = get_type_hints(TYPES[kind])
    given = {one.name: one.default for one in fields(TYPES[kind]) if one.default is not MISSING}
    needed = types.keys() - given.keys()
    facts = {**{name: one for name, one in given.items() if isinstance(one, StrEnum)}, **facts}
    return [
        _field(told, types[told["name"]], opportunity, library, facts, needed=needed)
        for told in labels()[kind.value]["fields"]
    ]


def heard(kind: PartKind, form: FormData, before: Part | None) -> Part:
    """Return the part that a form tells of; what it does not ask for stays as before.

    Raises:
        Invalid: a field cannot be read; ``field`` says which, ``mend`` what would be right.
    """
    types = get_type_hints(TYPES[kind])
    facts = as_facts(before) if before is not None else {}
    for told in labels()[kind.value]["fields"]:
        name = told["name"]
        if _is_sent(name, types[name], form):
            facts[name] = _read(name, types[name], form)
    missing = {one.name for one in fields(TYPES[kind]) if one.default is MISSING}
    for name in sorted(missing & facts.keys()):
        if facts[name] in (None, "") and types[name] is not str:
            raise Invalid(part=called(kind), field=name, mend="this is needed")
    return as_part(kind, facts)


def typed(kind: PartKind, form: FormData) -> dict[str, Any]:
    """Return what was typed, to show it again beside what is wrong with it."""
    found: dict[str, Any] = {}
    for told in labels()[kind.value]["fields"]:
        name = told["name"]
        several = form.getlist(name)
        found[name] = [str(one) for one in several] if len(several) > 1 else form.get(name)
        for one in (f.name for f in fields(Ground)):
            if f"{name}.{one}" in form:
                held = found[name] if isinstance(found[name], dict) else {}
                found[name] = {**held, one: form.get(f"{name}.{one}")}
    return found


def _field(
    told: Mapping[str, Any],
    kind: object,
    opportunity: Opportunity,
    library: Library,
    facts: Mapping[str, Any],
    *,
    needed: AbstractSet[str],
) -> Field:
    name = told["name"]
    control, choices = _control(name, kind, opportunity, library)
    if told.get("hidden"):
        control = "hidden"
    if control == "text" and told.get("long"):
        control = "long"
    value = facts.get(name)
    if control == "several":
        value = [str(one) for one in value or ()] if not isinstance(value, str) else [value]
    if control == "choice":
        value = _as_choice(value)
        if value and value not in dict(choices):
            choices = (*choices, (value, f"{value} (not known any more)"))
    if control == "ground":
        value = {one.name: "" for one in fields(Ground)} | (value or {"basis": _BASIS})
    if isinstance(value, list) and control == "text":
        value = ", ".join(value)
    return Field(
        name=name,
        label=told["label"],
        hint=told.get("hint", ""),
        control=control,
        value=value,
        choices=choices,
        is_needed=name in needed,
    )


def _as_choice(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)


def _control(
    name: str, kind: object, opportunity: Opportunity, library: Library
) -> tuple[str, Choices]:
    """Return how a field is asked for, and what there is to choose from."""
    if name in _PEOPLE:
        people = tuple((str(n), one.name) for n, one in opportunity.stakeholders.items())
        return ("several" if get_origin(kind) is tuple else "choice"), people
    if name in _ATTEMPTS:
        tried = tuple((str(n), one.what) for n, one in opportunity.attempts.items())
        return "choice", (("", "none"), *tried)
    if name == "problem_id":
        known = tuple((one.id, one.title) for one in library.problems)
        return "choice", (("", "none"), *known)
    if get_origin(kind) is tuple:
        inner = get_args(kind)[0]
        return ("several", _members(inner)) if issubclass(inner, StrEnum) else ("text", ())
    return _plain_control(*_inner(kind))


def _plain_control(inner: type, optional: bool) -> tuple[str, Choices]:
    if inner is bool:
        return ("choice", _TRI) if optional else ("flag", ())
    if issubclass(inner, StrEnum):
        return "choice", ((("", "none"),) if optional else ()) + _members(inner)
    plain = {date: "date", float: "number", int: "number", Ground: "ground"}
    return plain.get(inner, "text"), (_members(Basis) if inner is Ground else ())


def _read(name: str, kind: object, form: FormData) -> object:
    """Return one field of a form as plain data."""
    text = str(form.get(name) or "").strip().replace("\r\n", "\n")
    if get_origin(kind) is tuple:
        return _several(name, get_args(kind)[0], text, form)
    inner, optional = _inner(kind)
    if inner is Ground:
        return _ground(name, form)
    if inner is bool:
        return _flag(text, optional=optional)
    if not text and (optional or inner is not str):
        return None
    readers = {float: _number, int: _whole}
    return readers[inner](name, text) if inner in readers else text


def _is_sent(name: str, kind: object, form: FormData) -> bool:
    """Whether a form tells of a field; what is not ticked is not sent, and is told so."""
    if name in form or any(key.startswith(f"{name}.") for key in form):
        return True
    is_ticked = kind is bool or (get_origin(kind) is tuple and get_args(kind)[0] is not str)
    return is_ticked and WHOLE in form


def _several(name: str, inner: type, text: str, form: FormData) -> list[object]:
    if inner is str:
        return [one.strip() for one in text.split(",") if one.strip()]
    chosen = [str(one) for one in form.getlist(name) if str(one)]
    return [_whole(name, one) if inner is int else one for one in chosen]


def _ground(name: str, form: FormData) -> dict[str, Any]:
    facts: dict[str, Any] = {}
    for one in fields(Ground):
        text = str(form.get(f"{name}.{one.name}") or "").strip()
        if one.name.endswith("_id") or one.name == "turn":
            facts[one.name] = _whole(name, text) if text else None
        elif one.name == "on":
            facts[one.name] = text or None
        elif text or one.name != "basis":
            facts[one.name] = text
    return facts


def _flag(text: str, *, optional: bool) -> bool | None:
    if not text:
        return None if optional else False
    return text in {"yes", "on", "true"}


def _number(name: str, text: str) -> float:
    """Read 80000, 80 000, 80,000.50 or 80k."""
    times = _TIMES.get(text[-1:].casefold(), 1.0)
    plain = text[:-1].strip() if times > 1 else text
    if _THOUSANDS.match(plain):
        plain = re.sub(r"[,  ]", "", plain)
    try:
        return float(plain) * times
    except ValueError as error:
        mend = f"{text[:40]!r} is no number; write it as 80000, 80k or 80000.50"
        raise Invalid(field=name, mend=mend) from error


def _whole(name: str, text: str) -> int:
    try:
        return int(text)
    except ValueError as error:
        raise Invalid(field=name, mend=f"{text[:40]!r} is no whole number") from error


def _inner(kind: object) -> tuple[type, bool]:
    """Return a type without None, and whether it may be None."""
    if isinstance(kind, UnionType):
        rest = [one for one in get_args(kind) if one is not NoneType]
        return rest[0], len(rest) < len(get_args(kind))
    assert isinstance(kind, type)
    return kind, False


def _members(kind: type[StrEnum]) -> Choices:
    return tuple((one.value, one.value) for one in kind)


def label_of(kind: PartKind, name: str) -> str:
    """Return what a field is called on a page; its own name where the file has none."""
    known: Sequence[Mapping[str, Any]] = labels()[kind.value]["fields"]
    return next((str(one["label"]) for one in known if one["name"] == name), name)
