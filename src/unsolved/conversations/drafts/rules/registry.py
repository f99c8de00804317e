"""Every rule there is: what ``*.toml`` here says of it, and the function that thinks for it.

A rule's function takes a letter and the choices, and yields places. It knows nothing of other
rules, so that each can be left out, and their order does not matter.
"""

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from unsolved.conversations.drafts.choices import Choices
from unsolved.conversations.drafts.letter import Letter
from unsolved.conversations.drafts.model import Edit, Hit, Rule, Severity
from unsolved.conversations.drafts.vocabulary import any_of

Check = Callable[[Letter, Choices], Iterator[Hit]]
Mend = Callable[[Letter, int, int], Edit | None]

ASKED_FOR = frozenset({"A405", "P106"})
"""Rules of phrases that are a note where a mail answers one that is not at hand."""

HERE = Path(__file__).parent
CHECKS: dict[str, Check] = {}
MENDS: dict[str, Mend] = {}


@dataclass(frozen=True, slots=True)
class _Phrases:
    """Finds what a rule's phrases say, in the greeting and the writer's own words."""

    says: str
    pattern: re.Pattern[str]
    mend: Mend | None
    may_be_asked_for: bool

    def __call__(self, letter: Letter, choices: Choices) -> Iterator[Hit]:
        """Yield each place where a phrase stands."""
        del choices
        for found in self.pattern.finditer(letter.said):
            edit = self.mend(letter, *found.span()) if self.mend else None
            mild = self.may_be_asked_for and letter.answers_unseen
            yield Hit(*found.span(), self.says, edit, mild=mild)


def check(rule: str) -> Callable[[Check], Check]:
    """Say that a function does the thinking of a rule."""

    def keep(function: Check) -> Check:
        CHECKS[rule] = function
        return function

    return keep


def mend(rule: str) -> Callable[[Mend], Mend]:
    """Say that a function mends what the phrases of a rule find."""

    def keep(function: Mend) -> Mend:
        MENDS[rule] = function
        return function

    return keep


@cache
def told() -> Mapping[str, Rule]:
    """Return what is written of each rule, by id, in the order of ids."""
    found: dict[str, Rule] = {}
    for path in sorted(HERE.glob("*.toml")):
        for name, facts in tomllib.loads(path.read_text("utf-8")).items():
            phrases = tuple(facts.pop("phrases", ()))
            severity = Severity(facts.pop("severity"))
            found[name] = Rule(id=name, severity=severity, phrases=phrases, **facts)
    return dict(sorted(found.items()))


@cache
def phrases_of(rule: str) -> re.Pattern[str]:
    """Return the pattern of a rule's phrases."""
    return any_of(told()[rule].phrases)


@cache
def checks() -> Mapping[str, Check]:
    """Return the function of every rule, those of mere phrases too."""
    rules = told()
    made: dict[str, Check] = {
        rule.id: _Phrases(
            rule.says, any_of(rule.phrases), MENDS.get(rule.id), rule.id in ASKED_FOR
        )
        for rule in rules.values()
        if rule.phrases and rule.id not in CHECKS
    }
    return {**CHECKS, **made}
