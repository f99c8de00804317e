"""Where an organisation stands: laws that always hold, and what a seller would expect."""

from datetime import date
from itertools import pairwise
from math import fsum

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import make
from unsolved.evidence import Assertion, Evidence, Facet, FixKind, Speaker
from unsolved.prospects import Prospect, Standing, Step, weights
from unsolved.prospects.signs import Story
from unsolved.prospects.standing import beliefs, probabilities, stands
from unsolved.prospects.statements import statements

MARCH_2024, MARCH_2025, MARCH_2026 = date(2024, 3, 1), date(2025, 3, 1), date(2026, 3, 1)
PROBLEM, ATTEMPT, FAILURE = Facet.PROBLEM, Facet.ATTEMPT, Facet.FAILURE
RESOLVED, CONSEQUENCE, URGENCY = Facet.RESOLVED, Facet.CONSEQUENCE, Facet.URGENCY


@st.composite
def pieces(draw: st.DrawFn) -> Evidence:
    sure = st.floats(0, 1, allow_nan=False)
    return make.evidence(
        on=draw(st.none() | st.dates(date(2015, 1, 1), MARCH_2026)),
        facets={facet: draw(sure) for facet in Facet},
        labels=frozenset(Facet),
        assertion=draw(st.sampled_from(Assertion)),
        speaker=draw(st.sampled_from(Speaker)),
        fix=draw(st.none() | st.sampled_from(FixKind)),
        matches={"late_orders": draw(sure)},
    )


MANY = st.lists(pieces(), max_size=8)


def chances(found: list[Evidence]) -> dict[Standing, float]:
    dossier = make.dossier(*found)
    said = statements(dossier.evidence, "late_orders", {})
    return probabilities(beliefs(Story(said, dossier.ends_on), weights()))


def belief(prospect: Prospect, step: Step) -> float:
    return next(b.probability for b in prospect.beliefs if b.step is step)


@given(MANY)
def test_the_probabilities_of_the_standings_sum_to_one(found: list[Evidence]):
    all_of_them = chances(found)

    assert set(all_of_them) == set(Standing)
    assert fsum(all_of_them.values()) == pytest.approx(1)
    assert all(-1e-12 <= p <= 1 for p in all_of_them.values())


@given(MANY)
def test_a_score_is_the_sum_of_its_parts_and_a_belief_of_its_reasons(found: list[Evidence]):
    prospect = make.prospect(*found)

    assert prospect.score == fsum(part.weight for part in prospect.parts)
    for told in prospect.beliefs:
        assert told.log_odds == fsum(reason.weight for reason in told.reasons)


@given(MANY)
def test_every_reason_names_a_piece_that_was_read(found: list[Evidence]):
    known = {piece.id for piece in found}

    prospect = make.prospect(*found)

    named = {r.evidence for b in prospect.beliefs for r in b.reasons if r.evidence}
    assert named | set(prospect.evidence) <= known


@settings(max_examples=50)
@given(MANY, st.randoms(use_true_random=False))
def test_the_order_of_arrival_does_not_matter(found: list[Evidence], chance):
    shuffled = list(found)
    chance.shuffle(shuffled)

    assert make.prospect(*shuffled) == make.prospect(*found)


@given(MANY)
def test_the_standing_follows_from_the_answers(found: list[Evidence]):
    prospect = make.prospect(*found)
    has = next(b.probability for b in prospect.beliefs if b.step is Step.HAS)

    assert prospect.standing is stands(prospect.beliefs)
    assert (prospect.standing is Standing.UNSEEN) == (has < 0.5)


