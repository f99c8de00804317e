from pathlib import Path

import pytest

from tests.conversations.drafts import bad, further, good
from tests.conversations.drafts.found import failing, findings, found, whole
from tests.conversations.drafts.phrases import FINDS, LOOK_ALIKE
from unsolved.conversations import drafts
from unsolved.conversations.drafts.catalogue import GROUPS, page
from unsolved.conversations.drafts.rules import checks

GOOD = (*good.GOOD, *further.GOOD)
BAD = (*bad.BAD, *further.BAD)
RULES = drafts.rules()
WITH_EVIDENCE = {"C204"}  # see test_against.py


@pytest.mark.parametrize("rule", [r for r in RULES if r not in WITH_EVIDENCE])
def test_a_rule_finds_its_bad_example(rule: str):
    assert rule in found(whole(RULES[rule].bad))


@pytest.mark.parametrize("rule", [r for r in RULES if r not in WITH_EVIDENCE])
def test_no_rule_finds_anything_grave_in_a_good_example(rule: str):
    assert failing(whole(RULES[rule].good)) == set()


@pytest.mark.parametrize("number", range(len(GOOD)))
def test_a_good_mail_is_left_alone(number: int):
    assert failing(GOOD[number]) == set()


@pytest.mark.parametrize("number", range(len(BAD)))
def test_a_bad_mail_is_found_by_the_rule_it_breaks(number: int):
    rule, text = BAD[number]

    assert rule in found(text)


@pytest.mark.parametrize(
    ("rule", "words"), [(rule, words) for rule, every in FINDS.items() for words in every]
)
def test_a_rule_knows_a_phrase(rule: str, words: str):
    assert rule in found(words)


@pytest.mark.parametrize("words", LOOK_ALIKE)
def test_what_only_looks_alike_is_left_alone(words: str):
    assert failing(words) <= {"Q502"}


def test_every_rule_thinks_and_says_why_and_what_instead():
    assert len(RULES) >= 24
    assert set(checks()) == set(RULES)
    assert len({rule.name for rule in RULES.values()}) == len(RULES)
    for rule in RULES.values():
        assert rule.id[0] in GROUPS
        assert all((rule.catches, rule.why, rule.instead, rule.bad, rule.good))


def test_the_page_of_rules_is_what_the_rules_say():
    path = Path(__file__).parents[3] / "docs" / "drafts.md"

    assert path.read_text("utf-8") == page(), "run: python scripts/drafts_page.py"


def test_two_questions_are_a_note_and_three_a_warning():
    two = "Your report of 3 March 2024 speaks of delays. Since when? Why?"

    [note] = [one for one in findings(two) if one.rule == "Q503"]
    [warning] = [one for one in findings(f"{two} Where?") if one.rule == "Q503"]

    assert not note.fails
    assert warning.fails


def test_what_the_reader_asked_for_is_no_pitch():
    offer = "Our platform does it in a day. What would you need to see?"

    assert {"P101", "P102"} & found(offer)
    assert not {"P101", "P102"} & found(f"{offer}\n\nOn 3 May Ann wrote:\n> What do you offer?")


def test_seen_with_others_does_not_count_as_we():
    text = (
        "We see this in bakeries: we hear it in spring, and we saw it in Uppsala, where bread"
        " does not wait for planners. How is it with you?"
    )

    assert "W601" not in found(text)


def test_a_famous_reader_may_be_named():
    text = "To: ann@nestle.example\n\nWe work with Nestlé in Vevey. What changed there in May?"

    assert "N301" in found(text.replace("ann@nestle.example", "ann@other.example"))
    assert "N301" not in found(text.replace("nestle", "nestlé"))


def test_another_language_is_said_and_judged_by_rules_without_words():
    text = (
        "Hallo {{name}},\n\nunsere Plattform hilft Unternehmen wie Ihrem, Zeit zu sparen. Wir"
        " bieten eine kostenlose Demo an, und das ist für Sie ohne Risiko, weil wir die Kosten"
        " tragen. Wann haben Sie Zeit?\n"
    )

    assert found(text) == {"S908", "F702"}
    assert "S908" in found("こんにちは、私たちの製品をご覧ください。ありがとうございます。")
