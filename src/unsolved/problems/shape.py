"""Does a tree have the shape that the published schema asks for?

The schema is JSON Schema (draft 2020-12), and of it only the words that ours use. Reading it
here, and not a copy of it in Python, is why an editor that follows the schema and we who load
the file can never disagree. What a general validator would not give us is the line.
"""

import difflib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from math import isinf
from pathlib import Path
from typing import cast

from unsolved.problems.nodes import Fault, Node

Schema = Mapping[str, object]
UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
PLAIN = r"[-+]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]{1,3})?"
EXPECTED = {
    "string": "text",
    "integer": "a number",
    "number": "a number",
    "array": "a list",
    "object": "a mapping",
}


@cache
def schema() -> Schema:
    """Return the published schema of a problem file."""
    text = Path(__file__).with_name("problem.schema.json").read_text(encoding="utf-8")
    return _object(json.loads(text))


def faults(node: Node, rule: Schema | None = None, name: str = "") -> Iterator[Fault]:
    """Yield what keeps ``node`` from being what ``rule`` asks for; by default, a problem."""
    rule = _resolved(schema() if rule is None else rule)
    called = f"`{name}`" if name else "the file"
    if node.kind == "nothing":
        yield Fault(node.line, f"{called} is empty", _fill(name, rule))
    elif node.kind != EXPECTED[str(rule["type"])]:
        yield _wrong_kind(node, rule, called)
    elif node.kind == "text":
        yield from _text(node, rule, called)
    elif rule["type"] == "integer":
        yield from _integer(node, rule, called)
    elif rule["type"] == "number":
        yield from _number(node, called)
    elif node.kind == "a list":
        yield from _list(node, rule, name)
    else:
        yield from _mapping(node, rule, name)


def _resolved(rule: Schema) -> Schema:
    pointer = rule.get("$ref")
    if pointer is None:
        return rule
    named = _object(_object(schema()["$defs"])[str(pointer).removeprefix("#/$defs/")])
    return {**named, **rule}


def _object(value: object) -> Schema:
    assert isinstance(value, dict), "the schema is ours, and this part of it is an object"
    return value


def _fill(name: str, rule: Schema) -> str:
    required = rule.get("required", ())
    if not name and isinstance(required, list):
        *most, last = (f"`{field}`" for field in required)
        return f"Write at least {', '.join(most)} and {last}."
    return "Write something there, or leave it out if it is not required."


def _wrong_kind(node: Node, rule: Schema, called: str) -> Fault:
    expected = EXPECTED[str(rule["type"])]
    mends = {
        ("a list", "text"): "Write a single text, without dashes or brackets.",
        ("a mapping", "text"): "Put the text in quotes if it has a colon in it.",
        ("text", "a list"): "Put each entry on its own line after a dash, or in [brackets].",
        ("a list", "a mapping"): "Write names, each with a colon, where the dashes are.",
    }
    usual = "Put it in quotes." if expected == "text" else f"Write {expected}."
    why = f"{called} is {node.kind}, where {expected} is expected"
    return Fault(node.line, why, mends.get((node.kind, expected), usual))


def _text(node: Node, rule: Schema, called: str) -> Iterator[Fault]:
    text = " ".join(node.text.split())
    if not text:
        yield Fault(node.line, f"{called} is empty", _fill(called, {}))
    elif UNSEEN.search(text):
        yield Fault(node.line, f"{called} has a character that is no text", "Type it anew.")
    elif not re.search(str(rule.get("pattern", "")), text):
        mend = str(rule.get("patternErrorMessage", "Write it otherwise."))
        yield Fault(node.line, f"{called} cannot be {text!r}", mend)


def _number(node: Node, called: str) -> Iterator[Fault]:
    if not re.fullmatch(PLAIN, node.text) or isinf(float(node.text)):
        why = f"{called} is {node.text!r}, and no plain number"
        yield Fault(node.line, why, "Write it as 1000 or 0.25.")


def _integer(node: Node, rule: Schema, called: str) -> Iterator[Fault]:
    least, most = rule.get("minimum"), rule.get("maximum")
    asked = f"Write a whole number from {least} to {most}."
    if not re.fullmatch(r"-?\d{1,9}", node.text):
        yield Fault(node.line, f"{called} is {node.text!r}, and no whole number", asked)
    elif (
        isinstance(least, int) and isinstance(most, int) and not least <= int(node.text) <= most
    ):
        yield Fault(node.line, f"{called} cannot be {node.text}", asked)


def _list(node: Node, rule: Schema, name: str) -> Iterator[Fault]:
    if not node.entries:
        mend = "Add at least one entry, or leave it out if it is not required."
        yield Fault(node.line, f"`{name}` is an empty list", mend)
    for number, entry in enumerate(node.entries, start=1):
        yield from faults(entry, _object(rule["items"]), f"{name}, entry {number}")


def _mapping(node: Node, rule: Schema, name: str) -> Iterator[Fault]:
    known = _object(rule.get("properties", {}))
    others = rule.get("additionalProperties")
    for key, value in node.fields.items():
        if key in known:
            yield from faults(value, _object(known[key]), key)
        elif others:
            yield from _text(Node("text", value.line, key), {}, f"a name in `{name}`")
            yield from faults(value, _object(others), f"{name}: {key}")
        else:
            yield _unknown(key, value.line, list(known))
    if others and not node.fields:
        yield Fault(node.line, f"`{name}` is an empty mapping", _fill(name, {}))
    for key in _required(rule, node):
        if key not in node.fields:
            yield _missing(key, node.line, _resolved(_object(known[key])), name)


def _required(rule: Schema, node: Node) -> list[str]:
    """Return what a mapping must have, and what it must have because it has something else."""
    required = list(cast("Sequence[str]", rule.get("required", ())))
    for key, others in _object(rule.get("dependentRequired", {})).items():
        if key in node.fields:
            required += cast("Sequence[str]", others)
    return list(dict.fromkeys(required))


def _unknown(key: str, line: int, known: list[str]) -> Fault:
    near = difflib.get_close_matches(key, known, n=1, cutoff=0.5)
    mend = f"Did you mean `{near[0]}`?" if near else f"Known are: {', '.join(known)}."
    return Fault(line, f"there is no field `{key}`", mend)


def _missing(key: str, line: int, rule: Schema, name: str) -> Fault:
    told = str(rule.get("description", ""))
    where = f" in {name}" if name else ""
    return Fault(line, f"`{key}` is missing{where}", f"Add it: {told[:1].lower()}{told[1:]}")
