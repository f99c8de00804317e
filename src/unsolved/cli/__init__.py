"""Every command, in the order a newcomer needs them."""

import click

from unsolved import __version__
from unsolved.cli.bring import add, init, read
from unsolved.cli.evidence import evidence
from unsolved.cli.export import export
from unsolved.cli.problems import problems
from unsolved.cli.serve import demo, serve
from unsolved.cli.show import list_prospects, organisation
from unsolved.cli.workbench import Workbench, settings, telling


class Told(click.Group):
    """A group whose commands tell our errors in a line."""

    def invoke(self, ctx: click.Context) -> object:
        """Run the command that was named."""
        with telling():
            return super().invoke(ctx)

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 (click's name)
        """Return the commands in the order they were attached."""
        return list(self.commands)


@click.group(cls=Told)
@click.version_option(__version__, package_name="unsolved")
@click.pass_context
def cli(context: click.Context) -> None:
    """Find organisations that have a problem you solve, tried to fix it and failed."""
    context.obj = context.obj or Workbench(settings())


for command in (
    demo,
    init,
    add,
    read,
    list_prospects,
    organisation,
    problems,
    evidence,
    export,
    serve,
):
    cli.add_command(command)

__all__ = ["cli"]
