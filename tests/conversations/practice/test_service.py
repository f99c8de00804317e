"""Practice is kept: begun, gone on with, ended, repeated, counted."""

from datetime import timedelta

import pytest

from bench.practice import SELLERS
from tests import make, make_world
from unsolved.conversations.practice import begun, called, debrief, queries, said, service
from unsolved.conversations.practice import shipped as buyers
from unsolved.conversations.practice.kept import persona_of, persona_told, state_of, state_told
from unsolved.conversations.practice.progress import progress
from unsolved.db import Sessions, transaction
from unsolved.errors import Conflict, Invalid, NotFound
from unsolved.evidence import Facet

COLD = called("cold_store")
NOW = make.SPRING
LINES = (
    "I read in your annual report of March 2025 that returned deliveries rose by a third.",
    "What goes wrong today?",
    "You must be losing a lot of customers.",
    "Our platform helps companies.",
)


def start(sessions: Sessions, seller: str = "Ada", seed: int = 3) -> int:
    with transaction(sessions) as tx:
        return service.begin(tx, COLD, seed, seller, now=NOW)


def test_a_call_that_is_kept_is_the_call_that_was_held(sessions: Sessions):
    run_id = start(sessions)
    talk = begun(COLD, 3)
    for line in LINES:
        service.say(sessions, run_id, line, now=NOW)
        talk = said(talk, line)

    with transaction(sessions) as tx:
        found = queries.run(tx, run_id)
        listed = queries.history(tx)

    assert found
    assert found.talk == talk
    assert listed[0].score == debrief(talk).score
    assert (listed[0].turns, listed[0].trust) == (len(LINES), talk.state.trust)


@pytest.mark.parametrize("persona", buyers(), ids=lambda one: one.id)
def test_buyers_and_states_survive_being_kept(persona):
    assert persona_of(persona_told(persona)) == persona
    talk = begun(persona, 1)
    while not talk.is_over:
        talk = said(talk, SELLERS["expert"](talk))
        assert state_of(state_told(talk.state)) == talk.state


def test_a_call_is_ended_and_stays_so(sessions: Sessions):
    run_id = start(sessions)
    with transaction(sessions) as tx:
        service.end(tx, run_id, now=NOW)
        service.end(tx, run_id, now=NOW)

    with pytest.raises(Conflict, match="over"):
        service.say(sessions, run_id, "Hello?", now=NOW)
    with transaction(sessions) as tx:
        assert queries.history(tx)[0].ending == "the seller ended it"


def test_repeated_the_call_is_the_same(sessions: Sessions):
    first = start(sessions)
    with transaction(sessions) as tx:
        second = service.again(tx, first, now=NOW + timedelta(hours=1))
    for run_id in (first, second):
        for line in LINES:
            service.say(sessions, run_id, line, now=NOW)

    with transaction(sessions) as tx:
        one, other = queries.run(tx, first), queries.run(tx, second)
    assert one
    assert other
    assert one.talk == other.talk


def test_what_is_not_there_or_makes_no_sense_is_refused(sessions: Sessions):
    with pytest.raises(NotFound):
        service.say(sessions, 99, "Hello.", now=NOW)
    with transaction(sessions) as tx:
        assert queries.run(tx, 99) is None
        for seller, seed in (("  ", 1), ("x" * 81, 1), ("Ada", -1), ("Ada", 2**40)):
            with pytest.raises(Invalid):
                service.begin(tx, COLD, seed, seller, now=NOW)


def test_odd_lines_are_kept_too(sessions: Sessions):
    run_id = start(sessions)

    service.say(sessions, run_id, "a\x00b " + "long " * 5_000, now=NOW)

    with transaction(sessions) as tx:
        found = queries.run(tx, run_id)
    assert found
    assert len(found.talk.turns[0].line) <= service.LONGEST


def test_progress_is_the_first_calls_against_the_last(sessions: Sessions):
    for number, lines in enumerate(((), LINES[3:], LINES[:2], LINES[:2])):
        with transaction(sessions) as tx:
            when = NOW + timedelta(days=number)
            run_id = service.begin(tx, COLD, 1, "Ada", now=when)
        for line in lines:
            service.say(sessions, run_id, line, now=when)
        with transaction(sessions) as tx:
            service.end(tx, run_id, now=when)
    start(sessions, seller="Bo")

    with transaction(sessions) as tx:
        calls = queries.history(tx)
        only = queries.history(tx, "Ada")
        names = queries.sellers(tx)
    found = progress(calls)

    assert names == ["Ada", "Bo"]
    assert len(only) == 4
    assert [one.seller for one in found] == ["Ada"]
    assert found[0].calls == 4
    assert found[0].change
    assert found[0].change > 0


def test_a_buyer_is_made_of_an_organisation_in_the_database(sessions: Sessions):
    world = make_world.world(sessions)
    with transaction(sessions) as tx:
        persona = queries.prospect_buyer(tx, make.LIBRARY, world.acme)

        assert persona.organisation == "Acme"
        assert {fact.quoted.evidence for fact in persona.facts if fact.quoted} >= {
            world.tried,
            world.failed,
        }
        with pytest.raises(NotFound):
            queries.prospect_buyer(tx, make.LIBRARY, world.calm)
        with pytest.raises(NotFound, match="none"):
            queries.prospect_buyer(tx, make.LIBRARY, world.acme, "none")
        bolt = make_world.document(tx, world.bolt, "Orders are late.")
        make_world.evidence(tx, bolt, "Orders are late.", Facet.PROBLEM)
        with pytest.raises(NotFound):  # its prospect names no sentence
            queries.prospect_buyer(tx, make.LIBRARY, world.bolt)
