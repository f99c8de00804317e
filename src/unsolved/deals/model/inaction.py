"""What it costs the buyer that nothing changes: what goes in, and what comes out."""

from dataclasses import dataclass, field

from unsolved.deals.model.ground import ASSUMED, Ground, Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class CostInput:
    """One quantity of a cost model, as a range: one in ten is below low, one in ten above high.

    ``name`` is the one that the formula uses, ``unit`` as ``orders / week`` or ``EUR / order``.
    The ground says whether the buyer said it (with the quote) or we assume it.
    """

    name: str
    low: float
    likely: float
    high: float
    unit: str = "1"
    what: str = ""
    ground: Ground = ASSUMED


@dataclass(frozen=True, slots=True, kw_only=True)
class CostChoice:
    """Which formula is counted with, in which currency, and from when on it is weak.

    An empty formula is that of the problem. The cost is weak when its P50 a year is under
    ``weak_under`` times what we ask for in a year.
    """

    formula: str = ""
    currency: str = "EUR"
    weak_under: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Swing:
    """How much one input moves the cost: the P50 a year with it at its low and its high."""

    name: str
    at_low: float
    at_high: float

    @property
    def width(self) -> float:
        """How far apart the two are."""
        return abs(self.at_high - self.at_low)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What nothing changing costs a year, in ``currency``: quantiles, and what moves them.

    ``shares`` is each addend of the formula with its mean; they add up to ``mean``.
    ``swings`` are widest first. ``said`` of ``inputs`` inputs are the buyer's own words.
    """

    currency: str
    p10: float
    p50: float
    p90: float
    mean: float
    draws: int
    swings: tuple[Swing, ...] = ()
    shares: tuple[Reason, ...] = ()
    said: int = 0
    inputs: int = 0
    notes: tuple[str, ...] = field(default=())

    @property
    def month(self) -> tuple[float, float, float]:
        """P10, P50 and P90 of a month of delay: a twelfth of a year."""
        return self.p10 / 12, self.p50 / 12, self.p90 / 12
