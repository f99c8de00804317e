"""Imports tables out of a CRM: shows what they were taken for, tries it, does it."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from unsolved import sources
from unsolved.db import Sessions, transaction
from unsolved.errors import Invalid
from unsolved.sources import crm, kinds
from unsolved.sources.connector import Visit
from unsolved.sources.crm import Preview, Told
from unsolved.sources.crm.naming import plain
from unsolved.sources.reach import Reach

KIND = "crm-file"


def looked_at(sessions: Sessions, path: Path, told: Told) -> list[Preview]:
    """Return what would be made of each table, with what was remembered of such tables.

    Raises:
        SourceRefused, Unreadable: the file cannot be opened.
        Invalid: a person named a column that no table has.
    """
    files = sorted(one for one in path.rglob("*") if one.is_file()) if path.is_dir() else [path]
    found = [
        one for file in files for one in crm.previews(file, remembering(sessions, file, told))
    ]
    has = {plain(column.name) for one in found for column in one.columns}
    for column in told.columns:
        if plain(column) not in has:
            mend = "write it as it stands in the head of the table"
            raise Invalid(column=column, why="no table has such a column", mend=mend)
    return found


def remembering(sessions: Sessions, path: Path, told: Told) -> Told:
    """Return what a person told, and what we remember of tables that look like these."""
    signatures = {one.signature for one in crm.previews(path, told) if one.signature}
    with transaction(sessions) as tx:
        kept = {one: sources.mapping(tx, one) for one in signatures}
    remembered = {
        signature: crm.Mapping.from_json(json.dumps(mapping))
        for signature, mapping in kept.items()
        if mapping is not None
    }
    return replace(told, remembered={**remembered, **told.remembered})


def begin(sessions: Sessions, path: Path, now: datetime) -> int:
    """Write down a table as a source that is being visited, and return its id."""
    address = path.resolve().as_posix()
    with transaction(sessions) as tx:
        source = sources.remember(tx, address, KIND, {"path": address})
        sources.claim(tx, source, now)
    return source


def import_tables(  # noqa: PLR0913 (each is said by name)
    sessions: Sessions,
    path: Path,
    settings: Mapping[str, str],
    previews: Sequence[Preview],
    *,
    clock: Callable[[], datetime],
    name: str = "",
    dry: bool = False,
    progress: Callable[[int], None] = lambda _: None,
) -> sources.Added:
    """Import a file or a folder as it was shown, and remember what its columns mean.

    With ``dry``, tell what would come and keep nothing.

    Raises:
        SourceError: it could not be read; what came before is kept.
    """
    now = clock()
    called = name or path.resolve().as_posix()
    mappings = [one.mapping for one in previews if one.mapping]
    told = {name: text for name, text in settings.items() if text and name != "mapping"}
    if len(mappings) == 1:
        told.pop("object", None)
    if mappings:
        told["mapping"] = json.dumps([json.loads(one.to_json()) for one in mappings])
    told["path"] = path.resolve().as_posix()
    visit = Visit(name=called, settings=told, now=now.astimezone(), reach=Reach())
    connector = kinds.connector(KIND, visit)
    if not dry:
        with transaction(sessions) as tx:
            sources.remember(tx, called, KIND, told)
            for one in mappings:
                sources.remember_mapping(tx, one.signature, json.loads(one.to_json()), now)
    return sources.add(sessions, connector, now=now, clock=clock, progress=progress, dry=dry)
