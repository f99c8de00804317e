"""What a talk covered, in whose words; pitch and agreement, and what was never answered."""

import pytest

from tests.conversations.coverage.lines import covered
from unsolved.conversations.acts import THEMES, Topic
from unsolved.conversations.coverage import Coverage, Whose
from unsolved.problems import Problem
from unsolved.problems import Question as Asked


def whose(found: Coverage, topic: str) -> Whose:
    return next(theme.whose for theme in found.themes if theme.topic == topic)


# What was said, the theme, and in whose words it was covered.
THEME = [
    ("B [tell issue] The orders leave too late.", "issue", Whose.BUYER),
    ("S [presume issue] Your orders leave late.\nB [courtesy] Hm.", "issue", Whose.SELLER),
    ("S [presume why] It is the lists.\nB [agree] Yes, exactly.", "why", Whose.AGREED),
    ("S [question goals] What do you want?\nB [courtesy] Well.", "goals", Whose.ASKED),
    ("S [question goals] What do you want?\nB [tell] Half of it, gone.", "goals", Whose.BUYER),
    ("S [tell issue] Our orders leave late.", "issue", Whose.NOBODY),
    ("B [question people] Who else is there?", "people", Whose.NOBODY),
    ("S [presume why] It is the lists.\nB [reject] No, it is not.", "why", Whose.SELLER),
]


@pytest.mark.parametrize(("lines", "topic", "expected"), THEME)
def test_a_theme_is_covered_by_whoever_said_it(lines: str, topic: str, expected: Whose):
    assert whose(covered(lines), topic) is expected


def test_every_theme_is_told_of_in_order():
    assert tuple(theme.topic for theme in covered("S [courtesy] Hello.").themes) == THEMES


def test_an_answer_is_about_what_was_asked_but_only_in_the_next_turn():
    found = covered(
        """
        S [question attempts] What have you tried?
        B [tell] A scanner, and a second shift.
        S [courtesy] I see.
        B [tell] The weather was terrible all week.
        """
    )

    attempts = next(theme for theme in found.themes if theme.topic is Topic.ATTEMPTS)
    assert [words.text for words in attempts.quotes] == ["A scanner, and a second shift."]


def test_the_pitch_is_the_seller_s_first():
    found = covered(
        """
        B [pitch] Our own product is the best there is.
        S [question issue] What goes wrong?
        B [tell issue] The lists are late.
        S [pitch] Our tool does that in a minute.
        S [pitch] Customers love it.
        """
    )

    assert found.pitch
    assert (found.pitch.turn, found.pitch.text) == (3, "Our tool does that in a minute.")
    assert found.is_pitch_early


def test_a_problem_is_agreed_when_the_buyer_confirms_how_it_is_summed_up():
    found = covered(
        """
        S [presume issue] Your orders leave late.
        B [agree] Yes.
        B [tell issue] Two thousand of them, every week, and the night shift waits.
        S [reflect] So it is the lists that come too late for the night shift, not the people.
        S [question issue] Is that a fair picture?
        B [agree] Exactly, that is it.
        S [pitch] Our tool does that.
        """
    )

    assert found.agreement
    assert found.agreement.words.turn == 3
    assert found.agreement.on
    assert found.agreement.on.text.startswith("So it is the lists")
    assert not found.is_pitch_early


@pytest.mark.parametrize(
    "reply",
    [
        "B [reject] No, that is not it.",
        "B [question evidence] Why do you say so?",
        "B [tell] Hm.",
    ],
)
def test_without_a_yes_nothing_is_agreed(reply: str):
    found = covered(
        f"""
        B [tell issue] The lists come late and everybody waits for them.
        S [reflect] So it is the lists that come too late for the night shift, not the people.
        {reply}
        """
    )

    assert found.agreement is None


def test_to_agree_before_anything_was_told_is_not_to_agree_on_the_problem():
    found = covered(
        """
        S [reflect] So let me check that I read this correctly, you have a lot of late orders.
        B [agree] Yes, that is right.
        """
    )

    assert found.agreement is None


