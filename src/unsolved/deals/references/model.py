"""A customer who can vouch for us, how often they were asked, and whom they are right for."""

from dataclasses import dataclass
from datetime import date

from unsolved.deals.model import ASSUMED, AttemptKind, Ground, Reason, Why, added


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A customer who can vouch for us, above all one who had tried and failed too.

    ``tried`` is what they had tried before us, ``kind`` what sort of fix that was and ``whys``
    why it failed. ``contact`` is who of theirs is asked, ``seller`` who of ours asks them.
    ``vouches_for`` is what they may be asked about; ``rivals`` are organisations to which they
    vouch for nothing. ``ground`` holds what they say, and how we know. They are asked at most
    ``most_uses`` times a quarter.
    """

    organisation: str
    organisation_id: int | None = None
    problem_id: str = ""
    tried: str = ""
    kind: AttemptKind | None = None
    whys: tuple[Why, ...] = ()
    industry: str = ""
    country: str = ""
    employees: int | None = None
    contact: str = ""
    seller: str = ""
    vouches_for: str = ""
    ground: Ground = ASSUMED
    rivals: tuple[str, ...] = ()
    most_uses: int = 2
    is_willing: bool = True
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Used:
    """That a reference was asked to vouch in a deal; ``number`` is that of the use there."""

    reference_id: int
    opportunity_id: int
    opportunity: str
    number: int
    on: date
    came_of: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """How well a reference fits a deal, as reasons that add up, and whether it may be asked.

    ``refused`` says why it may not; empty when it may. ``recent`` counts how often it was asked
    in the last quarter, ``last_on`` when last. ``cautions`` are to be settled before asking.
    ``is_like`` is whether it is like enough to say something to this buyer.
    """

    reference_id: int
    reference: Reference
    reasons: tuple[Reason, ...]
    refused: str = ""
    recent: int = 0
    last_on: date | None = None
    cautions: tuple[str, ...] = ()
    is_like: bool = False

    @property
    def points(self) -> float:
        """The reasons, added up."""
        return added(self.reasons)

    @property
    def may_be_asked(self) -> bool:
        """Whether it is like the buyer, and nothing speaks against asking."""
        return self.is_like and not self.refused
