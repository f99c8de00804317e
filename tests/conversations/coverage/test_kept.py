"""Talks are kept whole, once, and what was decided of their facts stays decided."""

from datetime import UTC, datetime

import pytest

from tests import make
from tests.conversations.coverage.lines import labelled, talk_of
from unsolved import sources
from unsolved.conversations import coverage as room
from unsolved.conversations.acts import RuleReader
from unsolved.conversations.coverage import About, FactKind, State, Told
from unsolved.conversations.coverage.kept import of_said, of_talk, to_said, to_talk
from unsolved.db import Session, Sessions, transaction
from unsolved.errors import NotFound
from unsolved.sources import OrganisationDraft

NOW = datetime(2026, 4, 1, tzinfo=UTC)
LINES = (
    "Sam: Thanks for making time. What have you tried so far?",
    "Ada: We bought a scanner system two years ago, and Frau Jankowski defends it.",
)


def keep(tx: Session, *lines: str, **about: object) -> int:
    talk = talk_of(*(lines or LINES))
    covered = room.coverage(talk, RuleReader(), told=Told(seller=("Sam",)))
    facts = {"told": Told(seller=("Sam",)), **about}
    return room.keep_call(tx, covered, now=NOW, about=About(**facts))  # type: ignore[arg-type]


def test_a_talk_comes_back_as_it_was_kept(sessions: Sessions):
    with transaction(sessions) as tx:
        number = keep(tx)

    with transaction(sessions) as tx:
        kept = room.call(tx, number)

    assert kept
    assert kept.talk == talk_of(*LINES)
    assert kept.said == room.read_acts(kept.talk, RuleReader())
    assert kept.told == Told(seller=("Sam",))
    assert FactKind.NAME in {one.fact.kind for one in kept.facts}


def test_plain_facts_and_values_are_the_same():
    talk, said = labelled(
        "S [question goals] What do you want?\nB [tell goals agree] Less of it."
    )

    again = to_talk(
        of_talk(talk),
        title=talk.title,
        medium=talk.medium,
        held_on=talk.day,
        language=talk.language,
    )

    assert again == talk
    assert to_said(of_said(said), again) == said


def test_the_same_talk_is_kept_once_and_what_was_decided_stays(sessions: Sessions):
    with transaction(sessions) as tx:
        number = keep(tx)
        kept = room.call(tx, number)
        assert kept
        first, *others = kept.facts
        room.decide(tx, first.id, State.ACCEPTED, NOW)

        again = keep(tx)

        after = room.call(tx, again)
    assert again == number
    assert after
    assert len(after.facts) == len(others) + 1
    assert [one.state for one in after.facts if one.fact == first.fact] == [State.ACCEPTED]


def test_what_was_decided_is_taken_back(sessions: Sessions):
    with transaction(sessions) as tx:
        kept = room.call(tx, keep(tx))
        assert kept
        for state in (State.REJECTED, State.PROPOSED):
            room.decide(tx, kept.facts[0].id, state, NOW)
        after = room.call(tx, kept.id)

    assert after
    assert (after.facts[0].state, after.facts[0].decided_at) == (State.PROPOSED, None)


def test_accepted_facts_belong_to_the_organisation_also_after_a_merge(sessions: Sessions):
    make.bring(sessions, OrganisationDraft(name="Acme"), OrganisationDraft(name="Acme Foods"))
    with transaction(sessions) as tx:
        acme, foods = sources.called(tx, "Acme"), sources.called(tx, "Acme Foods")
        assert acme
        assert foods
        kept = room.call(tx, keep(tx, organisation_id=foods.id))
        assert kept
        room.decide(tx, kept.facts[0].id, State.ACCEPTED, NOW)
        assert room.facts_of(tx, acme.id) == []

    with transaction(sessions) as tx:
        sources.merge(tx, sources.Of.ORGANISATION, acme.id, foods.id, NOW)

    with transaction(sessions) as tx:
        assert [one.fact for one in room.facts_of(tx, acme.id)] == [kept.facts[0].fact]
        assert [one.id for one in room.calls(tx, organisation_id=acme.id)] == [kept.id]


def test_a_talk_taken_away_is_nowhere_until_it_is_brought_back(sessions: Sessions):
    with transaction(sessions) as tx:
        number = keep(tx)
        room.remove_call(tx, number)
        assert room.calls(tx) == []

        room.restore_call(tx, number)
        (listed,) = room.calls(tx)

    assert (listed.id, listed.turns) == (number, 2)
    assert listed.waiting > 0


@pytest.mark.parametrize("doing", [room.remove_call, room.restore_call])
def test_what_is_not_kept_cannot_be_taken_away(sessions: Sessions, doing):
    with transaction(sessions) as tx, pytest.raises(NotFound):
        doing(tx, 7)
