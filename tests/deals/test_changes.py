"""What is done to an opportunity is written down, and taken back exactly."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.deals.worlds import ME, opened
from unsolved.db import connect, engine_of, transaction
from unsolved.db.migrate import upgrade
from unsolved.deals import queries
from unsolved.deals.changes import Edit, drop, put
from unsolved.deals.model import (
    Act,
    Alternative,
    AlternativeKind,
    Attempt,
    Basis,
    BuyerAct,
    Ground,
    Note,
    Outcome,
    Stage,
    Stakeholder,
    Step,
    StepKind,
    Tie,
)
from unsolved.deals.parts import PartKind, parts_of
from unsolved.deals.queries import history
from unsolved.deals.service import change, conclude, move, remove, take_up, undo
from unsolved.errors import Conflict, Invalid, NotFound

INES = Stakeholder(name="Ines Maro", title="Operations manager")
PAUL = Stakeholder(name="Paul Gent", title="Chief executive")
AGREED = BuyerAct(act=Act.AGREED_PROBLEM, on=date(2026, 3, 20), who="Ines Maro")
TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=40)
PARTS = st.one_of(
    st.builds(Stakeholder, name=TEXT.filter(str.strip), title=TEXT, met_on=st.dates()),
    st.builds(Note, text=TEXT, on=st.dates(), about=TEXT),
    st.builds(
        Alternative,
        kind=st.sampled_from(AlternativeKind),
        why=TEXT,
        leaning=st.none() | st.floats(0, 1),
    ),
)


def opportunity(tx, number):
    """Return an opportunity that is there."""
    known = queries.opportunity(tx, number)
    assert known is not None
    return known


@pytest.fixture(scope="module")
def shared(tmp_path_factory):
    """A database for laws, whose examples do not see each other's opportunities."""
    path = tmp_path_factory.mktemp("laws") / "laws.sqlite"
    sessions = connect(f"sqlite:///{path}")
    upgrade(engine_of(sessions))
    yield sessions
    engine_of(sessions).dispose()


def test_an_opportunity_can_always_end_in_nothing(sessions):
    one = opened(sessions)

    with transaction(sessions) as tx:
        known = opportunity(tx, one)

    assert [a.kind for a in known.alternatives.values()] == [AlternativeKind.NOTHING]


def test_a_change_is_told_with_who_when_and_what_was_before(sessions):
    one = opened(sessions, INES)

    with transaction(sessions) as tx:
        better = replace(INES, title="Head of operations")
        change(
            tx,
            one,
            [put(PartKind.STAKEHOLDER, better, 1)],
            replace(ME, what="told", why="mail"),
        )
        latest, first = history(tx, one)

    assert (latest.by, latest.at, latest.what, latest.why) == ("Ada", ME.now, "told", "mail")
    assert latest.changed[0].fields == (("title", "Operations manager", "Head of operations"),)
    assert first.changed[0].before is None


def test_a_change_that_changes_nothing_is_none(sessions):
    one = opened(sessions, INES)

    with transaction(sessions) as tx:
        assert change(tx, one, [put(PartKind.STAKEHOLDER, INES, 1)], ME) == 0
        assert len(history(tx, one)) == 1


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.lists(st.tuples(PARTS, st.integers(0, 9)), min_size=1, max_size=3), max_size=6)
)
def test_undoing_everything_from_the_last_on_restores_each_state_exactly(shared, actions):
    one = opened(shared)
    with transaction(shared) as tx:
        states, done = [opportunity(tx, one)], []
        for parts in actions:
            edits = [_edit(states[-1], part, at) for part, at in parts]
            made = change(tx, one, _apart(edits), ME)
            if made:
                done.append(made)
                states.append(opportunity(tx, one))

        for made in reversed(done):
            assert opportunity(tx, one) == states.pop()
            undo(tx, made, ME)
            assert opportunity(tx, one) == states[-1]


def _edit(known, part, at):
    """Make a new part, replace one of its kind, or drop it, as the number says."""
    kind = next(k for k in PartKind if k.value == type(part).__name__.casefold())
    held = [number for (of, number) in parts_of(known) if of is kind]
    if not held or at < 4:
        return put(kind, part)
    return put(kind, part, held[0]) if at < 8 else drop(kind, held[-1])


def _apart(edits: list[Edit]) -> list[Edit]:
    seen: set[object] = set()
    found = []
    for edit in edits:
        if edit.number is None or (edit.kind, edit.number) not in seen:
            found.append(edit)
            seen.add((edit.kind, edit.number))
    return found


def test_an_action_without_words_is_told_by_what_it_changed(sessions):
    one = opened(sessions)
    with transaction(sessions) as tx:
        change(tx, one, [put(PartKind.STAKEHOLDER, INES), put(PartKind.STAKEHOLDER, PAUL)], ME)

        assert history(tx, one)[0].what == "added the stakeholder, and 1 more"


def test_undoing_an_undo_does_it_again(sessions):
    one = opened(sessions)
    with transaction(sessions) as tx:
        made = change(tx, one, [put(PartKind.STAKEHOLDER, INES)], ME)
        after = opportunity(tx, one)

        again = undo(tx, undo(tx, made, ME), ME)

        assert opportunity(tx, one) == after
        assert next(a.id for a in history(tx, one) if a.undone_by is None) == again


