"""The command that the others stand under."""

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import click

from unsolved import __version__
from unsolved.cli.lazily import Lazily, Where
from unsolved.errors import Error

COMMANDS: Mapping[str, Where] = {
    "demo": Where(
        "serve",
        "demo",
        "Read the casebook that ships with the package, show who failed at what, and serve it.",
    ),
    "init": Where(
        "bring",
        "init",
        "Make the database, or bring it up to date, and a file of settings to edit.",
    ),
    "add": Where(
        "bring", "add", "Add documents from folders or files, and organisations from CSV files."
    ),
    "import": Where(
        "importing",
        "import_",
        "Import tables out of a CRM, CSV or XLSX; a file, or a folder with a whole export.",
    ),
    "source": Where(
        "source", "source", "Name the places that are read, and see how each of them is."
    ),
    "sync": Where("sync", "sync", "Visit sources, and keep what is new or changed there."),
    "push": Where(
        "push", "push", "Write where organisations stand into the CRM they came from."
    ),
    "read": Where(
        "reading",
        "read",
        "Read what has come in, and work out where each organisation stands.",
    ),
    "prospects": Where(
        "show", "list_prospects", "Show which organisations stand where, best prospects first."
    ),
    "organisation": Where(
        "show",
        "organisation",
        "Show where the organisation called NAME stands on each problem, and why.",
    ),
    "brief": Where(
        "brief",
        "brief",
        "Write the page to read before a call: what they want, lack and tried, in quotes.",
    ),
    "coverage": Where(
        "coverage",
        "coverage",
        "Show what was understood in a call or a thread of mails, and what to ask next.",
    ),
    "problems": Where("problems", "problems", "Show and check the library of problems."),
    "evidence": Where(
        "evidence",
        "evidence",
        "Label sentences, show what stands behind a piece of evidence, and say if it is right.",
    ),
    "identity": Where(
        "identity",
        "identity",
        "Say which organisations and people of different sources are one.",
    ),
    "lint": Where(
        "lint",
        "lint",
        "Check mails before they are sent: text, Markdown, HTML, .eml, YAML, folders.",
    ),
    "practice": Where(
        "practice",
        "practice",
        "Hold a discovery call with a simulated buyer, and look back on it.",
    ),
    "deals": Where("deals", "deals", "Carry deals to a decision, or let them go in time."),
    "silence": Where(
        "silence",
        "silence",
        "Tell who is silent, how unusual that is for them, and why we say so.",
    ),
    "export": Where(
        "export",
        "export",
        "Write out prospects, evidence, organisations, feedback or opportunities, CSV or JSON.",
    ),
    "serve": Where("serve", "serve", "Serve the pages and the API."),
}
"""Every command, in the order in which a newcomer needs them."""


@contextmanager
def telling() -> Iterator[None]:
    """Tell our own errors in one line, and let bugs be bugs."""
    try:
        yield
    except Error as error:
        raise click.ClickException(str(error)) from error
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
    except OSError as error:
        if error.filename is None:
            raise
        raise click.FileError(str(error.filename), str(error.strerror)) from error


class Commands(Lazily):
    """Tells our errors in a line."""

    def invoke(self, ctx: click.Context) -> object:
        """Run the command that was named."""
        with telling():
            return super().invoke(ctx)


@click.group(cls=Commands, table=COMMANDS)
@click.version_option(__version__, package_name="unsolved")
@click.pass_context
def cli(context: click.Context) -> None:
    """Find organisations that have a problem you solve, tried to fix it and failed."""
    from unsolved.cli.workbench import Workbench, settings  # noqa: PLC0415 - pydantic, not for help

    context.obj = context.obj or Workbench(settings())
