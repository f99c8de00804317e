"""When somebody was last heard is the later of what we noted and what was exchanged."""

from datetime import timedelta

from tests.deals.stakeholders.people import deal, exchange, person
from tests.deals.worlds import TODAY
from unsolved.deals.model import Channel
from unsolved.deals.stakeholders import Contact, contacts


def contact(*exchanges, **but) -> Contact:
    ada = person("Ada", person_id=7, **but)
    return contacts(deal(ada, exchanges=exchanges))[1]


def test_the_later_of_a_meeting_noted_and_a_mail_of_theirs_counts():
    met = TODAY - timedelta(days=9)

    assert contact(exchange(5, 7), met_on=met).days == 5
    assert contact(exchange(12, 7), met_on=met).days == 9
    assert contact(exchange(12, 7), met_on=met).exchange is None
    assert contact(exchange(5, 7), met_on=met).exchange is not None


def test_a_mail_is_a_sign_of_its_writer_only():
    assert contact(exchange(5, 8, 7)).days is None


def test_a_mail_of_ours_is_no_sign_but_is_told():
    found = contact(exchange(3, 7, is_ours=True))

    assert found.sign_on is None
    assert found.wrote_on == TODAY - timedelta(days=3)


def test_a_meeting_that_was_held_is_a_sign_of_all_who_were_asked_in():
    held = exchange(4, 8, 7, is_ours=True, channel=Channel.MEETING)
    off = exchange(4, 8, 7, is_ours=True, channel=Channel.MEETING, is_off=True)
    ahead = exchange(-4, 8, 7, is_ours=True, channel=Channel.MEETING)

    assert contact(held).days == 4
    assert contact(off).days is None
    assert contact(ahead).days is None


def test_an_automatic_answer_is_no_sign():
    assert contact(exchange(1, 7, is_automatic=True)).days is None


def test_a_meeting_that_is_still_to_come_is_none_yet():
    assert contact(met_on=TODAY + timedelta(days=1)).days is None
