from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import event

from tests.deals.known import whole
from tests.deals.worlds import ME, opened
from unsolved.db import connect, engine_of, transaction
from unsolved.db.migrate import upgrade
from unsolved.deals.changes import put
from unsolved.deals.model import Outcome, Stage
from unsolved.deals.parts import PartKind
from unsolved.deals.queries import lists
from unsolved.deals.queries.sought import Sort, Sought, Which
from unsolved.deals.service import (
    change,
    conclude,
    move,
    remove,
    remove_view,
    rename_view,
    save_view,
)
from unsolved.errors import Conflict, Invalid, NotFound

ON = replace(ME, why="they asked for it")


@pytest.fixture
def some(sessions):
    """Four opportunities: two open, one won, one without a decision."""
    ids = {
        "a": opened(sessions, name="Acme", worth=50.0),
        "b": opened(sessions, name="Bolt", worth=70.0, currency="USD", seller="Bo"),
        "won": opened(sessions, name="Calm", worth=30.0, opened_on=date(2025, 1, 1)),
        "none": opened(sessions, name="Dash", problem_id="other"),
    }
    with transaction(sessions) as tx:
        move(tx, ids["b"], Stage.PARTNER, ON)
        conclude(tx, ids["won"], Outcome.WON, ME)
        conclude(tx, ids["none"], Outcome.NO_DECISION, ME)
        for number in ids.values():
            head = whole(tx, number).head
            named = replace(head, name=f"Deal {number}")
            change(tx, number, [put(PartKind.HEAD, named, 0)], ME)
    return ids


SORTS = [
    (Sought(), "ba"),
    (Sought(sort=Sort.AGE), "ab"),
    (Sought(sort=Sort.WORTH), "ba"),
    (Sought(which=Which.DECIDED, sort=Sort.NAME), "won none"),
    (Sought(which=Which.DORMANT), "none"),
    (Sought(which=Which.ALL, sort=Sort.AGE), "won a b none"),
    (Sought(seller="Bo"), "b"),
    (Sought(stage=Stage.PROVOKE), "a"),
    (Sought(outcome=Outcome.WON), "won"),
    (Sought(which=Which.ALL, problem_id="other"), "none"),
    (Sought(text="bol"), "b"),
    (Sought(text="50%"), ""),
    (Sought(which=Which.REMOVED), ""),
]


@pytest.mark.parametrize(("sought", "names"), SORTS, ids=str)
def test_a_list_is_of_what_was_asked_for_in_its_order(sessions, some, sought, names):
    wanted = names.split() if " " in names or names in some else list(names)
    with transaction(sessions) as tx:
        found = lists.listed(tx, sought, 10)

        assert [one.id for one in found] == [some[name] for name in wanted]
        assert lists.count_listed(tx, sought) == len(wanted)


def test_worths_are_added_up_by_stage_and_no_currency_is_converted(sessions, some):
    with transaction(sessions) as tx:
        more = opened_more(tx, some["a"])
        found = lists.tally(tx, Sought(which=Which.ALL))

    assert more
    assert dict(found[Stage.PARTNER].worth) == {"USD": 70.0}
    assert (found[Stage.DECIDED].count, dict(found[Stage.DECIDED].worth)) == (2, {"EUR": 30.0})
    assert found[Stage.PROGRESS].count == 0


def opened_more(tx, number):
    head = replace(whole(tx, number).head, worth=60.0)
    return change(tx, number, [put(PartKind.HEAD, head, 0)], ME)


def test_a_board_has_a_column_for_each_stage_the_last_decided_first(sessions, some):
    with transaction(sessions) as tx:
        found = lists.columns(tx, Sought(), 10)

    assert [one.id for one in found[Stage.PROVOKE]] == [some["a"]]
    assert [one.id for one in found[Stage.PARTNER]] == [some["b"]]
    assert {one.id for one in found[Stage.DECIDED]} == {some["won"], some["none"]}


def test_pages_leave_nothing_out(sessions, some):
    with transaction(sessions) as tx:
        pages = [lists.listed(tx, Sought(which=Which.ALL), 1, at)[0].id for at in range(4)]

    assert sorted(pages) == sorted(some.values())


def test_what_was_removed_is_found_there_alone(sessions, some):
    with transaction(sessions) as tx:
        remove(tx, some["a"], ME)

        assert [one.id for one in lists.listed(tx, Sought(which=Which.REMOVED), 9)] == [
            some["a"]
        ]
        assert some["a"] not in {o.id for o in lists.listed(tx, Sought(which=Which.ALL), 9)}


def test_sellers_and_the_opportunities_of_an_organisation(sessions, some):
    with transaction(sessions) as tx:
        acme = whole(tx, some["a"]).head.organisation_id

        assert lists.sellers(tx) == ["Ada", "Bo"]
        assert [one.id for one in lists.of_organisation(tx, acme)] == [some["a"]]
        assert lists.open_with(tx, acme, "erp_replacement") == some["a"]
        assert lists.open_with(tx, acme, "other") is None
        assert [one.id for one in lists.named(tx, "acme")] == [some["a"]]


def test_filters_are_saved_under_a_name_renamed_and_taken_away(sessions):
    with transaction(sessions) as tx:
        one = save_view(tx, "  Mine,  open ", {"seller": "Ada", "q": ""}, ME.now)
        again = save_view(tx, "Mine, open", {"seller": "Bo"}, ME.now)
        other = save_view(tx, "Other", {}, ME.now)
        with pytest.raises(Conflict):
            rename_view(tx, other, "Mine, open")
        rename_view(tx, other, "Big")
        remove_view(tx, one)

        assert again == one
        assert [view.name for view in lists.views(tx)] == ["Big"]
        with pytest.raises(NotFound):
            remove_view(tx, one)


@pytest.mark.parametrize("name", ["", "  ", "x" * 81, "a\0b"])
def test_a_list_needs_a_name(sessions, name):
    with transaction(sessions) as tx, pytest.raises(Invalid):
        save_view(tx, name, {}, ME.now)


@pytest.mark.parametrize("which", Which)
def test_no_list_reads_through_all_opportunities(tmp_path, which):
    sessions = connect(f"sqlite:///{tmp_path}/plans.sqlite")
    engine = engine_of(sessions)
    upgrade(engine)
    asked: list[tuple[str, Any]] = []
    event.listen(
        engine, "before_cursor_execute", lambda *said: asked.append((said[2], said[3]))
    )
    with transaction(sessions) as tx:
        sought = Sought(which=which, seller="Ada", text="acme")
        lists.listed(tx, sought, 10)
        lists.columns(tx, Sought(which=which), 10)
        lists.tally(tx, sought)
        lists.of_organisation(tx, 1)
        plans = [
            row[3]
            for statement, values in list(asked)
            for row in tx.connection().exec_driver_sql(
                f"EXPLAIN QUERY PLAN {statement}", values
            )
        ]
    engine.dispose()

    assert plans
    assert not [plan for plan in plans if plan.startswith("SCAN opportunit")]
