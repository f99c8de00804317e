"""Salesforce is read whole, once, and again only where something changed."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest

from tests.sources.salesforce_server import (
    CLIENT,
    SECRET,
    START,
    TOKEN,
    Fault,
    Instance,
    serving,
)
from unsolved.errors import Invalid, SourceDown, SourceRefused
from unsolved.sources.connector import Find, Visit
from unsolved.sources.connectors.salesforce import connector
from unsolved.sources.model import Draft, Kind, Refusal
from unsolved.sources.reach import Limits, Reach
from unsolved.sources.records import Gone, Mark, RecordDraft, RecordKind

NOW = datetime(2026, 4, 1, tzinfo=UTC)
LONG = "They tried to fix the onboarding with a portal of their own, and it failed. " * 4
APP = {"client_id": CLIENT, "client_secret": SECRET}


def visit(
    place: str,
    cursor: str | None = None,
    *,
    secrets: dict[str, str] | None = None,
    since: date | None = None,
    seconds: float = 20.0,
    **settings: str,
) -> Visit:
    limits = Limits(seconds=seconds)
    reach = Reach(allowed=frozenset({place}), pause=lambda _: None, limits=limits)
    return Visit(
        name="our Salesforce",
        settings={"address": f"http://{place}", **settings},
        secrets={"token": TOKEN} if secrets is None else secrets,
        now=NOW,
        reach=reach,
        cursor=cursor,
        since=since,
    )


def read(place: str, cursor: str | None = None, **said) -> tuple[list[Find], str]:
    finds = list(connector(visit(place, cursor, **said)).fetch())
    assert isinstance(finds[-1], Mark)
    return finds, finds[-1].cursor


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


def records(finds: list[Find], kind: RecordKind | None = None) -> list[RecordDraft]:
    found = [one for one in finds if isinstance(one, RecordDraft)]
    return [one for one in found if kind in {None, one.kind}]


def digests(finds: list[Find]) -> dict[tuple[RecordKind, str], str]:
    return {(one.kind, one.key): one.digest for one in records(finds)}


@pytest.fixture
def instance() -> Instance:
    instance = Instance()
    norden = instance.add(
        "Account",
        Name="Norden AG",
        Website="https://www.norden.example/de",
        Industry="Software",
        BillingCountry="Germany",
        NumberOfEmployees=250,
        AnnualRevenue=1.5e6,
        TickerSymbol="NRD",
    )
    instance.add("Account", Name="Norden Nord", ParentId=norden)
    ute = instance.add(
        "Contact",
        FirstName="Ute",
        LastName="Berg",
        Email="ute@norden.example",
        Title="COO",
        AccountId=norden,
    )
    instance.add("Lead", LastName="Hall", Company="Sonder Ltd", Website="sonder.example")
    deal = instance.add(
        "Opportunity",
        Name="Portal",
        AccountId=norden,
        ContactId=ute,
        StageName="Qualification",
        Amount=1200.5,
        Probability=10,
        CloseDate="2026-06-30",
        IsClosed=False,
        IsWon=False,
    )
    instance.change("Opportunity", deal, Amount=1300.5)
    instance.change(
        "Opportunity", deal, StageName="Closed Lost", IsClosed=True, Loss_Reason__c="x"
    )
    instance.add(
        "Task",
        Subject="Call",
        Description=LONG,
        Status="Completed",
        TaskSubtype="Call",
        CallType="Outbound",
        CallDurationInSeconds=90,
        WhoId=ute,
        WhatId=deal,
        AccountId=norden,
        CompletedDateTime="2026-02-03T10:00:00.000+0000",
    )
    instance.add("Task", Subject="Email: portal", TaskSubtype="Email", WhatId=norden)
    instance.add(
        "Event",
        Subject="Kick-off",
        StartDateTime="2026-02-04T10:00:00.000+0000",
        DurationInMinutes=45,
        AccountId=norden,
    )
    return instance


@pytest.fixture
def place(instance: Instance) -> Iterator[str]:
    with serving(instance) as place:
        yield place


def test_everything_is_read_under_the_names_we_use(place: str):
    finds, _ = read(place)

    norden, nord = records(finds, RecordKind.ORGANISATION)
    assert norden.organisation is not None
    assert (norden.organisation.name, norden.organisation.domain) == (
        "Norden AG",
        "norden.example",
    )
    assert norden.organisation.identifiers == ("ticker:NRD",)
    assert (norden.facts["employees"], norden.facts["revenue"]) == (250, "1500000")
    assert (norden.facts["owner"], norden.facts["ticker"]) == ("Ann Lee", "NRD")
    assert nord.facts["parent"] == "Norden AG"
    ute, lead = records(finds, RecordKind.PERSON)
    assert ute.person is not None
    assert (ute.person.name, ute.person.email) == ("Ute Berg", "ute@norden.example")
    assert ute.organisation_key == norden.key
    assert lead.organisation is not None
    assert (lead.organisation.name, lead.organisation.domain) == (
        "Sonder Ltd",
        "sonder.example",
    )
    (deal,) = records(finds, RecordKind.DEAL)
    assert (deal.organisation_key, deal.person_key) == (norden.key, ute.key)
    assert (deal.facts["amount"], deal.facts["stage"]) == (1300.5, "Closed Lost")
    assert (deal.facts["is_closed"], deal.facts["is_won"]) == (True, False)
    assert (deal.facts["probability"], deal.facts["lost_reason"]) == (0.1, "x")
    assert json.loads(deal.received)["Name"] == "Portal"
    assert not [one for one in finds if isinstance(one, Refusal)]


def test_a_deal_tells_when_it_entered_each_stage_and_not_when_its_amount_changed(place: str):
    finds, _ = read(place)

    (deal,) = records(finds, RecordKind.DEAL)
    stages = records(finds, RecordKind.STAGE)
    assert [one.title for one in stages] == ["Qualification", "Closed Lost"]
    assert {one.deal_key for one in stages} == {deal.key}


def test_activities_say_what_they_are_and_whom_they_are_about(place: str):
    finds, _ = read(place)

    call, mail, meeting = records(finds, RecordKind.ACTIVITY)
    norden, _ = records(finds, RecordKind.ORGANISATION)
    (deal,) = records(finds, RecordKind.DEAL)
    assert [one.facts["type"] for one in (call, mail, meeting)] == ["call", "e-mail", "meeting"]
    assert (call.facts["duration"], call.facts["direction"]) == (90, "out")
    assert (call.deal_key, call.organisation_key) == (deal.key, norden.key)
    assert mail.organisation_key == norden.key
    assert meeting.facts["duration"] == 45 * 60
    assert meeting.at == datetime(2026, 2, 4, 10, tzinfo=UTC)


def test_a_call_that_says_enough_is_a_document_too(place: str):
    finds, _ = read(place)

    (note,) = [one for one in finds if isinstance(one, Draft)]
    assert (note.organisation.name, note.organisation.domain) == ("Norden AG", "norden.example")
    assert (note.kind, note.published_on) == (Kind.NOTE, date(2026, 2, 3))


def test_a_call_that_reads_like_a_transcript_is_one(instance: Instance, place: str):
    norden = next(iter(instance.tables["Account"]))
    turns = "\n".join(f"{who}: {LONG[:70]}" for who in ("Ute", "Ann", "Ute", "Ann"))
    instance.add("Task", TaskSubtype="Call", Description=turns, AccountId=norden)

    finds, _ = read(place)

    assert [one.kind for one in finds if isinstance(one, Draft)] == [Kind.NOTE, Kind.TRANSCRIPT]


def test_a_second_visit_reads_nothing_new(place: str):
    finds, cursor = read(place)
    again, second = read(place, cursor)

    assert digests(again).items() <= digests(finds).items()
    assert second == cursor


def test_what_has_changed_comes_again_and_what_has_not_does_not(instance: Instance, place: str):
    finds, cursor = read(place)
    (deal,) = instance.tables["Opportunity"]
    instance.now += timedelta(hours=1)
    instance.change("Opportunity", deal, StageName="Closed Won", IsWon=True)
    late = instance.add("Account", Name="Late")

    again, cursor = read(place, cursor)

    changed = digests(again).items() - digests(finds).items()
    assert {key for (_, key), _ in changed} >= {deal, late}
    assert [one.title for one in records(again, RecordKind.STAGE)][-1] == "Closed Won"

    instance.now += timedelta(hours=1)
    last = instance.add("Account", Name="Last")
    third, _ = read(place, cursor, objects="accounts")
    assert {one.key for one in records(third)} == {late, last}


def test_pages_are_read_once_each_and_marked():
    instance = Instance(page=3)
    keys = [instance.add("Account", Name=f"Firm {n}") for n in range(20)]
    with serving(instance) as place:
        finds, _ = read(place, objects="accounts")

    assert [one.key for one in records(finds)] == keys
    assert sum(isinstance(one, Mark) for one in finds) == 8


def fail_at(instance: Instance, number: int, fault: int | str | Fault, times: int = 4):
    """Have the ``number``-th page fail, as often as it is tried again."""
    seen = failed = 0

    def fault_at(path: str, _: str) -> int | str | Fault | None:
        nonlocal seen, failed
        seen += "/query" in path
        if seen >= number and "/query" in path and failed < times:
            failed += 1
            instance.faults.append(fault_at)
            return fault
        return None

    instance.faults.append(fault_at)
    return lambda: failed


@pytest.mark.parametrize("fault", ["drop", "drop before", 500, 429])
@pytest.mark.parametrize("number", [2, 4, 9, 13])
def test_after_a_drop_in_the_middle_nothing_is_lost(fault: int | str, number: int):
    instance = Instance(page=5)
    for n in range(30):
        instance.add("Account", Name=f"Firm {n}")
        instance.add("Contact", LastName=f"Person {n}")
    with serving(instance) as place:
        whole, _ = read(place, objects="accounts, contacts")
        failed = fail_at(instance, number, fault)
        kept, cursor = until_it_breaks(
            connector(visit(place, objects="accounts, contacts")).fetch()
        )
        assert failed() == 4
        instance.faults.clear()
        rest, _ = read(place, cursor, objects="accounts, contacts")

    assert digests(kept) | digests(rest) == digests(whole)


@pytest.mark.parametrize("fault", [429, 500, 503, "drop", "drop before", "twice", "slow"])
def test_one_fault_is_got_over(instance: Instance, place: str, fault: int | str):
    whole, _ = read(place)
    instance.faults.append(lambda _, soql: fault if "FROM Contact" in soql else None)

    finds, _ = read(place)

    assert digests(finds) == digests(whole)
    assert not instance.faults


def test_too_slow_a_server_is_down(instance: Instance, place: str):
    instance.faults += [lambda *_: "slow"] * 4

    with pytest.raises(SourceDown):
        read(place, seconds=0.1)


def test_a_query_that_loses_its_place_goes_on_from_the_last_change_seen():
    instance = Instance(page=5)
    keys = [instance.add("Account", Name=f"Firm {n}") for n in range(23)]
    with serving(instance) as place:
        fail_at(instance, 4, Fault(400, "INVALID_QUERY_LOCATOR"), times=1)
        finds, _ = read(place, objects="accounts")

    assert {one.key for one in records(finds)} == set(keys)


@pytest.mark.parametrize("hours", [-30, 30])
def test_a_clock_that_is_hours_off_does_not_matter(hours: int):
    instance = Instance(skew=timedelta(hours=hours))
    instance.add("Account", Name="First")
    with serving(instance) as place:
        _, cursor = read(place, objects="accounts")
        instance.now += timedelta(minutes=10)
        second = instance.add("Account", Name="Second")
        finds, cursor = read(place, cursor, objects="accounts")

    assert second in {one.key for one in records(finds)}
    assert json.loads(cursor)["Account"]["changed"].startswith(f"{instance.now:%Y-%m-%dT%H:%M}")


def test_what_is_deleted_is_told_as_gone(instance: Instance, place: str):
    _, cursor = read(place)
    account = instance.add("Account", Name="Gone")
    task = next(iter(instance.tables["Task"]))
    instance.remove("Account", account)
    instance.remove("Task", task)

    finds, _ = read(place, cursor)

    gone = [one for one in finds if isinstance(one, Gone)]
    assert gone == [
        Gone(account, RecordKind.ORGANISATION),
        Gone(task, RecordKind.ACTIVITY),
        Gone(f"Task/{task}"),
    ]


def test_fields_that_an_org_lacks_are_left_out(instance: Instance, place: str):
    instance.fields["Account"] -= {"TickerSymbol", "ParentId"}

    finds, _ = read(place)

    norden, _ = records(finds, RecordKind.ORGANISATION)
    assert "ticker" not in norden.facts
    described = [path for _, path, _ in instance.asked if path.endswith("/describe")]
    assert len(described) == len(set(described)) == 2  # accounts and deals: no currencies here


def test_currencies_are_told_where_an_org_has_several(instance: Instance, place: str):
    instance.fields["Opportunity"].add("CurrencyIsoCode")
    (deal,) = instance.tables["Opportunity"]
    instance.change("Opportunity", deal, CurrencyIsoCode="CHF")

    finds, _ = read(place, objects="opportunities")

    (told,) = records(finds, RecordKind.DEAL)
    assert told.facts["currency"] == "CHF"


def test_an_object_that_may_not_be_read_is_refused_and_the_rest_read(
    instance: Instance, place: str
):
    instance.hidden = {"Lead", "OpportunityHistory"}

    finds, _ = read(place)

    assert {one.place for one in finds if isinstance(one, Refusal)} == {
        "Lead",
        "OpportunityHistory",
    }
    assert records(finds, RecordKind.DEAL)
    assert not records(finds, RecordKind.STAGE)


def test_an_org_that_shows_nothing_is_refused(instance: Instance, place: str):
    instance.hidden = {"Account"}

    with pytest.raises(SourceRefused, match="nothing may be read"):
        read(place, objects="accounts")


def test_a_connected_app_gets_its_own_session(instance: Instance, place: str):
    instance.sessions.clear()

    finds, _ = read(place, secrets=APP)

    assert len(records(finds, RecordKind.ORGANISATION)) == 2
    assert sum(path == "/services/oauth2/token" for _, path, _ in instance.asked) == 1


def test_a_session_that_expires_in_the_middle_is_renewed_once(instance: Instance, place: str):
    whole, _ = read(place)

    def expires(_: str, soql: str) -> None:
        if "FROM Opportunity " in soql:
            instance.sessions.clear()
            instance.faults.clear()

    instance.faults.append(expires)
    finds, _ = read(place, secrets={"token": TOKEN, **APP})

    assert digests(finds) == digests(whole)
    assert sum(path == "/services/oauth2/token" for _, path, _ in instance.asked) == 1


def test_a_session_that_cannot_be_renewed_is_refused_and_says_the_mend(
    instance: Instance, place: str
):
    instance.sessions.clear()

    with pytest.raises(SourceRefused) as refused:
        read(place)

    assert "client_id" in str(refused.value)
    assert TOKEN not in str(refused.value) + repr(refused.value.facts)


def test_an_app_that_is_not_taken_is_told_without_its_secret(place: str):
    with pytest.raises(SourceRefused) as refused:
        read(place, secrets={"client_id": CLIENT, "client_secret": "wrong-" + SECRET})

    assert "client credentials" in str(refused.value)
    assert "wrong-" + SECRET not in str(refused.value)


def test_an_org_that_has_answered_enough_for_today_is_down(instance: Instance, place: str):
    instance.faults.append(lambda *_: Fault(403, "REQUEST_LIMIT_EXCEEDED", "TotalRequests"))

    with pytest.raises(SourceDown, match="for today"):
        read(place)


def test_an_error_never_shows_the_token(instance: Instance, place: str):
    instance.faults.append(lambda *_: Fault(400, "MALFORMED_QUERY", f"near {TOKEN}"))

    with pytest.raises(SourceRefused) as refused:
        read(place)

    assert TOKEN not in str(refused.value)
    assert refused.value.__cause__ is None
    assert TOKEN not in repr(connector(visit(place)))


@pytest.mark.parametrize(
    "leads_to", [".evil.example/x", "@evil.example/x", "://", "@127.0.0.1:1/"]
)
def test_no_page_can_lead_the_token_elsewhere(instance: Instance, place: str, leads_to: str):
    instance.leads_to = leads_to

    with pytest.raises(SourceRefused, match=r"not the org|no address"):
        read(place)


@pytest.mark.parametrize(
    ("secrets", "field"),
    [
        ({}, "token"),
        ({"client_id": CLIENT}, "token"),
        ({"token": "two words"}, "token"),
        ({"client_id": CLIENT, "client_secret": "a\nb"}, "client_secret"),
    ],
)
def test_what_cannot_be_a_secret_is_not_sent(secrets: dict[str, str], field: str):
    with pytest.raises(Invalid) as invalid:
        connector(visit("127.0.0.1:1", secrets=secrets))

    assert invalid.value.facts["field"] == field
    assert not any(told in str(invalid.value) for told in secrets.values())


@pytest.mark.parametrize(
    "address",
    ["http://acme.my.salesforce.com", "https://me:secret@acme.example", "ftp://x", " "],
)
def test_the_token_goes_only_to_an_address_that_is_safe(address: str):
    with pytest.raises(Invalid) as invalid:
        connector(visit("127.0.0.1:1", address=address))

    assert "secret" not in str(invalid.value)


def test_since_tells_again_what_is_younger():
    instance = Instance()
    instance.add("Account", at=START - timedelta(days=30), Name="Old")
    instance.add("Account", at=START, Name="New")
    with serving(instance) as place:
        _, cursor = read(place, objects="accounts")
        finds, _ = read(place, cursor, since=date(2026, 2, 20), objects="accounts")

    assert [one.title for one in records(finds)] == ["New"]
