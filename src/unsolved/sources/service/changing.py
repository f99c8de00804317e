"""Changes rows where they lie, without loading them."""

from typing import Any, cast

from sqlalchemy import CursorResult, Update
from sqlalchemy.orm import Session


def change(tx: Session, statement: Update) -> int:
    """Run an update, forget what the session remembers, and return how many rows it met."""
    done = tx.execute(statement.execution_options(synchronize_session=False))
    tx.expire_all()
    return cast("CursorResult[Any]", done).rowcount
