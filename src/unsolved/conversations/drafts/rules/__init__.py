"""The rules: what each says stands in ``*.toml``, what it thinks in a module beside it."""

from unsolved.conversations.drafts.rules import (
    asks,
    claims,
    fit,
    manner,
    names,
    product,
    questions,
    readability,
    shape,
    thread,
    wording,
)
from unsolved.conversations.drafts.rules.registry import checks, told

__all__ = [
    "asks",
    "checks",
    "claims",
    "fit",
    "manner",
    "names",
    "product",
    "questions",
    "readability",
    "shape",
    "thread",
    "told",
    "wording",
]
