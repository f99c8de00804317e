"""Runs the rules over drafts, and says what they found and where."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from unsolved.conversations.drafts.against import NOBODY, Reader
from unsolved.conversations.drafts.choices import Choices
from unsolved.conversations.drafts.ignoring import Ignore, ignores
from unsolved.conversations.drafts.letter import Letter
from unsolved.conversations.drafts.model import (
    Backed,
    Checked,
    Draft,
    Edit,
    File,
    Finding,
    Hit,
    Lines,
    Rule,
    Severity,
)
from unsolved.conversations.drafts.rules import checks, told

DEFAULT = Choices()


def lint(
    drafts: Sequence[Draft], chosen: Choices = DEFAULT, reader: Reader = NOBODY
) -> list[Checked]:
    """Return what is found in each draft; those of one sequence are given together, in order.

    The drafts of several independent files are checked one call a file.
    """
    own = tuple(name.lower() for name in chosen.own)
    before: tuple[Letter, ...] = ()
    found: list[Checked] = []
    lines: dict[str, Lines] = {}
    for draft in drafts:
        if draft.order == 0:
            before = ()
        letter = Letter(draft, own, reader, before)
        at = lines.setdefault(draft.source, Lines(draft.source))
        found.append(_checked(letter, chosen, at))
        before = (*before, letter)
    return found


def lint_file(file: File, chosen: Choices = DEFAULT, reader: Reader = NOBODY) -> list[Checked]:
    """Return what is found in each draft of a file."""
    return lint(file.drafts, chosen, reader)


def rules() -> Mapping[str, Rule]:
    """Return every rule, by its id."""
    return told()


def _checked(letter: Letter, chosen: Choices, lines: Lines) -> Checked:
    silent = ignores(letter.draft.text)
    found = [
        finding
        for rule in told().values()
        if _runs(rule, letter, chosen)
        for hit in checks()[rule.id](letter, chosen)
        for finding in _findings(rule, hit, letter, chosen, lines)
        if not _is_silent(finding, silent)
    ]
    found.sort(key=lambda one: (one.start, one.end, one.rule, one.message))
    backed = tuple(
        Backed(one.start, one.end, one.words, one.nearest)
        for one in letter.verdicts or ()
        if one.is_backed and one.nearest
    )
    return Checked(letter.draft, tuple(dict.fromkeys(found)), backed)


def _runs(rule: Rule, letter: Letter, chosen: Choices) -> bool:
    return (
        chosen.runs(rule)
        and (rule.any_language or letter.language == "en" or rule.id == "S908")
        and (letter.is_first or not rule.first_only)
    )


def _is_silent(finding: Finding, silent: Sequence[Ignore]) -> bool:
    place = (finding.start, max(finding.end, finding.start + 1))
    return any(one.silences(finding.rule, finding.name, *place) for one in silent)


def _findings(
    rule: Rule, hit: Hit, letter: Letter, chosen: Choices, lines: Lines
) -> Iterator[Finding]:
    draft = letter.draft
    start, end = max(0, hit.start), min(hit.end, len(draft.text))
    if start > end or (start == end and draft.text):
        return
    line, column = lines.at(draft.place(start))
    last = draft.place(end - 1) + 1 if end > start else draft.place(start)
    end_line, end_column = lines.at(max(last, draft.place(start)))
    yield Finding(
        rule=rule.id,
        name=rule.name,
        severity=Severity.NOTE if hit.mild else chosen.severity_of(rule),
        file=draft.name,
        order=draft.order,
        start=start,
        end=end,
        words=draft.text[start:end],
        line=line,
        column=column,
        end_line=end_line,
        end_column=end_column,
        message=hit.message,
        why=rule.why,
        instead=rule.instead,
        edit=_in_file(hit.edit, draft),
        backing=hit.backing,
    )


def _in_file(edit: Edit | None, draft: Draft) -> Edit | None:
    """Return an edit in characters of the file; None where the file says it otherwise."""
    if edit is None:
        return None
    words = draft.text[edit.start : edit.end]
    start = edit.start + len(words) - len(words.lstrip())
    end = edit.start + len(words.rstrip())
    for from_, to in ((edit.start, edit.end), (start, end)):  # space may be the page's own
        if from_ < to and draft.is_whole(from_, to):
            first = draft.place(from_)
            return replace(edit, start=first, end=first + to - from_)
    return None
