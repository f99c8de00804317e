"""What counting a cost of inaction comes to: the cost, or why there is none."""

from dataclasses import dataclass

from unsolved.deals.model import Cost, CostInput
from unsolved.problems import CostQuantity


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    """Something wrong in a formula or an input, and the mend.

    ``about`` is the name of the input, or ``formula``; ``column`` counts from 1 in a formula,
    and is 0 where it is about the whole.
    """

    about: str
    why: str
    mend: str
    column: int = 0


@dataclass(frozen=True, slots=True)
class Together:
    """That two inputs rise and fall together: their rank correlation, from -1 to 1."""

    one: str
    other: str
    rank: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """A cost of inaction with all that went into it, or what is missing or wrong.

    ``inputs`` are those the formula names, in its order; what nobody said is the library's
    assumption, with a ground that says so. ``missing`` are quantities without any figure.
    ``errors`` are the Monte Carlo standard errors of P10, P50 and P90, and ``quantiles`` the
    cost a year at twenty equal steps (2.5 %, 7.5 % … 97.5 %), each as likely as the next.
    Inputs are independent but for those ``together``.
    """

    formula: str
    currency: str
    cost: Cost | None = None
    inputs: tuple[CostInput, ...] = ()
    missing: tuple[CostQuantity, ...] = ()
    slips: tuple[Slip, ...] = ()
    errors: tuple[float, float, float] = (0.0, 0.0, 0.0)
    quantiles: tuple[float, ...] = ()
    together: tuple[Together, ...] = ()
