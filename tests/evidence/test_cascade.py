"""Two networks: one skims every sentence, the other judges what is left in doubt."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from unsolved.evidence.cascade import CascadeReader, cascade_reader
from unsolved.evidence.judge import fingerprint
from unsolved.evidence.model import Facet, Sentence
from unsolved.evidence.skim import STEP, VECTOR, Skim, batches, skim

PLAIN = Sentence("Good morning, everyone, and welcome to the call.", kind="transcript")
TELLING = Sentence(
    "We hired two agencies to clear the backlog, and half a year later it is larger.",
    before=("Orders wait for nine weeks.",),
    kind="transcript",
)
MIXED = [
    PLAIN,
    TELLING,
    Sentence("The roll-out slipped again and is now planned for next autumn."),
    Sentence("Revenue was $41 million."),
    Sentence("If suppliers fail us, our plants could stand still.", kind="filing"),
]
texts = st.lists(st.text("abc we failed, late. 12", max_size=80), max_size=6)


@pytest.fixture(scope="module")
def reader() -> CascadeReader:
    return cascade_reader()


def test_what_the_quick_network_is_sure_of_stands(reader: CascadeReader):
    raw = reader.quick_logits([PLAIN])

    assert not reader.doubts(raw).any()
    assert reader.label([PLAIN]) == reader.quick.labels(raw)


def test_what_it_doubts_is_what_the_judge_makes_of_it(reader: CascadeReader):
    doubts = reader.doubts(reader.quick_logits(MIXED))
    judged = reader.judging.labels(reader.logits(MIXED))
    quick = reader.quick.labels(reader.quick_logits(MIXED))

    found = reader.label(MIXED)

    expected = [j if doubt else q for doubt, j, q in zip(doubts, judged, quick, strict=True)]
    for mine, theirs in zip(found, expected, strict=True):
        assert mine.labels == theirs.labels
        assert mine.facets == pytest.approx(theirs.facets, abs=2e-4)


def test_a_fix_that_did_not_help_is_found(reader: CascadeReader):
    told = "The council wrote off 20 million pounds on the abandoned finance system."

    (label,) = reader.label([Sentence(told, kind="news")])

    assert Facet.FAILURE in label.labels


def test_a_doubt_lies_between_two_bounds_around_the_threshold(reader: CascadeReader):
    low, high = reader.bounds

    assert (low <= reader.quick.thresholds).all()
    assert (reader.quick.thresholds <= high).all()


def test_the_fingerprint_knows_both_networks(reader: CascadeReader):
    assert len(reader.fingerprint) == len(fingerprint()) == len(skim().fingerprint)
    assert len({reader.fingerprint, fingerprint(), skim().fingerprint}) == 3


@given(texts)
@settings(max_examples=25, deadline=None)
def test_a_text_gets_the_same_vector_in_any_company(several: list[str]):
    network = Skim(skim().folder)  # one that remembers nothing

    vectors = network.vectors(several)

    assert vectors.shape == (len(several), VECTOR)
    for text, vector in zip(several, vectors, strict=True):
        assert np.allclose(vector, skim().vectors([text])[0], atol=1e-5)


@given(st.lists(st.integers(0, 40), max_size=30))
def test_batches_hold_every_text_with_a_token_once(lengths: list[int]):
    tokens = [[7] * length for length in lengths]

    cuts = list(batches(tokens))

    held = [n for n, row in enumerate(tokens) if row]
    assert sorted(n for cut, _ in cuts for n in cut) == held
    for cut, width in cuts:
        assert width % STEP == 0
        assert all(width - STEP < len(tokens[n]) <= width for n in cut)


def test_a_kind_nobody_has_heard_of_is_read_like_any_other():
    known, unknown = (Sentence("We could not ship.", kind=kind) for kind in ("note", "a poem"))

    assert skim().logits([known, unknown]).shape == (2, 17)
