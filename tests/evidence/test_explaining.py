"""What made a label is found by leaving things out; what a match is made of adds up."""

from dataclasses import replace
from math import log
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import make
from unsolved import evidence
from unsolved.evidence import Evidence, Facet, Method, Quote, Role, Sentence, Span, Verdict, Why
from unsolved.evidence.cues import cue_reader
from unsolved.evidence.explaining import MOST_PARTS, label
from unsolved.evidence.match import FEATURES, Matcher, Weights

TEXT = "The orders came in May. All the orders were late again. It failed at once."
LATE = "All the orders were late again."

patient = settings(deadline=None)  # how long it takes depends on who else is at work
words = st.lists(
    st.sampled_from(["orders", "late", "failed", "pay", "could", "the"]), min_size=1, max_size=9
).map(" ".join)
numbers = st.floats(-5, 5, allow_nan=False)


def piece(quote: str = LATE, **but: Any) -> Evidence:
    start = TEXT.index(quote)
    place = Quote(quote, Span(start, start + len(quote)))
    return replace(make.evidence(Facet.PROBLEM, quote=quote, **but), quote=place)


def why(method: Method, **but: Any) -> Why:
    return evidence.why(piece(**but), TEXT, method)


def worths(why: Why, facet: Facet) -> dict[str, float]:
    return {part.text: part.worth[facet] for part in why.labelling.parts}


def test_the_word_that_made_the_label_is_worth_most_and_the_others_nothing(method: Method):
    found = worths(why(method), Facet.PROBLEM)

    assert found.pop("late") == pytest.approx(log(9) + log(19), abs=1e-3)
    assert set(found.values()) == {0}


def test_a_word_may_speak_against_a_facet():
    class Heeds(make.WordReader):
        def label(self, sentences):
            said = super().label(sentences)
            return [
                replace(
                    one, facets={**one.facets, Facet.FAILURE: 0.2 if "not" in s.text else 0.8}
                )
                for s, one in zip(sentences, said, strict=True)
            ]

    found = label(Sentence("The new system has not failed."), Heeds())

    assert {part.text for part in found.parts if part.worth[Facet.FAILURE] < 0} == {"not"}


def test_neighbours_and_the_kind_of_document_are_left_out_too(method: Method):
    parts = why(method).labelling.parts

    assert [(part.role, part.text) for part in parts if part.role is not Role.WORD] == [
        (Role.BEFORE, "The orders came in May."),
        (Role.AFTER, "It failed at once."),
        (Role.KIND, "filing"),
    ]


def test_the_cues_in_a_sentence_are_named():
    sentence = Sentence("The new system has failed.")

    cues = label(sentence, cue_reader()).cues

    found = {sentence.text[c.span.start : c.span.end] for c in cues if c.means is Facet.FAILURE}
    assert any("failed" in words for words in found)


@patient
@given(words)
def test_every_word_is_left_out_once_and_stands_where_it_says(text: str):
    found = label(Sentence(text), make.WordReader()).parts

    assert [part.text for part in found] == (text.split() if " " in text else [])
    for part in found:
        assert part.span
        assert text[part.span.start : part.span.end] == part.text


@patient
@given(st.integers(1, 400))
def test_of_a_long_sentence_so_many_parts_are_left_out_that_it_can_be_waited_for(count: int):
    text = " ".join(f"w{n}" for n in range(count))
    reader = make.WordReader()

    found = label(Sentence(text), reader).parts

    assert len(reader.seen) <= MOST_PARTS + 1
    assert " ".join(part.text for part in found) == (text if count > 1 else "")


@patient
@given(
    st.lists(words, min_size=1, max_size=6),
    st.integers(0, 5),
    st.tuples(numbers, *[numbers for _ in FEATURES]),
)
def test_what_weighs_for_a_problem_adds_up_to_its_match(small_embedding, texts, at, weights):
    at %= len(texts)
    matcher = Matcher(make.LIBRARY, small_embedding, Weights(weights[0], weights[1:]))

    weighed = matcher.weigh("The pay", texts, at)

    matched = matcher.match("The pay", texts, [at])[0].tolist()
    for problem, match in zip(make.LIBRARY.problems, matched, strict=True):
        told = evidence.Weighing(problem.id, tuple(weighed[problem.id]), (), None)
        assert told.probability == pytest.approx(match, abs=1e-4)


@pytest.fixture(scope="module")
def small_embedding():
    return make.WordVectors()


def test_the_terms_that_were_found_are_named(method: Method):
    [late] = why(method).weighings

    assert (late.problem_id, late.terms) == ("late_orders", ("orders",))


def test_what_was_said_of_sentences_like_it_is_a_part_of_its_own(method: Method):
    [late] = why(method, matches={"late_orders": 0.9}, untaught={"late_orders": 0.8}).weighings

    name, worth = late.parts[-1]
    assert name == "what was said of sentences like it"
    assert worth == pytest.approx(log(9) - log(4))


def test_a_verdict_is_told_and_settles_whatever_the_parts_say(method: Method):
    [late] = why(
        method,
        matches={"late_orders": 0.0},
        untaught={"late_orders": 0.9},
        verdicts={"late_orders": Verdict.DISMISSED},
    ).weighings

    assert late.verdict is Verdict.DISMISSED
    assert late.probability > 0.5


def test_a_quote_cut_by_an_earlier_version_is_explained_alone(method: Method):
    found = evidence.why(piece("orders were late"), TEXT, method).labelling

    assert found.sentence == Sentence("orders were late", kind="filing")


def test_an_explanation_asks_the_reader_once():
    class Counts(make.WordReader):
        def label(self, sentences):
            calls.append(len(sentences))
            return super().label(sentences)

    calls: list[int] = []

    why(make.method(reader=Counts()))

    assert calls == [1 + 6 + 3]
