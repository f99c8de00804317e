"""Every error we raise on purpose.

    unsolved.Error
    ├── NotFound            what you named is not here
    ├── Conflict            it is here, but in a state that forbids this
    ├── Invalid             what you gave us does not make sense
    │   └── Unreadable      a file or a row that we cannot read; it says where and the mend
    ├── DatabaseDown        the database did not open
    ├── Unasked             the language model could not be asked about everything
    └── SourceError         a connector could not read
        ├── SourceRefused   the other side said no; do not try again
        └── SourceDown      no answer; trying again may help

The first line of a docstring is the message a person reads.
"""

from typing import ClassVar


class Error(Exception):
    """Something went wrong."""

    message: ClassVar[str] = "Something went wrong."

    def __init_subclass__(cls) -> None:
        """Take the message from the docstring, so the two can never disagree."""
        cls.message = (cls.__doc__ or "").partition("\n")[0]

    def __init__(self, **facts: object) -> None:
        super().__init__()  # no arguments: what has some cannot cross to another process
        self.facts = facts

    def __str__(self) -> str:
        told = ", ".join(f"{name}={value!r}" for name, value in self.facts.items())
        return f"{self.message} ({told})" if told else self.message


class NotFound(Error):
    """There is no such thing."""


class Conflict(Error):
    """That is not possible in its present state."""


class Invalid(Error):
    """That does not make sense."""


class Unreadable(Invalid):
    """That could not be read."""

    def __init__(self, *, where: str, why: str, mend: str, line: int | None = None) -> None:
        super().__init__(where=where, why=why, mend=mend, line=line)
        self.where, self.why, self.mend, self.line = where, why, mend, line

    def __reduce__(self) -> tuple[object, ...]:
        """Cross to another process whole, although the arguments are keyword-only."""
        return (_unreadable, (self.where, self.why, self.mend, self.line))

    def __str__(self) -> str:
        place = self.where if self.line is None else f"{self.where}, line {self.line}"
        return f"{place}: {self.why}. {self.mend}"


def _unreadable(where: str, why: str, mend: str, line: int | None) -> Unreadable:
    return Unreadable(where=where, why=why, mend=mend, line=line)


class DatabaseDown(Error):
    """The database could not be opened."""


class Unasked(Error):
    """Some sentences are in doubt and could not be asked about."""


class SourceError(Error):
    """A source could not be read."""

    def __str__(self) -> str:
        facts = self.facts
        why, mend = facts.get("why"), str(facts.get("mend") or "")
        if not why:
            return super().__str__()
        place = next((str(facts[name]) for name in _PLACES if facts.get(name)), "")
        told = f"{place}: {why}" if place else str(why)
        return f"{told}. {mend[:1].upper()}{mend[1:]}" if mend else told


_PLACES = ("url", "address", "path", "host", "folder", "source", "file")


class SourceRefused(SourceError):
    """The source refused us."""


class SourceDown(SourceError):
    """The source did not answer."""
