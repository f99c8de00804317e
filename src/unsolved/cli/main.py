"""The command that the others stand under. Each is loaded when it is asked for.

A ranking needs no web server and a web server no PDF reader; loading all of them would make
every command start a second later.
"""

from collections.abc import Mapping
from importlib import import_module

import click

from unsolved import __version__
from unsolved.cli.workbench import Workbench, settings, telling

COMMANDS: Mapping[str, tuple[str, str]] = {
    "demo": ("serve", "demo"),
    "init": ("bring", "init"),
    "add": ("bring", "add"),
    "read": ("reading", "read"),
    "prospects": ("show", "list_prospects"),
    "organisation": ("show", "organisation"),
    "problems": ("problems", "problems"),
    "evidence": ("evidence", "evidence"),
    "export": ("export", "export"),
    "serve": ("serve", "serve"),
}
"""Where each command stands: its module beside this one, and its name there."""


class Commands(click.Group):
    """Loads a command when it is asked for, and tells our errors in a line."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 (click's name)
        """Return the commands in the order a newcomer needs them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Return the command of that name, or None when there is none."""
        if cmd_name not in COMMANDS:
            return None
        module, name = COMMANDS[cmd_name]
        command = getattr(import_module(f"unsolved.cli.{module}"), name)
        assert isinstance(command, click.Command)
        return command

    def invoke(self, ctx: click.Context) -> object:
        """Run the command that was named."""
        with telling():
            return super().invoke(ctx)


@click.group(cls=Commands)
@click.version_option(__version__, package_name="unsolved")
@click.pass_context
def cli(context: click.Context) -> None:
    """Find organisations that have a problem you solve, tried to fix it and failed."""
    context.obj = context.obj or Workbench(settings())
