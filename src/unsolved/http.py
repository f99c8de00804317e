"""What every request brings, whether for a page or for the API."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from fastapi import Depends, Request
from sqlalchemy.orm import Session

from unsolved.db import transaction
from unsolved.errors import Conflict
from unsolved.evidence import Method
from unsolved.problems.model import Library
from unsolved.sources import Added
from unsolved.sources.crm import Preview


def _transaction(request: Request) -> Iterator[Session]:
    with transaction(request.app.state.sessions) as tx:
        yield tx


def _library(request: Request) -> Library:
    library = request.app.state.library
    assert isinstance(library, Library)
    return library


def _method(request: Request) -> Method:
    method = request.app.state.method
    if method is None:
        raise Conflict(explanations="nobody reads here", mend="unsolved serve")
    assert isinstance(method, Method)
    return method


@dataclass(frozen=True, slots=True, kw_only=True)
class Doing:
    """What a page may set going that takes a network or a key."""

    visit: Callable[[int], None]
    """Visits a source; takes as long as it takes."""

    seal: Callable[[Mapping[str, str]], bytes | None]
    """Encrypts passwords and tokens."""

    uploads: Path
    """Where files that are imported are kept."""

    look: Callable[[Path, Mapping[str, str]], list[Preview]]
    """Tells what a table is taken for."""

    begin: Callable[[Path, Mapping[str, str]], int]
    """Writes down a table as a source that is being visited, and returns its id."""

    take: Callable[[Path, Mapping[str, str], Sequence[Preview], bool], Added]
    """Imports a table; with the last one true, only tries it."""


def _doing(request: Request) -> Doing:
    doing = request.app.state.doing
    if doing is None:
        raise Conflict(sources="nobody visits them here", mend="unsolved serve")
    assert isinstance(doing, Doing)
    return doing


def _me(request: Request) -> str:
    return str(request.app.state.me)


def _reading(request: Request) -> str:
    return str(request.app.state.reading)


# "function": commit, then answer. FastAPI's default is the other way round, and by then it
# is too late to tell anyone that the commit failed.
Tx = Annotated[Session, Depends(_transaction, scope="function")]

Problems = Annotated[Library, Depends(_library)]

# Who reads here, and so can say what made a label; a Conflict when nobody does.
Reads = Annotated[Method, Depends(_method)]

# What reads the documents today; empty when nobody asked how far reading has come.
Reading = Annotated[str, Depends(_reading)]

# What visits sources and keeps secrets; a Conflict where nothing does.
Deeds = Annotated[Doing, Depends(_doing)]

# Who works here, as the history of a deal names them.
Me = Annotated[str, Depends(_me)]
