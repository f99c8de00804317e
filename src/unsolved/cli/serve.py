"""Commands that serve the pages: ``demo`` and ``serve``."""

import socket
from contextlib import suppress
from importlib.resources import as_file, files
from pathlib import Path
from threading import Event, Thread

import click
import uvicorn

from unsolved import prospects, sources
from unsolved.app import make_app
from unsolved.cli.doing import doing_of
from unsolved.cli.reading import catch_up
from unsolved.cli.show import show_ranking
from unsolved.cli.workbench import Workbench, out, told
from unsolved.conversations import drafts
from unsolved.conversations.practice.phrasing import LanguageModelPhraser, Phraser
from unsolved.db import transaction
from unsolved.sources.connectors.folder import Folder
from unsolved.sources.connectors.organisations_csv import OrganisationsCsv

DEMO = Path("unsolved-demo.sqlite")

PORTS = click.IntRange(1, 65_535)

LOCAL = ("127.0.0.1", "localhost", "[::1]")
"""Names of this machine. Served on one of them, pages answer to no other (DNS rebinding)."""


@click.command()
@click.option("--host", help="The address to serve on (settings: host).")
@click.option("--port", type=PORTS, help="The port to serve on (settings: port).")
@click.option("--no-sync", is_flag=True, help="Do not visit the sources that are due.")
@click.pass_obj
def serve(bench: Workbench, host: str | None, port: int | None, *, no_sync: bool) -> None:
    """Serve the pages and the API.

    While it does, sources are visited when they are due, and what came is read. What deserves
    attention is worked out at the start, after a visit, and when a new day begins.
    """
    stop = Event()
    if not no_sync:
        Thread(target=_keep_in_step, args=(bench, stop), daemon=True).start()
    Thread(target=_keep_deals_up, args=(bench, stop), daemon=True).start()
    try:
        serve_at(bench, host or bench.settings.host, port or bench.settings.port)
    finally:
        stop.set()


@click.command()
@click.option("--port", type=PORTS, help="The port to serve on; the next free one if taken.")
@click.option("--no-serve", is_flag=True, help="Stop after the rankings.")
@click.pass_obj
def demo(bench: Workbench, port: int | None, no_serve: bool) -> None:
    """Read the casebook that ships with the package, show who failed at what, and serve it.

    Everything is kept in unsolved-demo.sqlite in this folder; a second run starts from there.
    """
    settings = bench.settings.model_copy(
        update={"database_url": f"sqlite:///{DEMO}", "problems": None}
    )
    bench = Workbench(settings).read_by("cues" if settings.reader == "cues" else "model")
    with as_file(files("unsolved") / "casebook") as casebook:
        for connector in (
            OrganisationsCsv(casebook / "organisations.csv", called="casebook organisations"),
            Folder(casebook / "documents", today=bench.today, called="casebook"),
        ):
            added = sources.add(bench.sessions, connector, now=bench.now)
            out.print(
                f"{connector.name}: {added.new} new documents, {added.unchanged} as before"
                if not added.organisations
                else f"{connector.name}: {added.organisations} organisations"
            )
    documents, sentences = catch_up(bench, bench.method)
    out.print(f"{documents} documents read, {sentences} sentences")
    with transaction(bench.sessions) as tx:
        for problem in bench.library.problems:
            wanted = prospects.Wanted(problem_id=problem.id)
            show_ranking(tx, problem, prospects.ranked(tx, wanted, 5))
    if not no_serve:
        serve_at(bench, settings.host, _free(settings.host, port or settings.port))


def serve_at(bench: Workbench, host: str, port: int) -> None:
    """Serve until stopped; say where, and how to stop."""
    hosts = LOCAL if host in LOCAL else ("*",)
    app = make_app(
        bench.sessions,
        bench.library,
        bench.method.fingerprint,
        hosts,
        method=bench.local,
        doing=doing_of(bench),
        me=bench.settings.me,
    )
    chosen = drafts.choices(bench.settings.drafts, drafts.rules(), "unsolved.toml")
    app.state.drafts = chosen
    app.state.phraser = _phraser(bench)
    with suppress(ValueError), socket.socket() as probe:
        if probe.connect_ex((host, port)) == 0:
            raise click.ClickException(
                f"port {port} on {host} is taken; choose another with --port"
            )
    out.print(f"\nthe pages are at http://{host}:{port}  (Ctrl+C stops)")
    uvicorn.run(app, host=host, port=port, log_level="warning")


def _phraser(bench: Workbench) -> Phraser | None:
    """Return who may word a practised buyer's answers; a seller still has to ask for it."""
    if not bench.settings.llm_url or not bench.settings.llm_model:
        return None
    from unsolved.cli.llm import terms  # noqa: PLC0415 - an HTTP client

    return LanguageModelPhraser(terms(bench.settings))


def _free(host: str, port: int) -> int:
    """Return the port, or the next that nobody listens on."""
    for candidate in range(port, port + 50):
        with socket.socket() as probe:
            if probe.connect_ex((host, candidate)):
                return candidate
    raise click.ClickException(f"no free port from {port} on; choose one with --port")


def _keep_in_step(bench: Workbench, stop: Event) -> None:
    """Visit what is due, beside the pages; of reading, only what is on this machine."""
    from unsolved.cli.sync import settle  # noqa: PLC0415 - only for who serves
    from unsolved.jobs.sync import keep_in_step  # noqa: PLC0415

    keep_in_step(
        bench.sessions,
        bench.means,
        clock=lambda: bench.now,
        stop=stop,
        told=lambda one: told.print(f"{one.source}: {one.failure}") if one.failure else None,
        after=lambda: settle(
            bench.read_by("model" if bench.settings.reader == "llm" else None)
        ),
    )


def _keep_deals_up(bench: Workbench, stop: Event) -> None:
    """Work out what deserves attention, at once and each new day, beside the pages."""
    from unsolved.jobs.deals import keep_up_daily  # noqa: PLC0415 - only for who serves

    keep_up_daily(bench.sessions, bench.library, clock=lambda: bench.now, stop=stop)
