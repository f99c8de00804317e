"""A problem that we can solve, written down so that people and programs can use it."""

from dataclasses import dataclass, field
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
class CostQuantity:
    """One quantity of a cost model: what it is, how to ask for it, and what we would assume.

    ``unit`` is as ``orders / week`` or ``money / order``, where money is any currency. Of ten
    organisations of the kind, one lies below ``low`` and one above ``high``, and half of them
    below ``likely``; all three are None where nothing can be assumed.
    """

    name: str
    what: str
    unit: str
    question: str = ""
    low: float | None = None
    likely: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class CostForRole:
    """What the cost means for one role: the quantities it feels, and the same as a sentence."""

    role: str
    means: str
    inputs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CostModel:
    """What it costs a year that nothing changes, as a formula of quantities."""

    formula: str
    inputs: tuple[CostQuantity, ...]
    per_role: tuple[CostForRole, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Insight:
    """Something worth telling somebody who has the problem, and where it is from.

    Without ``industries`` or ``roles`` it is for all of them.
    """

    text: str
    source: str
    industries: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    url: str = ""


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
    # Nobody reads documents by these two, so a change of theirs need not have all read anew.
    cost: CostModel | None = field(default=None, repr=False)
    insights: tuple[Insight, ...] = field(default=(), repr=False)

    @property
    def fingerprint(self) -> str:
        """What changes exactly when what the readers go by does."""
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
        """What changes exactly when the fingerprint of any problem does."""
        together = "".join(problem.fingerprint for problem in self.problems)
        return sha256(together.encode()).hexdigest()[:16]

    def find(self, problem_id: str) -> Problem | None:
        """Return the problem of that id, if the library has it."""
        return next((p for p in self.problems if p.id == problem_id), None)