def test_what_was_changed_since_is_not_taken_back_over(sessions):
    one = opened(sessions, INES)
    with transaction(sessions) as tx:
        first = change(tx, one, [put(PartKind.STAKEHOLDER, replace(INES, title="A"), 1)], ME)
        change(tx, one, [put(PartKind.STAKEHOLDER, replace(INES, title="B"), 1)], ME)

        with pytest.raises(Conflict, match="changed since"):
            undo(tx, first, ME)


def test_a_number_is_given_once(sessions):
    one = opened(sessions, INES)
    with transaction(sessions) as tx:
        change(tx, one, [drop(PartKind.STAKEHOLDER, 1)], ME)
        change(tx, one, [put(PartKind.STAKEHOLDER, PAUL)], ME)

        assert list(opportunity(tx, one).stakeholders) == [2]


def test_who_leaves_the_map_takes_their_ties_along_and_undo_brings_both_back(sessions):
    tried = Attempt(what="a portal", defended_by=(2,))
    one = opened(sessions, INES, PAUL, Tie(of=2, to=1), tried)
    with transaction(sessions) as tx:
        before = opportunity(tx, one)
        made = change(tx, one, [drop(PartKind.STAKEHOLDER, 2)], ME)
        without = opportunity(tx, one)
        undo(tx, made, ME)

        assert not without.ties
        assert without.attempts[1].defended_by == ()
        assert opportunity(tx, one) == before


def test_no_demo_is_planned_before_the_problem_is_agreed(sessions):
    one = opened(sessions)
    demo = Step(kind=StepKind.DEMO)
    with transaction(sessions) as tx:
        with pytest.raises(Conflict, match="before the buyer agreed"):
            change(tx, one, [put(PartKind.STEP, demo)], ME)

        change(tx, one, [put(PartKind.STEP, replace(demo, overruled="they insist"))], ME)
        change(tx, one, [put(PartKind.ACT, AGREED)], ME)
        change(tx, one, [put(PartKind.STEP, demo)], ME)

        assert [s.overruled for s in opportunity(tx, one).steps.values()] == ["they insist", ""]


def test_a_stage_is_left_by_what_the_buyer_did(sessions):
    acts = [Act.AGREED_PROBLEM, Act.TOLD_ATTEMPTS, Act.BROUGHT_POWER]
    one = opened(sessions)
    with transaction(sessions) as tx:
        with pytest.raises(Conflict, match="brought in who decides"):
            move(tx, one, Stage.PROGRESS, ME)
        edits = [put(PartKind.ACT, BuyerAct(act=act, on=date(2026, 3, 9))) for act in acts]
        change(tx, one, edits, ME)

        move(tx, one, Stage.PROGRESS, ME)

        assert opportunity(tx, one).head.stage is Stage.PROGRESS


def test_going_on_too_early_needs_a_reason_that_is_seen_later(sessions):
    one = opened(sessions)
    with transaction(sessions) as tx:
        move(tx, one, Stage.PROGRESS, replace(ME, why="the board asked"))
        known = opportunity(tx, one)

    assert [n.about for n in known.notes.values()] == ["overruled"]
    assert "the board asked" in known.notes[1].text


def test_a_decided_deal_leaves_the_forecast_and_can_be_taken_up_again(sessions):
    one = opened(sessions)
    with transaction(sessions) as tx:
        conclude(tx, one, Outcome.NO_DECISION, ME)
        decided = opportunity(tx, one).head
        with pytest.raises(Conflict):
            conclude(tx, one, Outcome.WON, ME)
        take_up(tx, one, ME)

        assert (decided.stage, decided.in_forecast) == (Stage.DECIDED, False)
        assert opportunity(tx, one).head.is_open


def test_a_removed_opportunity_comes_back_by_undo(sessions):
    one = opened(sessions)
    with transaction(sessions) as tx:
        before = opportunity(tx, one)
        made = remove(tx, one, ME)
        assert opportunity(tx, one).head.is_removed

        undo(tx, made, ME)

        assert opportunity(tx, one) == before


@pytest.mark.parametrize(
    "part",
    [
        Stakeholder(name=" "),
        Tie(of=1, to=1),
        Tie(of=1, to=7),
        Attempt(what=""),
        Alternative(kind=AlternativeKind.INTERNAL, leaning=2),
        Note(text="x" * 20_000, on=date(2026, 3, 1)),
        Alternative(kind=AlternativeKind.INTERNAL, solves=float("nan")),
    ],
    ids=str,
)
def test_a_part_that_makes_no_sense_is_refused(sessions, part):
    one = opened(sessions, INES)
    kind = next(k for k in PartKind if k.value == type(part).__name__.casefold())
    with transaction(sessions) as tx, pytest.raises(Invalid):
        change(tx, one, [put(kind, part)], ME)


def test_a_quote_must_stand_in_its_document(sessions):
    one = opened(sessions)
    ground = Ground(basis=Basis.EVIDENCE, quote="We never said so.", document_id=999)
    note = Note(text="x", on=date(2026, 3, 1), ground=ground)
    with transaction(sessions) as tx, pytest.raises(Invalid):
        change(tx, one, [put(PartKind.NOTE, note)], ME)


def test_what_is_not_there_cannot_be_changed(sessions):
    one = opened(sessions)
    with transaction(sessions) as tx:
        with pytest.raises(NotFound):
            change(tx, one, [drop(PartKind.STAKEHOLDER, 5)], ME)
        with pytest.raises(NotFound):
            change(tx, 999, [], ME)
        with pytest.raises(NotFound):
            undo(tx, 999, ME)
