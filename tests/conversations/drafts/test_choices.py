import pytest

from tests.conversations.drafts.found import findings, found
from unsolved.conversations import drafts
from unsolved.conversations.drafts import Choices, Severity
from unsolved.errors import Invalid

PITCH = "Our platform helps companies save time. Can I show you a demo?"


def chosen(**told: object) -> Choices:
    facts = {name.replace("_", "-"): value for name, value in told.items()}
    return drafts.choices(facts, drafts.rules(), "unsolved.toml")


def test_the_more_exactly_named_wins():
    assert "P101" not in found(PITCH, chosen(ignore=["P"]))
    assert "P101" in found(PITCH, chosen(extend_select=["P101"], ignore=["P"]))
    assert found(PITCH, chosen(select=["P", "A"], ignore=["A4"])) == {"P101"}
    assert found(PITCH, chosen(select=["demo-before-problem"])) == {"A401"}
    assert found(PITCH, chosen(select=["ALL"], ignore=["ALL"])) == set()


def test_severities_are_chosen():
    told = chosen(severity={"A": "note", "A401": "warning"})

    [demo] = [one for one in findings(PITCH, told) if one.rule == "A401"]

    assert demo.severity is Severity.WARNING


def test_own_names_are_a_pitch_wherever_they_stand():
    text = "FlowPlan runs at two bakeries in Uppsala. Nordlicht made it. How do you plan?"

    assert "P101" not in found(text)
    assert "P101" in found(text, chosen(own=["FlowPlan", "Nordlicht"]))


def test_famous_names_are_added_and_limits_set():
    text = "We work with companies like Veridale. What held the second go-live up in Harrow?"

    assert "N301" in found(text, chosen(famous=["Veridale"]))
    assert "S901" in found(text, chosen(most_words=5))


@pytest.mark.parametrize(
    ("told", "says"),
    [
        ({"selct": ["P"]}, "did you mean select"),
        ({"select": ["P999"]}, "P999"),
        ({"select": 3}, "write a list"),
        ({"severity": {"P101": "fatal"}}, "one of error, warning, note"),
        ({"severity": "error"}, "under it"),
        ({"most-words": "many"}, "a whole number"),
        ({"most-words": True}, "a whole number"),
        ({"most-words": -1}, "a whole number"),
    ],
)
def test_a_slip_is_told_with_its_mend(told: dict[str, object], says: str):
    with pytest.raises(Invalid, match=says):
        drafts.choices(told, drafts.rules(), "unsolved.toml")


@pytest.mark.parametrize(
    "said",
    [
        "unsolved: ignore P101\n{}",
        "{}\n<!-- unsolved: ignore P101, A401 -->",
        "unsolved: ignore-next-line P101\n{}",
        "{} <!-- unsolved: ignore P101 -->",
        "# unsolved: ignore product-before-problem\n{}",
        "unsolved: IGNORE p1\n{}",
    ],
)
def test_a_draft_says_which_rules_are_silent(said: str):
    assert "P101" in found(PITCH)
    assert "P101" not in found(said.format(PITCH))
    assert "Q504" in found(said.format(PITCH))


def test_an_ignore_of_one_line_reaches_no_further():
    text = (
        f"unsolved: ignore-next-line P101\n{PITCH}\n\n{PITCH.replace('platform', 'software')}"
    )

    [offer, *_] = [one for one in findings(text) if one.rule == "P101"]

    assert offer.words.startswith("Our software")


def test_an_ignore_of_all_and_one_of_nothing():
    assert found(f"unsolved: ignore\n{PITCH}") == set()
    assert "S909" in found(f"unsolved: ignore Z123\n{PITCH}")
    assert "P101" in found(f"unsolved: ignore Z123\n{PITCH}")


def test_an_ignore_in_one_mail_of_a_sequence_is_not_for_the_next():
    text = f"Hi Ann,\n\nunsolved: ignore P101\n{PITCH}\n\n---\n\nHi Ann,\n\n{PITCH}"

    assert [one.order for one in findings(text) if one.rule == "P101"] == [1]
