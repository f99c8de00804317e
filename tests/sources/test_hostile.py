"""What a hostile page, server or file tries; the same attempts that `bench.hostile` prints."""

from collections.abc import Iterator

import pytest

from bench.hostile import Attempt, Ground, attempts, ground, judged


@pytest.fixture(scope="module")
def here() -> Iterator[Ground]:
    with ground() as made:
        yield made


@pytest.mark.parametrize(
    "attempt", attempts(), ids=lambda attempt: f"{attempt.group}: {attempt.name}"
)
def test_nothing_hostile_gets_through(attempt: Attempt, here: Ground):
    outcome = judged(attempt, here)

    assert outcome.is_refused, outcome.told


def test_an_attempt_that_reaches_the_trap_is_told(here: Ground):
    reach = here.reach.but(allowed=frozenset({here.trap.host}))
    through = Attempt(
        "led to", "what is allowed", lambda _: reach.get(here.trap.at("/"), accept=[404])
    )

    assert judged(through, here).told == "reached what it must not"


def test_an_attempt_that_breaks_the_reader_is_told(here: Ground):
    broken = Attempt("answer", "that breaks us", lambda _: 1 / 0)

    assert not judged(broken, here).is_refused
