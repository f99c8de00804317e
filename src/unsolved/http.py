"""What every request brings, whether for a page or for the API."""

from collections.abc import Iterator
from typing import Annotated

from fastapi import Depends, Request
from sqlalchemy.orm import Session

from unsolved.db import transaction
from unsolved.problems.model import Library


def _transaction(request: Request) -> Iterator[Session]:
    with transaction(request.app.state.sessions) as tx:
        yield tx


def _library(request: Request) -> Library:
    library = request.app.state.library
    assert isinstance(library, Library)
    return library


def _reading(request: Request) -> str:
    return str(request.app.state.reading)


# "function": commit, then answer. FastAPI's default is the other way round, and by then it
# is too late to tell anyone that the commit failed.
Tx = Annotated[Session, Depends(_transaction, scope="function")]

Problems = Annotated[Library, Depends(_library)]

# What reads the documents today; empty when nobody asked how far reading has come.
Reading = Annotated[str, Depends(_reading)]
