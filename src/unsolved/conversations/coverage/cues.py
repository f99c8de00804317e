"""The words by which one hears what became of a question, or of a presumption."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from unsolved.conversations.acts.rules import compiled


def hears(cue: str, text: str) -> bool:
    """Whether the words of a cue stand in a text.

    >>> hears("dodge", "I'd have to check with legal.")
    True
    """
    return bool(_cues()[cue].search(text))


@cache
def _cues() -> Mapping[str, re.Pattern[str]]:
    return compiled(Path(__file__).with_name("cues.toml"))


@cache
def data(name: str) -> Mapping[str, object]:
    """Return what a file of data beside this one holds."""
    return tomllib.loads(Path(__file__).with_name(name).read_text("utf-8"))
