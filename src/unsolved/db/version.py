"""Which schema a database has, and whether it is the newest.

Every command asks it, and almost always the answer is yes: so it is asked without Alembic,
whose import takes longer than the question.
"""

from pathlib import Path

from sqlalchemy import inspect, text

from unsolved.db import Engine

VERSIONS = Path(__file__).parent / "migrations" / "versions"


def is_current(engine: Engine) -> bool:
    """Return whether the database has the newest schema."""
    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return False
        has = connection.scalars(text("SELECT version_num FROM alembic_version")).all()
    return list(has) == [newest()]


def newest() -> str:
    """Return the newest version there is; the name of a migration begins with its own.

    >>> newest() >= "0002"
    True
    """
    return max(path.name for path in VERSIONS.glob("[0-9]*_*.py")).partition("_")[0]
