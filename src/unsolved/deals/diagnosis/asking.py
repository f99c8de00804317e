"""Which question would tell the reasons apart? The one whose answer is expected to say most.

The expected information of a question (Lindley 1956, On a measure of the information provided
by an experiment, doi:10.1214/aoms/1177728069) is by how much its answer lowers the entropy over
the reasons, averaged over the answers as we expect them. What an answer is likely to be under
each reason is judgement and stands in ``questions.toml``.
"""

import tomllib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from math import fsum, isclose, log2
from pathlib import Path

from unsolved.deals.diagnosis.model import Answer, Cold, Question

Chances = Mapping[Cold, float]
MOST = 3
"""How many of the likeliest reasons are to be told apart."""

ENOUGH = 0.9
"""Two are enough when they hold so much of the probability."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question of the file: its answers, and how likely each is under each reason."""

    id: str
    ask: str
    why: str
    known_by: frozenset[str]
    answers: tuple[tuple[str, Chances], ...]


def questions(chances: Chances, found: Collection[str]) -> tuple[Question, ...]:
    """Return what is still to be asked, the question that tells most first.

    ``chances`` are the probabilities of the five reasons, ``found`` the ids of the signs found:
    a question that one of them answers is left out. Those in doubt are the likeliest two, or
    three where two do not hold nine tenths.
    """
    doubted = in_doubt(chances)
    open_ = [one for one in asked() if not one.known_by & set(found)]
    told = [_told(one, chances, doubted) for one in open_]
    return tuple(sorted(told, key=lambda one: (-one.bits, one.id)))


def in_doubt(chances: Chances) -> tuple[Cold, ...]:
    """Return the likeliest reasons that are to be told apart, two or three."""
    ordered = sorted(chances, key=lambda cold: (-chances[cold], cold.value))
    first = chances[ordered[0]] + chances[ordered[1]]
    return tuple(ordered[: 2 if first >= ENOUGH else MOST])


def information(one: Asked, chances: Chances, doubted: Collection[Cold]) -> float:
    """Return how many bits the answer is expected to tell about the reasons in doubt."""
    total = fsum(chances[cold] for cold in doubted)
    prior = {cold: chances[cold] / total for cold in doubted}
    return max(0.0, fsum(_parts(one, prior)))


@cache
def asked() -> tuple[Asked, ...]:
    """Return the questions of the file; that likelihoods add up is checked when it is read."""
    text = Path(__file__).with_name("questions.toml").read_text("utf-8")
    return tuple(
        _checked(
            Asked(
                id=one["id"],
                ask=one["ask"],
                why=one["why"],
                known_by=frozenset(one["known_by"]),
                answers=tuple(
                    (answer["says"], {cold: answer[cold.name.lower()] for cold in Cold})
                    for answer in one["answers"]
                ),
            )
        )
        for one in tomllib.loads(text)["question"]
    )


def _told(one: Asked, chances: Chances, doubted: Collection[Cold]) -> Question:
    answers = []
    for says, likely in one.answers:
        joint = {cold: chances[cold] * likely[cold] for cold in Cold}
        chance = fsum(joint.values())
        then = {cold: value / chance for cold, value in joint.items()}
        answers.append(Answer(says=says, chance=chance, then=then))
    bits = information(one, chances, doubted)
    return Question(id=one.id, ask=one.ask, why=one.why, bits=bits, answers=tuple(answers))


def _parts(one: Asked, prior: Chances) -> Iterator[float]:
    for _, likely in one.answers:
        chance = fsum(prior[cold] * likely[cold] for cold in prior)
        for cold, before in prior.items():
            joint = before * likely[cold]
            if joint > 0:
                yield joint * log2(likely[cold] / chance)


def _checked(one: Asked) -> Asked:
    for cold in Cold:
        total = fsum(likely[cold] for _, likely in one.answers)
        assert isclose(total, 1, abs_tol=1e-6), f"{one.id}: {cold.name} adds up to {total}"
    return one
