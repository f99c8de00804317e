"""What to ask next: the themes still open, in the order in which a good talk comes to them."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import cast

from unsolved.conversations.acts import Topic
from unsolved.conversations.acts.rules import topic_of
from unsolved.conversations.coverage.cues import data
from unsolved.conversations.coverage.model import Ask, Question, Theme, Whose, Words
from unsolved.problems import Problem

ORDER = (
    *(Topic.GOALS, Topic.ISSUE, Topic.WHY, Topic.IMPACT, Topic.ATTEMPTS, Topic.PEOPLE),
    *(Topic.URGENCY, Topic.ALTERNATIVES),
)
_EACH = 2
_LONGEST, _SHORTEST = 110, 4
_FROM: Mapping[Topic, tuple[Topic, ...]] = {
    Topic.GOALS: (Topic.ISSUE,),
    Topic.ISSUE: (Topic.GOALS,),
    Topic.WHY: (Topic.ISSUE, Topic.IMPACT),
    Topic.IMPACT: (Topic.ISSUE, Topic.WHY),
    Topic.ATTEMPTS: (Topic.ISSUE, Topic.WHY, Topic.IMPACT),
    Topic.PEOPLE: (Topic.ISSUE, Topic.ATTEMPTS, Topic.IMPACT),
    Topic.URGENCY: (Topic.IMPACT, Topic.GOALS, Topic.ISSUE),
    Topic.ALTERNATIVES: (Topic.ISSUE, Topic.ATTEMPTS),
}
"""From which themes a question on another may go on, in the buyer's words."""


def asks(
    covered: Sequence[Theme], unanswered: Sequence[Question], problem: Problem | None
) -> tuple[Ask, ...]:
    """Return what to say and ask next: first what is owed, then the open themes in order."""
    owed = [
        Ask(Topic.EVIDENCE, _phrase(Topic.EVIDENCE, one.words))
        for one in unanswered
        if one.wants_evidence
    ]
    by_topic = {theme.topic: theme for theme in covered}
    used: set[str] = set()
    found: list[Ask] = owed[:1]
    for topic in ORDER:
        theme = by_topic.get(topic)
        if theme is not None and not theme.is_open:
            continue
        known = _of_library(problem, topic)
        found += [Ask(topic, text, is_from_library=True) for text in known[:_EACH]]
        if not known:
            said = _to_go_on_from(topic, by_topic, used)
            found.append(Ask(topic, _phrase(topic, said)))
    return tuple(found)


def _of_library(problem: Problem | None, topic: Topic) -> list[str]:
    """Return the questions of a problem on a theme, by its name there or by their words."""
    if problem is None:
        return []
    return [one.text for one in problem.questions if theme_of(one.theme, one.text) is topic]


def theme_of(name: str, text: str) -> Topic | None:
    """Return which theme a question of a problem library opens."""
    folded = name.strip().casefold()
    return _names().get(folded) or topic_of(text, asks=True)


def _to_go_on_from(
    topic: Topic, covered: Mapping[Topic, Theme], used: set[str]
) -> Words | None:
    """Return words of the buyer's from which a question may go on, not the same ones twice."""
    for source in _FROM[topic]:
        theme = covered.get(source)
        if theme is None or theme.whose is not Whose.BUYER:
            continue
        for words in theme.quotes:
            length = len(words.text.split())
            fits = len(words.text) <= _LONGEST and length >= _SHORTEST
            if fits and not words.text.endswith("?") and words.text not in used:
                used.add(words.text)
                return words
    return None


def _phrase(topic: Topic, said: Words | None) -> str:
    phrases = cast("Mapping[str, Mapping[str, str]]", data("asks.toml"))[topic.value]
    if said is None:
        return phrases["plain"]
    text = " ".join(said.text.split()).rstrip(".!,; ")
    return phrases.get("on", phrases["plain"]).replace("{said}", text)


@cache
def _names() -> Mapping[str, Topic]:
    told = cast("Mapping[str, Sequence[str]]", data("asks.toml")["themes"])
    return {name: Topic(topic) for topic, names in told.items() for name in names}