# What the seller says next, and whether the buyer's question is answered by it.
ANSWERS = [
    ("What does it cost?", "", "S [tell] Four hundred a month.", True),
    ("What does it cost?", "", "S [courtesy] We will get back to you on that.", False),
    ("What does it cost?", "", "S [reject] I can't say, I'm afraid.", False),
    ("What does it cost?", "", "S [question] What is your budget?", False),
    ("What does it cost?", "", "S [close] Shall we meet on Tuesday?", False),
    ("Who else uses it?", "", "S [names] Northwind, and the mill in Ghent.", True),
    ("What does it do?", "", "S [pitch] It sorts the lists in a minute.", True),
    ("Which ones?", "", "S [tell] Two.", True),
    ("Do you have it by size?", "", "S [tell] I don't have that split.", False),
    (
        "What makes you say we have this problem?",
        "evidence",
        "S [presume evidence] Your annual report says that a fifth of the orders left late.",
        True,
    ),
    (
        "What makes you say we have this problem?",
        "evidence",
        "S [insight] Everyone has it.",
        False,
    ),
    (
        "What makes you say we have this problem?",
        "evidence",
        "S [pitch] Our tool ends it.",
        False,
    ),
    (
        "What makes you say we have this problem?",
        "evidence",
        "S [tell] It was only a guess.",
        True,
    ),
    ("What is the error on that, as a number?", "evidence", "S [tell] About a tenth.", True),
]


@pytest.mark.parametrize(("question", "topic", "reply", "is_answered"), ANSWERS)
def test_what_answers_a_question(question: str, topic: str, reply: str, is_answered: bool):
    found = covered(f"B [question {topic}] {question}\n{reply}\nB [courtesy] I see.")

    (asked,) = found.questions
    assert (asked.answer is not None) is is_answered
    assert bool(asked.why) is not is_answered


def test_what_was_put_off_may_be_answered_later():
    found = covered(
        """
        B [question] How many scanners does the depot at Ghent need?
        S [courtesy] Let me come back to that.
        B [tell issue] Fine.
        S [tell] About the scanners in the depot at Ghent: you need forty of them.
        """
    )

    assert found.unanswered == ()


def test_a_question_to_a_colleague_is_not_the_seller_s_to_answer():
    found = covered("B [question] Did we buy that?\nC [tell people] We did.\nS [courtesy] Ah.")

    assert found.questions == ()


def test_a_sound_of_somebody_else_s_parts_no_question_from_its_answer():
    found = covered(
        "B [question] What does it cost?\nC [courtesy] Um.\nS [tell] Four hundred a month."
    )

    assert [one.answer and one.answer.text for one in found.questions] == [
        "Four hundred a month."
    ]


def test_the_last_question_of_a_call_stays_open():
    assert [
        one.words.text for one in covered("S [tell] So.\nB [question] And who pays?").unanswered
    ] == ["And who pays?"]


def test_a_presumption_has_a_ground_and_a_reply_or_not():
    found = covered(
        """
        S [presume evidence] Your accounts say that stock doubled.
        S [presume issue] I imagine that the lists are wrong.
        B [agree] They are.
        S [courtesy] Right.
        S [courtesy] Well.
        S [courtesy] So.
        B [courtesy] Go on.
        S [presume people] Your boss surely minds.
        B [reject] She does not.
        """
    )

    first, second = found.presumptions
    assert first.ground
    assert first.ground.text == "Your accounts say that stock doubled."
    assert first.is_agreed is True
    assert second.ground is None
    assert second.is_agreed is False


def test_what_is_open_is_asked_next_in_order_and_goes_on_from_the_buyer_s_words():
    found = covered(
        """
        B [tell issue] The lists come two hours late every night.
        S [question goals] What do you want?
        B [tell goals] Half of that by the summer, at least.
        """
    )

    asked = [ask.topic for ask in found.asks]
    assert asked == ["why", "impact", "attempts", "people", "urgency", "alternatives"]
    assert "“The lists come two hours late every night”" in found.asks[0].text
    assert all(ask.text.endswith("?") for ask in found.asks)


def test_a_source_that_is_owed_comes_first():
    found = covered(
        "B [question evidence] What makes you say we have this?\nS [pitch] Our tool ends it."
    )

    assert found.asks[0].topic is Topic.EVIDENCE
    assert "What makes you say we have this?" in found.asks[0].text


def test_a_problem_of_the_library_brings_its_own_questions():
    problem = Problem(
        id="late",
        title="Late",
        statement="Orders leave late.",
        symptoms=("late",),
        questions=(
            Asked("attempts", "Which change did you take back?"),
            Asked("anything", "Who decides on the night shift?"),
        ),
    )

    found = covered("B [tell issue] The lists come late.", problem)

    told = {ask.topic: ask for ask in found.asks}
    assert told[Topic.ATTEMPTS].text == "Which change did you take back?"
    assert told[Topic.PEOPLE].is_from_library
    assert not told[Topic.IMPACT].is_from_library


def test_shares_add_up_and_the_longest_turn_is_named():
    found = covered("S [tell] One two three.\nB [tell] One.\nS [tell] One two.\nB [tell] So.")

    assert sum(share.share for share in found.shares) == pytest.approx(1)
    assert [(share.speaker, share.words) for share in found.shares] == [("S", 5), ("B", 2)]
    assert (found.longest and found.longest.turn, found.longest_words) == (0, 3)
