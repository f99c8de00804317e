"""What holds for every reader, whatever it thinks with."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from unsolved.errors import NotFound
from unsolved.evidence.model import Assertion, Facet, Reader, Sentence
from unsolved.evidence.readers import READERS, reader

texts = st.text(alphabet="we could not ship,late. 12%Äß\n", max_size=120)
sentences = st.builds(
    Sentence,
    text=texts,
    before=st.lists(texts, max_size=2).map(tuple),
    after=st.lists(texts, max_size=1).map(tuple),
    kind=st.sampled_from([None, "filing", "news", "a kind nobody has heard of"]),
)
quick = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@pytest.fixture(params=READERS, scope="module")
def one(request: pytest.FixtureRequest) -> Reader:
    return reader(request.param)


@quick
@given(st.lists(sentences, min_size=1, max_size=6))
def test_the_answer_does_not_depend_on_the_batch(one: Reader, batch: list[Sentence]):
    together = one.label(batch)

    alone = [one.label([sentence])[0] for sentence in batch]

    for mine, theirs in zip(together, alone, strict=True):
        assert mine.facets == pytest.approx(theirs.facets, abs=2e-4)


@quick
@given(st.lists(sentences, max_size=4))
def test_a_label_is_whole(one: Reader, batch: list[Sentence]):
    labels = one.label(batch)

    assert len(labels) == len(batch)
    for label in labels:
        assert set(label.facets) == set(Facet)
        assert all(0 <= p <= 1 for p in label.facets.values())
        assert (label.assertion is None) == (not label.labels)
        assert (label.fix is None) == (not label.labels & {Facet.ATTEMPT, Facet.FAILURE})


def test_nothing_read_is_nothing_said(one: Reader):
    assert one.label([]) == []


def test_a_fingerprint_is_short_and_its_own(one: Reader):
    assert len(one.fingerprint) == 16
    assert one.fingerprint == reader(one.name).fingerprint


def test_a_plain_complaint_is_a_problem(one: Reader):
    (label,) = one.label(
        [Sentence("Supply chain delays and labor shortages continue to impact our plants.")]
    )

    assert Facet.PROBLEM in label.labels
    assert label.assertion is Assertion.ACTUAL


def test_a_greeting_is_nothing(one: Reader):
    (label,) = one.label([Sentence("Good morning, everyone, and welcome to the call.")])

    assert label.labels == frozenset()


def test_an_unknown_reader_is_refused_with_the_choices():
    with pytest.raises(NotFound, match="cues"):
        reader("oracle")
