"""Many deals with much said in them, made up, put into a database in bulk."""

import json
import random
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any

from sqlalchemy import insert

from unsolved.db import Base, Sessions, transaction
from unsolved.deals.model import (
    Act,
    Alternative,
    AlternativeKind,
    Attempt,
    AttemptKind,
    Basis,
    BuyerAct,
    CameOf,
    Cause,
    CostInput,
    Ground,
    Head,
    Outcome,
    Power,
    Risk,
    Role,
    Stage,
    Stakeholder,
    Stance,
    Step,
    StepKind,
    StepState,
    Tie,
    Trigger,
    TriggerKind,
    Why,
)
from unsolved.deals.parts import Part, PartKind, as_facts, kind_of
from unsolved.problems import Library, Problem

OPEN = 2_000
DECIDED = 3_000
ACTIVITIES = 500_000
PEOPLE = 8
SELLERS = tuple(f"Seller {letter}" for letter in "ABCDEFGHIJKLMNOPQRST")
AT_ONCE = 20_000
SEED = 26
SOURCE, VISIT = 1, 1
OURS = 1_000_000
"""The ids of our own people begin here."""

SAYS = (
    "Thank you for Tuesday. I will check with finance and come back to you next week.",
    "Could you send the figures again, split by plant? Our controller asked for them.",
    "We are in the middle of the budget round. Can we speak after the 15th?",
    "I have forwarded your note to our head of operations.",
    "Here is the list of open points that we agreed on.",
)
ROLES = (
    (Role.OWNER, Power.SWAYS),
    (Role.USER, Power.NONE),
    (Role.TECHNICAL, Power.BLOCKS),
    (Role.FINANCE, Power.BLOCKS),
    (Role.EXECUTIVE, Power.DECIDES),
    (Role.PURCHASING, Power.SWAYS),
    (Role.COACH, Power.SWAYS),
    (Role.LEGAL, Power.BLOCKS),
    (Role.USER, Power.NONE),
    (Role.UNKNOWN, Power.UNKNOWN),
)
Rows = Iterator[dict[str, Any]]


def fill(sessions: Sessions, library: Library, now: datetime, share: float = 1.0) -> None:
    """Make deals, people and activities; a ``share`` of all of it, the same every time."""
    count, done = round(OPEN * share), round(DECIDED * share)
    firms, sellers = count + done // 2, len(SELLERS)
    _bring(sessions, "sources", [_source(now)])
    _bring(sessions, "visits", [{"id": VISIT, "source_id": SOURCE, "began_at": now}])
    _bring(sessions, "organisations", map(_firm, range(1, firms + 1)))
    ours = (_person(OURS + at, SELLERS[at], None) for at in range(sellers))
    _bring(sessions, "people", ours)
    _bring(sessions, "people", _people(firms))
    each = round(ACTIVITIES * share) // count
    for name, rows in (("records", _records), ("record_people", _record_people)):
        _bring(sessions, name, rows(count, each, now))
    deals = list(_deals(count, done, library.problems, now.date()))
    for name, make in (("opportunities", _opportunity), ("opportunity_parts", _parts)):
        _bring(sessions, name, (row for deal in deals for row in make(deal, now)))


def _bring(sessions: Sessions, table: str, rows: Iterable[dict[str, Any]]) -> None:
    made = iter(rows)
    while some := list(islice(made, AT_ONCE)):
        with transaction(sessions) as tx:
            tx.execute(insert(Base.metadata.tables[table]), some)


def _source(now: datetime) -> dict[str, Any]:
    counts = {"new": 0, "changed": 0, "unchanged": 0}
    return {"id": SOURCE, "name": "mailbox", "kind": "mbox", "visited_at": now, **counts}


def _firm(number: int) -> dict[str, Any]:
    chance = _chance("firm", number)
    industry = chance.choice(("Retail", "Banking", "Utilities", "Food", "Software"))
    return {"id": number, "name": f"Firm {number:05}", "industry": industry, "country": "DE"}


def _person(number: int, name: str, firm: int | None) -> dict[str, Any]:
    return {"id": number, "name": name, "title": None, "organisation_id": firm}


def _people(firms: int) -> Rows:
    for firm in range(1, firms + 1):
        for at in range(PEOPLE):
            number = (firm - 1) * PEOPLE + at + 1
            yield _person(number, f"Person {at + 1} of {firm:05}", firm)


