"""The linter for outreach: rule, place, why it matters, and what to write instead."""

from unsolved.conversations.drafts.against import NOBODY, Reader, reader
from unsolved.conversations.drafts.choices import Choices, check_names, choices
from unsolved.conversations.drafts.fixing import diff, fix
from unsolved.conversations.drafts.linting import DEFAULT, lint, lint_file, rules
from unsolved.conversations.drafts.model import (
    Backed,
    Backing,
    Checked,
    Draft,
    Edit,
    File,
    Finding,
    Kind,
    Rule,
    Severity,
)
from unsolved.conversations.drafts.reading import Batch, batches, parse, read

__all__ = [
    "DEFAULT",
    "NOBODY",
    "Backed",
    "Backing",
    "Batch",
    "Checked",
    "Choices",
    "Draft",
    "Edit",
    "File",
    "Finding",
    "Kind",
    "Reader",
    "Rule",
    "Severity",
    "batches",
    "check_names",
    "choices",
    "diff",
    "fix",
    "lint",
    "lint_file",
    "parse",
    "read",
    "reader",
    "rules",
]
