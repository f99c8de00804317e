"""From a model's raw numbers to probabilities that mean what they say, and to a verdict."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from unsolved.evidence.model import Assertion, Facet, FixKind, Label

FACETS, ASSERTIONS, FIXES = tuple(Facet), tuple(Assertion), tuple(FixKind)
CUTS = (len(FACETS), len(FACETS) + len(ASSERTIONS))
HEADS = CUTS[1] + len(FIXES)
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Judging:
    """How to turn logits into labels; chosen on sentences the model had not seen.

    A facet's probability is the logistic of ``slope`` times its logit plus ``shift`` (Platt
    1999); a facet is said when its probability reaches ``thresholds``.
    """

    slope: Floats
    shift: Floats
    thresholds: Floats

    @classmethod
    def of(cls, arrays: Mapping[str, NDArray[np.generic]]) -> "Judging":
        """Take the three rows out of what was kept in a file."""
        slope, shift, thresholds = (
            np.asarray(arrays[name], dtype=np.float32)
            for name in ("slope", "shift", "thresholds")
        )
        return cls(slope, shift, thresholds)

    def probabilities(self, logits: Floats) -> Floats:
        """Return a probability for every facet, to four places."""
        raw = logits[:, : CUTS[0]] * self.slope + self.shift
        return np.asarray(np.round(1 / (1 + np.exp(-raw)), 4), dtype=np.float32)

    def labels(self, logits: Floats) -> list[Label]:
        """Return a label a row."""
        sure = self.probabilities(logits)
        said = sure >= self.thresholds
        best = [ASSERTIONS[n] for n in logits[:, CUTS[0] : CUTS[1]].argmax(1)]
        fixes = [FIXES[n] for n in logits[:, CUTS[1] : HEADS].argmax(1)]
        return [
            _label(*row) for row in zip(sure.tolist(), said.tolist(), best, fixes, strict=True)
        ]


def _label(
    sure: Sequence[float], said: Sequence[bool], assertion: Assertion, fix: FixKind
) -> Label:
    labels = frozenset(facet for facet, yes in zip(FACETS, said, strict=True) if yes)
    return Label(
        facets={facet: round(p, 4) for facet, p in zip(FACETS, sure, strict=True)},
        labels=labels,
        assertion=assertion if labels else None,
        fix=fix if labels & {Facet.ATTEMPT, Facet.FAILURE} else None,
    )
