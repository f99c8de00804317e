"""What people said of sentences counts at once, moves its like a little, and is never lost."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import make
from unsolved import evidence, sources
from unsolved.db import Sessions, transaction
from unsolved.errors import NotFound
from unsolved.evidence import Evidence, Facet, Feedback, Method, Verdict
from unsolved.evidence.embedding import embedding
from unsolved.evidence.feedback import hear, moved
from unsolved.problems import Library

PROBLEM = "late_orders"
SENTENCES = [
    "Deliveries of spare parts arrived weeks behind schedule again this year.",
    "Shipments of spare parts came weeks behind schedule again last spring.",
    "The carrier left parcels waiting in the depot for more than a month.",
    "The auditor resigned after the accounts could not be signed in time.",
    "Nurses were paid the wrong wages for the third month in a row.",
    "It failed at once.",
]

patient = settings(deadline=None)  # how long it takes depends on who else is at work
matches = st.sampled_from([0.05, 0.2, 0.5, 0.8, 1.0])
verdicts = st.sampled_from(Verdict)


@st.composite
def pieces(draw: st.DrawFn) -> list[Evidence]:
    """Draw some sentences, each in a document of its own."""
    quotes = draw(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=5))
    return [
        make.evidence(
            Facet.PROBLEM,
            quote=quote,
            lineage=(1, f"d{at}"),
            matches={PROBLEM: draw(matches), "bad_pay": 0.4},
        )
        for at, quote in enumerate(quotes)
    ]


@st.composite
def feedback(draw: st.DrawFn) -> Feedback:
    """Draw what somebody said of one of the sentences, in one of the documents."""
    quote, at = draw(st.sampled_from(SENTENCES)), draw(st.integers(0, 6))
    return make.feedback(quote, draw(verdicts), lineage=(1, f"d{at}"))


said = st.lists(feedback(), max_size=6, unique_by=lambda one: (one.statement, one.lineage))


def heard(pieces: list[Evidence], said: list[Feedback]) -> list[Evidence]:
    return hear(pieces, said, embedding().embed)


def match(piece: Evidence, problem: str = PROBLEM) -> float:
    return piece.matches[problem]


@patient
@given(pieces())
def test_without_feedback_nothing_changes(pieces: list[Evidence]):
    assert heard(pieces, []) == pieces


@patient
@given(pieces(), said, st.randoms())
def test_the_order_in_which_things_are_said_does_not_matter(pieces, said, chance):
    shuffled = chance.sample(said, len(said))

    assert heard(pieces, shuffled) == heard(pieces, said)


@patient
@given(pieces(), said, feedback())
def test_a_confirm_never_lowers_a_match_and_a_dismiss_never_raises_one(pieces, said, more):
    same = (more.statement, more.lineage)
    said = [one for one in said if (one.statement, one.lineage) != same]

    before, after = heard(pieces, said), heard(pieces, [*said, more])

    sign = 1 if more.verdict is Verdict.CONFIRMED else -1
    for one, other in zip(before, after, strict=True):
        assert sign * (match(other) - match(one)) >= -1e-4


@patient
@given(pieces(), said)
def test_only_the_problem_that_was_spoken_of_moves(pieces, said):
    for piece in heard(pieces, said):
        assert match(piece, "bad_pay") == 0.4


@patient
@given(pieces(), said)
def test_how_it_was_before_anybody_spoke_is_told(pieces, said):
    for one, other in zip(pieces, heard(pieces, said), strict=True):
        assert other == one or other.untaught == one.matches


@patient
@given(matches, st.floats(-3, 3))
def test_a_match_that_is_moved_stays_a_probability(match: float, shift: float):
    assert 0 < moved(match, shift) <= 1


def test_the_sentence_itself_is_settled():
    piece = make.evidence(Facet.PROBLEM, quote=SENTENCES[0], lineage=(1, "a"))

    [yes] = heard([piece], [make.feedback(SENTENCES[0], Verdict.CONFIRMED, lineage=(1, "a"))])
    [no] = heard([piece], [make.feedback(SENTENCES[0], Verdict.DISMISSED, lineage=(1, "a"))])

    assert (match(yes), yes.verdicts) == (1.0, {PROBLEM: Verdict.CONFIRMED})
    assert (match(no), no.verdicts) == (0.0, {PROBLEM: Verdict.DISMISSED})
    assert no.is_dismissed(PROBLEM)


def test_the_same_statement_elsewhere_is_settled_where_it_has_words_enough():
    long, short = (
        make.evidence(Facet.FAILURE, quote=quote, lineage=(1, "here"))
        for quote in (SENTENCES[0], SENTENCES[-1])
    )
    elsewhere = [
        make.feedback(quote, Verdict.DISMISSED, lineage=(1, "there"))
        for quote in (SENTENCES[0], SENTENCES[-1])
    ]

    settled, open_ = heard([long, short], elsewhere)

    assert settled.is_dismissed(PROBLEM)
    assert not open_.verdicts
    assert 0 < match(open_) < match(short)


def test_what_was_said_of_its_own_document_comes_before_what_was_said_elsewhere():
    here = make.evidence(Facet.PROBLEM, quote=SENTENCES[0], lineage=(1, "here"))
    there = replace(here, lineage=(1, "there"))
    third = replace(here, lineage=(1, "third"))
    said = [
        make.feedback(SENTENCES[0], Verdict.DISMISSED, lineage=(1, "here")),
        make.feedback(SENTENCES[0], Verdict.CONFIRMED, lineage=(1, "there")),
    ]

    verdicts = [piece.verdicts.get(PROBLEM) for piece in heard([here, there, third], said)]

    assert verdicts == [Verdict.DISMISSED, Verdict.CONFIRMED, None]


def test_the_nearer_a_sentence_is_the_more_it_moves_and_a_far_one_stays():
    near, less, far = (
        make.evidence(Facet.PROBLEM, quote=quote, matches={PROBLEM: 0.5}, lineage=(1, quote))
        for quote in (SENTENCES[1], SENTENCES[2], SENTENCES[3])
    )
    said = [make.feedback(SENTENCES[0], Verdict.CONFIRMED)]

    moved = [match(piece) for piece in heard([near, less, far], said)]

    assert moved[0] > moved[1] >= moved[2] == 0.5


def test_one_example_moves_its_like_less_than_several_do():
    piece = make.evidence(Facet.PROBLEM, quote=SENTENCES[1], matches={PROBLEM: 0.5})
    examples = [
        make.feedback(f"{SENTENCES[0]} {end}", Verdict.DISMISSED, lineage=(1, end))
        for end in ("It was so in May.", "It was so in June.", "It was so in July.")
    ]

    [once], [often] = heard([piece], examples[:1]), heard([piece], examples)

    assert match(often) < match(once) < 0.5
    assert match(once) > 0.1


TEXT = "All the orders for spare parts were late again in May. It failed at once."


def of_acme(sessions: Sessions, name: str = "Acme") -> list[Evidence]:
    with transaction(sessions) as tx:
        known = sources.called(tx, name)
        assert known is not None
        return evidence.of_organisation(tx, known.id)


@pytest.fixture
def read(sessions: Sessions, method: Method) -> Sessions:
    make.bring(sessions, make.draft(TEXT, key="a"))
    make.read(sessions, method)
    return sessions


def say(sessions: Sessions, verdict: Verdict, at: int = 0) -> Evidence:
    speak = evidence.confirm if verdict is Verdict.CONFIRMED else evidence.dismiss
    piece = of_acme(sessions)[at]
    with transaction(sessions) as tx:
        return speak(tx, piece.id, PROBLEM, now=make.SPRING)


def test_what_is_taken_back_leaves_everything_as_it_was(read: Sessions):
    before = of_acme(read)

    said = say(read, Verdict.DISMISSED)
    with transaction(read) as tx:
        again = evidence.undo(tx, said.id, PROBLEM)

    assert said.is_dismissed(PROBLEM)
    assert again == before[0]
    assert of_acme(read) == before
    with transaction(read) as tx:
        assert evidence.feedback_given(tx) == []


def test_taking_back_what_was_never_said_is_no_fault(read: Sessions):
    before = of_acme(read)

    with transaction(read) as tx:
        assert evidence.undo(tx, before[0].id, PROBLEM) == before[0]


def test_whoever_changes_their_mind_is_heard_with_the_last_word(read: Sessions):
    say(read, Verdict.DISMISSED)

    say(read, Verdict.CONFIRMED)

    assert match(of_acme(read)[0]) == 1
    with transaction(read) as tx:
        [kept] = evidence.feedback_given(tx)
    assert (kept.verdict, kept.said_at) == (Verdict.CONFIRMED, make.SPRING)


def test_feedback_outlives_a_new_reading(read: Sessions):
    before = say(read, Verdict.DISMISSED)

    other = make.method(reader=make.WordReader({"orders": Facet.URGENCY}))
    make.read(read, other)

    [piece] = of_acme(read)
    assert piece.labels == {Facet.URGENCY}
    assert piece.quote == before.quote
    assert piece.is_dismissed(PROBLEM)


def test_feedback_outlives_a_new_version_of_its_document(read: Sessions, method: Method):
    say(read, Verdict.CONFIRMED, at=1)

    make.bring(read, make.draft(f"A new beginning was late. {TEXT}", key="a"))
    make.read(read, method)

    assert [piece.verdicts for piece in of_acme(read)][-1] == {PROBLEM: Verdict.CONFIRMED}


def test_the_same_words_of_another_organisation_are_settled_too(read, method: Method):
    say(read, Verdict.DISMISSED)

    make.bring(read, make.draft(TEXT, about="Bolt"))
    make.read(read, method)

    long, short = of_acme(read, "Bolt")
    assert long.is_dismissed(PROBLEM)
    assert not short.verdicts


def test_what_was_said_of_the_same_words_elsewhere_can_be_taken_back_here(read, method):
    say(read, Verdict.DISMISSED)
    make.bring(read, make.draft(TEXT, about="Bolt"))
    make.read(read, method)

    with transaction(read) as tx:
        evidence.undo(tx, of_acme(read, "Bolt")[0].id, PROBLEM)

    assert not of_acme(read)[0].verdicts


def test_a_sentence_can_be_confirmed_that_the_matcher_never_thought_of(read: Sessions):
    assert PROBLEM not in of_acme(read)[1].matches

    said = say(read, Verdict.CONFIRMED, at=1)

    assert match(said) == 1


def test_feedback_on_a_problem_that_left_the_library_waits_for_its_return(
    read: Sessions, method: Method
):
    say(read, Verdict.CONFIRMED)
    make.read(read, make.method(library=Library((make.problem("other", "parts"),))))

    make.read(read, method)

    assert of_acme(read)[0].verdicts == {PROBLEM: Verdict.CONFIRMED}


def test_who_is_touched_by_feedback_is_told_apart_from_who_is_not(read, method: Method):
    make.bring(read, make.draft("The weather was good and pay was late.", about="Bolt"))
    make.read(read, method)
    say(read, Verdict.DISMISSED)

    with transaction(read) as tx:
        touched = evidence.feedback_by_organisation(tx)
        acme, bolt = (sources.called(tx, name) for name in ("Acme", "Bolt"))

    assert acme
    assert bolt
    assert acme.id in touched
    assert bolt.id not in touched


def test_no_evidence_no_feedback(sessions: Sessions):
    for speak in (evidence.confirm, evidence.dismiss):
        with pytest.raises(NotFound), transaction(sessions) as tx:
            speak(tx, 999, PROBLEM, now=make.SPRING + timedelta(days=1))
    with pytest.raises(NotFound), transaction(sessions) as tx:
        evidence.undo(tx, 999, PROBLEM)
