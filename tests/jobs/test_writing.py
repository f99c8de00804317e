"""What was found out is written into the CRM it came from: listed first, and never twice."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from tests import make, make_world
from tests.sources import hubspot_server
from unsolved import sources
from unsolved.db import Sessions, transaction
from unsolved.errors import Conflict
from unsolved.jobs.sync import Means, visit
from unsolved.jobs.writing import Wish, items, send, writer
from unsolved.sources import Listed
from unsolved.sources.outgoing import Action, Outgoing, State
from unsolved.sources.reach import Limits, Reach
from unsolved.sources.vault import Vault, new_key

NOW = datetime(2026, 4, 1, tzinfo=UTC)
PAGES = "https://unsolved.acme.example"


@dataclass
class Office:
    """A workbench whose world is in a HubSpot too."""

    sessions: Sessions
    account: hubspot_server.Account
    means: Means
    source: int

    def plan(self, **wish: object) -> list[Outgoing]:
        with transaction(self.sessions) as tx:
            told = Wish(pages=PAGES, **wish)  # type: ignore[arg-type]
            found = items(tx, self.source, make.LIBRARY, told)
            sources.plan_outgoing(tx, self.source, found, NOW)
        return found

    def send(self, *, make_fields: bool = False) -> list[Listed]:
        there = writer(self.sessions, self.source, self.means, NOW)
        return list(
            send(self.sessions, self.source, there, clock=lambda: NOW, make_fields=make_fields)
        )

    def states(self) -> list[State]:
        with transaction(self.sessions) as tx:
            return [one.state for one in sources.outbox(tx, self.source)]


@pytest.fixture
def office(sessions: Sessions) -> Iterator[Office]:
    make_world.world(sessions)
    account = hubspot_server.Account()
    for name in ("Acme", "Bolt", "Calm"):
        account.add("companies", name=name)
    vault = Vault(new_key())
    with hubspot_server.serving(account) as place:
        reach = Reach(limits=Limits(seconds=20, tries=2), pause=lambda _: None)
        means = Means(vault=vault, allowed=frozenset({place}), reach=reach)
        with transaction(sessions) as tx:
            source = sources.remember(
                tx,
                "crm",
                "hubspot",
                {"address": f"http://{place}"},
                secret=vault.close({"token": hubspot_server.TOKEN}),
            )
        done = visit(sessions, source, means, clock=lambda: NOW)
        assert done.failure is None
        yield Office(sessions, account, means, source)


def test_a_note_says_where_an_organisation_stands_and_where_the_reasons_are(office: Office):
    found = office.plan()

    assert [item.title for item in found] == ["Where Acme stands", "Where Bolt stands"]
    assert found[0].text.startswith("Orders arrive late: tried and failed\n")
    assert f"{PAGES}/organisations/" in found[0].text
    assert len(office.account.live("notes")) == 0


def test_what_is_on_the_list_is_sent_once_however_often_it_is_planned(office: Office):
    office.plan()
    assert [one.state for one in office.send()] == [State.SENT, State.SENT]

    office.plan()
    assert office.send() == []
    assert len(office.account.live("notes")) == 2


def test_a_field_is_made_on_request_and_filled(office: Office):
    office.plan(notes=False, field="unsolved_standing")

    done = office.send(make_fields=True)

    assert [one.state for one in done] == [State.SENT, State.SENT]


def test_the_next_question_becomes_a_task(office: Office):
    [task] = office.plan(notes=False, tasks=True)

    assert task.action is Action.TASK
    assert task.title == "Ask Acme: Who chose the system?"
    office.send()
    assert len(office.account.live("tasks")) == 1


def test_what_was_being_sent_when_we_crashed_is_looked_for_first(office: Office):
    office.plan()
    with transaction(office.sessions) as tx:
        first = sources.outbox(tx, office.source)[0]
        sources.note_sending(tx, first.id)
    there = writer(office.sessions, office.source, office.means, NOW)
    there.write(first.item)  # it arrived, and then we died

    office.send()

    assert office.states() == [State.SENT, State.SENT]
    assert len(office.account.live("notes")) == 2


def test_a_token_that_is_refused_sends_nothing_and_says_so(office: Office):
    vault = office.means.vault
    with transaction(office.sessions) as tx:
        sources.remember(
            tx,
            "crm",
            "hubspot",
            sources.source(tx, office.source).settings,  # type: ignore[union-attr]
            secret=vault.close({"token": "wrong"}),
        )
    office.plan()

    done = office.send()

    assert {one.state for one in done} == {State.FAILED}
    assert all("wrong" not in str(one.why) for one in done)
    assert len(office.account.live("notes")) == 0


def test_only_a_crm_can_be_written_to(sessions: Sessions):
    make.bring(sessions, make.draft())
    with transaction(sessions) as tx:
        shelf = sources.source_called(tx, "shelf") or 0
        with pytest.raises(Conflict, match="hubspot or salesforce"):
            items(tx, shelf, make.LIBRARY, Wish(pages=PAGES))
