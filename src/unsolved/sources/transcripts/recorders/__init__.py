"""The JSON that recorders of calls export; each module reads one recorder's."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from unsolved.errors import Unreadable
from unsolved.sources.transcripts.model import Transcript
from unsolved.sources.transcripts.recorders import (
    fireflies,
    gong,
    listed,
    meet,
    otter,
    teams,
    zoom,
)


@dataclass(frozen=True, slots=True)
class Recorder:
    """One recorder: what it is called, by which fields its JSON is known, and who reads it."""

    name: str
    looks_for: str
    knows: Callable[[object], bool]
    calls: Callable[..., Iterator[Transcript]]


RECORDERS = tuple(
    Recorder(module.NAME, module.LOOKS_FOR, module.knows, module.calls)
    for module in (zoom, teams, gong, fireflies, meet, otter, listed)
)
"""In the order in which they are asked; the one that reads any list is last."""


def recorded(text: str, *, where: str) -> Iterator[Transcript]:
    """Yield the calls in JSON.

    Raises:
        Unreadable: it is no JSON, or of a shape that none of them knows.
    """
    try:
        told = json.loads(text)
    except (ValueError, RecursionError) as error:
        why = f"it is not JSON ({error})"
        mend = "Export it again; the file may have been cut off"
        raise Unreadable(where=where, why=why, mend=mend, line=_line(error)) from error
    for recorder in RECORDERS:
        if recorder.knows(told):
            yield from recorder.calls(told, where)
            return
    looked = "; ".join(f"{one.name}: {one.looks_for}" for one in RECORDERS)
    why = f"none of the recorders that we know exports JSON like this. Looked for: {looked}"
    mend = "Export the transcript as WebVTT, or as a list of objects with speaker and text"
    raise Unreadable(where=where, why=why, mend=mend)


def _line(error: Exception) -> int | None:
    return error.lineno if isinstance(error, json.JSONDecodeError) else None
