from datetime import date, timedelta

import pytest

from tests import make
from tests.make import Shelf
from unsolved import evidence, prospects, sources
from unsolved.db import Session, Sessions, transaction
from unsolved.errors import Conflict, NotFound
from unsolved.sources import Import, OrganisationDraft
from unsolved.sources.tables import DocumentRow, SourceRow

NOW = make.SPRING
HOUR = timedelta(hours=1)


def remember(sessions: Sessions, name: str = "feed", every: int | None = 60) -> int:
    with transaction(sessions) as tx:
        return sources.remember(tx, name, "feed", {"address": "https://x.example"}, every=every)


def texts(tx: Session) -> set[str]:
    return {row.text for row in tx.query(DocumentRow).filter_by(is_current=True)}


def imports(tx: Session) -> list[Import]:
    return sources.imports(tx)


def test_a_source_is_due_until_it_was_visited_and_again_when_its_hour_has_come(
    sessions: Sessions,
):
    one = remember(sessions)
    with transaction(sessions) as tx:
        assert sources.due(tx, NOW) == [one]

        sources.succeeded(tx, one, NOW)

        assert sources.due(tx, NOW + HOUR / 2) == []
        assert sources.due(tx, NOW + HOUR) == [one]


def test_a_source_without_a_schedule_is_never_due(sessions: Sessions):
    remember(sessions, every=None)

    with transaction(sessions) as tx:
        assert sources.due(tx, NOW) == []


def test_a_paused_source_is_not_due_until_it_goes_on(sessions: Sessions):
    one = remember(sessions)
    with transaction(sessions) as tx:
        sources.pause(tx, one, is_paused=True)
        assert sources.due(tx, NOW) == []

        sources.pause(tx, one, is_paused=False)
        assert sources.due(tx, NOW) == [one]


def test_after_each_failure_the_next_visit_is_later_and_at_most_a_day(sessions: Sessions):
    one = remember(sessions)
    waits = []
    with transaction(sessions) as tx:
        for _ in range(12):
            sources.failed(tx, one, NOW, "no answer", is_final=False)
            source = sources.source(tx, one)
            assert source
            assert source.next_at
            waits.append(source.next_at - NOW)

    assert waits[:3] == [timedelta(minutes=5), timedelta(minutes=10), timedelta(minutes=20)]
    assert waits == sorted(waits)
    assert waits[-1] == timedelta(days=1)


def test_a_source_that_says_no_is_left_alone_for_a_day(sessions: Sessions):
    one = remember(sessions)
    with transaction(sessions) as tx:
        sources.failed(tx, one, NOW, "wrong password", is_final=True)

        assert sources.due(tx, NOW + timedelta(hours=23)) == []


def test_a_success_forgets_the_failures(sessions: Sessions):
    one = remember(sessions)
    with transaction(sessions) as tx:
        sources.failed(tx, one, NOW, "no answer", is_final=False)
        sources.succeeded(tx, one, NOW)

        source = sources.source(tx, one)
    assert source
    assert (source.failure, source.failures, source.next_at) == (None, 0, NOW + HOUR)


def test_two_who_visit_one_source_at_once_are_one_too_many(sessions: Sessions):
    one = remember(sessions)
    with transaction(sessions) as tx:
        assert sources.claim(tx, one, NOW)
        assert not sources.claim(tx, one, NOW + timedelta(minutes=1))
        # Whoever crashed does not hold it for ever.
        assert sources.claim(tx, one, NOW + HOUR)


def test_reading_again_forgets_how_far_we_came(sessions: Sessions):
    one = remember(sessions)
    with transaction(sessions) as tx:
        tx.get_one(SourceRow, one).cursor = "far"
        sources.succeeded(tx, one, NOW)

        sources.read_again(tx, one, date(2026, 1, 1))

        kept = sources.to_go_on_with(tx, one)
        assert (kept["cursor"], kept["since"]) == (None, date(2026, 1, 1))
        assert sources.due(tx, NOW) == [one]


def test_other_settings_begin_anew_and_the_same_ones_go_on(sessions: Sessions):
    one = remember(sessions)
    with transaction(sessions) as tx:
        tx.get_one(SourceRow, one).cursor = "far"
    remember(sessions)
    with transaction(sessions) as tx:
        assert sources.to_go_on_with(tx, one)["cursor"] == "far"

        sources.remember(tx, "feed", "feed", {"address": "https://y.example"})

        assert sources.to_go_on_with(tx, one)["cursor"] is None


