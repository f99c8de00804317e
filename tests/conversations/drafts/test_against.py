from datetime import date

from unsolved.conversations import drafts
from unsolved.conversations.drafts import Checked, Kind, Reader
from unsolved.evidence import Assertion, Evidence, Facet, Quote, Span, Speaker

SAID = (
    "The second go-live of the order system was postponed to 2025.",
    "Late orders cost us $5 million in the third quarter.",
    "We have abandoned the ERP implementation after two years.",
    "About 18% of service tickets were reopened.",
    "Our plants in Leeds and York plan by hand.",
)


def piece(number: int, text: str, assertion: Assertion = Assertion.ACTUAL) -> Evidence:
    return Evidence(
        id=number,
        document_id=7,
        organisation_id=1,
        quote=Quote(text, Span(0, len(text))),
        facets={Facet.PROBLEM: 0.9},
        labels=frozenset({Facet.PROBLEM}),
        assertion=assertion,
        speaker=Speaker.ORGANISATION,
        fix=None,
        statement=text,
        matches={},
        title="Annual report",
        kind="filing",
        said_on=date(2024, 3, 1),
    )


def harrow(*said: str) -> Reader:
    pieces = [piece(number, text) for number, text in enumerate(said or SAID, 1)]
    return drafts.reader("Harrow Foods", ("Harrow",), pieces)


def held(text: str, reader: Reader | None = None) -> Checked:
    file = drafts.parse("a.txt", f"Hi Ann,\n\n{text}\n", Kind.TEXT)
    [checked] = drafts.lint_file(file, reader=reader or harrow())
    return checked


def rules(checked: Checked) -> set[str]:
    return {one.rule for one in checked.findings} & {"C201", "C204"}


def test_a_claim_in_the_same_or_other_words_is_borne_out_by_its_quote():
    for text, quote in (
        ("Your second go-live of the order system was delayed. Why?", 0),
        ("You gave up the ERP rollout; it was stopped after two years. Why?", 2),
        ("Harrow plans by hand in Leeds and York. What was tried?", 4),
    ):
        checked = held(text)
        assert rules(checked) == set(), text
        assert checked.backed[0].backing.quote == SAID[quote]


def test_a_claim_that_no_quote_makes_is_an_error_even_with_a_source_in_the_mail():
    checked = held("Your annual report of March 2024 says your canteen was closed. Why?")

    assert rules(checked) == {"C201"}
    assert checked.backed == ()


def test_a_number_must_be_the_one_that_was_said():
    right = held("Late orders cost you $5 million in the third quarter. Why?")
    rounded = held("Late orders cost you about $5.2 million in the third quarter. Why?")
    wrong = held("Late orders cost you $9 million in the third quarter. Why?")

    assert rules(right) == rules(rounded) == set()
    assert rules(wrong) == {"C204"}
    [number] = [one for one in wrong.findings if one.rule == "C204"]
    assert number.words == "$9 million"
    assert "$5 million" in number.message
    assert number.backing
    assert number.backing.quote == SAID[1]


def test_the_opposite_is_not_borne_out():
    assert rules(held("Your ERP implementation was resolved after two years. Why?")) == {"C201"}


def test_presumptions_questions_and_courtesies_are_no_claims():
    for text in (
        "I presume the canteen was closed. Is that so?",
        "Was your canteen closed in spring?",
        "If your canteen was closed, no answer is needed.",
        "Thank you for your time in Leeds.",
        "Let me know what you think of the canteen.",
    ):
        assert rules(held(text)) == set(), text


def test_what_we_saw_elsewhere_is_no_claim_about_the_reader():
    checked = held("We see bakeries whose ovens stand still; you may know it. Is it so?")

    assert rules(checked) == set()


def test_what_was_only_feared_or_said_of_others_bears_nothing_out():
    text = "Our canteen in Leeds was closed in spring."
    feared = drafts.reader("Harrow", (), [piece(1, text, Assertion.HYPOTHETICAL)])

    assert rules(held("Your canteen in Leeds was closed. Why?", feared)) == {"C201"}
    assert rules(held("Your canteen in Leeds was closed. Why?", harrow(text))) == set()


def test_where_nothing_is_known_nothing_is_borne_out():
    nobody = drafts.reader("Harrow", (), [])

    assert rules(held("Your canteen in Leeds was closed. Why?", nobody)) == {"C201"}
