"""From a file to a buyer, and back; what is wrong with a file is told by line."""

import difflib
import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import yaml

from unsolved.conversations.practice.model import (
    Fact,
    Known,
    Moment,
    Persona,
    Stakeholder,
    Topic,
    Trouble,
    Try,
)
from unsolved.errors import NotFound, Unreadable
from unsolved.problems import shape
from unsolved.problems.nodes import Fault, Node, from_yaml

SHIPPED = Path(__file__).with_name("personas")
LARGEST = 1_000_000  # bytes; a persona has some twenty thousand
SECRET = 60
"""The least trust that a secret takes."""

WHO = ("id", "name", "role", "organisation", "trade", "size", "mood", "about")


@cache
def schema() -> Mapping[str, object]:
    """Return the published schema of a persona file."""
    text = Path(__file__).with_name("persona.schema.json").read_text(encoding="utf-8")
    told = json.loads(text)
    assert isinstance(told, dict)
    return told


@cache
def shipped() -> tuple[Persona, ...]:
    """Return the buyers that ship with us, by name of file."""
    return tuple(load(path) for path in sorted(SHIPPED.glob("*.yaml")))


def called(name: str) -> Persona:
    """Return the buyer of that id that ships with us.

    Raises:
        NotFound: there is none.
    """
    found = next((one for one in shipped() if one.id == name), None)
    if found is None:
        ids = [one.id for one in shipped()]
        near = difflib.get_close_matches(name, ids, n=1)
        raise NotFound(persona=name, **({"did_you_mean": near} if near else {"there_are": ids}))
    return found


def load(path: Path) -> Persona:
    """Return the buyer that a file describes.

    Raises:
        Unreadable: the file is wrong; it is the first fault, and carries the others as notes.
    """
    try:
        received = path.read_bytes()[: LARGEST + 1]
    except OSError as error:
        why = f"the file does not open: {error.strerror}"
        raise Unreadable(
            where=str(path), why=why, mend="Check the path, and that you may read it."
        ) from error
    if len(received) > LARGEST:
        mend = "A persona is a page or two; take out what does not belong to it."
        raise Unreadable(where=str(path), why="the file is larger than 1 MB", mend=mend)
    try:
        text = received.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = received.count(b"\n", 0, error.start) + 1
        raise Unreadable(
            where=str(path), line=line, why="this is not UTF-8", mend="Save the file as UTF-8."
        ) from error
    return parsed(text, where=str(path))


def parsed(text: str, *, where: str = "persona.yaml") -> Persona:
    """Return the buyer that ``text`` describes.

    Raises:
        Unreadable: it is the first fault, and carries the others as notes.
    """
    persona, wrong = parse(text, where=where)
    if persona is not None:
        return persona
    first, *others = wrong
    more = f" ({len(others)} more to mend.)" if others else ""
    error = Unreadable(where=where, line=first.line, why=first.why, mend=f"{first.mend}{more}")
    for other in others:
        error.add_note(str(other))
    raise error


def parse(text: str, *, where: str = "persona.yaml") -> tuple[Persona | None, list[Unreadable]]:
    """Return the buyer that ``text`` describes, or None and all that is wrong with it."""
    top, found = from_yaml(text)
    if top is not None:
        found += shape.faults(top, schema())
        found = found or list(_mistakes(top))
    if top is None or found:
        ordered = sorted(found, key=lambda fault: fault.line)
        return None, [
            Unreadable(where=where, line=fault.line, why=fault.why, mend=fault.mend)
            for fault in ordered
        ]
    return _persona(top), []


def to_yaml(persona: Persona) -> str:
    """Return a file that reads as ``persona``, but for where its facts were quoted."""
    told: dict[str, object] = {name: getattr(persona, name) for name in WHO}
    told |= {"trust": persona.trust, "patience": persona.patience}
    told["public"] = [{"says": k.says, "source": k.source, "on": k.on} for k in persona.public]
    told["goals"] = list(persona.goals)
    told["problems"] = [
        {"name": p.name, "why": p.why, "impact": p.impact} for p in persona.problems
    ]
    told["attempts"] = [
        {name: getattr(one, name) for name in Try.__slots__ if getattr(one, name)}
        for one in persona.attempts
    ]
    told["people"] = [
        {name: getattr(one, name) for name in Stakeholder.__slots__} for one in persona.people
    ]
    told["alternatives"] = list(persona.alternatives)
    told["decision"] = persona.decision
    for name, secret in (("facts", False), ("secrets", True)):
        told[name] = [_fact_told(one) for one in persona.facts if one.is_secret is secret]
    told["speech"] = {moment.value: list(said) for moment, said in persona.speech.items()}
    whole = {name: value for name, value in told.items() if value not in ("", [])}
    return yaml.safe_dump(whole, sort_keys=False, allow_unicode=True, width=96)


