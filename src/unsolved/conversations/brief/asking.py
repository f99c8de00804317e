"""What to ask, in the order in which a good talk goes, and never what a quote answers."""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

from unsolved.conversations.acts import RuleReader, Topic
from unsolved.conversations.acts.words import stems
from unsolved.conversations.brief.clause import clause, inside, stands_in
from unsolved.conversations.brief.model import Asked, Avoided, Statement, Tried
from unsolved.evidence import amounts_in
from unsolved.problems import Problem, Question
from unsolved.prospects import Attempt, Outcome

ORDER = (
    Topic.GOALS,
    Topic.ISSUE,
    Topic.WHY,
    Topic.IMPACT,
    Topic.ATTEMPTS,
    Topic.PEOPLE,
    Topic.URGENCY,
)
"""The order in which a talk goes; the last is the decision: by when, by whom."""

NAMES: Mapping[Topic, str] = {Topic.ATTEMPTS: "earlier attempts", Topic.URGENCY: "decision"}
"""How the page calls a theme where it does not use the theme's own word."""

A_TOPIC = 2
MOST = 10
"""Questions a theme, and on the page, at most."""

ANSWERED = 0.5
"""What share of a question's telling words an answer holds."""

_HOW_MUCH = re.compile(
    r"\bhow (?:much|many|long|often)\b|\bwhich share\b|\bwhat share\b|\bwhat volume\b",
    re.IGNORECASE,
)
_FAILED = (Outcome.FAILED, Outcome.PERSISTS, Outcome.DENIED)


@dataclass(frozen=True, slots=True)
class Told:
    """What was told on each theme, and of which attempts."""

    statements: Mapping[Topic, Sequence[Statement]]
    tried: Sequence[tuple[Attempt, Tried]]

    def on(self, topic: Topic) -> Sequence[Statement]:
        """Return what was told on a theme."""
        return self.statements.get(topic, ())

    @property
    def is_any(self) -> bool:
        """Whether anything was told."""
        return bool(self.tried) or any(self.statements.values())

    @property
    def words(self) -> list[str]:
        """All that was told, in the words of its quotes."""
        return [one.citation.quote.text for said in self.statements.values() for one in said]


def name(topic: Topic) -> str:
    """Return what the page calls a theme."""
    return NAMES.get(topic, topic.value)


def questions(
    problem: Problem | None, told: Told, but: Iterable[str] = ()
) -> tuple[Asked, ...]:
    """Return what to ask, theme by theme, without what is asked elsewhere already."""
    said = {_key(text) for text in but if text}
    library = _by_topic(problem.questions if problem else ())
    per_topic: dict[Topic, list[Asked]] = {}
    for topic in ORDER:
        able = _of(topic, library.get(topic, []), told, said)
        per_topic[topic] = list(islice(able, A_TOPIC))
        said |= {_key(one.text) for one in per_topic[topic]}
    room = MOST - sum(bool(asked) for asked in per_topic.values())
    found: list[Asked] = []
    for asked in per_topic.values():
        further = asked[1 : 1 + max(room, 0)]
        room -= len(further)
        found += [*asked[:1], *further]
    return tuple(found)


def gaps(told: Told, unknowns: Sequence[str]) -> tuple[str, ...]:
    """Return what nothing was told of, without what is known to be unknown already."""
    words, found = _data()["gaps"], []
    for topic in ORDER:
        heard = told.tried if topic is Topic.ATTEMPTS else told.on(topic)
        if not heard and topic is not Topic.PEOPLE:
            found.append(words[topic.value])
    if told.on(Topic.IMPACT) and not any(amounts_in(_text(s)) for s in told.on(Topic.IMPACT)):
        found.append(words["figures"])
    found += [words[Topic.PEOPLE.value], words["alternatives"]]
    known = [stems(unknown) for unknown in unknowns]
    return tuple(one for one in found if not any(_covers(known_, one) for known_ in known))


def avoided(problem: Problem | None, told: Told) -> tuple[Avoided, ...]:
    """Return what not to say yet: what we sell, and what has failed there or usually does."""
    found = [Avoided(what, why) for what, why in _data()["avoid"].items()]
    fixes = list(problem.typical_failed_fixes if problem else ())
    for attempt, one in told.tried:
        if attempt.outcome in _FAILED:
            what = f"a fix like one they tried: {one.claim.text.split(':')[0]}"
            why = f"it {_came(attempt.outcome)}; whoever proposes it again has not read this"
            found.append(Avoided(what, why, one.claim.citations))
            break
    heard = stems(" ".join(told.words))
    fixes.sort(key=lambda fix: -len(stems(fix.fix) & heard))
    found += [Avoided(fix.fix, f"usually fails: {fix.why_it_fails}") for fix in fixes[:1]]
    return tuple(found)