def test_a_name_belongs_to_one_kind(sessions: Sessions):
    remember(sessions)

    with transaction(sessions) as tx, pytest.raises(Conflict, match="another name"):
        sources.remember(tx, "feed", "site", {"address": "https://x.example"})


def test_an_import_is_undone_whole_and_brought_back(sessions: Sessions):
    make.bring(sessions, make.draft("Old.", key="a"))
    make.bring(sessions, make.draft("New.", key="a"), make.draft("More.", key="b"))
    with transaction(sessions) as tx:
        newest = imports(tx)[0]

        sources.undo(tx, newest.id, NOW)
        assert texts(tx) == {"Old."}

        sources.redo(tx, newest.id)
        assert texts(tx) == {"New.", "More."}


def test_undoing_an_older_import_leaves_what_came_later(sessions: Sessions):
    make.bring(sessions, make.draft("Old.", key="a"), make.draft("Other.", key="b"))
    make.bring(sessions, make.draft("New.", key="a"))
    with transaction(sessions) as tx:
        oldest = imports(tx)[-1]

        sources.undo(tx, oldest.id, NOW)

        assert texts(tx) == {"New."}


def test_what_was_undone_comes_back_when_it_is_imported_again(sessions: Sessions):
    same = make.draft("Same.", key="a")
    make.bring(sessions, same)
    with transaction(sessions) as tx:
        sources.undo(tx, imports(tx)[0].id, NOW)

    added = make.bring(sessions, same)

    assert added.new == 1
    with transaction(sessions) as tx:
        assert texts(tx) == {"Same."}


def test_an_import_is_not_undone_twice(sessions: Sessions):
    make.bring(sessions, make.draft())
    with transaction(sessions) as tx:
        one = imports(tx)[0].id
        sources.undo(tx, one, NOW)

        with pytest.raises(Conflict, match="undone already"):
            sources.undo(tx, one, NOW)
        with pytest.raises(NotFound):
            sources.undo(tx, 999, NOW)


def test_whom_only_an_undone_import_spoke_of_is_gone_from_the_lists(sessions: Sessions):
    make.bring(sessions, make.draft(about="Acme"))
    make.bring(sessions, make.draft(about="Acme"), make.draft(about="Bolt"))
    with transaction(sessions) as tx:
        newest = imports(tx)[0].id

        sources.undo(tx, newest, NOW)
        assert [one.name for one in sources.organisations(tx)] == ["Acme"]

        sources.redo(tx, newest)
        assert [one.name for one in sources.organisations(tx)] == ["Acme", "Bolt"]


def test_a_source_is_removed_with_what_it_brought_and_restored(sessions: Sessions):
    make.bring(sessions, make.draft("Mine.", about="Acme"))
    sources.add(sessions, Shelf([make.draft("Theirs.", about="Bolt")], "other"), now=NOW)
    with transaction(sessions) as tx:
        shelf = sources.source_called(tx, "shelf")
        assert shelf

        sources.remove(tx, shelf)
        assert texts(tx) == {"Theirs."}
        assert [one.name for one in sources.sources(tx)] == ["other"]
        assert [one.name for one in sources.organisations(tx)] == ["Bolt"]
        assert sources.removed(tx, shelf) == "shelf"

        sources.restore(tx, shelf)
        assert texts(tx) == {"Mine.", "Theirs."}


def test_a_removed_source_is_not_added_by_its_name_but_restored(sessions: Sessions):
    one = remember(sessions)
    with transaction(sessions) as tx:
        sources.remove(tx, one)

    with pytest.raises(Conflict, match="source restore"):
        remember(sessions)


def test_prospects_follow_what_is_undone(sessions: Sessions, method: evidence.Method):
    make.bring(sessions, make.draft("Orders are late. We cannot ship orders.", about="Acme"))
    make.bring(sessions, OrganisationDraft(name="Bolt"))
    make.read(sessions, method)
    assess(sessions)
    with transaction(sessions) as tx:
        assert standing_of(tx) == {"Acme", "Bolt"}
        sources.undo(tx, imports(tx)[-1].id, NOW)

    assess(sessions)

    with transaction(sessions) as tx:
        assert standing_of(tx) == {"Bolt"}


def assess(sessions: Sessions) -> None:
    list(prospects.assess_all(sessions, make.LIBRARY, prospects.weights(), today=make.TODAY))


def standing_of(tx: Session) -> set[str]:
    found = prospects.ranked(tx, prospects.Wanted(with_eliminated=True), 100)
    return {one.organisation for one in found}
