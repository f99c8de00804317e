"""Builds the worked example in a database, by the same doors as a person: one day at a time.

``python -m scripts.worked.build FILE [DAY]`` makes FILE as it was on the evening of DAY;
without a day, as it was after the deal came back. `docs/deal.md` tells the story.
"""

import sys
import tempfile
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from email.message import EmailMessage
from email.utils import format_datetime
from importlib.resources import as_file, files
from pathlib import Path
from shutil import copytree
from typing import Any

from unsolved import deals, evidence, problems, sources
from unsolved.db import Session, Sessions, connect, engine_of, transaction
from unsolved.db.migrate import upgrade
from unsolved.deals.changes import Doing, Edit, put
from unsolved.deals.letting_go import Parting, message
from unsolved.deals.model import (
    Act,
    AlternativeKind,
    Attempt,
    AttemptKind,
    Basis,
    BuyerAct,
    CameOf,
    Cause,
    CostChoice,
    CostInput,
    Ground,
    InAttempt,
    Outcome,
    Power,
    Role,
    Stakeholder,
    Stance,
    Step,
    StepKind,
    StepState,
    Sway,
    Tie,
    Trigger,
    TriggerKind,
    Why,
)
from unsolved.deals.model import Alternative as Instead
from unsolved.deals.parts import PartKind
from unsolved.jobs import catch_up
from unsolved.jobs.deals import keep_up
from unsolved.jobs.sync import Means, visit
from unsolved.problems import Library
from unsolved.sources import OrganisationDraft
from unsolved.sources.connectors.folder import Folder
from unsolved.sources.vault import Vault

TOLD = tomllib.loads(Path(__file__).with_name("deal.toml").read_text("utf-8"))
OPENED = date(2025, 3, 18)
PROPOSED = date(2025, 5, 13)
COLD = date(2025, 7, 8)
LEFT = date(2025, 7, 21)
RETURNED = date(2025, 9, 23)
AGAIN = date(2025, 9, 24)


@dataclass(frozen=True, slots=True)
class Worked:
    """Where the example is being built."""

    sessions: Sessions
    library: Library
    method: evidence.Method
    folder: Path


@dataclass(frozen=True, slots=True)
class Named:
    """A source that only says by which domain an organisation is also known."""

    drafts: tuple[OrganisationDraft, ...]
    name: str = "address book"

    def fetch(self) -> Iterator[OrganisationDraft]:
        """Yield the organisations."""
        return iter(self.drafts)


def build(worked: Worked, until: date = AGAIN) -> int:
    """Build the example as it was on the evening of a day, and return the deal's id."""
    read_documents(worked, OPENED)
    number = begin(worked)
    for day, act in (
        (date(2025, 4, 30), understand),
        (PROPOSED, propose),
        (COLD, notice),
        (LEFT, leave),
        (RETURNED, hear_of_it),
        (AGAIN, return_to_it),
    ):
        if day <= until:
            act(worked, number)
    read_mails(worked, min(until, AGAIN))
    list(keep_up(worked.sessions, worked.library, noon(until)))
    return number


def read_documents(worked: Worked, day: date) -> None:
    """Bring what was public on a day, and read it."""
    home = worked.folder / "casebook"
    with as_file(files("unsolved") / "casebook") as casebook:
        copytree(casebook / "documents" / TOLD["folder"], home, dirs_exist_ok=True)
    for path in home.iterdir():
        if date.fromisoformat(path.name[:10]) > day:
            path.unlink()
    named = OrganisationDraft(
        name=TOLD["organisation"], identifiers=(f"domain:{TOLD['domain']}",)
    )
    for connector in (
        Folder(home, today=day, called="casebook"),
        Named((named,)),
    ):
        sources.add(worked.sessions, connector, now=noon(day))
    list(catch_up(worked.sessions, worked.method, today=day))


def begin(worked: Worked) -> int:
    """Open the deal from the prospect, with the people as far as they are known."""
    problem = worked.library.find(TOLD["problem"])
    assert problem is not None
    with transaction(worked.sessions) as tx:
        known = sources.called(tx, TOLD["organisation"])
        assert known is not None
        return deals.open_from_prospect(tx, known.id, problem, TOLD["seller"], by(OPENED))


