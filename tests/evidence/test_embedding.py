"""Texts as vectors: near when they are about the same thing."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from unsolved.evidence.embedding import embedding

# The middle one is nearer to the first than the last is.
NEARER = [
    ("late deliveries", "shipments arrive behind schedule", "the auditor resigned"),
    ("staff shortage", "we cannot hire enough nurses", "the bond was repaid early"),
    ("payroll errors", "employees were paid the wrong wages", "forest fires closed the road"),
    ("data breach", "hackers stole customer records", "the harvest was good"),
]


@pytest.mark.parametrize(("one", "near", "far"), NEARER)
def test_texts_about_the_same_are_nearer(one: str, near: str, far: str):
    first, second, third = embedding().embed([one, near, far])

    assert first @ second > first @ third


@given(st.lists(st.text(max_size=60), max_size=5))
def test_vectors_have_length_one_or_nought_whatever_the_batch(texts: list[str]):
    vectors = embedding().embed(texts)

    assert vectors.shape == (len(texts), embedding().width)
    assert vectors.dtype == np.float32
    for text, vector in zip(texts, vectors, strict=True):
        length = float(np.linalg.norm(vector))
        assert length == pytest.approx(1, abs=1e-5) or length == 0
        assert np.allclose(vector, embedding().embed([text])[0], atol=1e-6)


def test_an_empty_text_is_near_nothing():
    assert not embedding().embed([""]).any()
