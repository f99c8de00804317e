"""Fits how people answer: ``python -m training.silence`` writes ``silence/population.toml``.

From the mailboxes of Enron's people as `training.silence_mail` rebuilds them. Whose mailbox it
is are we; everybody they wrote to is a contact. The rhythm and the rate are those that make the
waits likeliest; how both are weighed is logistic regression on what came of silences after
one, two, five and ten working days. ``[call]`` and ``[meeting]`` are left as they are.
"""

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from bench.world import shared
from training.silence_mail import Written, exchanges_of_mailbox, with_threads, written
from unsolved.deals.model import Channel, Exchange
from unsolved.deals.silence import population
from unsolved.deals.silence.chance import odds_of
from unsolved.deals.silence.fitting import ALL, WITHIN, fitted
from unsolved.deals.silence.population import Rhythm
from unsolved.deals.silence.waits import History, histories
from unsolved.deals.silence.working import WorkingTime, working_time

FEWEST_MAILS = 10
"""Mails that must be there of somebody, else it is not their mailbox."""

AFTER = (1.0, 2.0, 5.0, 10.0)  # working days of silence
COUNTRY = "US"
AT, WIDTH = np.array([-1.0, 4.9, 0.0, 0.5, 0.5]), np.array([2.0, 0.3, 2.0, 0.3, 0.3])
"""Where `weighed` begins and how far it may go: often and over as logarithms, then the weights.
A sampled mailbox hardly shows that a silence of months means more than many mails of old, so
the memory is held near to half a year, and the rhythm keeps a say."""

DOUBT = 1.5
"""How far share and speed may lie elsewhere from what they are here: our judgement."""

START = Rhythm(
    share=0.0,
    spread=1.0,
    speed=0.7,
    speeds=1.0,
    scatter=1.5,
    scatters=0.4,
    doubt=0.0,
    people=-0.5,
    reply=0.5,
    often=1.0,
    over=100.0,
    at=0.0,
    of_rhythm=1.0,
    of_rate=1.0,
)
"""Where `fitted` begins, and is held with few waits: half is answered, usually in two days."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailbox:
    """What passed between one person, us, and everybody else."""

    owner: str
    exchanges: tuple[Exchange, ...]
    time: WorkingTime
    end: datetime

    @property
    def by_person(self) -> dict[int, list[Exchange]]:
        """The exchanges that each contact was on."""
        found: dict[int, list[Exchange]] = defaultdict(list)
        for one in self.exchanges:
            for person in one.person_ids:
                found[person].append(one)
        return dict(sorted(found.items()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A silence at a moment, what was known then, and whether they wrote in thirty days.

    ``since_theirs`` are days since they last wrote, ``since_any`` since the last mail either
    way; infinite where there was none.
    """

    owner: str
    person: int
    at: datetime
    known: History
    more: float
    is_silent: bool
    since_theirs: float
    since_any: float

    @property
    def replies(self) -> int:
        """How often they had answered."""
        return self.known.replies


def mailboxes(path: Path, *, quoted: bool = True) -> list[Mailbox]:
    """Return the mailboxes in a file of mails; without ``quoted`` only mails in the file."""
    mails = written(path)
    sent = Counter(one.sender for one in mails if one.mailbox)
    names = sorted({person for one in mails for person in one.people})
    numbers = {name: number for number, name in enumerate(names, 1)}
    if not quoted:
        mails = [replace(one, quotes=None) for one in mails if one.mailbox]
    threads = with_threads(mails)
    owners = sorted(name for name, count in sent.items() if count >= FEWEST_MAILS)
    return [_mailbox(mails, owner, numbers, threads) for owner in owners]


def points(box: Mailbox) -> Iterator[Point]:
    """Yield the silences in a mailbox whose next thirty days are seen too."""
    for person, exchanges in box.by_person.items():
        known = _history(box, exchanges, person, box.end)
        for wait in known.waits:
            for days in AFTER:
                at = _moment(box.time, wait.began, days)
                is_over = known.open is not wait and at >= wait.ended
                if not is_over and at + WITHIN <= box.end:
                    yield _point(box, exchanges, person, at)


def fit(known: Iterable[History], seen: Sequence[Point]) -> Rhythm:
    """Return how the people of some histories answer, and how that is weighed at points."""
    found = replace(fitted(START, list(known), ALL), doubt=DOUBT, waits=0)
    return weighed(found, seen)


