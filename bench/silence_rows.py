"""How fast are exchanges and silences of many deals? ``python -m bench.silence_rows``.

A database with 2,000 organisations, four people at each, and 500,000 activities with 1,500,000
people on them is made with a fixed seed (``--activities``, ``--organisations``). Then all that
passed with all of them is loaded, how people answer is learnt, and each organisation's silences
are counted.
"""

import argparse
import random
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import insert

from bench.tables import show
from bench.world import database
from unsolved.db import Session, transaction
from unsolved.deals.silence import exchanges_of, population_of, silences
from unsolved.sources import Part, RecordKind
from unsolved.sources.tables import (
    OrganisationRow,
    PersonRow,
    RecordPersonRow,
    RecordRow,
    SourceRow,
    VisitRow,
)

NOW = datetime(2026, 6, 1, 9, tzinfo=UTC)
PEOPLE, US, SEED, BATCH = 4, 1, 3, 20_000


def main() -> None:
    """Make the database, load, count, and print how long each took."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--activities", type=int, default=500_000)
    asked.add_argument("--organisations", type=int, default=2_000)
    options = asked.parse_args()
    ids = list(range(2, options.organisations + 2))
    with database() as sessions:
        with transaction(sessions) as tx:
            _people(tx, ids)
            _activities(tx, ids, options.activities)
        with transaction(sessions) as tx:
            start = time.process_time()
            known = exchanges_of(tx, ids)
            loaded = time.process_time()
    everything = [one for some in known.values() for one in some]
    population = population_of(everything, now=NOW)
    learnt = time.process_time()
    counted = sum(
        len(silences(some, now=NOW, population=population)) for some in known.values()
    )
    done = time.process_time()
    rows = [
        ["load exchanges", len(everything), loaded - start, len(everything) / (loaded - start)],
        ["learn how people answer", None, learnt - loaded, None],
        ["count silences", counted, done - learnt, counted / (done - learnt)],
    ]
    show("Silences of many deals", ["what", "count", "processor seconds", "a second"], rows)


def _people(tx: Session, ids: list[int]) -> None:
    tx.execute(insert(OrganisationRow), [{"id": US, "name": "Us"}])
    tx.execute(insert(OrganisationRow), [{"id": one, "name": f"Firm {one}"} for one in ids])
    tx.execute(insert(PersonRow), [{"id": US, "name": "Sam", "organisation_id": US}])
    people = [
        {"id": _person(one, number), "name": f"P {one} {number}", "organisation_id": one}
        for one in ids
        for number in range(PEOPLE)
    ]
    tx.execute(insert(PersonRow), people)
    tx.execute(insert(SourceRow), [{"id": 1, "name": "mail"}])
    tx.execute(insert(VisitRow), [{"id": 1, "source_id": 1, "began_at": NOW}])


def _activities(tx: Session, ids: list[int], count: int) -> None:
    records: list[dict[str, Any]] = []
    on_it: list[dict[str, Any]] = []
    for number, (record, people) in enumerate(_mails(ids, count), 1):
        records.append(record)
        on_it += people
        if number % BATCH == 0 or number == count:
            tx.execute(insert(RecordRow), records)
            tx.execute(insert(RecordPersonRow), on_it)
            records, on_it = [], []


def _mails(ids: list[int], count: int) -> Iterator[tuple[dict[str, Any], list[dict[str, Any]]]]:
    chance = random.Random(SEED)  # noqa: S311 - a bench, no secret
    for number in range(1, count + 1):
        organisation = chance.choice(ids)
        person, copied = chance.sample(range(PEOPLE), 2)
        is_ours = chance.random() < 0.55
        thread = f"t{organisation}-{chance.randrange(40)}"
        parts = (Part.TO, Part.FROM) if is_ours else (Part.FROM, Part.TO)
        facts = {
            "type": "e-mail",
            "message_id": f"m{number}@x.example",
            "references": [f"r{n}@x.example" for n in range(3)],
            "thread": thread,
            "direction": "out" if is_ours else "in",
            "subject": f"About {thread}",
            "words": chance.randrange(300),
            "attachments": [],
            "folder": "INBOX",
        }
        people = (
            (_person(organisation, person), parts[0]),
            (US, parts[1]),
            (_person(organisation, copied), Part.CC),
        )
        yield (
            {
                "id": number,
                "source_id": 1,
                "visit_id": 1,
                "kind": RecordKind.ACTIVITY,
                "key": f"k{number}",
                "version": 1,
                "is_current": True,
                "organisation_id": organisation,
                "at": NOW - timedelta(minutes=chance.randrange(365 * 24 * 60)),
                "title": f"About {thread} {number}",
                "facts": facts,
                "received": "",
                "digest": f"{number}",
            },
            [{"record_id": number, "person_id": who, "part": part} for who, part in people],
        )


def _person(organisation: int, number: int) -> int:
    return organisation * 10 + number


if __name__ == "__main__":
    main()