def _fact_told(fact: Fact) -> dict[str, object]:
    told: dict[str, object] = {
        "id": fact.id,
        "topic": fact.topic.value,
        "trust": fact.trust,
        "says": list(fact.says),
    }
    return {**told, "after": list(fact.after)} if fact.after else told


def _mistakes(top: Node) -> Iterator[Fault]:
    """Yield what has the right shape and is wrong nevertheless."""
    facts = [*_entries(top, "facts"), *_entries(top, "secrets")]
    lines: dict[str, int] = {}
    for one in facts:
        name = one.fields["id"]
        if name.text in lines:
            why = f"the id `{name.text}` stands on line {lines[name.text]} already"
            yield Fault(name.line, why, "Give one of the two another id.")
        lines.setdefault(name.text, name.line)
    for one in facts:
        for named in _entries(one, "after"):
            if named.text not in lines:
                near = difflib.get_close_matches(named.text, lines, n=1)
                mend = f"Did you mean `{near[0]}`?" if near else "Name the id of a fact."
                yield Fault(named.line, f"there is no fact `{named.text}`", mend)
    for one in _entries(top, "secrets"):
        if int(one.fields["trust"].text) < SECRET:
            why = "a secret is told to everybody at this trust"
            mend = f"Write {SECRET} or more, or move it to `facts`."
            yield Fault(one.fields["trust"].line, why, mend)
    if len(lines) == len(facts):
        yield from _circles(facts)
    if not any(one.fields["topic"].text == Topic.ISSUE for one in facts):
        why = "no fact tells of the problem itself"
        yield Fault(top.fields["facts"].line, why, "Add a fact with the topic `issue`.")


def _circles(facts: list[Node]) -> Iterator[Fault]:
    """Yield facts that can never be told, since each waits for the other."""
    waits = {one.fields["id"].text: [n.text for n in _entries(one, "after")] for one in facts}
    told: set[str] = set()
    while free := {
        name
        for name, after in waits.items()
        if name not in told and all(n in told or n not in waits for n in after)
    }:
        told |= free
    for one in facts:
        name = one.fields["id"]
        if name.text not in told:
            why = f"`{name.text}` waits for a fact that waits for it"
            yield Fault(name.line, why, "Take one of them out of `after`.")


def _entries(node: Node, name: str) -> tuple[Node, ...]:
    return node.fields[name].entries if name in node.fields else ()


def _tidy(node: Node) -> str:
    return " ".join(node.text.split())


def _texts(node: Node, name: str) -> tuple[str, ...]:
    return tuple(_tidy(one) for one in _entries(node, name))


def _fields(node: Node) -> dict[str, str]:
    return {name: _tidy(one) for name, one in node.fields.items()}


def _persona(top: Node) -> Persona:
    """Make a buyer of a tree that has the right shape."""
    speech = top.fields["speech"]
    return Persona(
        **{name: _tidy(top.fields[name]) for name in WHO},
        trust=int(top.fields["trust"].text),
        patience=int(top.fields["patience"].text),
        facts=(
            *(_fact(one, is_secret=False) for one in _entries(top, "facts")),
            *(_fact(one, is_secret=True) for one in _entries(top, "secrets")),
        ),
        speech={Moment(name): _texts(speech, name) for name in speech.fields},
        public=tuple(Known(**_fields(one)) for one in _entries(top, "public")),
        goals=_texts(top, "goals"),
        problems=tuple(Trouble(**_fields(one)) for one in _entries(top, "problems")),
        attempts=tuple(Try(**_fields(one)) for one in _entries(top, "attempts")),
        people=tuple(Stakeholder(**_fields(one)) for one in _entries(top, "people")),
        alternatives=_texts(top, "alternatives"),
        decision=_tidy(top.fields["decision"]) if "decision" in top.fields else "",
    )


def _fact(node: Node, *, is_secret: bool) -> Fact:
    return Fact(
        id=_tidy(node.fields["id"]),
        topic=Topic(_tidy(node.fields["topic"])),
        says=_texts(node, "says"),
        trust=int(node.fields["trust"].text),
        after=_texts(node, "after"),
        is_secret=is_secret,
    )
