"""unsolved brief: the page to read before the call."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from unsolved.cli.workbench import Workbench, told
from unsolved.errors import NotFound

if TYPE_CHECKING:  # made with the database, which a help text does without
    from unsolved.conversations.brief import Brief

FORMATS = click.Choice(["markdown", "text", "json"])
OUT = click.Path(path_type=Path, dir_okay=False, allow_dash=False)


@click.command()
@click.argument("name", metavar="ORGANISATION")
@click.option("--problem", "problem_id", help="On this problem (an id; default: the best).")
@click.option("--format", "how", type=FORMATS, default="text", help="How it is written.")
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
@click.option("--out", type=OUT, help="Write it to a file; .md is Markdown, .json is JSON.")
@click.option("--seed", default=0, help="Another number words the openers another way.")
@click.option("--llm", "asks_model", is_flag=True, help="Let the language model sum up quotes.")
@click.option("--yes", is_flag=True, help="Agree beforehand to asking the language model.")
@click.pass_context
def brief(  # noqa: PLR0913, PLR0917 (a command has as many arguments as options)
    context: click.Context,
    name: str,
    problem_id: str | None,
    how: str,
    as_json: bool,
    out: Path | None,
    seed: int,
    asks_model: bool,
    yes: bool,
) -> None:
    """Write the page to read before a call: what they want, lack and tried, in quotes.

    ORGANISATION is a name or a domain. Every sentence about it comes with its quote. With
    --llm each quote gets a line that sums it up, if the line adds nothing to it.
    """
    bench: Workbench = context.obj
    from unsolved import sources  # noqa: PLC0415 - SQLAlchemy
    from unsolved.conversations import brief as room  # noqa: PLC0415 - SQLAlchemy
    from unsolved.db import transaction  # noqa: PLC0415 - SQLAlchemy

    given = context.get_parameter_source("how")
    if out and given is click.core.ParameterSource.DEFAULT:
        how = {".md": "markdown", ".markdown": "markdown", ".json": "json"}.get(
            out.suffix.lower(), how
        )
    with transaction(bench.sessions) as tx:
        known = sources.called(tx, name)
        if known is None:
            near = sources.names_like(tx, name)
            raise NotFound(organisation=name, **({"did_you_mean": near} if near else {}))
        made = room.make(
            tx, bench.library, known.id, today=bench.today, problem_id=problem_id, seed=seed
        )
    if asks_model:
        made = _phrased(bench, made, yes=yes)
    if as_json or how == "json":
        written = json.dumps(room.facts(made), ensure_ascii=False, indent=1) + "\n"
    elif how == "markdown":
        home = f"http://{bench.settings.host}:{bench.settings.port}"
        written = room.markdown(made, home)
    else:
        written = room.text(made)
    if out is None:
        click.echo(written, nl=False)
        return
    out.write_text(written, "utf-8")
    told.print(f"{out}: the brief on {known.name}, {made.title}")


def _phrased(bench: Workbench, made: "Brief", *, yes: bool) -> "Brief":
    from unsolved.cli.llm import terms  # noqa: PLC0415 - an HTTP client
    from unsolved.conversations.brief import phrasing  # noqa: PLC0415 - an HTTP client

    phraser = phrasing.LanguageModelPhraser(terms(bench.settings))
    told.print(f"asked is: {phraser.name}\nsent are: {phrasing.SENT}")
    if not yes:
        click.confirm("Ask it?", abort=True, err=True)
    return phrasing.phrased(made, phraser)
