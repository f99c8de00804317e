import pytest

from tests import make
from unsolved.evidence.match import FEATURES, WINDOW, Matcher, Weights, term_pattern
from unsolved.problems import Library

OWN, AROUND, TITLE = 0, 1, 2
QUIET = "Nothing of note was said."


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return make.method().matcher


def test_a_sentence_with_a_problems_term_is_about_that_problem(matcher: Matcher):
    [[pay, orders]] = matcher.match("", ["The pay came out wrong."], [0])[:, ::-1].tolist()

    assert pay > 0.9
    assert orders < 0.1


def test_a_sentence_without_any_term_is_about_none(matcher: Matcher):
    assert matcher.match("", [QUIET], [0]).max() < 0.1


def test_one_row_a_chosen_sentence_and_one_column_a_problem(matcher: Matcher):
    assert matcher.match("", [QUIET] * 5, [1, 3]).shape == (2, 2)
    assert matcher.match("", [QUIET], []).shape == (0, 2)


def test_an_empty_library_matches_nothing():
    matcher = make.method(library=Library(())).matcher

    assert matcher.match("", [QUIET], [0]).shape == (1, 0)


def test_what_surrounds_a_sentence_is_seen_up_to_the_window_and_no_further(matcher: Matcher):
    texts = ["All orders were late.", *[QUIET] * (WINDOW + 1)]

    near, far = matcher.features("", texts, [WINDOW, WINDOW + 1])[:, 0, AROUND].tolist()

    assert near > 0
    assert far == 0


def test_the_title_counts_for_every_sentence(matcher: Matcher):
    titled = matcher.features("Pay, again", [QUIET] * 2, [0, 1])

    assert titled[:, 1, TITLE].tolist() == [1, 1]
    assert titled[:, 0, TITLE].tolist() == [0, 0]


def test_the_answer_does_not_depend_on_what_else_is_chosen(matcher: Matcher):
    texts = ["All orders were late.", "The pay was wrong.", QUIET]

    together = matcher.match("A letter", texts, [0, 1, 2])

    assert together[1].tolist() == pytest.approx(
        matcher.match("A letter", texts, [1])[0].tolist()
    )


def test_more_mentions_of_a_term_count_once_and_different_terms_add_up():
    library = Library((make.problem("late_orders", "orders", "deliveries"),))
    matcher = make.method(library=library).matcher

    same, different = matcher.features(
        "", ["orders orders orders", "orders deliveries"], [0, 1]
    )

    assert (same[0, OWN], different[0, OWN]) == (1, 2)


TERMS = [
    ("pay case", "Two Pay cases piled up", True),
    ("pay case", "the pay-case office", True),
    ("pay case", "the paycase office", False),
    ("ERP", "the ERP's ledger", True),
    ("ERP", "a serpent", False),
    ("go-live", "after go-live", True),
]


@pytest.mark.parametrize(("term", "text", "found"), TERMS)
def test_terms_are_found_as_whole_words_plural_or_not(term: str, text: str, found: bool):
    assert bool(term_pattern([term]).search(text)) is found


def test_no_terms_find_nothing():
    assert not term_pattern([]).search("anything")


def test_the_fingerprint_changes_with_the_library_and_with_the_weights():
    embedding = make.WordVectors()
    weights = Weights(0.0, (1.0,) * len(FEATURES))
    one = Matcher(make.LIBRARY, embedding, weights)

    assert Matcher(make.LIBRARY, embedding, weights).fingerprint == one.fingerprint
    assert Matcher(Library(()), embedding, weights).fingerprint != one.fingerprint
    other = Weights(0.5, weights.features)
    assert Matcher(make.LIBRARY, embedding, other).fingerprint != one.fingerprint


def test_the_shipped_weights_name_every_feature():
    assert len(Weights.read().features) == len(FEATURES)
