"""Makes the mends that are safe, as long as there are any."""

from collections.abc import Iterable
from difflib import unified_diff

from unsolved.conversations.drafts.against import NOBODY, Reader
from unsolved.conversations.drafts.choices import Choices
from unsolved.conversations.drafts.linting import DEFAULT, lint_file
from unsolved.conversations.drafts.model import Edit, File
from unsolved.conversations.drafts.reading import parse


def fix(file: File, chosen: Choices = DEFAULT, reader: Reader = NOBODY) -> tuple[File, int]:
    """Return a file mended, and how many mends were made.

    Every mend makes the text shorter, so it comes to an end, and mending what is mended changes
    nothing.
    """
    count = 0
    while True:
        edits = _apart(
            finding.edit
            for checked in lint_file(file, chosen, reader)
            for finding in checked.findings
            if finding.edit
        )
        if not edits:
            return file, count
        count += len(edits)
        file = parse(file.name, _with(file.source, edits), file.kind)


def diff(before: File, after: File) -> str:
    """Return what mending changed, as a unified diff."""
    return "".join(
        line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"
        for line in unified_diff(
            before.source.splitlines(keepends=True),
            after.source.splitlines(keepends=True),
            before.name,
            after.name,
        )
    )


def _apart(edits: Iterable[Edit]) -> list[Edit]:
    """Return edits that do not touch each other, the last one first."""
    found: list[Edit] = []
    end = -1
    for edit in sorted(set(edits), key=lambda one: (one.start, one.end)):
        if edit.start >= end and len(edit.text) < edit.end - edit.start:
            found.append(edit)
            end = edit.end
    return found[::-1]


def _with(source: str, edits: Iterable[Edit]) -> str:
    for edit in edits:
        source = source[: edit.start] + edit.text + source[edit.end :]
    return source