def is_answered(question: str, told: Iterable[str]) -> bool:
    """Return whether a quote answers a question: it speaks of the same, with a figure if asked.

    >>> is_answered("How many orders were late?", ["Last year 400 orders were late."])
    True
    >>> is_answered("How many orders were late?", ["Orders were late again."])
    False
    """
    asked = stems(question)
    for text in told:
        held = asked & stems(text)
        if asked and len(held) >= ANSWERED * len(asked):
            return not _HOW_MUCH.search(question) or bool(re.search(r"\d", text))
    return False


def _of(
    topic: Topic, library: Sequence[str], told: Told, said: Iterable[str]
) -> Iterator[Asked]:
    asked = [*_followed(topic, told)]
    plain = [] if asked and _is_told(topic, told) else [Asked(topic, text) for text in library]
    if not _is_told(topic, told):
        usual = [Asked(topic, text) for text in _data()["ask"][topic.value]]
        # The library's questions rest on a story; where none is told, ours come first.
        plain = [*plain, *usual] if told.is_any else [*usual[:1], *plain, *usual[1:]]
    words = told.words
    seen = set(said)
    for one in (*asked, *plain):
        if _key(one.text) in seen or (not one.citations and is_answered(one.text, words)):
            continue
        seen.add(_key(one.text))
        yield one


def _is_told(topic: Topic, told: Told) -> bool:
    return bool(told.tried) if topic is Topic.ATTEMPTS else bool(told.on(topic))


def _followed(topic: Topic, told: Told) -> Iterator[Asked]:
    """Yield what is asked of what was told: of an attempt, or of what is old by now."""
    data = _data()
    if topic is Topic.ATTEMPTS:
        for attempt, one in told.tried[:A_TOPIC]:
            shape = _shape(attempt.outcome)
            text = data["attempt"][shape].format(what=_named(attempt, one))
            yield Asked(topic, text, one.claim.citations)
    elif topic is Topic.PEOPLE and told.tried:
        attempt, one = told.tried[0]
        text = data["people"]["attempt"].format(what=_named(attempt, one))
        yield Asked(topic, text, one.claim.citations)
    elif topic.value in data["old"]:
        old = [one for one in told.on(topic) if one.citation.is_old]
        if old and len(old) == len(told.on(topic)):
            words = inside(clause(old[0].citation.quote.text, 16))
            text = data["old"][topic.value].format(words=words)
            yield Asked(topic, text, (old[0].citation,))


def _shape(outcome: Outcome) -> str:
    return "failed" if outcome in _FAILED else outcome.value


def _named(attempt: Attempt, one: Tried) -> str:
    cited = any(stands_in(attempt.what, c.quote.text) for c in one.claim.citations)
    return f"\u201c{inside(attempt.what)}\u201d" if cited else "what was tried"


def _came(outcome: Outcome) -> str:
    return "did not hold" if outcome is Outcome.DENIED else "did not solve it"


def _by_topic(asked: Iterable[Question]) -> dict[Topic, list[str]]:
    found: dict[Topic, list[str]] = {}
    for question in asked:
        found.setdefault(topic_of(question), []).append(question.text)
    return found


@cache
def topic_of(question: Question) -> Topic:
    """Return the theme of a question of the library: by its own theme, else by its words."""
    theme = question.theme.casefold().replace(" ", "_")
    for topic, themes in _data()["themes"].items():
        if theme in themes:
            return Topic(topic)
    found = RuleReader().read(question.text)
    topics = [one.topic for one in found if one.topic in ORDER]
    return topics[0] if topics and topics[0] else Topic.ISSUE


def _covers(unknown: frozenset[str], gap: str) -> bool:
    shared = stems(gap) & unknown
    return len(shared) >= max(1, len(stems(gap)) // 2)


def _text(statement: Statement) -> str:
    return statement.citation.quote.text


def _key(text: str) -> str:
    return " ".join(text.casefold().split())


@cache
def _data() -> Mapping[str, Any]:
    return tomllib.loads(Path(__file__).with_name("questions.toml").read_text("utf-8"))
