"""Is a library good enough to find anybody, and to open a conversation?

A lint, like that of a code linter: every rule has a name, a grade and a mend, and all of them
are data (`rules.toml`). The files have been read by then, so nothing here is about their form.
"""

import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from itertools import combinations
from math import sqrt
from pathlib import Path
from typing import TypedDict, cast

from unsolved.problems.model import Library, Problem

PLURAL = re.compile(r"^(\w{2,}[^\Ws])s$")  # orders, but neither gas nor process
WORD = re.compile(r"[^\W_]+(?:[&/'-][^\W_]+)*")


class Grade(StrEnum):
    """Whether the product can do its work all the same."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """What the rule ``rule`` has found in a problem, and how to mend it."""

    rule: str
    grade: Grade
    problem: str
    what: str
    mend: str


class _Rules(TypedDict):
    rules: dict[str, dict[str, str]]
    limits: dict[str, float]
    words: dict[str, list[str]]


def check(library: Library) -> tuple[Finding, ...]:
    """Return what could be better in a library, problem by problem."""
    found = [finding for problem in library.problems for finding in _of_one(problem)]
    pairs = combinations(sorted(library.problems, key=lambda p: p.id), 2)
    found += [finding for one, other in pairs for finding in _alike(one, other)]
    return tuple(sorted(found, key=lambda finding: finding.problem))


def likeness(one: Problem, other: Problem) -> float:
    """Return how alike two problems read: the cosine of the counts of their words.

    Rare words get no extra weight: a library has so few problems that a word which two of them
    share would count for nothing, and the two could never be found alike.
    """
    a, b = _words_of(one), _words_of(other)
    lengths = sqrt(sum(n * n for n in a.values()) * sum(n * n for n in b.values()))
    return sum(n * b[word] for word, n in a.items()) / lengths if lengths else 0.0


@cache
def _rules() -> _Rules:
    text = Path(__file__).with_name("rules.toml").read_text(encoding="utf-8")
    return cast("_Rules", tomllib.loads(text))


def _finding(rule: str, problem: Problem, what: str) -> Finding:
    told = _rules()["rules"][rule]
    return Finding(rule, Grade(told["grade"]), problem.id, what, told["mend"])


def _of_one(problem: Problem) -> Iterator[Finding]:
    limits = _rules()["limits"]
    if (count := len(problem.symptoms)) < limits["symptoms"]:
        yield _finding("few-symptoms", problem, f"it has {_number(count, 'symptom')}")
    if (count := len(problem.terms)) < limits["terms"]:
        yield _finding("few-terms", problem, f"it has {_number(count, 'term')}")
    if not problem.typical_failed_fixes:
        yield _finding("no-failed-fix", problem, "it names no fix that usually fails")
    yield from _questions(problem)
    yield from _terms(problem)


def _number(count: int, noun: str) -> str:
    return f"no {noun}" if not count else f"only {count} {noun}{'s' * (count != 1)}"


def _questions(problem: Problem) -> Iterator[Finding]:
    words, asked = _rules()["words"], problem.questions
    if not any(
        q.theme in words["attempt_themes"] or _says(q.text, words["attempts"]) for q in asked
    ):
        what = "no question is about earlier attempts"
        yield _finding("no-attempt-question", problem, what)
    figures = problem.cost.inputs if problem.cost else ()
    told = [("question", question.text) for question in asked]
    told += [("question", figure.question) for figure in figures]
    told += [("insight", insight.text) for insight in problem.insights]
    for kind, text in told:
        if said := _says(text, words["pitches"]):
            yield _finding("pitch", problem, f'the {kind} "{text}" pitches: "{said}"')
        elif said := _says(text, words["seller"]):
            what = f'the {kind} "{text}" speaks of the seller: "{said}"'
            yield _finding("seller", problem, what)


def _says(text: str, phrases: Sequence[str]) -> str:
    """Return the first of the phrases that a text has as whole words, or nothing."""
    plain = text.casefold().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
    said = f" {' '.join(WORD.findall(plain))} "
    return next((phrase for phrase in phrases if f" {phrase} " in said), "")


def _terms(problem: Problem) -> Iterator[Finding]:
    failure = set(_rules()["words"]["failure"])
    seen: set[tuple[str, ...]] = set()
    for term in problem.terms:
        words = _words(term)
        if words and all(word in failure for word in words):
            what = f'the term "{term}" is of failure, not of a topic'
            yield _finding("failure-term", problem, what)
        if words in seen:
            yield _finding("term-twice", problem, f'the term "{term}" stands there twice')
        seen.add(words)


def _alike(one: Problem, other: Problem) -> Iterator[Finding]:
    limits = _rules()["limits"]
    a, b = ({_words(term) for term in problem.terms} for problem in (one, other))
    shared = len(a & b) / max(min(len(a), len(b)), 1)
    cosine = likeness(one, other)
    if shared > limits["shared_terms"]:
        what = f"it shares {len(a & b)} of its terms with `{other.id}`"
        yield _finding("alike", one, what)
    elif cosine > limits["same_words"]:
        what = f"its words are those of `{other.id}` ({cosine:.0%} alike)"
        yield _finding("alike", one, what)


def _words_of(problem: Problem) -> Counter[str]:
    texts = (problem.title, problem.statement, *problem.symptoms, *problem.terms)
    stop = set(_rules()["words"]["stop"])
    return Counter(word for text in texts for word in _words(text) if word not in stop)


def _words(text: str) -> tuple[str, ...]:
    """Return the words of a text in small letters, and without the s of a plural."""
    return tuple(PLURAL.sub(r"\1", word) for word in WORD.findall(text.casefold()))
