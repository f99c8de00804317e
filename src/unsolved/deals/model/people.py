"""Who has a say, how they stand, and who sways whom."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from unsolved.deals.model.ground import ASSUMED, Ground


class Role(StrEnum):
    """What part a stakeholder has in the buying."""

    EXECUTIVE = "executive"
    """Can decide and pay: the one with power and intent, when there is intent."""

    OWNER = "owner of the problem"
    USER = "user"
    TECHNICAL = "technical judge"
    FINANCE = "finance"
    PURCHASING = "purchasing"
    LEGAL = "legal"
    COACH = "coach"
    """Helps us inside, because they want it solved."""

    UNKNOWN = "unknown"


class Power(StrEnum):
    """What a stakeholder's word is worth, least first."""

    NONE = "none"
    SWAYS = "sways"
    BLOCKS = "can block"
    DECIDES = "decides"
    UNKNOWN = "unknown"


class Stance(StrEnum):
    """Whether a stakeholder wants the problem solved with us."""

    AGAINST = "against"
    DOUBTS = "doubts"
    NEUTRAL = "neutral"
    FOR = "for"
    UNKNOWN = "unknown"


class InAttempt(StrEnum):
    """What a stakeholder had to do with the earlier attempt."""

    LED = "led it"
    CHOSE = "chose it"
    TOOK_PART = "took part"
    SUFFERED = "suffered from it"
    OPPOSED = "opposed it"
    NONE = "no part in it"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stakeholder:
    """A person with a say.

    ``person_id`` is who it is among the people of our sources, None for one only named.
    ``met_on`` is when we last spoke with them, None for never; mails and calls known from
    sources count beside it. ``agrees`` is whether they agree on what the problem is, None when
    nobody asked. ``loses`` says what they would lose if nothing changed, ``interest`` what they
    have in keeping it so (empty: none known). ``left_on`` is when they left.
    """

    name: str
    title: str = ""
    person_id: int | None = None
    role: Role = Role.UNKNOWN
    power: Power = Power.UNKNOWN
    stance: Stance = Stance.UNKNOWN
    in_attempt: InAttempt = InAttempt.UNKNOWN
    attempt: int | None = None
    """Which attempt of the dossier that was, by its number."""

    in_denial: bool | None = None
    interest: str = ""
    loses: str = ""
    agrees: bool | None = None
    met_on: date | None = None
    left_on: date | None = None
    note: str = ""
    ground: Ground = ASSUMED


class Sway(StrEnum):
    """How one stakeholder stands to another."""

    INFLUENCES = "influences"
    REPORTS_TO = "reports to"
    CONFLICT = "in conflict with"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """That one stakeholder sways another or fights them; both by their numbers."""

    of: int
    to: int
    sway: Sway = Sway.INFLUENCES
    about: str = ""
    ground: Ground = ASSUMED
