"""A problem that we can solve, written down so that people and programs can use it."""

from dataclasses import dataclass
from hashlib import sha256


@dataclass(frozen=True, slots=True)
class FailedFix:
    """A fix that usually fails, and why."""

    fix: str
    why_it_fails: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question worth asking about the problem, under the theme it belongs to."""

    theme: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One problem of the library.

    ``terms`` are words and phrases by which a text shows that it is about this problem and
    no other (not words of failure: the readers know those). ``not_to_be_confused_with`` says
    what looks like it and is not.
    """

    id: str
    title: str
    statement: str
    symptoms: tuple[str, ...]
    terms: tuple[str, ...] = ()
    goals_it_blocks: tuple[str, ...] = ()
    causes: tuple[str, ...] = ()
    consequences: tuple[str, ...] = ()
    typical_failed_fixes: tuple[FailedFix, ...] = ()
    roles_who_feel_it: tuple[str, ...] = ()
    questions: tuple[Question, ...] = ()
    good_outcome: tuple[str, ...] = ()
    not_to_be_confused_with: tuple[str, ...] = ()

    @property
    def fingerprint(self) -> str:
        """What changes exactly when the problem does."""
        return sha256(repr(self).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Library:
    """The problems we know, in order of their ids."""

    problems: tuple[Problem, ...]

    def __post_init__(self) -> None:
        """Refuse two problems of one id."""
        ids = [problem.id for problem in self.problems]
        if len(set(ids)) != len(ids):
            raise ValueError("two problems have the same id")

    @property
    def fingerprint(self) -> str:
        """What changes exactly when any problem does."""
        together = "".join(problem.fingerprint for problem in self.problems)
        return sha256(together.encode()).hexdigest()[:16]

    def find(self, problem_id: str) -> Problem | None:
        """Return the problem of that id, if the library has it."""
        return next((p for p in self.problems if p.id == problem_id), None)
