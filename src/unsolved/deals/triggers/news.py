"""What became known of an organisation since a deal with it was left."""

from dataclasses import dataclass
from datetime import date

from unsolved.evidence import Evidence


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of evidence, and when its document came to us.

    ``is_repeat`` is whether an earlier document already said the same words.
    """

    evidence: Evidence
    received_on: date
    is_repeat: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Newcomer:
    """Somebody who is new at an organisation, or new in an office there, since when we know.

    ``record_id`` is the record that says so.
    """

    person_id: int
    name: str
    title: str
    since: date
    record_id: int | None = None


@dataclass(frozen=True, slots=True)
class News:
    """What became known of one organisation."""

    pieces: tuple[Piece, ...] = ()
    people: tuple[Newcomer, ...] = ()


NOTHING = News()
