from dataclasses import replace

import pytest

from tests.conversations.drafts.found import failing
from tests.conversations.drafts.wider import ALIKE, FALLS, WIDER
from unsolved.conversations import drafts
from unsolved.conversations.drafts import Kind


@pytest.mark.parametrize(
    ("rule", "words"), [(rule, words) for rule, every in WIDER.items() for words in every]
)
def test_a_rule_is_broken_in_many_words(rule: str, words: str):
    assert rule in failing(words)


@pytest.mark.parametrize("words", ALIKE)
def test_a_fact_or_a_question_with_the_same_words_is_left_alone(words: str):
    assert failing(words) <= {"Q502"}


@pytest.mark.parametrize("words", FALLS)
def test_numbers_that_move_the_other_way_are_found(words: str):
    assert "C204" in failing(words)


def test_a_cause_needs_a_source_of_its_own():
    fact = "The met office counted nineteen wet days in August 2024. "
    claim = "Your dryer stood idle because the burner was never serviced."

    assert "C201" in failing(fact + claim)
    assert failing("The minutes of 3 May say your dryer stood idle because of a burner.") <= {
        "Q502"
    }


def test_what_answers_an_unseen_mail_may_have_been_asked_for():
    text = "Subject: Re: Racks\n\nWe rent out racks. Could we meet on Thursday?\n"
    [draft] = drafts.parse("a.txt", text, Kind.TEXT).drafts

    [alone] = drafts.lint([draft])
    [answer] = drafts.lint([replace(draft, is_reply=True)])

    assert {"P101", "A403"} <= {one.rule for one in alone.findings if one.fails}
    assert not {"P101", "A403"} & {one.rule for one in answer.findings if one.fails}
