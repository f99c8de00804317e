"""The text of a YAML or TOML file as a tree in which every value knows its line.

YAML is only ever composed, never loaded: a file can name no Python object, and an alias, which
can make a few lines unfold to gigabytes, is refused.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

import yaml

DEEPEST = 20  # a problem file needs four levels; far more would only exhaust the stack
Loader: TypeAlias = "type[yaml.SafeLoader | yaml.CSafeLoader]"
QUICK: Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # a wheel may lack libyaml
MOST = 1e15
SCALARS = {
    "tag:yaml.org,2002:str": "text",
    "tag:yaml.org,2002:null": "nothing",
    "tag:yaml.org,2002:int": "a number",
    "tag:yaml.org,2002:float": "a number",
    "tag:yaml.org,2002:bool": "yes or no",
    "tag:yaml.org,2002:timestamp": "a date",
}


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong on a line, and what to do about it."""

    line: int
    why: str
    mend: str


@dataclass(frozen=True, slots=True)
class Node:
    """A value and the line on which a person would look for it.

    ``kind`` is "text", "a list", "a mapping", "nothing" or the name of what else it is.
    """

    kind: str
    line: int
    text: str = ""
    entries: tuple["Node", ...] = ()
    fields: Mapping[str, "Node"] = field(default_factory=dict)


def from_yaml(text: str) -> tuple[Node | None, list[Fault]]:
    """Return the tree of a YAML document, and what is wrong with it; no tree if unreadable."""
    try:
        return _from_yaml(text, QUICK)
    except (yaml.YAMLError, ValueError, OverflowError):
        return _from_bad_yaml(text)


def _from_yaml(text: str, loader: Loader) -> tuple[Node | None, list[Fault]]:
    refused = _refused(text, loader)
    if refused:
        return None, [refused]
    top = yaml.compose(text, Loader=loader)
    if top is None:
        return Node("nothing", 1), []
    faults: list[Fault] = []
    return _yaml_node(top, top.start_mark.line + 1, faults), faults


def _from_bad_yaml(text: str) -> tuple[Node | None, list[Fault]]:
    """Read once more, slowly: the loader in Python says more of what is wrong than libyaml."""
    try:
        return _from_yaml(text, yaml.SafeLoader)
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        why = f"there is a character that YAML does not allow: {chr(error.character)!a}"
        return None, [Fault(line, why, "Take it out, or type it anew.")]
    except yaml.MarkedYAMLError as error:
        return None, [_yaml_fault(error)]
    except (ValueError, OverflowError):  # PyYAML asks chr() for more than there is
        line = text.count("\n", 0, text.find("\\U")) + 1
        why = "\\U is followed by the number of no character"
        return None, [Fault(line, why, "Type the character itself.")]


def _refused(text: str, loader: Loader) -> Fault | None:
    """Look for what is YAML, and yet more than a problem file may use."""
    depth = 0
    for event in yaml.parse(text, Loader=loader):
        line = event.start_mark.line + 1 if event.start_mark else 1
        if isinstance(event, yaml.AliasEvent):
            why = f"*{event.anchor} points to another place in the file"
            return Fault(line, why, "Write out what it points to, or put the text in quotes.")
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            return Fault(line, "lists stand in lists too deeply", "Flatten them.")
    return None


def _yaml_fault(error: yaml.MarkedYAMLError) -> Fault:
    mark = error.problem_mark or error.context_mark
    line = mark.line + 1 if mark else 1
    why = ", ".join(part for part in (error.context, error.problem) if part)
    mend = (
        "Check the spaces at the start of the line; put a text with any of :?#[]{} in quotes."
    )
    return Fault(line, f"this is not YAML: {why}", mend)


def _yaml_node(node: yaml.Node, line: int, faults: list[Fault]) -> Node:
    if isinstance(node, yaml.MappingNode):
        return Node("a mapping", line, fields=_yaml_fields(node, faults))
    if isinstance(node, yaml.SequenceNode):
        entries = [_yaml_node(n, n.start_mark.line + 1, faults) for n in node.value]
        return Node("a list", line, entries=tuple(entries))
    kind = SCALARS.get(node.tag, f"something tagged {node.tag}")
    return Node(kind, line, text=node.value)


def _yaml_fields(node: yaml.MappingNode, faults: list[Fault]) -> dict[str, Node]:
    fields: dict[str, Node] = {}
    for key, value in node.value:
        line = key.start_mark.line + 1
        if not isinstance(key, yaml.ScalarNode):
            faults.append(Fault(line, "a name is expected before the colon", "Use a word."))
        elif key.value in fields:
            why = f"`{key.value}` stands here again; the first is on line"
            mend = "Keep one of the two, or join them."
            faults.append(Fault(line, f"{why} {fields[key.value].line}", mend))
        else:
            fields[key.value] = _yaml_node(value, line, faults)
    return fields


def from_toml(text: str) -> tuple[Node | None, list[Fault]]:
    """Return the tree of a TOML document, and what is wrong with it; no tree if unreadable."""
    try:
        return _toml_node(tomllib.loads(text), 1, text.splitlines()), []
    except RecursionError:
        return None, [Fault(1, "lists stand in lists too deeply", "Flatten them.")]
    except ValueError as error:  # a syntax error, or a number with thousands of digits
        return None, [_toml_fault(str(error), max(len(text.splitlines()), 1))]


def _toml_fault(said: str, last: int) -> Fault:
    told = re.fullmatch(r"(.*) \(at (?:line (\d+), column \d+|end of document)\)", said)
    why, line = (told[1], told[2]) if told else (said, 1)
    mend = "Put texts in quotes and lists in square brackets."
    return Fault(int(line or last), f"this is not TOML: {why}", mend)


def _toml_node(value: object, line: int, lines: list[str]) -> Node:
    """Give a value its line, by searching: the parser of the standard library keeps none."""
    match value:
        case str():
            return Node("text", line, text=value)
        case bool():
            return Node("yes or no", line)
        case int() | float():
            # more than anybody counts may have more digits than Python is willing to write
            return Node("a number", line, text=str(value) if abs(value) < MOST else "too much")
        case list():
            places = _toml_places(value, line, lines)
            entries = [_toml_node(v, n, lines) for v, n in zip(value, places, strict=True)]
            return Node("a list", line, entries=tuple(entries))
        case dict():
            found = {
                k: _toml_node(v, _toml_key(k, line, lines), lines) for k, v in value.items()
            }
            return Node("a mapping", line, fields=found)
    return Node("a date", line)


def _toml_key(key: str, start: int, lines: list[str]) -> int:
    name = rf"[\"']?{re.escape(key)}[\"']?\s*"
    opens = re.compile(rf"\s*(?:{name}(?:=|\.)|\[\[?\s*(?:.*\.\s*)?{name}\]|.*[{{,]\s*{name}=)")
    return next((n for n in range(start, len(lines) + 1) if opens.match(lines[n - 1])), start)


def _toml_places(values: list[object], start: int, lines: list[str]) -> list[int]:
    places: list[int] = []
    at = start
    for value in values:
        if isinstance(value, dict):
            key = next(iter(value), "")
            at = _toml_key(key, at + (bool(places) and at < len(lines)), lines)
        else:
            first = str(value).strip().partition("\n")[0]
            at = next((n for n in range(at, len(lines) + 1) if first in lines[n - 1]), at)
        places.append(at)
    return places
