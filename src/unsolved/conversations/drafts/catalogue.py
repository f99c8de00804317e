"""The page on which every rule stands, made from what the rules say of themselves."""

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from unsolved.conversations.drafts.linting import rules
from unsolved.conversations.drafts.model import Rule
from unsolved.conversations.drafts.telling import example

GROUPS = {
    "P": "The product before the problem",
    "C": "Claims about the reader",
    "N": "Names",
    "A": "What is asked for",
    "Q": "Questions",
    "W": "Words",
    "F": "Fit for this reader",
    "M": "Manners",
    "S": "Shape",
    "T": "Threads and sequences",
}

TOP = Path(__file__).with_name("catalogue.md")


def page() -> str:
    """Return the page as Markdown."""
    known = sorted(rules().values(), key=lambda rule: (list(GROUPS).index(rule.id[0]), rule.id))
    told = [TOP.read_text("utf-8")]
    for letter, group in groupby(known, key=lambda rule: rule.id[0]):
        told.append(f"### {GROUPS[letter]}\n")
        told += ["\n".join(_rule(rule)) for rule in group]
    return "\n".join(told).rstrip() + "\n"


def _rule(rule: Rule) -> Iterator[str]:
    marks = [str(rule.severity)]
    marks += ["mends"] if rule.fixes else []
    marks += ["off by default"] if not rule.default else []
    marks += ["any language"] if rule.any_language else []
    marks += ["first mail only"] if rule.first_only else []
    yield f"#### {rule.id} {rule.name}\n"
    yield f"*{', '.join(marks)}.* {rule.catches}\n"
    source = f" ({rule.source})" if rule.source else ""
    yield f"Why: {rule.why}{source}\n"
    yield f"Instead: {rule.instead}\n"
    yield f"Bad:\n\n~~~text\n{example(rule.bad)}\n~~~\n"
    yield f"Good:\n\n~~~text\n{example(rule.good)}\n~~~\n"
