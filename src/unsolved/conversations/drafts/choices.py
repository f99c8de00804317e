"""What a person chooses: which rules run, how grave they are, whose mail it is, the limits."""

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from functools import cached_property

from unsolved.conversations.drafts.ignoring import is_named
from unsolved.conversations.drafts.model import Rule, Severity
from unsolved.errors import Invalid

LIMITS = (
    "most_words",
    "most_words_later",
    "most_sentence_words",
    "most_paragraph_words",
    "most_subject_words",
    "most_mails",
    "least_days",
    "most_days",
)
_LISTS = ("select", "extend_select", "ignore", "own", "famous")
_LARGEST = 100_000


@dataclass(frozen=True, kw_only=True)
class Choices:
    """How drafts are checked; the default is what ships."""

    select: tuple[str, ...] = ()
    """Rules that run, by id, the beginning of one, name, or ``ALL``; empty for the default."""

    extend_select: tuple[str, ...] = ()
    """Rules that run besides."""

    ignore: tuple[str, ...] = ()
    """Rules that do not run."""

    severity: Mapping[str, Severity] = field(default_factory=dict)
    """How grave a rule is, where that is not what ships."""

    own: tuple[str, ...] = ()
    """Names of the seller's own company and products."""

    famous: tuple[str, ...] = ()
    """Famous names beside those that ship."""

    most_words: int = 150
    most_words_later: int = 120
    most_sentence_words: int = 35
    most_paragraph_words: int = 90
    most_subject_words: int = 9
    most_mails: int = 4
    least_days: int = 3
    most_days: int = 60

    @cached_property
    def _running(self) -> dict[str, bool]:
        return {}

    def runs(self, rule: Rule) -> bool:
        """Whether a rule runs. The more exactly it is named, the more that weighs."""
        if rule.id not in self._running:
            self._running[rule.id] = self._runs(rule)
        return self._running[rule.id]

    def _runs(self, rule: Rule) -> bool:
        wanted = [*self.select, *self.extend_select]
        chosen = (rule.default and not self.select) or _is_named(rule, wanted)
        if not chosen or not _is_named(rule, self.ignore):
            return chosen
        return _nearest(rule, wanted) > _nearest(rule, self.ignore)

    def severity_of(self, rule: Rule) -> Severity:
        """Return how grave a rule is."""
        named = [name for name in self.severity if _is_named(rule, [name])]
        if not named:
            return rule.severity
        return self.severity[max(named, key=lambda name: _nearest(rule, [name]))]

    def but(
        self, *, select: Iterable[str] = (), ignore: Iterable[str] = (), own: Iterable[str] = ()
    ) -> "Choices":
        """Return the same with rules selected in place of these, or ignored besides."""
        return replace(
            self,
            select=tuple(select) or self.select,
            ignore=(*self.ignore, *ignore),
            own=(*self.own, *own),
        )


def choices(told: Mapping[str, object], rules: Mapping[str, Rule], where: str) -> Choices:
    """Return the choices written in a file of settings.

    Raises:
        Invalid: a name is unknown or a value is not of its kind; says which, and the mend.
    """
    known = {one.name for one in fields(Choices)}
    facts: dict[str, object] = {}
    for key, value in told.items():
        name = key.replace("-", "_")
        if name not in known:
            raise Invalid(where=where, setting=key, mend=_near(name, known))
        if name in _LISTS:
            facts[name] = _list(where, key, value)
        elif name == "severity":
            facts[name] = _severities(where, value)
        else:
            facts[name] = _limit(where, key, value)
    found = Choices(**facts)  # type: ignore[arg-type]
    check_names(found, rules, where)
    return found


def check_names(chosen: Choices, rules: Mapping[str, Rule], where: str) -> None:
    """Refuse what names no rule.

    Raises:
        Invalid: says which name, and what is near it.
    """
    names = [*chosen.select, *chosen.extend_select, *chosen.ignore, *chosen.severity]
    for name in names:
        if not any(_is_named(rule, [name]) for rule in rules.values()):
            known = [*rules, *(rule.name for rule in rules.values())]
            raise Invalid(where=where, rule=name, mend=_near(name, known))


def _is_named(rule: Rule, named: Iterable[str]) -> bool:
    return is_named(rule.id, rule.name, named)


def _nearest(rule: Rule, named: Iterable[str]) -> int:
    """Return how exactly a rule is named: the more characters of its id, the more exactly."""
    return max(
        (
            0
            if name.upper() == "ALL"
            else len(rule.id)
            if name.lower() == rule.name
            else len(name)
            for name in named
            if _is_named(rule, [name])
        ),
        default=-1,
    )


def _near(name: str, known: Iterable[str]) -> str:
    names = sorted(known)
    near = difflib.get_close_matches(name, names, n=1)
    return f"did you mean {near[0]}?" if near else "`unsolved lint --rules` lists the rules"


def _list(where: str, key: str, value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        value = [value]
    if not isinstance(value, list | tuple) or not all(isinstance(one, str) for one in value):
        raise Invalid(where=where, setting=key, mend='write a list of names: ["P101"]')
    return tuple(one.strip() for one in value if one.strip())


def _severities(where: str, value: object) -> dict[str, Severity]:
    if not isinstance(value, Mapping):
        raise Invalid(where=where, setting="severity", mend='write P102 = "error" under it')
    found: dict[str, Severity] = {}
    for name, grave in value.items():
        if grave not in set(Severity):
            mend = "one of error, warning, note"
            raise Invalid(where=where, setting=f"severity.{name}", value=grave, mend=mend)
        found[str(name)] = Severity(grave)
    return found


def _limit(where: str, key: str, value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= _LARGEST:
        raise Invalid(where=where, setting=key, value=value, mend="write a whole number")
    return value
