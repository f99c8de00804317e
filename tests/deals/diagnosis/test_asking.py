"""Which question tells most, and what its answers would change."""

from math import fsum, isclose, log2

from hypothesis import given
from hypothesis import strategies as st

from unsolved.deals.diagnosis import Cold, entries
from unsolved.deals.diagnosis.asking import asked, in_doubt, questions

EVEN = dict.fromkeys(Cold, 0.2)
CHANCES = st.lists(
    st.floats(min_value=0.01, max_value=1), min_size=len(Cold), max_size=len(Cold)
).map(lambda some: {cold: one / fsum(some) for cold, one in zip(Cold, some, strict=True)})


@given(CHANCES)
def test_what_is_expected_of_the_answers_is_what_is_thought_now(chances):
    for one in questions(chances, ()):
        assert isclose(fsum(answer.chance for answer in one.answers), 1)
        for cold in Cold:
            after = fsum(answer.chance * answer.then[cold] for answer in one.answers)
            assert isclose(after, chances[cold])


@given(CHANCES)
def test_no_answer_tells_more_than_there_is_to_know(chances):
    most = log2(len(in_doubt(chances)))

    assert all(0 <= one.bits <= most + 1e-9 for one in questions(chances, ()))


def test_the_question_that_tells_most_comes_first():
    bits = [one.bits for one in questions(EVEN, ())]

    assert bits == sorted(bits, reverse=True)


def test_between_influence_and_conflict_one_asks_for_the_way_out():
    chances = {**dict.fromkeys(Cold, 0.02), Cold.INFLUENCE: 0.47, Cold.CONFLICT: 0.47}

    first = questions(chances, ())[0]

    assert first.id == "way-out"
    assert {answer.top for answer in first.answers} >= {Cold.INFLUENCE, Cold.CONFLICT}


def test_what_is_known_is_not_asked():
    known = {one.id for one in questions(EVEN, {"decider-not-met"})}

    assert "who-else" not in known


def test_when_one_reason_is_sure_little_is_left_to_learn():
    sure = {**dict.fromkeys(Cold, 0.0025), Cold.FEE: 0.99}

    assert questions(sure, ())[0].bits < questions(EVEN, ())[0].bits / 3


def test_questions_point_at_signs_of_the_catalogue():
    assert {name for one in asked() for name in one.known_by} <= set(entries())
