"""What the buyer tried, why it failed, what could be done instead, and what may fail again."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from unsolved.deals.model.ground import ASSUMED, Ground


class Why(StrEnum):
    """Why an attempt failed."""

    TECHNOLOGY = "technology"
    MANAGEMENT = "management"
    EXECUTION = "execution"
    POLITICS = "politics"


class AttemptKind(StrEnum):
    """What sort of fix was tried."""

    INTERNAL = "internal build"
    VENDOR = "vendor product"
    REORGANISATION = "reorganisation"
    OUTSIDE_HELP = "outside help"
    PROGRAMME = "programme"
    OTHER = "other"


class CameOf(StrEnum):
    """What came of an attempt."""

    FAILED = "failed"
    PARTLY = "helped in part"
    PERSISTS = "the problem stayed"
    WORKED = "worked"
    UNDER_WAY = "under way"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One try at a fix, as the dossier has it.

    ``chosen`` is how it was chosen (a tender, a habit, a friend), ``decided_by`` who decided,
    ``supplier`` who supplied it. ``whys`` are why it failed, ``why_text`` in whose words.
    ``defended_by`` are the numbers of stakeholders who still defend it. ``different`` is what
    must be different this time. ``is_structural`` is whether the buyer could not carry out any
    fix at all (no people, no power to change what must change), None when not known.
    """

    what: str
    kind: AttemptKind = AttemptKind.OTHER
    began: date | None = None
    ended: date | None = None
    chosen: str = ""
    decided_by: str = ""
    supplier: str = ""
    spent: str = ""
    came_of: CameOf = CameOf.UNKNOWN
    whys: tuple[Why, ...] = ()
    why_text: str = ""
    defended_by: tuple[int, ...] = ()
    different: str = ""
    is_structural: bool | None = None
    note: str = ""
    grounds: tuple[Ground, ...] = ()


class AlternativeKind(StrEnum):
    """What the buyer could do instead of buying from us."""

    NOTHING = "do nothing"
    INTERNAL = "fix it inside"
    REORGANISE = "reorganise"
    COMPETITOR = "another supplier"


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternative:
    """Something the buyer could do instead, on the same grid as the rest.

    ``solves`` is how much of the problem it would solve, from 0 to 1, None when not known.
    ``leaning`` is how much the buyer leans to it, from 0 to 1. ``why`` is why they might choose
    it, ``against`` what speaks against it, ``tried`` the attempt that it would repeat.
    """

    kind: AlternativeKind
    name: str = ""
    why: str = ""
    against: str = ""
    costs: str = ""
    takes: str = ""
    solves: float | None = None
    leaning: float | None = None
    tried: int | None = None
    ground: Ground = ASSUMED


class RiskState(StrEnum):
    """How far a risk has been dealt with."""

    OPEN = "open"
    UNDER_WAY = "under way"
    PROVEN = "proven"
    ACCEPTED = "accepted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Risk:
    """Why it could fail again, and what removes that.

    ``attempt`` is the number of the attempt it comes from. ``proof`` is how everybody will see
    that the measure worked; a risk is not proven without it.
    """

    text: str
    why: Why | None = None
    attempt: int | None = None
    measure: str = ""
    owner: str = ""
    due: date | None = None
    proof: str = ""
    state: RiskState = RiskState.OPEN
    ground: Ground = ASSUMED


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceUse:
    """That a reference was asked to vouch for us in this deal; ``reference_id`` is which."""

    reference_id: int
    on: date
    came_of: str = ""
