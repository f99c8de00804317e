"""The map of people as a picture: everything that is drawn, and where.

Units are pixels at full width, from the top left corner.
"""

from dataclasses import dataclass
from enum import StrEnum

from unsolved.deals.model import Power, Stance, Sway


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """Where something stands, and how large it is."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """The right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """The lower edge."""
        return self.y + self.height

    @property
    def middle(self) -> tuple[float, float]:
        """The point in the middle."""
        return self.x + self.width / 2, self.y + self.height / 2

    def meets(self, other: "Box") -> bool:
        """Whether two have any room in common."""
        across = self.x < other.right and other.x < self.right
        return across and self.y < other.bottom and other.y < self.bottom

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies in it."""
        return self.x <= x <= self.right and self.y <= y <= self.bottom


class MarkKind(StrEnum):
    """What a mark tells of."""

    ATTEMPT = "attempt"
    DENIAL = "denial"
    INTEREST = "interest"


class Age(StrEnum):
    """How old the last sign of somebody is."""

    LATELY = "lately"
    LONG_AGO = "long ago"
    NEVER = "never"
    LEFT = "left"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A shape with a word beside it: a part in the failed attempt, denial, an interest."""

    kind: MarkKind
    word: str
    x: float
    y: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A person on the map, by number: where, in which words, with which marks.

    ``name``, ``what`` and ``contact`` are cut to fit; ``says`` is everything in a sentence.
    ``stop`` is where on a narrow map the stance is marked.
    """

    number: int
    box: Box
    name: str
    what: str
    contact: str
    age: Age
    marks: tuple[Mark, ...]
    says: str
    stance: Stance
    power: Power
    stop: Box | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Zone:
    """The room in which those of one stance and one power stand."""

    stance: Stance
    power: Power
    box: Box


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """What a column or a row is called; ``x`` and ``y`` are the middle of its line."""

    text: str
    x: float
    y: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A tie as it is drawn, by number: ``path`` as SVG has it, ``says`` in a sentence."""

    number: int
    sway: Sway
    path: str
    says: str
    is_faint: bool = False
    """That one of the two has left."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """All of the map; ``is_narrow`` is the one for a phone, a person a line."""

    width: float
    height: float
    is_narrow: bool
    zones: tuple[Zone, ...]
    columns: tuple[Label, ...]
    rows: tuple[Label, ...]
    figures: tuple[Figure, ...]
    lines: tuple[Line, ...]