# Each line is a story, told in evidence; read the list down, it is the specification.
STORIES: list[tuple[str, list[Evidence], Standing]] = [
    ("nothing at all", [], Standing.UNSEEN),
    (
        "risk language alone is no problem",
        [make.evidence(PROBLEM, assertion=Assertion.HYPOTHETICAL) for _ in range(5)],
        Standing.UNSEEN,
    ),
    (
        "other people's problems are no problem",
        [make.evidence(PROBLEM, FAILURE, assertion=Assertion.OTHER) for _ in range(5)],
        Standing.UNSEEN,
    ),
    (
        "a goal alone is no problem",
        [make.evidence(Facet.GOAL) for _ in range(5)],
        Standing.UNSEEN,
    ),
    (
        "stated by itself: it has it",
        [make.evidence(PROBLEM), make.evidence(PROBLEM), make.evidence(CONSEQUENCE)],
        Standing.HAS_IT,
    ),
    (
        "stated by others only: it is unaware",
        [make.evidence(PROBLEM, speaker=Speaker.THIRD_PARTY) for _ in range(3)],
        Standing.UNAWARE,
    ),
    (
        "a fix is told and nothing since: it is fixing",
        [
            make.evidence(PROBLEM, on=MARCH_2026),
            make.evidence(ATTEMPT, on=MARCH_2026),
            make.evidence(ATTEMPT, on=MARCH_2026),
        ],
        Standing.FIXING,
    ),
    (
        "said to have failed: tried and failed",
        [
            make.evidence(PROBLEM, on=MARCH_2025),
            make.evidence(ATTEMPT, on=MARCH_2025),
            make.evidence(FAILURE, on=MARCH_2026),
            make.evidence(FAILURE, on=MARCH_2026),
        ],
        Standing.TRIED_AND_FAILED,
    ),
    (
        "stated again after the fix: tried and failed",
        [
            make.evidence(PROBLEM, on=MARCH_2024),
            make.evidence(ATTEMPT, on=MARCH_2024),
            make.evidence(ATTEMPT, on=MARCH_2024),
            make.evidence(PROBLEM, on=MARCH_2025),
            make.evidence(PROBLEM, CONSEQUENCE, on=MARCH_2026),
            make.evidence(PROBLEM, on=MARCH_2026),
        ],
        Standing.TRIED_AND_FAILED,
    ),
    (
        "a claim that was contradicted later: in denial",
        [
            make.evidence(PROBLEM, on=MARCH_2024),
            make.evidence(ATTEMPT, on=MARCH_2024),
            make.evidence(RESOLVED, on=MARCH_2025),
            make.evidence(RESOLVED, on=MARCH_2025),
            make.evidence(PROBLEM, FAILURE, on=MARCH_2026),
            make.evidence(PROBLEM, FAILURE, on=MARCH_2026),
        ],
        Standing.IN_DENIAL,
    ),
    (
        "said at the end to be fixed: resolved",
        [
            make.evidence(PROBLEM, on=MARCH_2024),
            make.evidence(ATTEMPT, on=MARCH_2025),
            make.evidence(RESOLVED, on=MARCH_2026),
            make.evidence(RESOLVED, on=MARCH_2026),
        ],
        Standing.RESOLVED,
    ),
]


@pytest.mark.parametrize(
    ("found", "standing"), [s[1:] for s in STORIES], ids=[s[0] for s in STORIES]
)
def test_where_it_stands(found: list[Evidence], standing: Standing):
    assert make.prospect(*found).standing is standing


def test_a_complaint_before_the_fix_is_no_sign_that_it_failed():
    before = make.prospect(
        make.evidence(PROBLEM, on=MARCH_2024), make.evidence(ATTEMPT, on=MARCH_2025)
    )
    after = make.prospect(
        make.evidence(ATTEMPT, on=MARCH_2024), make.evidence(PROBLEM, on=MARCH_2025)
    )

    assert belief(after, Step.FAILED) > belief(before, Step.FAILED)


def test_a_problem_told_as_a_fact_weighs_more_than_one_told_as_a_risk():
    fact = make.prospect(make.evidence(PROBLEM))
    risk = make.prospect(make.evidence(PROBLEM, assertion=Assertion.HYPOTHETICAL))

    assert belief(fact, Step.HAS) > belief(risk, Step.HAS)


def test_each_further_statement_counts_less_than_the_one_before():
    grown = [
        next(
            b.log_odds
            for b in make.prospect(*[make.evidence(PROBLEM) for _ in range(n)]).beliefs
            if b.step is Step.HAS
        )
        for n in range(5)
    ]

    gains = [later - earlier for earlier, later in pairwise(grown)]
    assert all(gain > 0 for gain in gains)
    assert gains == sorted(gains, reverse=True)


def test_the_same_sentence_in_many_organisations_counts_for_little():
    piece = make.evidence(PROBLEM)

    own = make.prospect(piece)
    shared = make.prospect(piece, sharing={piece.statement: 40})

    assert belief(shared, Step.HAS) < belief(own, Step.HAS)
    assert belief(shared, Step.HAS) < 0.5


def test_the_same_sentence_said_again_is_one_statement_that_persists():
    once = make.evidence(PROBLEM, quote="orders arrive late at every plant", on=MARCH_2024)
    again = make.evidence(PROBLEM, quote="orders arrive late at every plant", on=MARCH_2026)

    [said] = statements([once, again], "late_orders", {})

    assert (said.said_on, said.again_on) == (MARCH_2024, (MARCH_2026,))


def test_a_statement_that_persists_after_the_fix_shows_that_it_failed():
    told = {"quote": "orders arrive late at every plant"}
    fix = make.evidence(ATTEMPT, on=MARCH_2025)
    once = make.prospect(make.evidence(PROBLEM, on=MARCH_2024, **told), fix)
    persists = make.prospect(
        make.evidence(PROBLEM, on=MARCH_2024, **told),
        fix,
        make.evidence(PROBLEM, on=MARCH_2026, **told),
    )

    assert belief(persists, Step.FAILED) > belief(once, Step.FAILED)


def test_evidence_about_another_problem_does_not_count():
    prospect = make.prospect(make.evidence(PROBLEM, matches={"bad_pay": 0.99}))

    assert (prospect.standing, prospect.evidence) == (Standing.UNSEEN, ())
