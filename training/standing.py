"""Fits what each sign of a standing is worth: ``python -m training.standing``.

Reads the casebook (48 judged pairs of organisation and problem) and the calls of seventy
organisations (420 pairs), works out every sign's mass with the product's own code, and fits the
weights by maximum likelihood of the judged standing, with a pull towards the weights that stand
now. Every sign keeps the direction it was given: what speaks for something cannot be fitted to
speak against it. Prints how the weights do on organisations kept apart, then writes
``prospects/weights.toml``.
"""

import argparse
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from bench import standings as calls_bench
from bench.baselines import average_precision, mean
from bench.world import Shelf, bring, bring_casebook, catch_up, database, shared
from unsolved import evidence, problems, sources
from unsolved.db import Sessions, transaction
from unsolved.prospects.model import Step
from unsolved.prospects.service import dossier_of
from unsolved.prospects.signs import SECTIONS, SIGNS, Story, aboutness
from unsolved.prospects.standing import masses
from unsolved.prospects.statements import statements
from unsolved.prospects.threads import follow
from unsolved.prospects.weights import SHIPPED, shipped

Floats = NDArray[np.float64]
STEPS = (Step.HAS, Step.TRIED, Step.FAILED, Step.RESOLVED)
"""The steps that judged standings tell about; who knows and who contradicts stay as set."""

AGAINST = {
    "hypothetical", "attempt_at_the_end", "problems_at_the_end",
}  # fmt: skip
AGAINST_WHEN_RESOLVED = {"said_again_since"}
PULL = 0.3
MOST_AT_FIRST = {Step.HAS: -0.4, Step.TRIED: -0.4, Step.FAILED: -0.8, Step.RESOLVED: -0.8}
"""Before anything is read every step is rather "no": a try that nobody tells of is none."""

AT_LEAST = {(Step.FAILED, "failure_at_the_end"): 1.8}
AT_MOST = {(Step.RESOLVED, "said_again_since"): -1.5}
"""What a seller would not do without, however few pairs show it."""

CASEBOOK_WEIGHT = 5.0
"""A casebook pair counts this much, so that 48 of them are heard beside 420."""

UNJUDGED = 1.0
"""What a casebook pair that nobody judged counts, as one with no sign of the problem."""

FOLDS = 6
FAILED = 3
EVEN = 0.5
POINTS = np.array([0.0, 25.0, 30.0, 70.0, 5.0])


@dataclass(frozen=True)
class Pair:
    """An organisation and a problem, how they were judged, and the mass of every sign."""

    source: str
    organisation: str
    problem: str
    standing: int | None
    masses: Mapping[tuple[Step, str], float]

    @property
    def weight(self) -> float:
        """How much it counts in the fit."""
        by_source = CASEBOOK_WEIGHT if self.source == "casebook" else 1.0
        return by_source if self.standing is not None else by_source * UNJUDGED


def names(step: Step) -> list[str]:
    """Return the weights of a step, in the order of its sum."""
    about = ["about"] if step is Step.HAS else []
    return ["start", *(sign.name for sign in SIGNS[step]), *about]


def masses_of(story: Story) -> dict[tuple[Step, str], float]:
    """Return the mass of every sign in a story."""
    found = {
        (step, sign.name): sum(mass for mass, _ in masses(sign, story))
        for step in STEPS
        for sign in SIGNS[step]
    }
    return {
        **found,
        **{(step, "start"): 1.0 for step in STEPS},
        (Step.HAS, "about"): aboutness(story),
    }


def pairs(
    source: str,
    sessions: Sessions,
    library: problems.Library,
    truth: Mapping[str, Mapping[str, int]],
) -> list[Pair]:
    """Return every pair of an organisation in the database and a problem."""
    found = []
    with transaction(sessions) as tx:
        for known in sources.organisations(tx):
            dossier = dossier_of(tx, known.id)
            pieces = follow(dossier.evidence, (known.name, *known.names))
            for problem in library.problems:
                story = Story(statements(pieces, problem.id, dossier.sharing), dossier.ends_on)
                standing = truth.get(problem.id, {}).get(known.name)
                found.append(Pair(source, known.name, problem.id, standing, masses_of(story)))
    return found


def read_worlds(reader: str) -> list[Pair]:
    """Read the casebook and both sets of calls, and return all their pairs."""
    found = []
    with database() as sessions:
        library = problems.load(None)
        bring_casebook(sessions)
        catch_up(sessions, evidence.method(reader, library))
        found += pairs("casebook", sessions, library, casebook_truth())
    library = problems.load(calls_bench.PROBLEMS)
    for name, path in (("calls", None), ("more calls", calls_bench.MORE)):
        truth = calls_bench.truth(path)
        wanted = {name for standing in truth.values() for name in standing}
        with database() as sessions:
            bring(sessions, Shelf("calls", calls_bench.calls(wanted)))
            catch_up(sessions, evidence.method(reader, library))
            found += pairs(name, sessions, library, truth)
    return found


