"""What every command works with: settings, and what follows from them, made when asked for."""

import os
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import click
from pydantic import ValidationError
from rich.console import Console

from unsolved import evidence
from unsolved.errors import Conflict
from unsolved.settings import Settings

if TYPE_CHECKING:  # a command loads the database, or the problems, when it asks for them
    from unsolved.db import Sessions
    from unsolved.jobs.sync import Means
    from unsolved.problems import Library

PARTLY = 3
"""The exit code when some of what was asked for could not be done and the rest was."""

READERS = click.Choice(["model", "fast", "cues", "llm"])

out = Console(highlight=False, markup=False, soft_wrap=True)
told = Console(stderr=True, highlight=False, markup=False, soft_wrap=True)


@dataclass
class Workbench:
    """Settings at hand; the database, the problems and the readers on demand."""

    settings: Settings

    @property
    def problems(self) -> Path | None:
        """Where the problem files are; None for the library that ships."""
        return self.settings.problems

    @cached_property
    def library(self) -> "Library":
        """The problems we know."""
        from unsolved.problems import load  # noqa: PLC0415 - YAML

        return load(self.settings.problems)

    @cached_property
    def sessions(self) -> "Sessions":
        """The database; one of SQLite is made and brought up to date by being opened."""
        from unsolved.db import connect, engine_of  # noqa: PLC0415 - SQLAlchemy
        from unsolved.db.version import is_current  # noqa: PLC0415 - SQLAlchemy

        sessions = connect(self.settings.database_url)
        engine = engine_of(sessions)
        if is_current(engine):
            return sessions
        if engine.dialect.name != "sqlite":
            raise Conflict(
                database="not made, or older than this program", mend="unsolved init"
            )
        from unsolved.db.migrate import upgrade  # noqa: PLC0415 - Alembic

        upgrade(engine)
        return sessions

    @property
    def means(self) -> "Means":
        """What visits to sources are made with."""
        from unsolved.jobs.sync import Means  # noqa: PLC0415 - SQLAlchemy
        from unsolved.sources.vault import Vault  # noqa: PLC0415

        return Means(
            vault=Vault(self._key()),
            allowed=frozenset(host.casefold() for host in self.settings.allowed_hosts),
            largest_mb=self.settings.largest_document_mb,
        )

    def make_key(self) -> Path | None:
        """Make the key that secrets are kept under, if there is none; return its new file."""
        from unsolved.sources.vault import new_key  # noqa: PLC0415 - OpenSSL

        if self._key():
            return None
        path = self.settings.key_file
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:  # noqa: PTH123 (nobody else may read it, from the first moment on)
            file.write(new_key() + "\n")
        return path

    def _key(self) -> str | None:
        told = self.settings.key.get_secret_value()
        if told:
            return told
        path = self.settings.key_file
        return path.read_text("ascii").strip() if path.is_file() else None

    @cached_property
    def reader(self) -> evidence.Reader:
        """Who reads. One that asks a language model does so only once a person has agreed."""
        if self.settings.reader == "llm":
            from unsolved.cli.llm import silent  # noqa: PLC0415 - an HTTP client

            return silent(self.settings)
        return evidence.reader(self.settings.reader)

    @cached_property
    def method(self) -> "evidence.Method":
        """Who reads, and against which problems."""
        if self.settings.reader == "llm":
            return replace(evidence.method("model", self.library), reader=self.reader)
        return evidence.method(self.settings.reader, self.library)

    @property
    def local(self) -> "evidence.Method":
        """The same, but that nobody is asked elsewhere: it explains a label on this machine."""
        return self.read_by("model" if self.settings.reader == "llm" else None).method

    def read_by(self, name: str | None) -> "Workbench":
        """Return the workbench with another reader; the same when none is named."""
        if name is None or name == self.settings.reader:
            return self
        return Workbench(self.settings.model_copy(update={"reader": name}))

    @property
    def today(self) -> date:
        """The date here."""
        return self.now.astimezone().date()

    @property
    def now(self) -> datetime:
        """The present moment."""
        return datetime.now(UTC)


def settings() -> Settings:
    """Read the settings, and say which is wrong and how to mend it."""
    try:
        return Settings()
    except ValidationError as error:
        faults = [
            f"  {'.'.join(str(part) for part in fault['loc'])}: {fault['msg']}"
            for fault in error.errors()
        ]
        text = "These settings cannot be used (UNSOLVED_… or unsolved.toml):\n"
        raise click.UsageError(text + "\n".join(faults)) from error
    except ValueError as error:  # a broken unsolved.toml, as tomllib tells it
        raise click.UsageError(f"unsolved.toml cannot be read: {error}") from error