def understand(worked: Worked, number: int) -> None:
    """Note in April what the buyer's people said: who they are, what they agreed, figures."""
    read_mails(worked, date(2025, 4, 30))
    with transaction(worked.sessions) as tx:
        known = deals.opportunity(tx, number)
        assert known is not None
        first = min(known.attempts, default=None)
        edits = [
            *_people(tx, first),
            *_acts(tx),
            *_cost(tx),
            put(PartKind.ATTEMPT, _add_on()),
            put(PartKind.ALTERNATIVE, _income_system()),
        ]
        deals.change(tx, number, edits, by(date(2025, 4, 30), "noted what April told"))
        head = deals.opportunity(tx, number)
        assert head is not None
        worth = {"worth": float(TOLD["worth"]), "currency": TOLD["currency"]}
        deals.change(tx, number, [_head(head.head, fits=True, **worth)], by(date(2025, 4, 30)))


def propose(worked: Worked, number: int) -> None:
    """Send the proposal in May."""
    read_mails(worked, PROPOSED)
    step = Step(
        kind=StepKind.PROPOSAL,
        what="six pages",
        state=StepState.DONE,
        done_on=PROPOSED,
        amount=float(TOLD["worth"]),
        with_whom=(1,),
    )
    with transaction(worked.sessions) as tx:
        deals.change(tx, number, [put(PartKind.STEP, step)], by(PROPOSED, "sent the proposal"))


def notice(worked: Worked, number: int) -> None:
    """Look in July at a silence of six weeks."""
    read_mails(worked, COLD)
    list(keep_up(worked.sessions, worked.library, noon(COLD)))
    assert number


def leave(worked: Worked, number: int) -> None:
    """Let it go, and say what would bring it back."""
    with transaction(worked.sessions) as tx:
        known = deals.situation(tx, number, worked.library, noon(LEFT))
        assert known is not None
        watch = Trigger(
            kind=TriggerKind.FAILED_ALTERNATIVE,
            what="the income management system is late or fails again",
            watches=("CivicaPay", "income management"),
        )
        left = Parting(
            outcome=Outcome.NO_DECISION,
            cause=Cause.OVERRULED,
            triggers=(watch,),
            message=message(known),
        )
        deals.let_go(tx, number, left, by(LEFT))


def hear_of_it(worked: Worked, number: int) -> None:
    """Read in September what the newspaper had; the trigger fires."""
    list(keep_up(worked.sessions, worked.library, noon(LEFT)))
    read_documents(worked, RETURNED)
    list(keep_up(worked.sessions, worked.library, noon(RETURNED)))
    assert number


def return_to_it(worked: Worked, number: int) -> None:
    """Take the deal up again."""
    with transaction(worked.sessions) as tx:
        deals.take_up(tx, number, by(AGAIN))


def read_mails(worked: Worked, day: date) -> None:
    """Visit the mailbox as it was on a day."""
    box = worked.folder / "mail"
    box.mkdir(exist_ok=True)
    for number, told in enumerate(TOLD["mails"]):
        if told["at"].date() <= day:
            (box / f"{number:02}.eml").write_bytes(bytes(_mail(number, told)))
    with transaction(worked.sessions) as tx:
        known = sources.source_called(tx, "mailbox")
        settings = {"path": str(box), "own": TOLD["own"]}
        one = known or sources.remember(tx, "mailbox", "mail", settings)
    visit(worked.sessions, one, Means(vault=Vault(None)), clock=lambda: noon(day))


def noon(day: date) -> datetime:
    """Return the middle of a day."""
    return datetime.combine(day, time(12), UTC)


def by(day: date, what: str = "") -> Doing:
    """Return that the seller does something on a day."""
    return Doing(by=TOLD["seller"], now=noon(day), what=what)


def _people(tx: Session, attempt: int | None) -> Iterator[Edit]:
    numbers = {told["key"]: at for at, told in enumerate(TOLD["people"], 1)}
    for told in TOLD["people"]:
        known = sources.person_called(tx, _address(told["key"]))
        part = told.get("in_attempt", InAttempt.UNKNOWN.value)
        yield put(
            PartKind.STAKEHOLDER,
            Stakeholder(
                name=told["name"],
                title=told["title"],
                person_id=known.id if known else None,
                role=Role(told["role"]),
                power=Power(told["power"]),
                stance=Stance(told["stance"]),
                in_attempt=InAttempt(part),
                attempt=attempt if part != InAttempt.UNKNOWN.value else None,
                in_denial=told.get("in_denial"),
                interest=told.get("interest", ""),
                loses=told.get("loses", ""),
                agrees=told.get("agrees"),
                met_on=told.get("met_on"),
                ground=Ground(basis=Basis.NOTED, on=date(2025, 4, 24)),
            ),
        )
    for told in TOLD["ties"]:
        tie = Tie(
            of=numbers[told["of"]],
            to=numbers[told["to"]],
            sway=Sway(told["sway"]),
            about=told.get("about", ""),
            ground=Ground(basis=Basis.NOTED, on=date(2025, 4, 24)),
        )
        yield put(PartKind.TIE, tie)


