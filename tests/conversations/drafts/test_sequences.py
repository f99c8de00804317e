from tests.conversations.drafts.found import checked

FIRST = (
    "Hi Ann,\n\nyour report of 3 March 2024 speaks of late orders in Leeds. What happened?\n"
)
NEWS = "Hi Ann,\n\nthe auditor's note of 9 April counts 300 more. Which plant is it?\n"


def rules(*mails: str) -> list[set[str]]:
    text = "\n---\n".join(mails)
    return [{finding.rule for finding in one.findings} for one in checked(text)]


def test_a_follow_up_with_news_is_left_alone():
    assert rules(FIRST, NEWS) == [set(), set()]


def test_a_mail_that_repeats_or_brings_nothing_is_found():
    assert {"T001", "T002"} <= rules(FIRST, FIRST)[1]
    assert "T002" in rules(FIRST, "Hi Ann,\n\nany thoughts on the late orders?\n")[1]


def test_each_mail_asking_for_more_is_found():
    call = "Hi Ann,\n\nthe note of 9 April counts 300. Could we schedule a quick call?\n"
    demo = "Hi Ann,\n\nthe note of 2 May counts 340. I would like to show you a demo.\n"

    found = rules(FIRST, call, demo)

    assert "T004" in found[1]
    assert "T004" in found[2]
    assert "T004" not in rules(call, NEWS)[1]


def test_days_between_mails_are_counted():
    assert "T003" in rules(FIRST, f"after: 1 day\n\n{NEWS}")[1]
    assert "T003" not in rules(FIRST, f"after: 1 week\n\n{NEWS}")[1]
    assert "T003" in rules(f"day: 1\n\n{FIRST}", f"day: 90\n\n{NEWS}")[1]
    assert "T003" in rules(f"date: 2026-03-01\n\n{FIRST}", f"date: 2026-03-02\n\n{NEWS}")[1]


def test_a_fifth_mail_is_one_too_many():
    mails = [NEWS.replace("300", str(number)) for number in range(5)]

    found = rules(*mails)

    assert ["T005" in one for one in found] == [False, False, False, False, True]


def test_an_answer_in_the_same_thread_may_say_re():
    first, second = f"Subject: Late orders\n\n{FIRST}", f"Subject: Re: Late orders\n\n{NEWS}"

    assert "M805" not in rules(first, second)[1]
    assert "M805" in rules(first, second.replace("Re: Late", "Re: Other"))[1]


QUESTION = (
    "\n\nOn Mon, 3 March Ann wrote:\n> How long did the change of the rota take elsewhere?\n"
)
WHY = "\n\nOn Mon, 3 March Ann wrote:\n> What makes you say we have this problem?\n"


def test_a_question_of_the_reader_must_be_answered():
    [passed_over] = rules(f"Hi Ann,\n\nwould Tuesday suit you for a call?{QUESTION}")
    [answered] = rules(f"Hi Ann,\n\nthe change took nine weeks. Too long for you?{QUESTION}")

    assert "T006" in passed_over
    assert "T006" not in answered


def test_why_do_you_say_so_is_answered_by_a_source_or_an_admission():
    [evaded] = rules(f"Hi Ann,\n\nmany companies have it. Shall we talk?{WHY}")
    [sourced] = rules(f"Hi Ann,\n\npage 12 of your report of 2024 says so. Is it over?{WHY}")
    [owned] = rules(f"Hi Ann,\n\nit was a guess, and perhaps a wrong one. Was it?{WHY}")

    assert "T007" in evaded
    assert "T007" not in sourced
    assert "T007" not in owned