def _exchanges(
    count: int, each: int, now: datetime
) -> Iterator[tuple[int, int, dict[str, Any]]]:
    """Yield of every activity its id, its organisation and what is known of it."""
    for firm in range(1, count + 1):
        chance = _chance("mails", firm)
        at = now - timedelta(days=chance.uniform(1, 40))
        for number in range(each):
            is_ours = chance.random() < 0.55
            kind = chance.choices(("e-mail", "call", "meeting"), (85, 10, 5))[0]
            who = (firm - 1) * PEOPLE + min(int(chance.expovariate(0.7)), PEOPLE - 1) + 1
            copied = (firm - 1) * PEOPLE + chance.randrange(PEOPLE) + 1
            known = {"at": at, "is_ours": is_ours, "type": kind, "who": who, "copied": copied}
            known["thread"] = f"t{firm}-{number // 3}"
            known["text"] = chance.choice(SAYS)
            yield (firm - 1) * each + number + 1, firm, known
            at -= timedelta(days=chance.expovariate(1 / 2.2))


def _records(count: int, each: int, now: datetime) -> Rows:
    for number, firm, known in _exchanges(count, each, now):
        facts = {
            "type": known["type"],
            "direction": "out" if known["is_ours"] else "in",
            "thread": known["thread"],
            "subject": f"Re: orders {known['thread']}",
            "words": 12 + number % 90,
            "text": known["text"],
        }
        yield {
            "id": number,
            "source_id": SOURCE,
            "visit_id": VISIT,
            "kind": "activity",
            "key": f"m{number}",
            "version": 1,
            "is_current": True,
            "is_gone": False,
            "organisation_id": firm,
            "person_id": known["who"],
            "at": known["at"],
            "title": facts["subject"],
            "facts": facts,
            "received": json.dumps(facts),
            "digest": f"d{number}",
        }


def _record_people(count: int, each: int, now: datetime) -> Rows:
    for number, firm, known in _exchanges(count, each, now):
        seller = OURS + firm % len(SELLERS)
        ours, theirs = ("from", "to") if known["is_ours"] else ("to", "from")
        yield {"record_id": number, "person_id": seller, "part": ours}
        yield {"record_id": number, "person_id": known["who"], "part": theirs}
        if known["copied"] != known["who"] and number % 3 == 0:
            yield {"record_id": number, "person_id": known["copied"], "part": "cc"}


Deal = tuple[int, Head, tuple[Part, ...]]


