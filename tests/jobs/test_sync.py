import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event

import pytest

from tests import make
from tests.sources.web_server import Web, page
from tests.sources.web_server import web as serving
from unsolved import sources
from unsolved.db import Sessions, transaction
from unsolved.errors import Conflict
from unsolved.jobs.sync import Means, Synced, keep_in_step, sync
from unsolved.sources.reach import Limits, Reach
from unsolved.sources.vault import Vault, new_key

NOW = datetime(2026, 4, 1, tzinfo=UTC)
ITEM = {"id": "1", "title": "Orders late", "content_text": "Acme says orders arrive late."}
QUICK = Reach(limits=Limits(seconds=5, tries=2), pause=lambda _: None)


def feed(*items: dict[str, str]) -> bytes:
    told = {"version": "https://jsonfeed.org/version/1.1", "title": "Acme", "items": items}
    return json.dumps(told).encode()


@pytest.fixture
def web() -> Iterator[Web]:
    with serving({"/feed": page(feed(ITEM), media_type="application/feed+json")}) as web:
        yield web


def named(sessions: Sessions, kind: str, name: str, **settings: str) -> int:
    with transaction(sessions) as tx:
        return sources.remember(tx, name, kind, settings, every=60)


def means(*allowed: str) -> Means:
    return Means(vault=Vault(new_key()), allowed=frozenset(allowed), reach=QUICK)


def visit(sessions: Sessions, means: Means, *ids: int, at: datetime = NOW) -> list[Synced]:
    return list(sync(sessions, ids, means, clock=lambda: at))


def test_what_is_new_at_a_source_comes_in_once(sessions: Sessions, web: Web):
    one = named(sessions, "feed", "news", address=f"{web.address}/feed")

    [first] = visit(sessions, means(web.host), one)
    [second] = visit(sessions, means(web.host), one)

    assert first.added
    assert second.added
    assert (first.added.new, second.added.new, second.added.changed) == (1, 0, 0)
    with transaction(sessions) as tx:
        source = sources.source(tx, one)
    assert source
    assert (source.documents, source.next_at) == (1, NOW + timedelta(hours=1))


def test_a_failing_source_stops_none_of_the_others(
    sessions: Sessions, web: Web, tmp_path: Path
):
    (tmp_path / "a.txt").write_text("Orders arrive late at Acme.", "utf-8")
    down = named(sessions, "feed", "down", address="http://127.0.0.1:9/feed")
    broken = named(sessions, "feed", "broken", address=f"{web.address}/none")
    wrong = named(sessions, "site", "wrong", address=f"{web.address}/", pages="many")
    good = named(sessions, "folder", "good", path=str(tmp_path), organisation="Acme")

    done = visit(sessions, means(web.host, "127.0.0.1:9"), down, broken, wrong, good)

    assert [bool(one.failure) for one in done] == [True, True, True, False]
    assert done[3].added
    assert done[3].added.new == 1
    assert "whole number" in str(done[2].failure)
    with transaction(sessions) as tx:
        health = {one.name: one for one in sources.sources(tx)}
    assert "does not answer" in str(health["down"].failure) or health["down"].failure
    assert health["down"].next_at == NOW + timedelta(minutes=5)
    assert health["broken"].next_at == NOW + timedelta(days=1)


def test_a_source_may_not_reach_into_the_private_network_unless_it_was_allowed(
    sessions: Sessions, web: Web
):
    one = named(sessions, "feed", "inside", address=f"{web.address}/feed")

    [done] = visit(sessions, means(), one)

    assert "private network" in str(done.failure)
    assert web.asked == []


def test_what_one_source_may_reach_another_may_not(sessions: Sessions, web: Web):
    other = named(sessions, "feed", "other", address=f"http://localhost:{web.host[10:]}/feed")

    [done] = visit(sessions, means(web.host), other)

    assert "private network" in str(done.failure)


def test_a_source_is_not_visited_by_two_at_once(sessions: Sessions, web: Web):
    one = named(sessions, "feed", "news", address=f"{web.address}/feed")
    with transaction(sessions) as tx:
        sources.claim(tx, one, NOW)

    [done] = visit(sessions, means(web.host), one)

    assert done.is_busy
    assert web.asked == []


def test_secrets_are_kept_so_that_the_database_alone_does_not_tell_them():
    vault = Vault(new_key())
    kept = vault.close({"token": "a-secret-token"})

    assert kept
    assert b"a-secret-token" not in kept
    assert vault.open(kept) == {"token": "a-secret-token"}
    with pytest.raises(Conflict, match="cannot be opened"):
        Vault(new_key()).open(kept)
    with pytest.raises(Conflict, match="without their key"):
        Vault(None).open(kept)
    with pytest.raises(Conflict, match="without a key"):
        Vault(None).close({"token": "x"})


def test_a_key_that_was_lost_is_told_and_stops_only_its_source(sessions: Sessions, web: Web):
    with transaction(sessions) as tx:
        sealed = Vault(new_key()).close({"token": "t"})
        one = sources.remember(tx, "crm", "hubspot", {"address": web.address}, secret=sealed)

    [done] = visit(sessions, means(web.host), one)

    assert "cannot be opened" in str(done.failure)


def test_time_that_runs_backwards_loses_nothing_and_repeats_nothing(
    sessions: Sessions, web: Web
):
    one = named(sessions, "feed", "news", address=f"{web.address}/feed")
    visit(sessions, means(web.host), one, at=NOW)
    web.pages["/feed"] = page(
        feed(ITEM, {**ITEM, "id": "2"}), media_type="application/feed+json"
    )

    [done] = visit(sessions, means(web.host), one, at=NOW - timedelta(days=400))

    assert done.added
    assert (done.added.new, done.added.changed) == (1, 0)


def test_who_keeps_in_step_visits_what_is_due_and_then_reads(sessions: Sessions, web: Web):
    named(sessions, "feed", "news", address=f"{web.address}/feed")
    told: list[Synced] = []
    stop = Event()
    after: Callable[[], None] = stop.set

    keep_in_step(
        sessions, means(web.host), clock=lambda: NOW, stop=stop, told=told.append, after=after
    )

    assert [one.source for one in told] == ["news"]
    assert stop.is_set()


def test_an_older_source_without_settings_is_let_be(sessions: Sessions):
    make.bring(sessions, make.draft())

    with transaction(sessions) as tx:
        assert sources.due(tx, NOW) == []
