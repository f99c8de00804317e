"""What pages may set going: visits, secrets kept, imports; with the settings of the door."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from unsolved.cli.workbench import Workbench
from unsolved.http import Doing
from unsolved.jobs.importing import begin, import_tables, looked_at
from unsolved.jobs.sync import visit
from unsolved.sources import Added
from unsolved.sources.crm import Preview, Told


def doing_of(bench: Workbench) -> Doing:
    """Return it for one workbench."""

    def seal(secrets: Mapping[str, str]) -> bytes | None:
        if secrets:
            bench.make_key()
        return bench.means.vault.close(secrets)

    def take(
        path: Path, settings: Mapping[str, str], previews: Sequence[Preview], dry: bool
    ) -> Added:
        return import_tables(
            bench.sessions, path, settings, previews, clock=lambda: bench.now, dry=dry
        )

    def go(source_id: int) -> None:
        visit(bench.sessions, source_id, bench.means, clock=lambda: bench.now)

    return Doing(
        visit=go,
        seal=seal,
        uploads=bench.settings.uploads.resolve(),
        look=lambda path, settings: looked_at(bench.sessions, path, Told.of(settings)),
        begin=lambda path, _: begin(bench.sessions, path, bench.now),
        take=take,
    )
