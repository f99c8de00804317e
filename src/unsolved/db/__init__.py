"""The database: how rows are declared, and where a transaction begins and ends."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from enum import Enum
from typing import TypeVar

from sqlalchemy import DateTime, Dialect, MetaData, TypeDecorator, create_engine, event
from sqlalchemy import Engine as Engine
from sqlalchemy import Enum as EnumType
from sqlalchemy.exc import ArgumentError, OperationalError
from sqlalchemy.orm import DeclarativeBase, sessionmaker
from sqlalchemy.orm import Session as Session

from unsolved.errors import DatabaseDown, Invalid


class Instant(TypeDecorator[datetime]):
    """A moment in time: aware going in, aware and in UTC coming out, on every database."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """Refuse a time that does not say where it is."""
        if value is not None and value.tzinfo is None:
            raise ValueError("a stored time must know its zone")
        return value.astimezone(UTC) if value else None

    def process_result_value(
        self, value: datetime | None, _dialect: Dialect
    ) -> datetime | None:
        """Give SQLite's naive answers back their zone."""
        return value.replace(tzinfo=UTC) if value and value.tzinfo is None else value


def _values(kind: type[Enum]) -> list[str]:
    return [member.value for member in kind]


class Base(DeclarativeBase):
    """What all tables share."""

    # Named, so that Alembic can drop a constraint on SQLite, which needs its name to.
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_N_label)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {  # noqa: RUF012 (SQLAlchemy reads it as is)
        datetime: Instant,
        # By value, in plain text: a new member then needs no migration.
        Enum: EnumType(Enum, native_enum=False, length=32, values_callable=_values),
    }


Sessions = sessionmaker[Session]
Item = TypeVar("Item")


def connect(url: str) -> Sessions:
    """Open the database at ``url``; ``"sqlite://"`` lives in memory.

    Raises:
        Invalid: that is no address of a database we can use.
        DatabaseDown: it is not there, or does not let us in.
    """
    try:
        engine = create_engine(url)
    except (ArgumentError, ImportError) as error:
        raise Invalid(
            database_url=url, mend="sqlite:///FILE or postgresql+psycopg://…"
        ) from error
    if engine.dialect.name == "sqlite":
        _teach_sqlite(engine)
    try:
        engine.connect().close()
    except OperationalError as error:
        where = engine.url.render_as_string(hide_password=True)
        raise DatabaseDown(database=where, why=str(error.orig).splitlines()[0]) from error
    return sessionmaker(engine, expire_on_commit=False)


def engine_of(sessions: Sessions) -> Engine:
    """Return the engine behind ``sessions``."""
    engine = sessions.kw["bind"]
    assert isinstance(engine, Engine)
    return engine


def chunks(items: Sequence[Item], size: int = 500) -> Iterator[Sequence[Item]]:
    """Yield items, as ids, in pieces that one statement can hold on every database.

    >>> list(chunks([1, 2, 3], 2))
    [[1, 2], [3]]
    """
    for start in range(0, len(items), size):
        yield items[start : start + size]


@contextmanager
def transaction(sessions: Sessions) -> Iterator[Session]:
    """Everything inside happens, or nothing does."""
    with sessions.begin() as session:
        yield session


def _teach_sqlite(engine: Engine) -> None:
    @event.listens_for(engine, "connect")
    def _(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        # A web page may wait for a reading to commit; it should wait and not fail.
        connection.execute("PRAGMA busy_timeout = 30000")
