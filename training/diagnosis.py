"""Draws the judged weights of the signs of a cold shoulder a little towards written cases.

`python -m training.diagnosis` reads the cases for building (``training/deals``; of the long
deals those that may be looked at), finds their signs, and fits the weights of a multinomial
logit by maximum a posteriori: the prior of each weight is a normal distribution around its
judgement, so a sign that is seldom seen stays as it was judged. How strong the prior is, is
chosen by leaving one case out. ``--write`` writes ``weights.toml``. The cases kept for judging
are not read.
"""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from tests.deals.diagnosis.cases import BUILDING, LONG, TUNING, Case, read
from unsolved.deals.diagnosis import Cold, signs_of
from unsolved.deals.diagnosis.catalogue import catalogue

Floats = NDArray[np.float64]
MORE = BUILDING.with_name("more.yaml")
WEIGHTS = (
    Path(__file__).parents[1]
    / "src" / "unsolved" / "deals" / "diagnosis" / "weights.toml"
)  # fmt: skip
STRENGTHS = (4.0, 8.0, 16.0, 64.0)
"""How many cases the judgement of a weight is worth, about."""

TEMPER = 0.7
"""What scores are multiplied by, so that the product is not surer than it is right. By these
cases it would be 1, but whoever wrote the cues had read them; so it is set by judgement."""

ALSO = 0.25
"""The share of a second reason that plays a part."""

OPEN = 0.5
"""How much a case counts in which nobody could tell; it pulls towards all being alike."""

LEAST = 0.03
"""A weight under this is left out: nobody could tell it from nothing."""

FREE = 0.3
"""How far a weight may go that was judged to be nothing."""


@dataclass(frozen=True)
class Table:
    """Cases as numbers: signs found, what is right, how much each counts."""

    names: tuple[str, ...]
    found: Floats
    right: Floats
    counts: Floats
    judged: Floats

    def but(self, one: int) -> "Table":
        """Return the table without a case."""
        keep = np.arange(len(self.found)) != one
        return Table(
            self.names, self.found[keep], self.right[keep], self.counts[keep], self.judged
        )


def main() -> None:
    """Fit, say how well by leaving one out, and write if asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true")
    cases = [*read(BUILDING), *read(MORE), *read(LONG, TUNING)]
    known = table(cases)
    left_out = {one: outside(known, one) for one in STRENGTHS}
    chosen = min(STRENGTHS, key=lambda one: loss(left_out[one] * TEMPER, known))
    for strength, scores in left_out.items():
        lost = f"{loss(scores, known):.3f}, tempered {loss(scores * TEMPER, known):.3f}"
        print(f"prior worth {strength:g}: right {right(scores, known)}; loss {lost}")
    print(f"chosen: prior worth {chosen:g}")
    if parser.parse_args().write:
        weights = fitted(known, chosen) * TEMPER
        WEIGHTS.write_text(written(known, weights, chosen, len(cases)), "utf-8")


def table(cases: Sequence[Case]) -> Table:
    """Return cases as numbers."""
    entries = catalogue().entries
    names = tuple(entries)
    found = np.zeros((len(cases), len(names)))
    answers = np.full((len(cases), len(Cold)), 1 / len(Cold))
    counts = np.full(len(cases), OPEN)
    order = list(Cold)
    for n, case in enumerate(cases):
        for sign in signs_of(case.situation):
            found[n, names.index(sign.id)] = sign.strength
        if case.cold is not None:
            counts[n], answers[n] = 1.0, 0.0
            answers[n, order.index(case.cold)] = 1.0 if case.also is None else 1 - ALSO
            if case.also is not None:
                answers[n, order.index(case.also)] = ALSO
    judged = np.array([[entries[name].judged[cold] for cold in Cold] for name in names])
    return Table(names, found, answers, counts, judged)


def fitted(known: Table, strength: float) -> Floats:
    """Return weights, a row a sign: likely given the cases, and near what was judged."""
    shape = known.judged.shape

    def cost(flat: Floats) -> tuple[float, Floats]:
        weights = flat.reshape(shape)
        chances = softmax(known.found @ weights)
        lost = -(known.counts[:, None] * known.right * np.log(chances)).sum()
        off = weights - known.judged
        slope = known.found.T @ (known.counts[:, None] * (chances - known.right))
        return lost + strength / 2 * (off**2).sum(), (slope + strength * off).ravel()

    lower = np.where(known.judged > 0, known.judged * 0.3, known.judged - FREE)
    upper = np.where(known.judged < 0, known.judged * 0.3, known.judged * 1.5 + FREE)
    top = known.judged.max(axis=1, keepdims=True)
    # A sign keeps helping most the reason it was judged to help.
    upper = np.where(known.judged < top, np.minimum(upper, np.maximum(top * 0.7, 0)), upper)
    lower = np.where(known.judged == top, np.maximum(lower, top * 0.8), lower)
    bounds = list(zip(np.minimum(lower, upper).ravel(), upper.ravel(), strict=True))
    start = np.clip(known.judged.ravel(), [b[0] for b in bounds], [b[1] for b in bounds])
    done: Any = minimize(cost, start, jac=True, method="L-BFGS-B", bounds=bounds)
    result: Floats = done.x.reshape(shape)
    return result


def outside(known: Table, strength: float) -> Floats:
    """Return the scores of each case under weights that were fitted without it."""
    rows = [known.found[n] @ fitted(known.but(n), strength) for n in range(len(known.found))]
    return np.array(rows)


def loss(scores: Floats, known: Table) -> float:
    """Return the mean log loss on cases with a reason."""
    told = known.counts == 1
    chances = softmax(scores)[told]
    return float(-(known.right[told] * np.log(chances)).sum() / told.sum())


def right(scores: Floats, known: Table) -> str:
    """Return how often the likeliest is right."""
    told = known.counts == 1
    same = scores[told].argmax(axis=1) == known.right[told].argmax(axis=1)
    return f"{same.sum()} of {told.sum()}"


def softmax(scores: Floats) -> Floats:
    """Return probabilities, a row a case."""
    odds = np.exp(scores - scores.max(axis=1, keepdims=True))
    result: Floats = odds / odds.sum(axis=1, keepdims=True)
    return result


def written(known: Table, weights: Floats, strength: float, cases: int) -> str:
    """Return the file of weights."""
    head = [
        f"# Made by training/diagnosis.py from {cases} written cases: a judgement is worth",
        f"# {strength:g} cases, and scores are tempered by {TEMPER:g}. A weight is what the",
        "# sign adds to the log-score when found once.",
        "",
        "[prior]",
        *(f"{cold.name.lower()} = 0.0" for cold in Cold),
        "",
        "[weights]",
    ]
    lines = []
    for name, row in zip(known.names, weights, strict=True):
        parts = {c.name.lower(): round(float(w), 2) for c, w in zip(Cold, row, strict=True)}
        told = ", ".join(
            f"{cold} = {weight}" for cold, weight in parts.items() if abs(weight) >= LEAST
        )
        lines.append(f"{name} = {{{told}}}")
    return "\n".join([*head, *lines, ""])


if __name__ == "__main__":
    main()
