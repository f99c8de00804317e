"""Draws of several quantities at once, the same every time.

Each input has its own stream, by its name: what another input does, or in which order they
come, changes none of its draws, so that two costs differ only by what was changed in them.
The draws of one input are stratified (Latin hypercube: McKay, Beckman and Conover,
Technometrics 21, 1979), so that its own distribution comes out all but exactly, and sums of
inputs far better than by plain draws; never worse than those by more than 1 in n (Owen,
Annals of Statistics 25, 1997).
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from hashlib import sha256
from math import pi, sin

import numpy as np
from scipy.special import ndtri

from unsolved.deals.inaction.counted import Together
from unsolved.deals.inaction.spreads import Floats
from unsolved.errors import Invalid

DRAWS = 65_536
TINY = 1e-9
KEPT = 32
"""How many streams are remembered: half a megabyte each."""


def draws_of(
    names: Iterable[str], together: Sequence[Together] = (), count: int = DRAWS
) -> dict[str, Floats]:
    """Return standard normal draws of each name; independent but for what is said of them.

    Rank correlations are brought in by a Gaussian copula: a rank correlation r is one of
    2 sin(π r / 6) between the normals (Pearson, 1907).

    Raises:
        Invalid: no quantities can be correlated so; facts ``why`` and ``mend``.
    """
    drawn = {name: stream(name, count) for name in names}
    tied = sorted({name for pair in together for name in (pair.one, pair.other)} & set(drawn))
    if not tied:
        return drawn
    root = _root(tied, together)
    mixed = root @ np.stack([drawn[name] for name in tied])
    return drawn | dict(zip(tied, mixed, strict=True))


@lru_cache(maxsize=KEPT)
def stream(name: str, count: int = DRAWS) -> Floats:
    """Return ``count`` stratified draws of a standard normal, by the name of their input."""
    seed = int.from_bytes(sha256(name.encode("utf-8", "surrogatepass")).digest()[:16])
    random = np.random.default_rng(seed)
    drawn: Floats = ndtri((np.arange(count) + random.random(count)) / count)
    random.shuffle(drawn)
    drawn.flags.writeable = False
    return drawn


def _root(names: Sequence[str], together: Sequence[Together]) -> Floats:
    """Return the lower triangle by which independent normals become correlated ones."""
    matrix = np.eye(len(names))
    at: Mapping[str, int] = {name: number for number, name in enumerate(names)}
    for pair in together:
        if not -1 <= pair.rank <= 1 or pair.one == pair.other:
            why = f"`{pair.one}` and `{pair.other}` cannot have a correlation of {pair.rank:g}"
            raise Invalid(why=why, mend="Name two inputs, and a number from -1 to 1.")
        if pair.one in at and pair.other in at:
            one, other = at[pair.one], at[pair.other]
            matrix[one, other] = matrix[other, one] = 2 * sin(pi * pair.rank / 6)
    values, vectors = np.linalg.eigh(matrix)
    if values.min() < -TINY:
        why = "the correlations contradict each other"
        raise Invalid(why=why, mend="Bring some of them nearer to 0.")
    # the symmetric root serves perfect correlations too, where Cholesky's breaks down
    root: Floats = (vectors * np.sqrt(np.clip(values, 0, None))) @ vectors.T
    return root
