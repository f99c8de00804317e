from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

import unsolved.cli  # noqa: F401 (so that every room has declared its tables)
from tests import make
from unsolved.db import Base, connect, engine_of
from unsolved.db.migrate import upgrade


def test_migrations_make_the_schema_that_the_tables_declare(sessions):
    engine = engine_of(sessions)
    make.empty(engine)

    upgrade(engine)

    with engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), Base.metadata)
    assert differences == []


def test_upgrading_twice_changes_nothing(tmp_path):
    engine = engine_of(connect(f"sqlite:///{tmp_path}/test.sqlite"))

    upgrade(engine)
    upgrade(engine)

    engine.dispose()
