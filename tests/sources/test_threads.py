"""Mails become conversations, in whatever order they come."""

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from unsolved.sources.mail import Threaded, threads

DAY = datetime(2026, 2, 2, tzinfo=UTC)
ANN_AND_BO = frozenset({"ann@acme.com", "bo@norden.com"})


def mail(name: str, day: int = 0, **more) -> Threaded:
    return Threaded(id=name, at=DAY + timedelta(days=day), **more)


def lost(name: str, day: int, subject: str, people: frozenset[str] = ANN_AND_BO) -> Threaded:
    """An answer that names no other mail."""
    return mail(name, day, subject=subject, people=people)


def test_answers_belong_to_the_mail_that_they_answer():
    found = threads(
        [
            mail("a"),
            mail("b", 1, in_reply_to="a"),
            mail("c", 2, in_reply_to="b", references=["a", "b"]),
            mail("d", 3),
        ]
    )

    assert found == {"a": "a", "b": "a", "c": "a", "d": "d"}


def test_a_mail_that_is_missing_still_holds_its_answers_together():
    found = threads([mail("b", 1, in_reply_to="gone"), mail("c", 2, references=["gone"])])

    assert found == {"b": "gone", "c": "gone"}


def test_the_middle_of_a_conversation_may_be_missing():
    found = threads(
        [mail("a"), mail("c", 2, references=["a", "b"]), mail("d", 3, references=["b"])]
    )

    assert found == {"a": "a", "c": "a", "d": "a"}


def test_mails_that_answer_each_other_in_a_circle_are_one_conversation():
    found = threads([mail("a", in_reply_to="b"), mail("b", 1, in_reply_to="a")])

    assert found == {"a": "a", "b": "a"}


def test_a_mail_that_answers_itself_is_its_own_root():
    assert threads([mail("a", in_reply_to="a", references=["a"])]) == {"a": "a"}


def test_an_answer_that_names_none_joins_by_its_subject_and_people():
    found = threads([lost("a", 0, "The rollout"), lost("b", 3, "RE: Aw: The  Rollout")])

    assert found == {"a": "a", "b": "a"}


def test_a_subject_joins_nothing_that_other_people_wrote():
    """One address in common is usually our own."""
    others = frozenset({"ann@acme.com", "cy@other.org"})

    found = threads([lost("a", 0, "Meeting"), lost("b", 1, "Re: Meeting", others)])

    assert found == {"a": "a", "b": "b"}


def test_a_subject_joins_nothing_that_is_no_answer_or_too_late_or_empty():
    found = threads(
        [
            lost("a", 0, "Meeting"),
            lost("b", 1, "Meeting"),
            lost("c", 200, "Re: Meeting"),
            lost("d", 0, ""),
            lost("e", 1, "Re:"),
        ]
    )

    assert all(name == root for name, root in found.items())


def test_an_answer_that_names_another_is_not_joined_by_its_subject():
    answer = mail("b", 1, subject="Re: Meeting", people=ANN_AND_BO, in_reply_to="x")

    assert threads([lost("a", 0, "Meeting"), answer]) == {"a": "a", "b": "x"}


def test_a_long_conversation_is_found_quickly():
    chain = [mail("0"), *(mail(str(n), n, in_reply_to=str(n - 1)) for n in range(1, 20_000))]

    assert set(threads(reversed(chain)).values()) == {"0"}


NAMES = st.sampled_from("abcdefgh")
MAILS = st.builds(
    Threaded,
    id=NAMES,
    in_reply_to=st.none() | NAMES,
    references=st.lists(NAMES, max_size=3),
    subject=st.sampled_from(["", "Re:", "Plan", "Re: Plan", "Fwd: plan", "Re: Other"]),
    at=st.none() | st.integers(0, 200).map(lambda days: DAY + timedelta(days=days)),
    people=st.frozensets(st.sampled_from(["ann", "bo", "cy"])),
)


@settings(max_examples=300, deadline=None)
@given(st.lists(MAILS, max_size=10), st.randoms())
def test_the_order_in_which_mails_come_changes_nothing(mails: list[Threaded], random):
    shuffled = [*mails]
    random.shuffle(shuffled)

    assert threads(mails) == threads(shuffled)


@settings(max_examples=300, deadline=None)
@given(st.lists(MAILS, max_size=10))
def test_each_mail_has_one_root_and_shares_it_with_what_it_names(mails: list[Threaded]):
    found = threads(mails)

    assert set(found) == {one.id for one in mails}
    for one in {one.id: one for one in mails}.values():
        if [other.id for other in mails].count(one.id) == 1:
            for named in one.parents:
                assert found.get(named, found[one.id]) == found[one.id]
    for root in found.values():
        assert found.get(root, root) == root
