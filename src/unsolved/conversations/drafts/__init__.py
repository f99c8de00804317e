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
from unsolved.conversations.drafts.telling import FORMATS, as_facts, counted, explained, tell

__all__ = [
    "DEFAULT",
    "FORMATS",
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
    "as_facts",
    "batches",
    "check_names",
    "choices",
    "counted",
    "diff",
    "explained",
    "fix",
    "lint",
    "lint_file",
    "parse",
    "read",
    "reader",
    "rules",
    "tell",
]
