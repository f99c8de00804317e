"""Mails, calls and meetings with the buyer's people, and what their silence tells."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from unsolved.deals.model.ground import Reason


class Channel(StrEnum):
    """By which way people speak with each other."""

    MAIL = "mail"
    CALL = "call"
    MEETING = "meeting"


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """One mail, call or meeting with people of the buyer's.

    ``is_ours`` is whether we wrote, called or invited. ``person_ids`` are the buyer's people,
    the writer first when it is theirs; ``copied_ids`` are those of them who only got a copy.
    ``people`` counts everybody on it, ours too. ``words`` are those of the mail itself, without
    what it quotes; None where not known. A meeting has ``at`` when it is held; ``moved`` counts
    how often it was moved, ``is_off`` whether it was called off. ``text`` is what was written,
    as far as it was loaded.
    """

    at: datetime
    channel: Channel
    is_ours: bool
    person_ids: tuple[int, ...] = ()
    copied_ids: tuple[int, ...] = ()
    people: int = 2
    words: int | None = None
    thread: str = ""
    subject: str = ""
    is_automatic: bool = False
    moved: int = 0
    is_off: bool = False
    record_id: int | None = None
    document_id: int | None = None
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """That somebody behaves otherwise than before: shorter, slower, fewer copied, moved.

    ``before`` and ``now`` are medians in ``unit`` over ``count_before`` and ``count_now``
    exchanges; ``chance`` is the probability of so great a difference if nothing had changed.
    ``record_ids`` are the exchanges that show it.
    """

    what: str
    before: float
    now: float
    unit: str
    count_before: int
    count_now: int
    chance: float
    record_ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Silence:
    """How unusual somebody's present silence is, given how they usually answer.

    ``last_at`` is their last sign; ``waiting_since`` the first thing from us that they have
    not answered, None when nothing waits. ``days`` are working days of waiting (absences left
    out), ``usual_days`` the median of their answers as estimated, ``replies`` how many answers
    of theirs that rests on, ``asked`` how many of our messages waited for one.
    ``probability`` is that of a silence at least this long if nothing had changed;
    ``comes`` that of an answer within thirty days from now. ``reasons`` add up to the
    log-odds of ``comes``.
    """

    person_id: int
    channel: Channel
    last_at: datetime | None
    waiting_since: datetime | None
    days: float
    usual_days: float
    replies: int
    asked: int
    probability: float
    comes: float
    reasons: tuple[Reason, ...] = ()
    shifts: tuple[Shift, ...] = ()
    note: str = ""
    record_ids: tuple[int, ...] = ()

    @property
    def is_silent(self) -> bool:
        """Whether something waits, and one in ten or fewer silences would last so long."""
        return self.waiting_since is not None and self.probability <= UNUSUAL


UNUSUAL = 0.1
"""From here on a silence is called unusual."""
