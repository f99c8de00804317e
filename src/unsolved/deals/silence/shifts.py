"""That somebody behaves otherwise than before: shorter, vaguer, slower, fewer copied, moved.

The last two months are held against the year before them, by tests that need no assumption of
how mails are distributed: Mann and Whitney's for lengths, times and numbers, Fisher's exact one
for shares. What is tested of one person together is corrected after Holm (1979), so that who is
tested for five things is not found changed five times as often. Only cooling is told.
"""

import re
import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache
from math import erfc, sqrt
from pathlib import Path
from statistics import fmean, median
from typing import Any

from scipy.stats import fisher_exact, mannwhitneyu, rankdata

from unsolved.deals.model import Channel, Exchange, Shift
from unsolved.deals.silence.away import is_absence
from unsolved.deals.silence.waits import History

CUES = Path(__file__).with_name("shifts.toml")
_FIGURES = re.compile(r"\b\d{1,2}[:.]\d{2}\b|\b\d{1,2}[./]\d{1,2}\b|\d{4}-\d{2}-\d{2}")

ROUGH = 0.2
"""From here on a chance need not be exact: nothing is told of it."""

Whose = tuple[int, Channel]
Seen = tuple[datetime, float, int | None]
"""When, how much of it, and the record that shows it."""


@dataclass(frozen=True, slots=True)
class _Cues:
    now: timedelta
    before: timedelta
    fewest_now: int
    fewest_before: int
    unusual: float
    definite: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class _Test:
    """What is compared: in words, in which unit, whether more of it is the cooling."""

    what: str
    unit: str
    is_more: bool = False
    is_share: bool = False


SHORTER = _Test("shorter mails", "words")
FEWER = _Test("fewer people on their mails", "people")
SLOWER = _Test("slower answers", "working days", is_more=True)
VAGUER = _Test("fewer mails that name a day or a commitment", "of mails", is_share=True)
ASKING = _Test("fewer mails that ask something", "of mails", is_share=True)
MOVED = _Test("more meetings moved or called off", "of meetings", is_more=True, is_share=True)


def shifts_of(
    exchanges: Iterable[Exchange], known: Iterable[History], *, now: datetime
) -> dict[Whose, tuple[Shift, ...]]:
    """Return how each person's behaviour changed in each channel, the least likely first.

    People with too few exchanges in either time, and those who do as before, are left out.
    """
    cues = _cues()
    since = now - cues.now - cues.before
    seen: dict[Whose, dict[_Test, list[Seen]]] = defaultdict(lambda: defaultdict(list))
    for one in exchanges:
        if since < one.at <= now and not one.is_automatic and not is_absence(one):
            for whose, test, value in _measured(one, cues):
                seen[whose][test].append((one.at, value, one.record_id))
    for history in known:
        for wait in history.closed:
            if wait.is_answered and wait.channel is Channel.MAIL and wait.ended > since:
                record = next(iter(wait.record_ids), None)
                whose = history.person_id, history.channel
                seen[whose][SLOWER].append((wait.ended, wait.days, record))
    found = {whose: _told(tests, now - cues.now, cues) for whose, tests in sorted(seen.items())}
    return {whose: shifts for whose, shifts in found.items() if shifts}


def _measured(one: Exchange, cues: _Cues) -> Iterator[tuple[Whose, _Test, float]]:
    """Yield what an exchange tells of the behaviour of those on it."""
    if one.channel is Channel.MEETING:
        for person_id in one.person_ids:
            yield (person_id, one.channel), MOVED, float(one.moved > 0 or one.is_off)
        return
    if one.channel is not Channel.MAIL or one.is_ours or not one.person_ids:
        return
    whose = one.person_ids[0], one.channel
    yield whose, FEWER, float(one.people)
    if one.words is not None:
        yield whose, SHORTER, float(one.words)
    if one.text:
        yield whose, VAGUER, float(cues.definite.search(one.text.casefold()) is not None)
        yield whose, ASKING, float("?" in one.text)


def _told(
    tests: Mapping[_Test, Sequence[Seen]], start: datetime, cues: _Cues
) -> tuple[Shift, ...]:
    """Return what changed, by Holm's correction of all that could be tested."""
    tried: list[tuple[_Test, Shift]] = []
    for test, seen in tests.items():
        before = [one for one in seen if one[0] <= start]
        after = [one for one in seen if one[0] > start]
        if len(before) >= cues.fewest_before and len(after) >= cues.fewest_now:
            tried.append((test, _shift(test, before, after)))
    tried.sort(key=lambda one: (one[1].chance, one[1].what))
    found: list[Shift] = []
    least = 0.0
    for number, (test, one) in enumerate(tried):
        least = max(least, min(1.0, one.chance * (len(tried) - number)))
        if least <= cues.unusual and _is_cooling(test, one):
            found.append(replace(one, chance=least))
    return tuple(found)


def _shift(test: _Test, before: Sequence[Seen], after: Sequence[Seen]) -> Shift:
    """Return how two times differ, and how likely so great a difference is by chance."""
    old, new = ([value for _, value, _ in some] for some in (before, after))
    middle: Callable[[Sequence[float]], float] = fmean if test.is_share else median
    if test.is_share:
        table = [[sum(some), len(some) - sum(some)] for some in (old, new)]
        chance = float(fisher_exact(table)[1])
    else:
        chance = _by_ranks(old, new)
    ids = sorted(
        (at, record)
        for at, value, record in after
        if record is not None and _shows(test, value)
    )
    return Shift(
        what=test.what,
        before=middle(old),
        now=middle(new),
        unit=test.unit,
        count_before=len(old),
        count_now=len(new),
        chance=chance,
        record_ids=tuple(record for _, record in ids),
    )


def _by_ranks(old: Sequence[float], new: Sequence[float]) -> float:
    """Return how likely so different ranks are by chance, on both sides.

    The normal approximation comes first, and is good enough where nothing is to be told: the
    exact test takes a hundred times as long.
    """
    ranks = rankdata([*old, *new])
    n, m = len(old), len(new)
    excess = abs(float(ranks[:n].sum()) - n * (n + m + 1) / 2) - 0.5
    spread = float(ranks.var()) * n * m / (n + m - 1)
    if spread == 0 or excess <= 0:
        return 1.0
    rough = erfc(excess / sqrt(2 * spread))
    return rough if rough > ROUGH else float(mannwhitneyu(old, new).pvalue)


def _shows(test: _Test, value: float) -> bool:
    """Whether a recent exchange shows the cooling; of numbers, all of them together do."""
    return not test.is_share or (value > 0) == test.is_more


def _is_cooling(test: _Test, shift: Shift) -> bool:
    return shift.now > shift.before if test.is_more else shift.now < shift.before


@cache
def _cues() -> _Cues:
    told: dict[str, Any] = tomllib.loads(CUES.read_text("utf-8"))
    words = "|".join(re.escape(cue) for cue in told["definite"])
    return _Cues(
        now=timedelta(days=told["now_days"]),
        before=timedelta(days=told["before_days"]),
        fewest_now=told["fewest_now"],
        fewest_before=told["fewest_before"],
        unusual=told["unusual"],
        definite=re.compile(rf"\b(?:{words})\b|{_FIGURES.pattern}"),
    )
