"""What is found in a text, for tests that look at nothing else."""

from unsolved.conversations import drafts
from unsolved.conversations.drafts import Checked, Choices, Finding, Kind

PLANT = "The two plants at Leeds and York wait for parts of the old line on most days. "


def checked(text: str, chosen: Choices = drafts.DEFAULT) -> list[Checked]:
    return drafts.lint_file(drafts.parse("draft.txt", text, Kind.TEXT), chosen)


def findings(text: str, chosen: Choices = drafts.DEFAULT) -> list[Finding]:
    return [finding for one in checked(text, chosen) for finding in one.findings]


def found(text: str, chosen: Choices = drafts.DEFAULT) -> set[str]:
    return {finding.rule for finding in findings(text, chosen)}


def failing(text: str) -> set[str]:
    return {finding.rule for finding in findings(text) if finding.fails}


def whole(example: str) -> str:
    """Return an example with what makes it long, if that is left out of it."""
    return example.replace("FILL", PLANT * 12)