def casebook_truth() -> dict[str, dict[str, int]]:
    """Return, by problem, where each organisation of the casebook was judged to stand."""
    truth: dict[str, dict[str, int]] = {}
    for line in shared("casebook", "truth.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        truth.setdefault(row["problem"], {})[row["organisation"]] = row["standing"]
    return truth


class Model:
    """The four steps as arrays: masses in, the chances of the five judged standings out."""

    def __init__(self, chosen: Sequence[Pair]) -> None:
        self.designs = [
            np.array([[pair.masses[step, name] for name in names(step)] for pair in chosen])
            for step in STEPS
        ]

    def chances(self, weights: Floats, rows: Iterable[int]) -> Floats:
        """Return how likely each standing, 0 to 4, is for each of the rows."""
        index, at, p = list(rows), 0, []
        for design in self.designs:
            size = design.shape[1]
            p.append(
                1 / (1 + np.exp(-np.clip(design[index] @ weights[at : at + size], -30, 30)))
            )
            at += size
        has, tried, failed, resolved = p
        still = has * tried * (1 - resolved)
        return np.stack(
            [
                1 - has,
                has * (1 - tried),
                still * (1 - failed),
                still * failed,
                has * tried * resolved,
            ],
            axis=1,
        )


def fit(model: Model, chosen: Sequence[Pair], rows: Sequence[int]) -> Floats:
    """Return the weights under which the judged standings of the rows are likeliest."""
    first = np.array([shipped().of(SECTIONS[s], name) for s in STEPS for name in names(s)])
    truth = np.array([chosen[row].standing or 0 for row in rows])
    counts = np.array([chosen[row].weight for row in rows])

    def loss(weights: Floats) -> float:
        likely = model.chances(weights, rows)[np.arange(len(rows)), truth]
        return float(
            -(counts * np.log(likely + 1e-9)).sum() + PULL * ((weights - first) ** 2).sum()
        )

    limits = [_limits(step, name) for step in STEPS for name in names(step)]
    return np.asarray(minimize(loss, first, method="L-BFGS-B", bounds=limits).x)


def _limits(step: Step, name: str) -> tuple[float, float]:
    if name == "start":
        return -6.0, MOST_AT_FIRST[step]
    if (step, name) in AT_LEAST:
        return AT_LEAST[step, name], 6.0
    if (step, name) in AT_MOST:
        return -6.0, AT_MOST[step, name]
    against = name in AGAINST or (step is Step.RESOLVED and name in AGAINST_WHEN_RESOLVED)
    return (-6.0, 0.0) if against else (0.0, 6.0)


def apart(model: Model, chosen: Sequence[Pair]) -> Floats:
    """Return the chances of each pair under weights fitted without its organisation."""
    order = sorted({(pair.source, pair.organisation) for pair in chosen})
    np.random.RandomState(0).shuffle(order)
    fold = {tuple(who): at % FOLDS for at, who in enumerate(order)}
    folds = np.array([fold[pair.source, pair.organisation] for pair in chosen])
    out = np.zeros((len(chosen), len(POINTS)))
    for at in range(FOLDS):
        weights = fit(model, chosen, np.flatnonzero(folds != at).tolist())
        inside = np.flatnonzero(folds == at).tolist()
        out[inside] = model.chances(weights, inside)
    return out


def answer(chances: Floats) -> int:
    """Return the standing that follows when the steps are answered in turn, as we show it."""
    unseen, untried, open_still, failed, resolved = chances.tolist()
    has, tried = 1 - unseen, 1 - unseen - untried
    if has < EVEN:
        return 0
    if tried < EVEN * has:
        return 1
    if resolved >= EVEN * tried:
        return 4
    return FAILED if failed >= open_still else 2


def tell(title: str, chosen: Sequence[Pair], chances: Floats) -> None:
    """Print how often the standing is right and how well those who failed are ranked."""
    print(title)
    for source in ("casebook", "calls", "more calls"):
        mine = [at for at, pair in enumerate(chosen) if pair.source == source]
        judged = [at for at in mine if chosen[at].standing is not None]
        right = mean([float(answer(chances[at]) == chosen[at].standing) for at in judged])
        rankings = []
        for problem in sorted({chosen[at].problem for at in mine}):
            rows = [at for at in mine if chosen[at].problem == problem]
            failed = {chosen[at].organisation for at in rows if chosen[at].standing == FAILED}
            if len(failed) > 1:
                points = {chosen[at].organisation: float(chances[at] @ POINTS) for at in rows}
                rankings.append(average_precision(points, failed))
        each = " ".join(f"{ap:.2f}" for ap in rankings)
        print(f"  {source}: right {right:.3f}, average precision {mean(rankings):.3f} ({each})")


def write(weights: Floats, path: Path) -> None:
    """Write the fitted weights into the file, and leave everything else in it as it is."""
    fitted = iter(weights.tolist())
    new = {(SECTIONS[s], name): next(fitted) for s in STEPS for name in names(s)}
    section, lines = "", []
    for line in path.read_text("utf-8").splitlines():
        section = line[1:-1] if line.startswith("[") else section
        name = line.partition(" = ")[0]
        lines.append(f"{name} = {new[section, name]:.3f}" if (section, name) in new else line)
    path.write_text("\n".join(lines) + "\n", "utf-8")


def main() -> None:
    """Read, fit, tell and write."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--reader", default="model")
    asked.add_argument("--dry", action="store_true", help="print, and write nothing")
    options = asked.parse_args()
    chosen = read_worlds(options.reader)
    model, everyone = Model(chosen), range(len(chosen))
    tell("as they are", chosen, _now(model, everyone))
    tell("on organisations kept apart", chosen, apart(model, chosen))
    weights = fit(model, chosen, list(everyone))
    tell("fitted on all", chosen, model.chances(weights, everyone))
    if not options.dry:
        write(weights, SHIPPED)


def _now(model: Model, rows: Iterable[int]) -> Floats:
    first = np.array([shipped().of(SECTIONS[s], name) for s in STEPS for name in names(s)])
    return model.chances(first, rows)


if __name__ == "__main__":
    main()
