"""What a Markdown file says about itself, between two lines of three dashes at its top."""

import re

import yaml

from unsolved.errors import Unreadable

_OPENS = re.compile(r"---[ \t]*\n(?=[ \t]*(?:[\w-]+[ \t]*:|#))")
_CLOSES = re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE)
_LONGEST = 64 * 1024


def front_matter(text: str, *, where: str) -> tuple[dict[str, object], str]:
    """Return the facts on top of a text, as strings and lists of strings, and the rest.

    Raises:
        Unreadable: it begins and does not end, or is not written as ``name: value``.
    """
    opens = _OPENS.match(text)
    if opens is None:
        return {}, text
    closes = _CLOSES.search(text, opens.end(), _LONGEST)
    if closes is None:
        mend = "End it with a line of three dashes"
        raise Unreadable(where=where, why="the front matter never ends", mend=mend, line=1)
    try:
        # BaseLoader makes nothing but strings, lists and mappings: 3M and No stay names.
        facts = yaml.load(text[opens.end() : closes.start()], yaml.BaseLoader)  # noqa: S506
    except yaml.YAMLError as error:
        mark = error.problem_mark if isinstance(error, yaml.MarkedYAMLError) else None
        line = mark.line + 2 if mark else 2
        why = f"the front matter is broken ({getattr(error, 'problem', None) or error})"
        mend = "Write one `name: value` a line, a value with a colon in quotes"
        raise Unreadable(where=where, why=why, mend=mend, line=line) from error
    if not isinstance(facts, dict):
        mend = "Write one `name: value` a line"
        raise Unreadable(where=where, why="the front matter has no names", mend=mend, line=2)
    return {str(name): value for name, value in facts.items()}, text[closes.end() :].strip("\n")
