"""A group of commands, each of which is loaded when it is asked for.

A ranking needs no web server and a web server no PDF reader; loading all of them would make
every command start a second later, and the help most of all.
"""

from collections.abc import Mapping
from importlib import import_module
from typing import Any, NamedTuple

import click


class Where(NamedTuple):
    """Where a command stands: its module beside this one, its name there, what it does."""

    module: str
    name: str
    does: str
    """The first sentence of its help, so that a list of commands need not load them."""


class Lazily(click.Group):
    """Loads a command when it is asked for; lists them all without, in the given order."""

    def __init__(self, *args: Any, table: Mapping[str, Where], **more: Any) -> None:  # noqa: ANN401 (click's own)
        super().__init__(*args, **more)
        self.table = table

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 (click's name)
        """Return the names of the commands."""
        return list(self.table)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Return the command of that name, or None when there is none."""
        where = self.table.get(cmd_name)
        if where is None:
            return None
        command = getattr(import_module(f"unsolved.cli.{where.module}"), where.name)
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Write the list of commands as click does, from the table."""
        room = formatter.width - 6 - max(map(len, self.table))
        with formatter.section("Commands"):
            formatter.write_dl(
                [
                    (name, click.Command(name, help=where.does).get_short_help_str(room))
                    for name, where in self.table.items()
                ]
            )
