from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text

import unsolved.cli.feedback  # so that every room has declared its tables
import unsolved.conversations.coverage.service
import unsolved.conversations.practice.service
import unsolved.deals.tables  # noqa: F401
from tests import make
from unsolved.db import Base, connect, engine_of
from unsolved.db.migrate import upgrade
from unsolved.db.version import is_current


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


def test_a_database_is_current_once_it_is_upgraded(sessions):
    engine = engine_of(sessions)
    assert is_current(engine)  # the newest by its file's name is the newest by Alembic's chain

    make.empty(engine)
    assert not is_current(engine)

    upgrade(engine)
    assert is_current(engine)


def test_a_database_of_another_version_is_not_current(sessions):
    with sessions.begin() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '0001'"))

    assert not is_current(engine_of(sessions))
