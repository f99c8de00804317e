"""The readers by name; what they need is imported when they are asked for."""

from collections.abc import Callable

from unsolved.errors import NotFound
from unsolved.evidence.model import Reader


def _cues() -> Reader:
    from unsolved.evidence.cues import cue_reader  # noqa: PLC0415 - only when asked for

    return cue_reader()


def _linear() -> Reader:
    from unsolved.evidence.linear import linear_reader  # noqa: PLC0415 - numpy

    return linear_reader()


def _model() -> Reader:
    from unsolved.evidence.cascade import cascade_reader  # noqa: PLC0415 - onnxruntime

    return cascade_reader()


def _fast() -> Reader:
    from unsolved.evidence.cascade import cascade_reader  # noqa: PLC0415 - onnxruntime

    return cascade_reader("fast")


READERS: dict[str, Callable[[], Reader]] = {
    "cues": _cues,
    "linear": _linear,
    "fast": _fast,
    "model": _model,
}


def reader(name: str) -> Reader:
    """Return the reader called ``name``.

    Raises:
        NotFound: there is no such reader; it says which there are.
    """
    if name not in READERS:
        raise NotFound(reader=name, choices=", ".join(READERS))
    return READERS[name]()
