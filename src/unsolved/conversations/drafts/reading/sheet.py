"""Sequences written as YAML: a list of mails, each with subject, body and when it goes out."""

import re
from typing import Any

import yaml

from unsolved.conversations.drafts.model import Draft
from unsolved.conversations.drafts.reading.head import Head, days, gap
from unsolved.conversations.drafts.reading.seen import Seen, aligned, at_once
from unsolved.conversations.drafts.reading.text import MOST_MAILS
from unsolved.errors import Unreadable

_LISTS = ("mails", "emails", "sequence", "messages", "steps", "drafts")
_BODIES = ("body", "text", "mail", "message", "content")
_MEND = (
    "Write a list of mails, each with `subject:` and `body:`, a value with a colon in quotes"
)


def drafts(name: str, source: str) -> tuple[Draft, ...]:
    """Return the drafts of a sheet.

    Raises:
        Unreadable: it is no YAML, or holds no mails; says which line.
    """
    try:
        root = yaml.compose(source, yaml.SafeLoader)
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        why = f"it is no YAML ({getattr(error, 'problem', None) or type(error).__name__})"
        line = mark.line + 1 if mark else None
        raise Unreadable(where=name, why=why, mend=_MEND, line=line) from error
    shared, listed = _listed(root)
    if not listed:
        raise Unreadable(where=name, why="it holds no mails", mend=_MEND)
    if len(listed) > MOST_MAILS:
        mend = f"Split it: a sequence has at most {MOST_MAILS} mails"
        raise Unreadable(where=name, why=f"it holds {len(listed)} mails", mend=mend)
    made: list[Draft] = []
    before: Head | None = None
    for order, node in enumerate(listed):
        facts = {**shared, **_facts(node)}
        body = next((facts[key] for key in _BODIES if key in facts), None)
        if body is None:
            line = node.start_mark.line + 1
            why = f"mail {order + 1} has no body"
            raise Unreadable(where=name, why=why, mend=_MEND, line=line)
        top = Head(0, after=_days(facts, "after", "wait", "delay"), day=_days(facts, "day"))
        made.append(
            _draft(name, source, facts, body, order, gap(before, top) if order else None)
        )
        before = top
    return tuple(made)


def _draft(
    name: str,
    source: str,
    facts: dict[str, Any],
    body: Any,  # noqa: ANN401 - YAML's
    order: int,
    after: float | None,
) -> Draft:
    subject = _seen(source, facts["subject"]) if "subject" in facts else None
    text = _seen(source, body)
    start = 0
    if subject and subject.text.strip():
        start = len(subject.text) + 2
        text = subject + at_once("\n\n", subject.places[-1]) + text
    return Draft(
        name=name,
        source=source,
        text=text.text,
        places=text.places,
        subject=(0, start - 2) if start else None,
        body=(start, len(text.text)),
        to=str(facts["to"].value) if "to" in facts else "",
        order=order,
        days=after,
    )


def _listed(root: Any) -> tuple[dict[str, Any], list[Any]]:  # noqa: ANN401 - YAML's
    if isinstance(root, yaml.SequenceNode):
        return {}, list(root.value)
    facts = _facts(root)
    for key in _LISTS:
        if isinstance(facts.get(key), yaml.SequenceNode):
            shared = {name: fact for name, fact in facts.items() if name == "to"}
            return shared, list(facts[key].value)
    return {}, [root] if any(key in facts for key in _BODIES) else []


def _facts(node: Any) -> dict[str, Any]:  # noqa: ANN401 - YAML's
    if isinstance(node, yaml.ScalarNode):
        return {"body": node}
    if not isinstance(node, yaml.MappingNode):
        return {}
    return {str(key.value).lower(): value for key, value in node.value}


def _days(facts: dict[str, Any], *names: str) -> float | None:
    told = next((str(facts[name].value) for name in names if name in facts), "")
    return days(told)


def _seen(source: str, node: Any) -> Seen:  # noqa: ANN401 - YAML's
    start, end = node.start_mark.index, node.end_mark.index
    if not isinstance(node, yaml.ScalarNode):
        return at_once("", start)
    if node.style in {"|", ">"}:  # the mark of a block has a line of its own
        line = re.compile(r"[^\n]*\n").match(source, start)
        start = line.end() if line else start
    return aligned(node.value, source, start, end)
