"""How often the diagnosis names the right reason: `python -m bench.diagnosis`.

``--built`` measures on the cases that the signs and weights were built with, whose figures are
therefore too good; ``--long`` on long deals, first those that were looked at, then those kept
aside; else on the cases kept for judging. Prints figures only, no texts.
"""

import argparse
from collections import Counter
from collections.abc import Sequence
from math import log, sqrt

from bench.tables import show
from tests.deals.diagnosis.cases import ASIDE, BUILDING, JUDGING, LONG, TUNING, Case, read
from unsolved.deals.diagnosis import Cold, Diagnosis, diagnose

Judged = Sequence[tuple[Case, Diagnosis]]
BINS = 3


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--built", action="store_true")
    parser.add_argument("--long", action="store_true")
    asked = parser.parse_args()
    if asked.long:
        for use in (TUNING, ASIDE):
            print(f"\nLong deals, {use}")
            tables([(case, diagnose(case.situation)) for case in read(LONG, use)])
        return
    path = BUILDING if asked.built else JUDGING
    if not path.is_file():
        print(f"{path.name} is missing, so nothing is measured")
        return
    judged = [(case, diagnose(case.situation)) for case in read(path)]
    tables(judged)


def tables(judged: Judged) -> None:
    """Print how often it is right, what is taken for what, and how sure it is."""
    told = [(case, found) for case, found in judged if case.cold]
    open_ = [found for case, found in judged if case.cold is None]
    rows = [
        ["named, and right", *_share(case.cold is found.top for case, found in told)],
        ["likeliest right, said or not", *_share(_is_first(*one) for one in told)],
        ["cannot tell, and said so", *_share(found.top is None for found in open_)],
        ["all together", *_share(case.cold is found.top for case, found in judged)],
    ]
    show("How often", ["what", "right", "of", "share", "from", "to (95 %)"], rows)
    names = [*(cold.name.lower() for cold in Cold), "cannot tell"]
    counts = Counter((_name(case.cold), _name(found.top)) for case, found in judged)
    confused = [[name, *(counts[name, other] for other in names)] for name in names]
    show("What it is (down), what is said (across)", ["", *names], confused)
    show(
        "As sure as right? (three bins of equal size, likeliest reason)",
        ["probability", "cases", "said on average", "right"],
        _reliability(told),
    )
    loss = -sum(log(found.probability(case.cold)) for case, found in told) / len(told)
    print(f"mean log loss {loss:.2f}; by chance {log(len(Cold)):.2f}")


def _reliability(told: Judged) -> list[list[object]]:
    ordered = sorted(told, key=lambda one: one[1].likely[0].probability)
    rows: list[list[object]] = []
    for n in range(BINS):
        part = ordered[n * len(ordered) // BINS : (n + 1) * len(ordered) // BINS]
        sure = [found.likely[0].probability for _, found in part]
        right = sum(_is_first(*one) for one in part) / len(part)
        rows.append(
            [f"{sure[0]:.2f} to {sure[-1]:.2f}", len(part), sum(sure) / len(part), right]
        )
    return rows


def _is_first(case: Case, found: Diagnosis) -> bool:
    return found.likely[0].cold is case.cold


def _name(cold: Cold | None) -> str:
    return cold.name.lower() if cold else "cannot tell"


def _share(right: object) -> tuple[int, int, float, float, float]:
    """Return right, of, share and its Wilson interval."""
    told = [bool(one) for one in right]  # type: ignore[attr-defined]
    n, k, z = len(told), sum(told), 1.96
    if not n:
        return 0, 0, 0.0, 0.0, 1.0
    share = k / n
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z * sqrt(share * (1 - share) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    return k, n, share, middle - half, middle + half


if __name__ == "__main__":
    main()