def _deals(count: int, done: int, problems: Sequence[Problem], today: date) -> Iterator[Deal]:
    for number in range(1, count + 1):
        chance = _chance("deal", number)
        problem = chance.choice(problems)
        head = _head(chance, number, number, problem, today)
        yield number, head, tuple(_open_parts(chance, number, problem, today))
    for number in range(count + 1, count + done + 1):
        chance = _chance("deal", number)
        firm = count + 1 + (number - count - 1) % max(done // 2, 1)
        yield _decided(chance, number, firm, chance.choice(problems), today)


def _head(chance: random.Random, number: int, firm: int, problem: Problem, today: date) -> Head:
    opened = today - timedelta(days=chance.randrange(5, 300))
    staged = opened + timedelta(days=round((today - opened).days * chance.random()))
    return Head(
        name=f"Firm {firm:05}: {problem.id}",
        organisation_id=firm,
        seller=SELLERS[number % len(SELLERS)],
        problem_id=problem.id,
        stage=chance.choice((Stage.PROVOKE, Stage.PROVOKE, Stage.PROGRESS, Stage.PARTNER)),
        opened_on=opened,
        staged_on=staged,
        close_on=today + timedelta(days=chance.randrange(-40, 200)),
        worth=float(round(chance.lognormvariate(11, 0.8), -3)),
        fits=chance.choice((True, True, None, False)),
    )


def _decided(
    chance: random.Random, number: int, firm: int, problem: Problem, today: date
) -> Deal:
    opened = today - timedelta(days=chance.randrange(300, 1_500))
    decided = min(opened + timedelta(days=chance.randrange(30, 300)), today)
    outcome = chance.choice((Outcome.WON, Outcome.LOST_COMPETITOR, *[Outcome.NO_DECISION] * 2))
    undecided = outcome is Outcome.NO_DECISION
    head = Head(
        name=f"Firm {firm:05}: {problem.id}",
        organisation_id=firm,
        seller=SELLERS[number % len(SELLERS)],
        problem_id=problem.id,
        stage=Stage.DECIDED,
        outcome=outcome,
        cause=chance.choice(tuple(Cause)) if undecided else None,
        opened_on=opened,
        staged_on=decided,
        decided_on=decided,
        worth=float(round(chance.lognormvariate(11, 0.8), -3)),
        in_forecast=False,
    )
    on = decided + timedelta(days=365)
    fired = on if on <= today else None
    back = Trigger(kind=TriggerKind.DATE, since=decided, on=on, fired_on=fired, is_seen=True)
    return number, head, (back,) if undecided else ()


def _open_parts(
    chance: random.Random, number: int, problem: Problem, today: date
) -> Iterator[Part]:
    yield Alternative(kind=AlternativeKind.NOTHING, leaning=chance.random())
    many = chance.randrange(6, 11)
    for at in range(many):
        role, power = ROLES[at]
        yield Stakeholder(
            name=f"Person {at + 1} of {number:05}",
            person_id=(number - 1) * PEOPLE + at + 1 if at < PEOPLE else None,
            role=role,
            power=power,
            stance=chance.choice(tuple(Stance)),
            agrees=chance.choice((True, False, None)),
            met_on=today - timedelta(days=chance.randrange(90))
            if chance.random() < 0.5
            else None,
            loses="a week each month" if chance.random() < 0.3 else "",
        )
    yield Tie(of=1, to=many)
    said = Ground(basis=Basis.NOTED, quote="The consultants left before it ran.", on=today)
    for _ in range(chance.randrange(3)):
        yield Attempt(
            what="a new system",
            kind=chance.choice(tuple(AttemptKind)),
            came_of=chance.choice(tuple(CameOf)),
            whys=(chance.choice(tuple(Why)),),
            grounds=(said,),
        )
    for act in tuple(Act)[: chance.randrange(8)]:
        yield BuyerAct(act=act, on=today - timedelta(days=chance.randrange(120)), ground=said)
    for _ in range(chance.randrange(4)):
        done = chance.random() < 0.5
        day = today + timedelta(days=chance.randrange(-30, 30))
        yield Step(
            kind=chance.choice((StepKind.CALL, StepKind.MAIL, StepKind.MEETING)),
            what="call about the figures",
            due=day,
            done_on=min(day, today) if done else None,
            state=StepState.DONE if done else StepState.PLANNED,
        )
    yield Risk(
        text="The owner leaves again", due=today + timedelta(days=chance.randrange(-20, 60))
    )
    if number % 3 == 0 and problem.cost:
        for one in problem.cost.inputs:
            likely = chance.uniform(10, 1000)
            yield CostInput(
                name=one.name,
                low=likely * 0.5,
                likely=likely,
                high=likely * 2,
                unit=one.unit.replace("money", "EUR"),
                ground=said,
            )


def _opportunity(deal: Deal, now: datetime) -> Rows:
    number, head, _ = deal
    yield {
        "id": number,
        "organisation_id": head.organisation_id,
        "problem_id": head.problem_id,
        "name": head.name,
        "seller": head.seller,
        "stage": head.stage,
        "outcome": head.outcome,
        "opened_on": head.opened_on,
        "decided_on": head.decided_on,
        "worth": head.worth,
        "currency": head.currency,
        "source_id": None,
        "deal_key": "",
        "is_removed": False,
        "changed_at": now - timedelta(days=2),
        "head": as_facts(head),
    }


def _parts(deal: Deal, _now: datetime) -> Rows:
    number, _, parts = deal
    last: dict[PartKind, int] = {}
    for part in parts:
        kind = kind_of(part)
        last[kind] = last.get(kind, 0) + 1
        about = part.person_id if isinstance(part, Stakeholder) else None
        yield {
            "opportunity_id": number,
            "kind": kind,
            "number": last[kind],
            "about_id": about,
            "facts": as_facts(part),
        }


def _chance(*of: object) -> random.Random:
    return random.Random(f"{SEED}{of}")  # noqa: S311 (the same world every time)
