"""What somebody who knows the trade may change about the cost of inaction, from its file."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from unsolved.errors import Unreadable

FILE = Path(__file__).with_name("inaction.toml")
AGAINST = ("unknown", "free", "ours", "under_most")


@cache
def rules(path: Path = FILE) -> dict[str, Any]:
    """Return `inaction.toml`, or another file of its shape.

    Raises:
        Unreadable: it is no TOML, a part is missing, or a weight would speak for pursuing.
    """
    try:
        told = tomllib.loads(path.read_text("utf-8"))
        weak = told["weak"]
        if any(weak[name] > 0 for name in AGAINST) or weak["under"] < 0:
            raise _unreadable(path, "a weight speaks for pursuing", "Let it be 0 or less.")
        if not 0 <= weak["ours_from"] <= 1:
            raise _unreadable(path, "`ours_from` is no share", "Write 0.5 for a half.")
        _ = told["spelled"], told["rank"]["words"], told["roles"]
    except KeyError as error:
        raise _unreadable(path, f"{error} is missing", "Add it.") from None
    except (tomllib.TOMLDecodeError, TypeError) as error:
        raise _unreadable(path, str(error), "Write it as TOML.") from None
    return told


def _unreadable(path: Path, why: str, mend: str) -> Unreadable:
    return Unreadable(where=str(path), why=why, mend=mend)
