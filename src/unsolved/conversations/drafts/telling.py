"""Tells what was found: to people as text, to programs as JSON, SARIF or GitHub's lines."""

import json
import textwrap
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import PurePath
from typing import Any

from unsolved.conversations.drafts.linting import rules
from unsolved.conversations.drafts.model import (
    Backing,
    Checked,
    Finding,
    Lines,
    Rule,
    Severity,
)

WIDTH = 96
_SARIF = "https://json.schemastore.org/sarif-2.1.0.json"
_HEAD = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def tell(found: Sequence[Checked], how: str) -> str:
    """Return what was found, in one of ``FORMATS``."""
    return FORMATS[how](found)


def counted(found: Sequence[Checked]) -> str:
    """Return one line that sums up."""
    findings = [finding for checked in found for finding in checked.findings]
    mails = _plural(len(found), "mail")
    if not findings:
        return f"{mails} checked, nothing found"
    by = Counter(finding.severity for finding in findings)
    told = ", ".join(_plural(by[severity], severity) for severity in Severity if by[severity])
    mends = sum(finding.edit is not None for finding in findings)
    mended = f"; {mends} can be mended with --fix" if mends else ""
    return f"{told} in {mails}{mended}"


def explained(rule: Rule) -> str:
    """Return all that is to be known of a rule."""
    told = [
        f"{rule.id} {rule.name} ({rule.severity}{'' if rule.default else ', off by default'})",
        rule.catches,
        f"Why: {rule.why}" + (f" ({rule.source})" if rule.source else ""),
        f"Instead: {rule.instead}",
    ]
    wrapped = [textwrap.fill(line, WIDTH) for line in told]
    for name, text in (("Bad", rule.bad), ("Good", rule.good)):
        wrapped.append(f"{name}:\n{textwrap.indent(example(text), '    ')}")
    if rule.fixes:
        wrapped.append("--fix mends it where nothing but the phrase is lost.")
    return "\n\n".join(wrapped)


def example(text: str) -> str:
    """Return an example as it is shown: what only makes it long is left out."""
    shown = text.replace(" FILL", " …", 1) if "FILL" in text else text
    shown = shown.replace(" FILL", "").replace("FILL", "…")
    return "\n".join(textwrap.fill(line, WIDTH - 8) for line in shown.split("\n"))


def _text(found: Sequence[Checked]) -> str:
    return "\n".join([*_blocks(found), counted(found)])


def _blocks(found: Sequence[Checked]) -> Iterator[str]:
    for checked in found:
        lines = Lines(checked.draft.source)
        for one in checked.findings:
            yield "\n".join(_block(one, lines))
        for backed in checked.backed:
            said = f"{checked.draft.name}: borne out: “{backed.words}”"
            yield f"{said}\n{_cited(backed.backing)}\n"


def _block(one: Finding, lines: Lines) -> Iterator[str]:
    place = f"{one.file}:{one.line}:{one.column}"
    yield f"{place}: {one.severity} {one.rule} {one.name}: {one.message}"
    number = str(one.line)
    line = lines.line(one.line).replace("\t", " ")
    end = one.end_column - 1 if one.end_line == one.line else len(line)
    begin = max(0, one.column - 1 - 30) if len(line) > WIDTH else 0
    shown = line[begin : begin + WIDTH]
    carets = max(1, min(end, begin + WIDTH) - (one.column - 1))
    margin = " " * len(number)
    yield f"{margin} |"
    yield f"{number} | {shown}".rstrip()
    yield f"{margin} | {' ' * (one.column - 1 - begin)}{'^' * carets}"
    if one.backing:
        yield _cited(one.backing)
    yield f"{margin} = instead: {one.instead}"
    yield ""


def _cited(backing: Backing) -> str:
    when = f", {backing.said_on}" if backing.said_on else ""
    return f"    “{backing.quote[:300]}” ({backing.title}{when})"


