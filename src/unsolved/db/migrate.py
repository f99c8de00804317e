"""Brings a database up to date."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, MetaData

from unsolved.db import Engine


def upgrade(engine: Engine) -> None:
    """Give the database the newest schema, whether it has an older one or none."""
    with engine.begin() as connection:
        command.upgrade(_config(connection), "head")


def revise(engine: Engine, metadata: MetaData, message: str) -> None:
    """Write the migration that would make the database look as ``metadata`` says."""
    with engine.begin() as connection:
        command.revision(_config(connection, metadata), message, autogenerate=True)


def _config(connection: Connection, metadata: MetaData | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes.update(connection=connection, metadata=metadata)
    return config