def weighed(rhythm: Rhythm, seen: Sequence[Point]) -> Rhythm:
    """Return a rhythm with how often people write, and what it and the rhythm weigh.

    Both at once, by logistic regression on whether a sign came in thirty days.
    """
    odds = np.array([odds_of(p.known, rhythm, p.more)[0] for p in seen])
    signs = np.array([p.known.signs for p in seen], dtype=float)
    days = np.array([p.known.known_days for p in seen])
    more = np.array([p.more for p in seen])
    wrote = np.array([not p.is_silent for p in seen], dtype=float)

    def against(x: NDArray[np.float64]) -> float:
        often, over = np.exp(x[:2])
        none = ((over + days) / (over + days + more)) ** (often + signs)
        rate = np.clip(1 - none, 1e-6, 1 - 1e-6)
        told = x[2] + x[3] * odds + x[4] * np.log(rate / (1 - rate))
        return float(
            (np.logaddexp(0, told) - wrote * told).sum() + (((x - AT) / WIDTH) ** 2).sum() / 2
        )

    best = minimize(against, AT, method="L-BFGS-B").x
    often, over = np.exp(best[:2])
    return replace(
        rhythm,
        often=float(often),
        over=float(over),
        at=float(best[2]),
        of_rhythm=float(best[3]),
        of_rate=float(best[4]),
    )


def whole(box: Mailbox) -> list[History]:
    """Return what passed with everybody in a mailbox."""
    return [_history(box, some, person, box.end) for person, some in box.by_person.items()]


def main() -> None:
    """Fit on all mailboxes, and write the section on mail anew."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--mail", type=Path, help="a file of mails, one JSON object a line")
    options = asked.parse_args()
    boxes = mailboxes(options.mail or shared("data", "mail", "enron.jsonl.gz"))
    seen = [one for box in boxes for one in points(box)]
    known = [one for box in boxes for one in whole(box)]
    found = fit(known, seen)
    waits = [wait for one in known for wait in one.waits]
    people = sum(bool(one.waits) for one in known)
    told = (
        f"{len(boxes)} mailboxes of Enron, {len(waits)} waits of {people} people,"
        f" {sum(one.is_answered for one in waits)} answered; weighed on {len(seen)} silences"
    )
    _write(replace(found, fitted_on=told))
    print(told)


def _mailbox(
    mails: Sequence[Written],
    owner: str,
    numbers: Mapping[str, int],
    threads: Mapping[str, str],
) -> Mailbox:
    exchanges = exchanges_of_mailbox(mails, owner, numbers, threads)
    moments = [one.at for one in exchanges]
    time = working_time(moments, COUNTRY, ())
    return Mailbox(owner=owner, exchanges=exchanges, time=time, end=max(moments))


def _history(
    box: Mailbox, exchanges: Sequence[Exchange], person: int, now: datetime
) -> History:
    told = [one for one in exchanges if one.at <= now]
    found = histories(told, box.time, now)
    mine = [one for one in found if one.person_id == person]
    return mine[0] if mine else _nothing(person)


def _nothing(person: int) -> History:
    return History(
        person_id=person, channel=Channel.MAIL, closed=(), open=None, known_days=0.0, signs=0
    )


def _point(box: Mailbox, exchanges: Sequence[Exchange], person: int, at: datetime) -> Point:
    known = _history(box, exchanges, person, at)
    until = at + WITHIN
    theirs = [
        one.at
        for one in exchanges
        if not one.is_ours and one.person_ids[0] == person and not one.is_automatic
    ]
    both = max(one.at for one in exchanges if one.at <= at)
    return Point(
        owner=box.owner,
        person=person,
        at=at,
        known=known,
        more=box.time.days(at, until, person),
        is_silent=not any(at < one <= until for one in theirs),
        since_theirs=_days(known.last_at, at),
        since_any=_days(both, at),
    )


def _days(before: datetime | None, at: datetime) -> float:
    return (at - before).total_seconds() / 86_400 if before else float("inf")


def _moment(time: WorkingTime, start: datetime, days: float) -> datetime:
    """Return when so many working days have passed, to the minute."""
    low, high = start, start + timedelta(days=2 * days + 14)
    while high - low > timedelta(minutes=1):
        middle = low + (high - low) / 2
        low, high = (middle, high) if time.days(start, middle) < days else (low, middle)
    return high


def _write(found: Rhythm) -> None:
    """Write the section on mail, and leave the others as they stand."""
    path = population.SHIPPED
    head, _, rest = path.read_text("utf-8").partition("\n[mail]\n")
    after = rest[rest.index("\n[") :]
    lines = [f'fitted_on = "{found.fitted_on}"\n']
    lines += [
        f"{one.name} = {getattr(found, one.name):.4g}\n"
        for one in fields(Rhythm)
        if one.name not in {"fitted_on", "waits"}
    ]
    path.write_text(f"{head}\n[mail]\n{''.join(lines)}{after}", "utf-8")


if __name__ == "__main__":
    main()
