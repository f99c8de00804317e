"""How right is the chance of an answer? ``python -m bench.silence``.

On Enron's mail, whose mailbox it is being us. A silence is looked at after one, two, five and
ten working days without a sign; what is to be foreseen is that none comes in the next thirty
days. All is counted from what had passed by then, with numbers fitted on other people: contacts
are parted into five by their number, or (``--owners``) mailboxes one by one. Beside it stand
the rule "so many days since they last wrote" (whoever never wrote comes last) and the rule "so
many days since the last mail either way". The calibration error is over ten parts with equally
many silences; intervals are of 95 %, by drawing contacts anew. ``--in-file`` looks at silences
as they are without quoted mails, ``--shipped`` takes the numbers that ship, ``--team``
learns from each mailbox what had passed by the beginning of each quarter.
"""

import argparse
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.stats import rankdata

from bench.tables import Cell, show
from bench.world import shared
from training.silence import Mailbox, Point, fit, mailboxes, points, whole
from unsolved.deals.model import Channel
from unsolved.deals.silence.chance import chance_of_answer
from unsolved.deals.silence.fitting import learnt
from unsolved.deals.silence.population import Population, Rhythm, shipped

FOLDS, PARTS, DRAWS, SEED = 5, 10, 500, 7
GROUPS = (("0", 0, 0), ("1-2", 1, 2), ("3-5", 3, 5), ("6 and more", 6, 10_000))
Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Scored:
    """Silences with what was foreseen: the chance that nobody writes."""

    points: Sequence[Point]
    foreseen: Array

    @property
    def truth(self) -> Array:
        """Whether nobody wrote."""
        return np.array([one.is_silent for one in self.points], dtype=float)


