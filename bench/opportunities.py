"""How quick are the lists of opportunities? ``python -m bench.opportunities``.

In an invented database of 2,000 open and 8,000 decided opportunities, 200,000 activities and
12,000 deals in a CRM, in a folder that is removed after. Each page is asked for over the
application seven times; following the CRM is timed when 5,000 deals of it are followed.
"""

import random
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from fastapi.testclient import TestClient
from sqlalchemy import insert

from unsolved.app import make_app
from unsolved.db import Sessions, connect, engine_of, transaction
from unsolved.db.migrate import upgrade
from unsolved.deals.model import Head, Outcome, Stage
from unsolved.deals.parts import as_facts
from unsolved.deals.service import follow_crm
from unsolved.deals.tables import AttentionRow, OpportunityRow
from unsolved.problems import load
from unsolved.sources.records import RecordKind
from unsolved.sources.tables import OrganisationRow, RecordRow, SourceRow, VisitRow

NOW = datetime(2026, 4, 1, tzinfo=UTC)
OPEN, DECIDED, DEALS, ACTIVITIES, ORGANISATIONS = 2_000, 8_000, 12_000, 200_000, 20_000
SELLERS, TIMES, AT_ONCE = 20, 7, 10_000
PAGES = (
    "/opportunities",
    "/opportunities?shape=board",
    "/opportunities?which=all&sort=age",
    "/opportunities?q=on+19",
    "/opportunities/crm",
)


def main() -> None:
    """Build the database, ask for each page, follow the CRM, and print the times."""
    with tempfile.TemporaryDirectory() as folder:
        sessions = connect(f"sqlite:///{Path(folder) / 'bench.sqlite'}")
        upgrade(engine_of(sessions))
        build(sessions, random.Random(1))  # noqa: S311 (invented figures)
        with TestClient(make_app(sessions, load())) as client:
            for page in PAGES:
                timed(page, lambda page=page: client.get(page).raise_for_status(), TIMES)
        with transaction(sessions) as tx:
            timed("following 5,000 deals of a CRM", lambda: follow_crm(tx, NOW), 3)
        engine_of(sessions).dispose()


def build(sessions: Sessions, chance: random.Random) -> None:
    """Fill the database with what a team of twenty has after some years."""
    with transaction(sessions) as tx:
        names = [{"id": n, "name": f"Organisation {n}"} for n in range(1, ORGANISATIONS + 1)]
        tx.execute(insert(OrganisationRow), names)
        tx.execute(insert(SourceRow), [{"id": 1, "name": "crm", "visited_at": NOW}])
        tx.execute(insert(VisitRow), [{"id": 1, "source_id": 1, "began_at": NOW}])
        rows = [row_of(number, chance) for number in range(1, OPEN + DECIDED + 1)]
        tx.execute(insert(OpportunityRow), rows)
        tx.execute(insert(AttentionRow), [attention_of(n, chance) for n in range(1, OPEN + 1)])
        deals = [record_of(RecordKind.DEAL, f"d{n}", n) for n in range(1, DEALS + 1)]
        tx.execute(insert(RecordRow), deals)
    for at in range(0, ACTIVITIES, AT_ONCE):
        with transaction(sessions) as tx:
            told = range(at, at + AT_ONCE)
            tx.execute(
                insert(RecordRow),
                [record_of(RecordKind.ACTIVITY, f"a{n}", n % ORGANISATIONS + 1) for n in told],
            )


def row_of(number: int, chance: random.Random) -> dict[str, Any]:
    """Return a row of an opportunity; every other one is from the CRM."""
    is_open, is_crm = number <= OPEN, number % 2 == 1
    head = Head(
        name=f"Deal {number}",
        organisation_id=number,
        seller=f"Seller {number % SELLERS}",
        problem_id="erp_replacement",
        stage=chance.choice(list(Stage)[:3]) if is_open else Stage.DECIDED,
        opened_on=date(2025, 1, 1) + timedelta(days=number % 400),
        staged_on=date(2026, 2, 1),
        worth=float(chance.randint(1, 10**6)),
        currency=chance.choice(["EUR", "USD"]),
    )
    if not is_open:
        ended = chance.choice(list(Outcome))
        head = replace(head, outcome=ended, decided_on=date(2026, 1, 1))
    if is_crm:
        head = replace(head, source_id=1, deal_key=f"d{number}")
    names = ("organisation_id", "problem_id", "name", "seller", "stage", "outcome")
    more = ("opened_on", "decided_on", "worth", "currency", "source_id", "deal_key")
    own = {name: getattr(head, name) for name in (*names, *more, "is_removed")}
    return {"id": number, "changed_at": NOW, "head": as_facts(head), **own}


def attention_of(number: int, chance: random.Random) -> dict[str, Any]:
    """Return what was worked out of an opportunity, as large as it is in life."""
    facts = {
        "no_decision": chance.random(),
        "silence": "usually answers in 1.2 days, silent for 9: one in forty",
        "brief": {"seller": {"text": "One answer would turn the verdict"}},
        "items": ["x" * 3_000],
    }
    return {
        "opportunity_id": number,
        "worked_out_at": NOW,
        "is_stale": False,
        "seller": f"Seller {number % SELLERS}",
        "weight": chance.random(),
        "manager_weight": None,
        "facts": facts,
    }


def record_of(kind: RecordKind, key: str, number: int) -> dict[str, Any]:
    """Return a row of a record."""
    deal = {"amount": 5, "owner": f"Seller {number % SELLERS}", "is_closed": number % 3 == 0}
    return {
        "source_id": 1,
        "visit_id": 1,
        "kind": kind,
        "key": key,
        "version": 1,
        "is_current": True,
        "is_gone": False,
        "organisation_id": number,
        "title": f"{kind.value} {key}",
        "facts": deal if kind is RecordKind.DEAL else {"type": "e-mail"},
        "received": "",
        "digest": "",
        "at": NOW - timedelta(hours=number),
    }


def timed(name: str, work: Callable[[], object], times: int) -> None:
    """Do something several times, and print how long it took."""
    took = []
    for _ in range(times):
        begun = time.perf_counter()
        work()
        took.append((time.perf_counter() - begun) * 1_000)
    took.sort()
    print(f"{name:36} p50 {took[times // 2]:6.0f} ms   max {took[-1]:6.0f} ms")


if __name__ == "__main__":
    sys.exit(main())
