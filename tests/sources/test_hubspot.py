"""HubSpot is read whole, once, and again only where something changed."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest

from tests.sources.hubspot_server import START, TOKEN, Account, serving
from unsolved.errors import Invalid, SourceDown, SourceRefused
from unsolved.sources.connector import Find, Visit
from unsolved.sources.connectors.hubspot import connector
from unsolved.sources.model import Draft, Kind, Refusal
from unsolved.sources.reach import Limits, Reach
from unsolved.sources.records import Gone, Mark, Part, RecordDraft, RecordKind

NOW = datetime(2026, 4, 1, tzinfo=UTC)
LONG = "They tried to fix the onboarding with a portal of their own, and it failed. " * 4


def visit(
    place: str, cursor: str | None = None, since: date | None = None, **settings
) -> Visit:
    limits = Limits(seconds=settings.pop("seconds", 20.0))
    reach = Reach(allowed=frozenset({place}), pause=lambda _: None, limits=limits)
    return Visit(
        name="our HubSpot",
        settings={"address": f"http://{place}", **settings},
        secrets={"token": settings.pop("token", TOKEN)},
        now=NOW,
        reach=reach,
        cursor=cursor,
        since=since,
    )


def until_it_breaks(finds: Iterator[Find]) -> tuple[list[Find], str | None]:
    """Return what was kept: everything up to the last mark before the source went down."""
    kept: list[Find] = []
    pending: list[Find] = []
    cursor = None
    try:
        for find in finds:
            pending.append(find)
            if isinstance(find, Mark):
                kept += pending
                pending, cursor = [], find.cursor
    except SourceDown:
        return kept, cursor
    return kept + pending, cursor


def read(place: str, cursor: str | None = None, **said) -> tuple[list[Find], str]:
    finds = list(connector(visit(place, cursor, **said)).fetch())
    assert isinstance(finds[-1], Mark)
    return finds, finds[-1].cursor


def records(finds: list[Find], kind: RecordKind | None = None) -> list[RecordDraft]:
    found = [one for one in finds if isinstance(one, RecordDraft)]
    return [one for one in found if kind in {None, one.kind}]


def digests(finds: list[Find]) -> dict[tuple[RecordKind, str], str]:
    return {(one.kind, one.key): one.digest for one in records(finds)}


@pytest.fixture
def account() -> Account:
    account = Account()
    norden = account.add(
        "companies",
        name="Norden AG",
        domain="norden.example",
        industry="COMPUTER_SOFTWARE",
        numberofemployees="250",
        annualrevenue="1500000",
        country="Germany",
        hubspot_owner_id="7",
    )
    child = account.add("companies", name="Norden Nord", hs_parent_company_id=norden)
    ann = account.add(
        "contacts", firstname="Ute", lastname="Berg", email="ute@norden.example", jobtitle="COO"
    )
    account.link("contacts", ann, "companies", child)
    account.link("contacts", ann, "companies", norden, "Primary")
    deal = account.add(
        "deals",
        dealname="Portal",
        amount="1200.50",
        dealstage="appointment",
        pipeline="default",
        closedate="2026-06-30",
    )
    account.change("deals", deal, amount="1300.50")
    account.change("deals", deal, dealstage="closedwon")
    account.link("deals", deal, "companies", norden, "Primary")
    account.link("deals", deal, "contacts", ann)
    note = account.add(
        "notes", hs_note_body=f"<p>{LONG}</p>", hs_timestamp="2026-02-03T10:00:00Z"
    )
    account.link("notes", note, "companies", norden)
    account.link("notes", note, "deals", deal)
    account.add(
        "emails",
        hs_email_subject="Re: portal",
        hs_email_text="Short.",
        hs_email_direction="INCOMING_EMAIL",
        hs_email_from_email="ute@norden.example",
        hs_email_to_email="Ann <ann@us.example>; bob@us.example",
    )
    account.add(
        "calls", hs_call_title="Call", hs_call_duration="90000", hs_call_direction="OUTBOUND"
    )
    account.add(
        "meetings",
        hs_meeting_title="Kick-off",
        hs_meeting_start_time="2026-02-04T10:00:00Z",
        hs_meeting_end_time="2026-02-04T10:45:00Z",
    )
    account.add("tasks", hs_task_subject="Call back", hs_task_status="COMPLETED")
    return account


@pytest.fixture
def place(account: Account) -> Iterator[str]:
    with serving(account) as place:
        yield place


def test_everything_is_read_under_the_names_we_use(place: str):
    finds, _ = read(place)

    norden, child = records(finds, RecordKind.ORGANISATION)
    assert norden.organisation is not None
    assert (norden.organisation.name, norden.organisation.domain) == (
        "Norden AG",
        "norden.example",
    )
    assert norden.facts["employees"] == 250
    assert norden.facts["revenue"] == "1500000"
    assert norden.facts["industry"] == "Computer software"
    assert norden.facts["owner"] == "Ann Lee"
    assert child.facts["parent"] == "Norden AG"
    (ute,) = records(finds, RecordKind.PERSON)
    assert ute.person is not None
    assert (ute.person.name, ute.person.email, ute.person.title) == (
        "Ute Berg",
        "ute@norden.example",
        "COO",
    )
    assert ute.organisation_key == norden.key  # the primary one of two
    (deal,) = records(finds, RecordKind.DEAL)
    assert (deal.organisation_key, deal.person_key) == (norden.key, ute.key)
    assert deal.facts["amount"] == 1300.5
    assert deal.facts["currency"] == "EUR"
    assert (deal.facts["stage"], deal.facts["pipeline"]) == ("Won", "Sales")
    assert (deal.facts["is_closed"], deal.facts["is_won"]) == (True, True)
    assert str(deal.facts["closed"]).startswith("2026-06-30")
    assert json.loads(deal.received)["properties"]["dealname"] == "Portal"
    assert not [one for one in finds if isinstance(one, Refusal)]


def test_a_deal_tells_when_it_entered_each_stage(place: str):
    finds, _ = read(place)

    first, second = records(finds, RecordKind.STAGE)
    (deal,) = records(finds, RecordKind.DEAL)
    assert [first.title, second.title] == ["Appointment", "Won"]
    assert first.deal_key == second.deal_key == deal.key
    assert first.at is not None
    assert second.at is not None
    assert first.at < second.at


def test_activities_say_what_they_are_and_who_took_part(place: str):
    finds, _ = read(place)

    by_type = {str(one.facts["type"]): one for one in records(finds, RecordKind.ACTIVITY)}
    assert set(by_type) == {"call", "e-mail", "meeting", "note", "task"}
    assert (by_type["call"].facts["duration"], by_type["call"].facts["direction"]) == (
        90,
        "out",
    )
    assert by_type["meeting"].facts["duration"] == 45 * 60
    assert by_type["task"].facts["status"] == "COMPLETED"
    assert [(part, one.email) for part, one in by_type["e-mail"].people] == [
        (Part.FROM, "ute@norden.example"),
        (Part.TO, "ann@us.example"),
        (Part.TO, "bob@us.example"),
    ]
    assert by_type["e-mail"].facts["direction"] == "in"
    assert by_type["note"].deal_key is not None
    assert by_type["note"].at == datetime(2026, 2, 3, 10, tzinfo=UTC)


def test_a_note_that_says_enough_is_a_document_too(place: str):
    finds, _ = read(place)

    (note,) = [one for one in finds if isinstance(one, Draft)]
    assert note.organisation.name == "Norden AG"
    assert note.kind is Kind.NOTE
    assert note.published_on == date(2026, 2, 3)
    assert note.text == LONG.strip()


def test_what_we_wrote_ourselves_is_no_document(account: Account, place: str):
    (norden, *_) = account.live("companies")
    ours = account.add("notes", hs_note_body=f"{LONG}<p>unsolved:{'0a' * 10}</p>")
    account.link("notes", ours, "companies", norden)

    finds, _ = read(place)

    assert len([one for one in finds if isinstance(one, Draft)]) == 1
    assert ours in {one.key for one in records(finds, RecordKind.ACTIVITY)}


def test_a_second_visit_reads_nothing_new(place: str):
    finds, cursor = read(place)
    again, second = read(place, cursor)

    assert digests(again).items() <= digests(finds).items()
    assert second == cursor


def test_a_visit_long_after_asks_only_for_the_last_minutes(account: Account, place: str):
    account.now += timedelta(hours=1)
    account.add("companies", name="Late")
    _, cursor = read(place)

    again, _ = read(place, cursor)

    assert [one.title for one in records(again, RecordKind.ORGANISATION)] == ["Late"]


def test_what_has_changed_comes_again(account: Account, place: str):
    finds, cursor = read(place)
    (deal,) = account.live("deals")
    account.now += timedelta(hours=1)
    account.change("deals", deal, dealstage="closedlost", closed_lost_reason="No budget")

    again, _ = read(place, cursor)

    changed = {
        key for key, digest in digests(again).items() if digests(finds).get(key) != digest
    }
    assert (RecordKind.DEAL, deal) in changed
    (told,) = records(again, RecordKind.DEAL)
    assert (told.facts["is_won"], told.facts["lost_reason"]) == (False, "No budget")
    assert [one.title for one in records(again, RecordKind.STAGE)][-1] == "Lost"


def test_pages_are_read_once_each_and_marked(account: Account):
    account.page = 3
    keys = [account.add("companies", name=f"Firm {n}") for n in range(20)]
    with serving(account) as place:
        finds, _ = read(place, objects="companies")

    found = [one.key for one in records(finds)]
    assert set(keys) <= set(found)
    assert len(found) == len(set(found))
    assert sum(isinstance(one, Mark) for one in finds) > 6


def test_what_changes_while_we_read_is_not_missed():
    account = Account(page=5)
    keys = [account.add("companies", name=f"Firm {n}") for n in range(30)]
    touched = iter(keys[:10])

    def between() -> None:
        # What a page has told moves to the end, so that pages by number would slip.
        if (key := next(touched, None)) is not None:
            account.change("companies", key, name="Changed")

    account.between = between
    with serving(account) as place:
        finds, _ = read(place, objects="companies")

    last = {one.key: one.title for one in records(finds)}
    assert set(last) == set(keys)
    assert {key for key, title in last.items() if title == "Changed"} == set(keys[:10])


def test_more_than_a_search_gives_are_all_read():
    account = Account()
    for number in range(10_450):
        account.add("companies", name=f"Firm {number}")
    with serving(account) as place:
        finds, _ = read(place, objects="companies")

    assert len({one.key for one in records(finds)}) == 10_450
    assert all("after" not in asked for _, _, asked in account.asked)


def test_many_that_changed_at_one_moment_are_all_read():
    account = Account(page=10)
    before = [account.add("companies", name=f"Before {n}") for n in range(7)]
    flood = [account.add("companies", at=account.now, name=f"Import {n}") for n in range(95)]
    after = [account.add("companies", name=f"After {n}") for n in range(7)]
    with serving(account) as place:
        finds, _ = read(place, objects="companies")

    found = [one.key for one in records(finds)]
    assert sorted(found) == sorted(before + flood + after)


def test_after_a_drop_in_such_a_flood_it_goes_on_behind_the_last_mark():
    account = Account(page=10)
    account.add("companies", name="Before")
    account.now += timedelta(hours=1)
    flood = [account.add("companies", at=account.now, name=f"Import {n}") for n in range(95)]
    with serving(account) as place:
        gone = fail_at(account, "companies/search", 5)
        kept, cursor = until_it_breaks(connector(visit(place, objects="companies")).fetch())
        assert gone()
        assert json.loads(cursor or "")["companies"]["id"]
        rest, _ = read(place, cursor, objects="companies")

    first = {one.key for one in records(kept)}
    second = {one.key for one in records(rest)}
    assert first | second >= set(flood)
    assert len(second) < len(flood)


def fail_at(account: Account, path: str, number: int, fault: int | str = "drop"):
    """Have the ``number``-th request to a path fail, as often as it is tried again."""
    seen = 0
    failed = 0

    def fault_at(_: str, asked: str) -> int | str | None:
        nonlocal seen, failed
        seen += path in asked
        if seen >= number and path in asked and failed < 4:
            failed += 1
            account.faults.append(fault_at)
            return fault
        return None

    account.faults.append(fault_at)
    return lambda: failed


@pytest.mark.parametrize("fault", ["drop", "drop before", 500, 429])
@pytest.mark.parametrize("number", [1, 2, 3, 6])
def test_after_a_drop_in_the_middle_nothing_is_lost(fault: int | str, number: int):
    account = Account(page=4)
    for n in range(30):
        account.add("companies", name=f"Firm {n}")
        account.add("contacts", lastname=f"Person {n}")
    with serving(account) as place:
        whole, _ = read(place, objects="companies, contacts")
        failed = fail_at(account, "/search", number, fault)
        kept, cursor = until_it_breaks(
            connector(visit(place, objects="companies, contacts")).fetch()
        )
        assert failed() == 4
        account.faults.clear()
        rest, _ = read(place, cursor, objects="companies, contacts")

    assert digests(kept) | digests(rest) == digests(whole)


@pytest.mark.parametrize("fault", [429, 500, "drop", "drop before", "twice", "slow"])
def test_one_fault_is_got_over(account: Account, place: str, fault: int | str):
    whole, _ = read(place)
    account.faults.append(lambda _, path: fault if path.endswith("contacts/search") else None)

    finds, _ = read(place)

    assert digests(finds) == digests(whole)
    assert not account.faults


def test_too_slow_a_server_is_down(account: Account, place: str):
    account.faults += [lambda *_: "slow"] * 4

    with pytest.raises(SourceDown):
        read(place, seconds=0.1)


@pytest.mark.parametrize("hours", [-30, 30])
def test_a_clock_that_is_hours_off_does_not_matter(hours: int):
    account = Account(skew=timedelta(hours=hours))
    first = account.add("companies", name="First")
    with serving(account) as place:
        _, cursor = read(place)
        account.now += timedelta(minutes=10)
        second = account.add("companies", name="Second")
        finds, cursor = read(place, cursor)

    assert [one.key for one in records(finds)] == [first, second]
    assert json.loads(cursor)["companies"]["changed"].startswith(f"{account.now:%Y-%m-%d}")


def test_what_the_index_shows_late_is_still_read(account: Account, place: str):
    _, cursor = read(place)
    late = account.add("companies", at=account.now - timedelta(minutes=2), name="Late")

    finds, _ = read(place, cursor)

    assert late in {one.key for one in records(finds)}


def test_what_is_archived_is_told_as_gone_and_once(account: Account, place: str):
    _, cursor = read(place)
    (note,) = account.live("notes")
    companies = [account.add("companies", name=f"Firm {n}") for n in range(5)]
    for key in companies:
        account.archive("companies", key)
    account.archive("notes", note)

    finds, cursor = read(place, cursor)
    gone = [one for one in finds if isinstance(one, Gone)]
    assert {one.key for one in gone if one.kind is RecordKind.ORGANISATION} == set(companies)
    assert Gone(note, RecordKind.ACTIVITY) in gone
    assert Gone(f"notes/{note}") in gone  # the document too

    again, _ = read(place, cursor)
    still = {one.key for one in again if isinstance(one, Gone) and one.kind}
    assert still == {companies[-1], note}  # the last of each is asked for again


def test_what_was_merged_into_another_is_gone(account: Account, place: str):
    account.add("companies", name="Both", hs_merged_object_ids="1;2")

    finds, _ = read(place)

    assert Gone("1", RecordKind.ORGANISATION) in finds
    assert Gone("2", RecordKind.ORGANISATION) in finds


def test_since_tells_again_what_is_younger_and_leaves_out_what_is_older():
    account = Account()
    account.add("companies", at=START - timedelta(days=30), name="Old")
    account.add("companies", at=START, name="New")
    with serving(account) as place:
        _, cursor = read(place)
        finds, _ = read(place, cursor, since=date(2026, 2, 20))

    assert [one.title for one in records(finds)] == ["New"]


def test_nonsense_in_a_cell_is_refused_and_the_row_kept(account: Account, place: str):
    odd = account.add("companies", name="Odd", numberofemployees="many", createdate="soon")

    finds, _ = read(place)

    kept = next(one for one in records(finds) if one.key == odd)
    assert "employees" not in kept.facts
    refused = [one for one in finds if isinstance(one, Refusal)]
    assert sorted(str(one.field) for one in refused) == ["createdate", "numberofemployees"]
    assert all(one.place == f"companies {odd}" for one in refused)


def test_rows_without_a_name_are_kept(account: Account, place: str):
    bare = account.add("companies", domain="bare.example")
    nobody = account.add("contacts")
    nothing = account.add("companies")

    finds, _ = read(place)

    kept = {one.key: one for one in records(finds)}
    assert kept[bare].title == "bare.example"
    assert kept[nobody].person is None
    assert kept[nothing].organisation is None


def test_a_mailbox_for_all_is_nobodys_domain(account: Account, place: str):
    key = account.add("companies", name="Tiny", domain="gmail.com")

    finds, _ = read(place)

    (tiny,) = [one for one in records(finds) if one.key == key]
    assert tiny.organisation is not None
    assert tiny.organisation.domain is None


def test_what_the_token_may_not_read_is_refused_and_the_rest_read(account: Account, place: str):
    account.denied = {"emails"}

    finds, _ = read(place)

    (refused,) = [one for one in finds if isinstance(one, Refusal)]
    assert refused.place == "emails"
    assert "sales-email-read" in refused.mend
    assert len(records(finds, RecordKind.ACTIVITY)) == 4


def test_a_token_that_may_read_nothing_is_refused(account: Account, place: str):
    account.denied = {"companies", "contacts"}

    with pytest.raises(SourceRefused, match=r"crm\.objects"):
        read(place, objects="companies, contacts")


def test_a_token_that_is_not_taken_is_told_without_the_token(place: str):
    with pytest.raises(SourceRefused) as refused:
        read(place, token="pat-wrong-secret")

    assert "private app" in str(refused.value)
    assert "pat-wrong-secret" not in str(refused.value) + repr(refused.value.facts)


def test_an_error_never_shows_the_token(account: Account, place: str):
    account.faults.append(lambda *_: 400)

    with pytest.raises(SourceRefused) as refused:
        read(place)

    assert TOKEN not in str(refused.value)
    assert TOKEN not in repr(connector(visit(place)))


@pytest.mark.parametrize("token", ["", "two words", "pat\nHost: evil", "päť"])
def test_what_cannot_be_a_token_is_not_sent(token: str):
    with pytest.raises(Invalid) as invalid:
        connector(visit("127.0.0.1:1", token=token))

    assert not token or token not in str(invalid.value)


def test_the_token_is_not_sent_in_clear():
    with pytest.raises(Invalid, match="https"):
        connector(visit("127.0.0.1:1", address="http://api.hubapi.com"))


def test_an_object_that_nobody_knows_is_refused():
    with pytest.raises(Invalid, match="companies"):
        connector(visit("127.0.0.1:1", objects="tickets"))


@pytest.mark.parametrize(
    "cursor", ["", "nonsense", "[]", '{"companies": 3}', '{"companies": {"changed": "x"}}']
)
def test_a_cursor_that_tells_nothing_begins_anew(account: Account, place: str, cursor: str):
    finds, _ = read(place, cursor, objects="companies")

    assert len(records(finds)) == len(account.live("companies"))
