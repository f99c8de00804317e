"""Readers of acts by their names; the first reads unless another is asked for."""

from collections.abc import Callable, Mapping
from functools import cache

from unsolved.conversations.acts.rules import RuleReader
from unsolved.conversations.acts.said import ActReader
from unsolved.errors import NotFound


def _trained() -> ActReader:
    from unsolved.conversations.acts.trained import TrainedReader  # noqa: PLC0415 - ONNX

    return TrainedReader()


READERS: Mapping[str, Callable[[], ActReader]] = {"model": _trained, "rules": RuleReader}


@cache
def reader(name: str = "") -> ActReader:
    """Return who reads what sentences do.

    Raises:
        NotFound: nobody is called that.
    """
    made = READERS.get(name or next(iter(READERS)))
    if made is None:
        raise NotFound(reader=name, mend=f"there are: {', '.join(READERS)}")
    return made()
