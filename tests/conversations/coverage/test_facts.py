"""What the buyer told is proposed, with the sentence it stands in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conversations.coverage.lines import covered, read
from unsolved.conversations.coverage import FactKind

# «» marks what is proposed; the word before is its kind. Without marks, nothing of it is.
FACTS = [
    ("number", "It costs us «eleven hundred a week», all told."),
    ("number", "We lost «$2.5 million» on it."),
    ("number", "«Forty per cent» of the shifts are known."),
    ("number", "There are «sixty-two thousand open cases»."),
    ("number", "It takes «nine days» on average."),
    ("number", "They call me at seven about it."),
    ("number", "The two of us stand in the corridor."),
    ("name", "It is «Marguerite Ashe» who decides."),
    ("name", "«Frau Jankowski» runs the depot."),
    ("name", "«Roland»'s gone since the trial."),
    ("name", "I'd say that we've tried."),
    ("name", "On Friday in October, perhaps."),
    ("date", "It has to be done «by Easter», really."),
    ("date", "The board meets «on the twenty-sixth», as ever."),
    ("date", "It broke «in April» for the first time."),
    ("date", "We may have to wait for it."),
]


@pytest.mark.parametrize(("kind", "marked"), FACTS)
def test_facts_are_recognised(kind: str, marked: str):
    text = marked.replace("«", "").replace("»", "")
    wanted = [part.partition("»")[0] for part in marked.split("«")[1:]]

    found = covered(f"B [tell] {text}")

    told = [fact.detail for fact in found.facts if fact.kind == kind]
    assert told == wanted


def test_goals_and_attempts_are_whole_sentences():
    found = covered(
        """
        B [tell goals] We want half of the late orders gone.
        B [tell attempts] The consultants came and went.
        B [tell] We bought a scanner system for it.
        """
    )

    assert [(fact.kind, fact.detail) for fact in found.facts] == [
        (FactKind.GOAL, "We want half of the late orders gone."),
        (FactKind.ATTEMPT, "The consultants came and went."),
        (FactKind.ATTEMPT, "We bought a scanner system for it."),
    ]


def test_what_the_seller_says_is_no_fact():
    found = covered(
        "S [tell] We have four hundred customers and Ann Lee leads.\nB [agree] Yes."
    )

    assert found.facts == ()


def test_who_speaks_is_no_news():
    found = read(
        "Ann Lee: What do you think, Bo?", "Bo Holm: Well, Ann, ask Carla Diaz about it."
    )

    names = [fact.detail for fact in found.facts if fact.kind is FactKind.NAME]
    assert "Ann" not in names


def test_a_thing_said_twice_is_proposed_once():
    found = covered(
        "B [tell] It is forty days.\nS [courtesy] Hm.\nB [tell] As I said, forty days."
    )

    assert [fact.detail for fact in found.facts] == ["forty days"]


@given(st.text(alphabet="abc AB12.,?!'\u2019€%-\n", max_size=200))
def test_a_fact_is_always_verbatim(text: str):
    found = read("S: What is it?", f"B: {text or '-'}")

    for fact in found.facts:
        turn = found.talk.turns[fact.words.turn]
        assert fact.words.text in turn.text
        assert fact.detail in fact.words.text
