"""A database of an earlier version keeps what it has."""

from alembic import command
from sqlalchemy import text

from tests import make
from unsolved.db import Sessions, engine_of
from unsolved.db.migrate import _config, upgrade

HELD = (
    "INSERT INTO organisations (id, name) VALUES (1, 'Acme')",
    (
        "INSERT INTO sources (id, name, visited_at, new, changed, unchanged) VALUES"
        " (1, 'letters', '2026-01-01 00:00:00', 1, 0, 0)"
    ),
    "INSERT INTO originals (digest, media_type, content) VALUES ('d', 'text/plain', 'x')",
    (
        "INSERT INTO documents (id, source_id, key, version, is_current,"
        " organisation_id, title, kind, received_at, origins, digest, original, text)"
        " VALUES (1, 1, 'a', 1, true, 1, 'A', 'news', '2026-01-01 00:00:00', '[]',"
        " 'd', 'd', 'Orders are late.')"
    ),
    (
        'INSERT INTO evidence (id, document_id, start, "end", quote, facets, labels, assertion,'
        " speaker, statement) VALUES (1, 1, 0, 16, 'Orders are late.', '{}', '[]', 'actual',"
        " 'organisation', 's')"
    ),
    "INSERT INTO refusals (id, source_id, place, why, mend) VALUES (1, 1, 'b', 'w', 'm')",
)


def test_what_stood_in_the_second_version_stands_in_the_newest(sessions: Sessions):
    engine = engine_of(sessions)
    make.empty(engine)
    with engine.begin() as connection:
        command.upgrade(_config(connection), "0002")
        for statement in HELD:
            connection.execute(text(statement))

    upgrade(engine)

    with engine.begin() as connection:
        counts = [
            connection.execute(text(f"SELECT count(*) FROM {table}")).scalar()
            for table in ("organisations", "sources", "documents", "evidence", "refusals")
        ]
        kind = connection.execute(text("SELECT kind FROM sources")).scalar()
    assert counts == [1, 1, 1, 1, 1]
    assert kind == "folder"