def as_facts(checked: Checked) -> dict[str, Any]:
    """Return what was found in a draft, as JSON has it."""
    draft = checked.draft
    first, last = draft.subject or (0, 0)
    return {
        "file": draft.name,
        "mail": draft.order + 1,
        "subject": draft.text[first:last] or None,
        "findings": [_finding(one) for one in checked.findings],
        "backed": [
            {
                "start": one.start,
                "end": one.end,
                "words": one.words,
                "backing": _backing(one.backing),
            }
            for one in checked.backed
        ],
    }


def _finding(one: Finding) -> dict[str, Any]:
    edit = one.edit
    return {
        "rule": one.rule,
        "name": one.name,
        "severity": one.severity.value,
        "start": one.start,
        "end": one.end,
        "words": one.words,
        "line": one.line,
        "column": one.column,
        "end_line": one.end_line,
        "end_column": one.end_column,
        "message": one.message,
        "why": one.why,
        "instead": one.instead,
        "fix": {"start": edit.start, "end": edit.end, "text": edit.text} if edit else None,
        "backing": _backing(one.backing) if one.backing else None,
    }


def _backing(one: Backing) -> dict[str, Any]:
    return {
        "evidence": one.evidence_id,
        "document_id": one.document_id,
        "quote": one.quote,
        "title": one.title,
        "date": one.said_on.isoformat() if one.said_on else None,
    }


def _json(found: Sequence[Checked]) -> str:
    return json.dumps([as_facts(one) for one in found], ensure_ascii=False, indent=1)


def _github(found: Sequence[Checked]) -> str:
    return "\n".join(
        f"::{_HEAD[one.severity]} file={_property(one.file)},line={one.line},"
        f"col={one.column},endLine={one.end_line},endColumn={one.end_column},"
        f"title={_property(one.rule)} {one.name}::{_value(one.message)}. {_value(one.instead)}"
        for checked in found
        for one in checked.findings
    )


def _value(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _value(text).replace(":", "%3A").replace(",", "%2C")


def _sarif(found: Sequence[Checked]) -> str:
    known = list(rules().values())
    index = {rule.id: number for number, rule in enumerate(known)}
    run = {
        "tool": {
            "driver": {"name": "unsolved lint", "rules": [_descriptor(rule) for rule in known]}
        },
        "columnKind": "unicodeCodePoints",
        "results": [
            _result(one, index[one.rule]) for checked in found for one in checked.findings
        ],
    }
    whole = {"$schema": _SARIF, "version": "2.1.0", "runs": [run]}
    return json.dumps(whole, ensure_ascii=False, indent=1)


def _descriptor(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.id,
        "name": rule.name,
        "shortDescription": {"text": rule.catches},
        "fullDescription": {"text": rule.why},
        "help": {"text": rule.instead},
        "defaultConfiguration": {"level": rule.severity.value, "enabled": rule.default},
    }


def _result(one: Finding, index: int) -> dict[str, Any]:
    place = {"uri": PurePath(one.file).as_posix()}
    region = {
        "startLine": one.line,
        "startColumn": one.column,
        "endLine": one.end_line,
        "endColumn": one.end_column,
        "snippet": {"text": one.words},
    }
    told: dict[str, Any] = {
        "ruleId": one.rule,
        "ruleIndex": index,
        "level": one.severity.value,
        "message": {"text": f"{one.message}. {one.instead}"},
        "locations": [{"physicalLocation": {"artifactLocation": place, "region": region}}],
    }
    if one.edit:
        size = one.edit.end - one.edit.start
        gone = {"charOffset": one.edit.start, "charLength": size}
        change = {
            "artifactLocation": place,
            "replacements": [
                {"deletedRegion": gone, "insertedContent": {"text": one.edit.text}}
            ],
        }
        told["fixes"] = [{"artifactChanges": [change]}]
    return told


def _plural(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


FORMATS: Mapping[str, Callable[[Sequence[Checked]], str]] = {
    "text": _text,
    "json": _json,
    "sarif": _sarif,
    "github": _github,
}
"""How findings can be told."""
