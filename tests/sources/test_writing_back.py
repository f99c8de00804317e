"""What is written into a CRM is written once, whatever breaks, and nothing by itself."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

import pytest

from tests.sources import hubspot_server, salesforce_server
from unsolved.errors import Invalid, SourceDown, SourceRefused
from unsolved.sources.connector import Find, Visit
from unsolved.sources.connectors import hubspot, salesforce
from unsolved.sources.model import Draft
from unsolved.sources.outgoing import Action, Outgoing, Writer, is_ours
from unsolved.sources.reach import Limits, Reach
from unsolved.sources.records import RecordDraft, RecordKind

NOW = datetime(2026, 4, 1, 8, tzinfo=UTC)
TEXT = 'They "tried" <b>twice</b> & failed.\n\nSecond line; see the audit.'


@dataclass
class Crm:
    """A CRM to write into: how its tables are seen, and how it is made to fail."""

    name: str
    make: Callable[[], Writer]
    read: Callable[[], list[Find]]
    company: str
    person: str
    deal: str
    field: str
    tasks: Callable[[], list[dict[str, str]]]
    held: Callable[[], object]
    created: Callable[[], int]
    fail: Callable[[str], None]
    asked: Callable[[], Sequence[tuple[str, str, object]]]

    def item(self, action: Action = Action.NOTE, **said) -> Outgoing:
        fields = {
            "target": RecordKind.ORGANISATION,
            "target_key": self.company,
            "title": self.field if action is Action.FIELD else "Tried and failed",
            "text": "tried and failed" if action is Action.FIELD else TEXT,
        }
        return Outgoing(action=action, **{**fields, **said})


def visit(place: str, secrets: dict[str, str]) -> Visit:
    reach = Reach(
        allowed=frozenset({place}), pause=lambda _: None, limits=Limits(seconds=20, tries=2)
    )
    return Visit(
        name="crm",
        settings={"address": f"http://{place}"},
        secrets=secrets,
        now=NOW,
        reach=reach,
    )


def in_hubspot(stack: ExitStack) -> Crm:
    account = hubspot_server.Account()
    company = account.add("companies", name="Norden AG")
    person = account.add("contacts", lastname="Berg")
    deal = account.add("deals", dealname="Portal", dealstage="appointment")
    account.properties["companies"]["unsolved_standing"] = {"name": "unsolved_standing"}
    place = stack.enter_context(hubspot_server.serving(account))
    given = visit(place, {"token": hubspot_server.TOKEN})

    def fail(how: str) -> None:
        account.faults.append(
            lambda method, path: how if (method, path[-6:]) == ("POST", "/notes") else None
        )

    return Crm(
        name="HubSpot",
        make=lambda: hubspot.writer(given),
        read=lambda: list(hubspot.connector(given).fetch()),
        company=company,
        person=person,
        deal=deal,
        field="unsolved_standing",
        tasks=lambda: [
            row["properties"]
            for name in ("notes", "tasks")
            for row in account.tables[name].values()
        ],
        held=lambda: account.tables["companies"][company]["properties"].get(
            "unsolved_standing"
        ),
        created=lambda: account.created,
        fail=fail,
        asked=lambda: account.asked,
    )


def in_salesforce(stack: ExitStack) -> Crm:
    instance = salesforce_server.Instance()
    company = instance.add("Account", Name="Norden AG")
    person = instance.add("Contact", LastName="Berg")
    deal = instance.add("Opportunity", Name="Portal", StageName="New")
    instance.fields["Account"].add("Unsolved_Standing__c")
    place = stack.enter_context(salesforce_server.serving(instance))
    given = visit(place, {"token": salesforce_server.TOKEN})

    def fail(how: str) -> None:
        instance.faults.append(
            lambda path, _: how if path.endswith("/sobjects/Task/") else None
        )

    return Crm(
        name="Salesforce",
        make=lambda: salesforce.writer(given),
        read=lambda: list(salesforce.connector(given).fetch()),
        company=company,
        person=person,
        deal=deal,
        field="Unsolved_Standing__c",
        tasks=lambda: list(instance.tables["Task"].values()),
        held=lambda: instance.tables["Account"][company].get("Unsolved_Standing__c"),
        created=lambda: instance.created,
        fail=fail,
        asked=lambda: instance.asked,
    )


@pytest.fixture(params=[in_hubspot, in_salesforce])
def crm(request: pytest.FixtureRequest) -> Iterator[Crm]:
    with ExitStack() as stack:
        yield request.param(stack)


@pytest.mark.parametrize("action", [Action.NOTE, Action.TASK])
@pytest.mark.parametrize("target", ["company", "person", "deal"])
def test_the_same_written_twice_is_sent_once(crm: Crm, action: Action, target: str):
    kinds = {"company": RecordKind.ORGANISATION, "person": RecordKind.PERSON}
    item = crm.item(
        action, target=kinds.get(target, RecordKind.DEAL), target_key=getattr(crm, target)
    )

    first = crm.make().write(item)
    second = crm.make().write(item)  # another process, which knows of nothing

    assert first == second == crm.make().find(item)
    assert crm.created() == 1


def test_two_that_mean_different_things_are_both_sent(crm: Crm):
    writer = crm.make()
    first, second = crm.item(), crm.item(text="It failed again.")

    assert writer.write(first) != writer.write(second)
    assert crm.created() == 2


@pytest.mark.parametrize("how", ["drop after", "drop"])
def test_an_answer_that_is_lost_after_it_was_written_is_found(crm: Crm, how: str):
    crm.fail(how)

    remote = crm.make().write(crm.item())

    assert crm.created() == 1
    assert crm.make().find(crm.item()) == remote


def test_what_did_not_arrive_is_not_sent_a_second_time_by_itself(crm: Crm):
    crm.fail("drop before")

    with pytest.raises(SourceDown):
        crm.make().write(crm.item())
    assert crm.created() == 0
    assert crm.make().find(crm.item()) is None

    crm.make().write(crm.item())
    assert crm.created() == 1


def test_a_crash_between_sending_and_noting_it_is_made_good(crm: Crm):
    crm.make().write(crm.item())  # and here the program dies

    assert crm.make().find(crm.item()) is not None
    crm.make().write(crm.item())
    assert crm.created() == 1


def test_nothing_is_sent_in_a_dry_run(crm: Crm):
    items = [crm.item(action) for action in Action]
    writer = crm.make()

    shown = [writer.describe(), *map(str, items)]

    assert crm.asked() == []
    assert crm.name in shown[0]
    assert f"note at organisation {crm.company}: Tried and failed" in shown


def test_a_text_is_shown_exactly_as_it_is(crm: Crm):
    crm.make().write(crm.item())

    (kept,) = crm.tasks()
    if crm.name == "HubSpot":
        body = kept["hs_note_body"]
        assert "They &quot;tried&quot; &lt;b&gt;twice&lt;/b&gt; &amp; failed." in body
        assert "<b>" not in body
    else:
        assert kept["Description"].startswith(TEXT)
        assert kept["Status"] == "Completed"
    assert crm.item().mark in str(kept)


def test_a_task_has_its_date_and_is_open(crm: Crm):
    crm.make().write(crm.item(Action.TASK, due=date(2026, 5, 4)))

    (kept,) = crm.tasks()
    if crm.name == "HubSpot":
        assert kept["hs_timestamp"].startswith("2026-05-04")
        assert kept["hs_task_status"] == "NOT_STARTED"
    else:
        assert kept["ActivityDate"] == "2026-05-04"
        assert "Status" not in kept  # the one that the org begins with


def test_a_field_is_filled_once_and_read_first(crm: Crm):
    item = crm.item(Action.FIELD)
    writer = crm.make()

    assert writer.find(item) is None
    assert writer.write(item) == crm.company
    assert crm.held() == "tried and failed"
    assert writer.find(item) == crm.company
    writer.write(item)
    assert sum(method == "PATCH" for method, *_ in crm.asked()) == 1

    writer.write(replace(item, text="resolved"))
    assert crm.held() == "resolved"


def test_a_field_that_is_missing_is_refused_and_says_how_to_make_it(crm: Crm):
    title = "unsolved_other" if crm.name == "HubSpot" else "Unsolved_Other__c"

    with pytest.raises(SourceRefused, match="Make it in"):
        crm.make().write(crm.item(Action.FIELD, title=title))


def test_hubspot_makes_a_missing_field_when_asked_and_salesforce_says_who_must(crm: Crm):
    if crm.name == "Salesforce":
        with pytest.raises(SourceRefused, match="Object Manager"):
            crm.make().prepare(crm.item(Action.FIELD, title="Unsolved_Other__c"))
        crm.make().prepare(crm.item(Action.FIELD))
        return
    item = crm.item(Action.FIELD, title="unsolved_other")
    writer = crm.make()
    writer.prepare(item)
    writer.prepare(item)

    assert writer.write(item) == crm.company
    assert sum(path.endswith("/properties/companies") for _, path, _ in crm.asked()) == 1


@pytest.mark.parametrize("title", ["name", "Name", "a/b", "../x", "x'y__c", ""])
def test_a_field_that_is_not_ours_is_never_filled(crm: Crm, title: str):
    with pytest.raises((Invalid, SourceRefused)):
        crm.make().write(crm.item(Action.FIELD, title=title))

    assert not [method for method, *_ in crm.asked() if method == "PATCH"]


@pytest.mark.parametrize("key", ["", "1/2", "' OR Name != '", "../1", "1?x=2"])
def test_a_key_that_the_crm_could_not_have_is_not_sent(crm: Crm, key: str):
    for action in Action:
        with pytest.raises(Invalid):
            crm.make().write(crm.item(action, target_key=key))

    assert crm.asked() == []


def test_a_record_that_is_gone_is_refused(crm: Crm):
    other = "999999" if crm.name == "HubSpot" else "001000000999999999"

    with pytest.raises(SourceRefused, match="no such record"):
        crm.make().write(crm.item(Action.FIELD, target_key=other))


def test_a_text_that_is_too_long_is_refused_before_it_is_sent(crm: Crm):
    with pytest.raises(Invalid, match="shorten"):
        crm.make().write(crm.item(text="x" * 70_000))

    assert crm.created() == 0


def test_what_we_wrote_comes_back_as_a_record_and_never_as_evidence(crm: Crm):
    crm.make().write(crm.item(text=TEXT + " It failed." * 40))

    finds = crm.read()

    said = [str(one.facts.get("text")) for one in finds if isinstance(one, RecordDraft)]
    assert any(map(is_ours, said))
    assert not [one for one in finds if isinstance(one, Draft)]


def test_an_org_that_calls_done_something_else_is_asked():
    instance = salesforce_server.Instance()
    instance.statuses = [
        {"ApiName": "Offen", "IsClosed": False, "SortOrder": 1},
        {"ApiName": "Erledigt", "IsClosed": True, "SortOrder": 2},
    ]
    company = instance.add("Account", Name="Norden AG")
    item = Outgoing(
        action=Action.NOTE,
        target=RecordKind.ORGANISATION,
        target_key=company,
        title="Tried",
        text="and failed",
    )
    with salesforce_server.serving(instance) as place:
        salesforce.writer(visit(place, {"token": salesforce_server.TOKEN})).write(item)

    (kept,) = instance.tables["Task"].values()
    assert kept["Status"] == "Erledigt"


def test_a_session_that_expires_on_a_note_is_renewed_and_the_note_sent_once():
    instance = salesforce_server.Instance()
    company = instance.add("Account", Name="Norden AG")
    secrets = {
        "token": salesforce_server.TOKEN,
        "client_id": salesforce_server.CLIENT,
        "client_secret": salesforce_server.SECRET,
    }
    item = Outgoing(
        action=Action.TASK,
        target=RecordKind.ORGANISATION,
        target_key=company,
        title="Call",
        text="them",
    )

    def expires(path: str, _: str) -> None:
        if path.endswith("/sobjects/Task/"):
            instance.sessions.clear()
            instance.faults.clear()

    instance.faults.append(expires)
    with salesforce_server.serving(instance) as place:
        salesforce.writer(visit(place, secrets)).write(item)

    assert instance.created == 1