def _acts(tx: Session) -> Iterator[Edit]:
    for told in TOLD["acts"]:
        ground = _said(tx, told["quote"], told["who"], told["on"])
        act = BuyerAct(act=Act(told["act"]), on=told["on"], who=told["who"], ground=ground)
        yield put(PartKind.ACT, act)


def _cost(tx: Session) -> Iterator[Edit]:
    choice = CostChoice(formula=TOLD["cost"]["formula"], currency=TOLD["currency"])
    yield put(PartKind.CHOICE, choice)
    for told in TOLD["cost"]["inputs"]:
        facts = {name: told[name] for name in ("name", "what", "low", "likely", "high", "unit")}
        ground = _said(tx, told["quote"], told["by"], told["on"])
        yield put(PartKind.INPUT, CostInput(ground=ground, **facts))


def _add_on() -> Attempt:
    return Attempt(
        what="an add-on of their own to reconcile the bank",
        kind=AttemptKind.INTERNAL,
        came_of=CameOf.FAILED,
        whys=(Why.MANAGEMENT, Why.POLITICS),
        why_text="those who said so were not heard",
        different="Ruth Calder hears the test results herself",
    )


def _income_system() -> Instead:
    return Instead(
        kind=AlternativeKind.COMPETITOR,
        name="CivicaPay",
        why="it is bought already",
        against="its date was put off more than once",
        leaning=0.6,
    )


def _said(tx: Session, quote: str, who: str, day: date) -> Ground:
    """Return a quote with the mail that it stands in."""
    known = sources.called(tx, TOLD["organisation"])
    assert known is not None
    held = [one for one in sources.documents_of(tx, known.id) if quote in one.text]
    return Ground(
        basis=Basis.BUYER,
        quote=quote,
        by=who,
        on=day,
        document_id=held[0].id if held else None,
    )


def _head(head: Any, **but: Any) -> Edit:
    return put(PartKind.HEAD, replace(head, **but), 0)


def _mail(number: int, told: Mapping[str, Any]) -> EmailMessage:
    mail = EmailMessage()
    mail["Message-ID"] = f"<{number}@example.com>"
    mail["Date"] = format_datetime(told["at"])
    mail["From"] = _mailbox(told["from"])
    mail["To"] = ", ".join(_mailbox(one) for one in told["to"])
    mail["Subject"] = told["subject"]
    thread = told["subject"].removeprefix("Re: ")
    before = [
        at
        for at, one in enumerate(TOLD["mails"][:number])
        if one["subject"].removeprefix("Re: ") == thread
    ]
    if before:
        mail["In-Reply-To"] = f"<{before[-1]}@example.com>"
    mail.set_content(told["text"].strip() + "\n")
    return mail


def _mailbox(key: str) -> str:
    if key == "us":
        return f"{TOLD['seller']} <{TOLD['seller_address']}>"
    name = next(one["name"] for one in TOLD["people"] if one["key"] == key)
    return f"{name} <{_address(key)}>"


def _address(key: str) -> str:
    name = next(str(one["name"]) for one in TOLD["people"] if one["key"] == key)
    return f"{name.casefold().replace(' ', '.')}@{TOLD['domain']}"


def main() -> None:
    """Build the example in the file that is named."""
    path, *days = sys.argv[1:] or ["worked.sqlite"]
    Path(path).unlink(missing_ok=True)
    sessions = connect(f"sqlite:///{path}")
    upgrade(engine_of(sessions))
    library = problems.load()
    with tempfile.TemporaryDirectory() as folder:
        worked = Worked(sessions, library, evidence.method("model", library), Path(folder))
        number = build(worked, date.fromisoformat(days[0]) if days else AGAIN)
    print(f"deal {number} in {path}")


if __name__ == "__main__":
    main()