def main() -> None:
    """Foresee, and print the table."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--mail", type=Path, help="a file of mails, one JSON object a line")
    asked.add_argument("--in-file", action="store_true", help="without quoted mails")
    asked.add_argument("--owners", action="store_true", help="leave mailboxes out, not people")
    asked.add_argument("--shipped", action="store_true", help="with the numbers that ship")
    asked.add_argument("--team", action="store_true", help="learn from each mailbox")
    options = asked.parse_args()
    path = options.mail or shared("data", "mail", "enron.jsonl.gz")
    boxes = mailboxes(path)
    seen = mailboxes(path, quoted=False) if options.in_file else boxes
    scored = _scored(boxes, seen, options)
    _table(scored)
    _parts(scored)


def _scored(
    boxes: Sequence[Mailbox], seen: Sequence[Mailbox], options: argparse.Namespace
) -> Scored:
    """Return what was foreseen of the silences in ``seen``, by numbers fitted in ``boxes``."""
    asked = [one for box in seen for one in points(box)]
    if options.shipped:
        folds = [(asked, shipped().of(Channel.MAIL))]
    else:
        folds = list(_folds(boxes, asked, by_owner=options.owners))
    found: list[Point] = []
    foreseen: list[float] = []
    by_owner = {box.owner: box for box in seen}
    for held, how in folds:
        team = _Team(by_owner, shipped().having(Channel.MAIL, how)) if options.team else None
        for one in held:
            rhythm = team.at(one.owner, one.at) if team else how
            chance = chance_of_answer(one.known, rhythm, one.more)
            found.append(one)
            foreseen.append(1 - chance.probability)
    return Scored(found, np.array(foreseen))


def _folds(
    boxes: Sequence[Mailbox], asked: Sequence[Point], *, by_owner: bool
) -> Iterator[tuple[list[Point], Rhythm]]:
    """Yield people, or a mailbox, kept aside, and the numbers fitted on all others."""
    known = [(box.owner, one) for box in boxes for one in whole(box)]
    learnt_from = [one for box in boxes for one in points(box)]
    part: Callable[[str, int], object] = (
        (lambda owner, _: owner) if by_owner else (lambda _, person: person % FOLDS)
    )
    for fold in sorted({part(one.owner, one.person) for one in asked}, key=str):
        others = [one for owner, one in known if part(owner, one.person_id) != fold]
        rest = [one for one in learnt_from if part(one.owner, one.person) != fold]
        held = [one for one in asked if part(one.owner, one.person) == fold]
        yield held, fit(others, rest)


class _Team:
    """What a mailbox had taught by the beginning of each quarter."""

    def __init__(self, boxes: dict[str, Mailbox], start: Population) -> None:
        self._boxes, self._start = boxes, start
        self._known: dict[tuple[str, datetime], Rhythm] = {}

    def at(self, owner: str, moment: datetime) -> Rhythm:
        """Return how people answered the owner, as was known at a moment."""
        month = 3 * ((moment.month - 1) // 3) + 1
        quarter = datetime(moment.year, month, 1, tzinfo=moment.tzinfo)
        if (owner, quarter) not in self._known:
            box = self._boxes[owner]
            told = [one for one in box.exchanges if one.at <= quarter]
            found = learnt(told, box.time, quarter, self._start)
            self._known[owner, quarter] = found.of(Channel.MAIL)
        return self._known[owner, quarter]


def _table(scored: Scored) -> None:
    replies = np.array([one.replies for one in scored.points])
    rules = {
        "theirs": np.array([one.since_theirs for one in scored.points]),
        "either way": np.array([one.since_any for one in scored.points]),
    }
    rows: list[list[Cell]] = []
    for name, low, high in (*GROUPS, ("all", 0, 10_000)):
        chosen = np.flatnonzero((replies >= low) & (replies <= high))
        if chosen.size == 0:
            continue
        truth, foreseen = scored.truth[chosen], scored.foreseen[chosen]
        people = [(scored.points[n].owner, scored.points[n].person) for n in chosen]
        drawn = _draws(people)
        rows.append(
            [
                name,
                int(chosen.size),
                len(set(people)),
                float(truth.mean()),
                _with_interval(_auc, truth, foreseen, drawn),
                *(_number(_auc(truth, rule[chosen])) for rule in rules.values()),
                _gain(truth, foreseen, rules["theirs"][chosen], drawn),
                _with_interval(_error, truth, foreseen, drawn),
            ]
        )
    head = ["answers so far", "silences", "people", "stay silent", "AUC"]
    head += [f"AUC, days since {name}" for name in ("theirs", "any mail")]
    head += ["AUC gained on the first", "calibration error"]
    show("No sign within thirty days", head, rows)


def _parts(scored: Scored) -> None:
    """Print what was foreseen beside what came, in ten parts."""
    order = np.argsort(scored.foreseen, kind="stable")
    rows: list[list[Cell]] = [
        [n, len(part), float(scored.foreseen[part].mean()), float(scored.truth[part].mean())]
        for n, part in enumerate(np.array_split(order, PARTS), 1)
    ]
    show("Foreseen and found", ["part", "silences", "foreseen", "stayed silent"], rows)


def _auc(truth: Array, foreseen: Array) -> float:
    """Return how often a silence that lasts is ranked above one that does not."""
    ones = int(truth.sum())
    zeros = len(truth) - ones
    if not ones or not zeros:
        return float("nan")
    ranks = rankdata(foreseen)
    return float((ranks[truth > 0].sum() - ones * (ones + 1) / 2) / (ones * zeros))


def _error(truth: Array, foreseen: Array) -> float:
    """Return the expected calibration error over parts with equally many silences."""
    order = np.argsort(foreseen, kind="stable")
    gaps = [
        abs(truth[part].mean() - foreseen[part].mean()) * len(part)
        for part in np.array_split(order, PARTS)
        if len(part)
    ]
    return float(sum(gaps) / len(truth))


def _draws(people: Sequence[object]) -> list[NDArray[np.int64]]:
    """Return the silences of contacts drawn anew, again and again."""
    by_person: dict[object, list[int]] = defaultdict(list)
    for number, who in enumerate(people):
        by_person[who].append(number)
    groups = [np.array(some) for some in by_person.values()]
    chance = np.random.default_rng(SEED)
    return [
        np.concatenate([groups[n] for n in chance.integers(len(groups), size=len(groups))])
        for _ in range(DRAWS)
    ]


def _with_interval(
    measure: Callable[[Array, Array], float],
    truth: Array,
    foreseen: Array,
    drawn: Sequence[NDArray[np.int64]],
) -> str:
    values = [measure(truth[some], foreseen[some]) for some in drawn]
    low, high = np.nanquantile(values, [0.025, 0.975])
    return f"{measure(truth, foreseen):.3f} ({low:.2f} to {high:.2f})"


def _gain(
    truth: Array, foreseen: Array, rule: Array, drawn: Sequence[NDArray[np.int64]]
) -> str:
    """Return how much further up silences that last are ranked than by a rule."""
    gains = [_auc(truth[n], foreseen[n]) - _auc(truth[n], rule[n]) for n in drawn]
    low, high = np.nanquantile(gains, [0.025, 0.975])
    gain = _auc(truth, foreseen) - _auc(truth, rule)
    return f"{gain:+.3f} ({low:+.2f} to {high:+.2f})"


def _number(value: float) -> str:
    return f"{value:.3f}"


if __name__ == "__main__":
    main()
