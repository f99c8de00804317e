import pytest
from hypothesis import given
from hypothesis import strategies as st

from unsolved.evidence import resemblance
from unsolved.evidence.statement import statement_key

SAME = [
    ("We lost $5 million.", "We lost $7.5 million"),
    ("WE LOST MONEY", "we lost money!"),
    ("Orders, late again.", "Orders  late\nagain"),
]
DIFFERENT = [
    ("We lost money.", "We made money."),
    ("Orders are late.", "Are orders late?"),
]
TEXT = st.text(max_size=60)


@pytest.mark.parametrize(("one", "other"), SAME)
def test_figures_case_and_punctuation_make_no_other_statement(one: str, other: str):
    assert statement_key(one) == statement_key(other)


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_other_words_or_another_order_make_another_statement(one: str, other: str):
    assert statement_key(one) != statement_key(other)


@given(TEXT, TEXT)
def test_resemblance_is_mutual_and_between_nothing_and_all(one: str, other: str):
    alike = resemblance(one, other)

    assert 0 <= alike <= 1
    assert alike == resemblance(other, one)


@given(TEXT)
def test_a_text_resembles_itself_wholly(text: str):
    assert resemblance(text, text) == 1


def test_texts_that_share_no_word_do_not_resemble_each_other():
    assert resemblance("orders arrive late", "pay is wrong") == 0
