"""The one thing a connector must do, and what it is given to do it with."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

from unsolved.errors import Invalid
from unsolved.sources.model import Draft, OrganisationDraft, Refusal
from unsolved.sources.reach import Reach
from unsolved.sources.records import Gone, Mark, RecordDraft

Find = Draft | OrganisationDraft | RecordDraft | Refusal | Gone | Mark


class Connector(Protocol):
    """A place that documents, records and organisations come from.

    A connector reads. It does not store, decide or write: we do that around it. What it
    cannot read it hands back as a `Refusal` and goes on with the rest.
    """

    @property
    def name(self) -> str:
        """How the source is called in settings, in the database and on screen."""

    def fetch(self) -> Iterator[Find]:
        """Yield what is there, in an order that does not change between visits.

        A connector that keeps step yields a `Mark` after what it need not ask for again.

        Raises:
            SourceRefused: the other side said no.
            SourceDown: the other side did not answer.
        """


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """What a connector is made from: where to go, how far it came last time, and the means.

    ``settings`` are as a person typed them, by the names that `kinds` lists; ``secrets``
    those of them that are never shown. ``cursor`` is the last `Mark`; with ``since``, what is
    older need not be told, and what is younger is told again.
    """

    name: str
    settings: Mapping[str, str]
    now: datetime
    reach: Reach
    secrets: Mapping[str, str] = field(default_factory=dict, repr=False)
    cursor: str | None = None
    since: date | None = None
    largest_mb: int = 50

    @property
    def today(self) -> date:
        """The date, for what is measured in days."""
        return self.now.date()

    def text(self, name: str, otherwise: str = "") -> str:
        """Return a setting, or ``otherwise`` when it is not given."""
        return self.settings.get(name, "").strip() or otherwise

    def texts(self, name: str) -> tuple[str, ...]:
        """Return a setting that is a list, its items parted by commas."""
        return tuple(part.strip() for part in self.text(name).split(",") if part.strip())

    def number(self, name: str, otherwise: int) -> int:
        """Return a setting that is a whole number and not negative.

        Raises:
            Invalid: it is something else.
        """
        told = self.text(name)
        if not told:
            return otherwise
        if not told.isdecimal():
            raise Invalid(field=name, got=told, mend="write a whole number")
        return int(told)

    def switch(self, name: str) -> bool:
        """Return a setting that is yes or no; no when it is not given.

        Raises:
            Invalid: it is something else.
        """
        told = self.text(name).casefold()
        if told in {"", "no", "false", "0", "off"}:
            return False
        if told in {"yes", "true", "1", "on"}:
            return True
        raise Invalid(field=name, got=told, mend="write yes or no")


Making = Callable[[Visit], Connector]
