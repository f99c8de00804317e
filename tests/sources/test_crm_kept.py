"""What a CRM's API tells is kept once, through drops, second visits and changes."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.sources import hubspot_server, salesforce_server
from unsolved import sources
from unsolved.db import Sessions, transaction
from unsolved.errors import SourceDown
from unsolved.sources import Added
from unsolved.sources.connector import Visit
from unsolved.sources.kinds import connector
from unsolved.sources.reach import Reach
from unsolved.sources.tables import DocumentRow, RecordRow, SourceRow

NOW = datetime(2026, 4, 1, tzinfo=UTC)
LONG = "They tried to fix the onboarding with a portal of their own, and it failed. " * 4
FIRMS = 12


@dataclass
class Crm:
    """A CRM with firms, each with a note that says enough."""

    kind: str
    token: str
    serving: AbstractContextManager[str]
    wait: Callable[[], None]
    fail: Callable[[int], None]
    change: Callable[[], object]


def _fault_at(number: int, faults: list[Any], path: str) -> None:
    seen = failed = 0
    faults.clear()

    def fault(first: str, second: str) -> str | None:
        nonlocal seen, failed
        seen += path in first + second
        if seen < number or failed == 4 or path not in first + second:
            return None
        failed += 1
        faults.append(fault)
        return "drop"

    faults.append(fault)


def hubspot() -> Crm:
    account = hubspot_server.Account(page=4)
    for number in range(FIRMS):
        firm = account.add("companies", name=f"Firm {number}")
        note = account.add("notes", hs_note_body=f"{LONG}{number}")
        account.link("notes", note, "companies", firm)
    first = account.live("companies")[0]

    def wait() -> None:
        account.now += timedelta(hours=1)

    return Crm(
        kind="hubspot",
        token=hubspot_server.TOKEN,
        serving=hubspot_server.serving(account),
        wait=wait,
        fail=lambda number: _fault_at(number, account.faults, "/search"),
        change=lambda: account.change("companies", first, name="Renamed"),
    )


def salesforce() -> Crm:
    instance = salesforce_server.Instance(page=4)
    for number in range(FIRMS):
        firm = instance.add("Account", Name=f"Firm {number}")
        instance.add("Task", Description=f"{LONG}{number}", AccountId=firm, Status="Completed")
    first = next(iter(instance.tables["Account"]))

    def wait() -> None:
        instance.now += timedelta(hours=1)

    return Crm(
        kind="salesforce",
        token=salesforce_server.TOKEN,
        serving=salesforce_server.serving(instance),
        wait=wait,
        fail=lambda number: _fault_at(number, instance.faults, "/query"),
        change=lambda: instance.change("Account", first, Name="Renamed"),
    )


def bring(sessions: Sessions, crm: Crm, place: str) -> Added:
    """Visit the CRM from wherever the last visit came to."""
    with transaction(sessions) as tx:
        source = tx.query(SourceRow).filter_by(name="crm").one_or_none()
        cursor = source.cursor if source else None
    visit = Visit(
        name="crm",
        settings={"address": f"http://{place}"},
        secrets={"token": crm.token},
        now=NOW,
        reach=Reach(allowed=frozenset({place}), pause=lambda _: None),
        cursor=cursor,
    )
    return sources.add(sessions, connector(crm.kind, visit), now=NOW)


def kept(sessions: Sessions) -> tuple[int, int]:
    with transaction(sessions) as tx:
        return tx.query(RecordRow).count(), tx.query(DocumentRow).count()


@pytest.mark.parametrize("make", [hubspot, salesforce])
def test_a_second_visit_keeps_nothing_new_and_a_change_becomes_a_version(
    sessions: Sessions, make: Callable[[], Crm]
):
    crm = make()
    with crm.serving as place:
        first = bring(sessions, crm, place)
        assert (first.records.new, first.new) == (2 * FIRMS, FIRMS)

        again = bring(sessions, crm, place)
        assert (again.records.new, again.records.changed, again.new) == (0, 0, 0)

        crm.wait()
        crm.change()
        third = bring(sessions, crm, place)
        assert (third.records.new, third.records.changed) == (0, 1)

    assert kept(sessions)[0] == 2 * FIRMS + 1


@pytest.mark.parametrize("make", [hubspot, salesforce])
def test_a_visit_that_breaks_off_anywhere_loses_nothing_and_repeats_nothing(
    sessions: Sessions, make: Callable[[], Crm]
):
    crm = make()
    with crm.serving as place:
        for number in (2, 3, 5):
            crm.fail(number)
            with pytest.raises(SourceDown):
                bring(sessions, crm, place)
        bring(sessions, crm, place)

    assert kept(sessions) == (2 * FIRMS, FIRMS)
