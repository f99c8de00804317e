"""What the buyer told that belongs into the opportunity: each with the sentence it stands in.

Goals and attempts are told by what a sentence is about, numbers and dates by `evidence`'s
amounts and periods and by what people say on the telephone ("fifty-two days", "by Easter"),
names by their capitals and titles. Everything is proposed; a person accepts it or does not.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from unsolved.conversations.acts import Act, Said, Topic
from unsolved.conversations.acts.rules import compiled
from unsolved.conversations.acts.words import STOP
from unsolved.conversations.coverage.model import Fact, FactKind, Side, Sides, Talk, words_of
from unsolved.evidence import amounts_in, periods_in

MOST = 60
"""Facts of one talk that are proposed, the first of each kind before the others."""

_FEWEST = 4
_SPELLED = re.compile(
    r"\b(?:(?:a|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen"
    r"|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy"
    r"|eighty|ninety|hundred|thousand|million|billion|grand|point|half|dozen|oh|\d[\d.,]*[km%]?)"
    r"(?:[ -]and)?[ -])*"
    r"(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen"
    r"|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
    r"|hundred|thousand|million|billion|grand|dozen|(?<=-)one"
    r"|\d[\d.,]*\d?(?:[km%]|st|nd|rd|th)?)\b"
    r"(?: (?:per ?cent|percent|grand|k|pounds?|dollars?|euros?|quid|kroner|francs?|hours?"
    r"|minutes?|days?|weeks?|months?|years?|a (?:day|week|month|year|shift|piece)|an hour|times"
    r"|of (?:the |our |my )?\w+|\w+s))?",
    re.IGNORECASE,
)
_BARE = re.compile(
    r"(?:an? |one |the )?(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
    r"|half|dozen|\d)(?:[ -](?:one|ones|case|cases|of us|of them|of you|of it|of those"
    r"|of the \w+"
    r"|things?|saying|ways?|times|people's))?",
    re.IGNORECASE,
)
"""Numbers that tell nothing by themselves: "at seven", "two of us"."""

_DAY = (
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)days?|january|february|march|april|may|june|july"
    r"|august|september|october|november|december|spring|summer|autumn|winter|easter|christmas"
    r"|ramadan|diwali|new year|q[1-4]|(?:first|second|third|fourth|last|next|this) quarter"
    r"|year[- ]end|month[- ]end|(?:next|last|this) (?:week|month|year|season)"
    r"|(?:financial|fiscal|school|calendar) year|nineties|eighties"
)
_NTH = (
    r"(?:twenty|thirty)[- ](?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)"
    r"|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth"
    r"|thirteenth|fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth"
    r"|thirtieth|\d{1,2}(?:st|nd|rd|th)"
)
_WHEN = re.compile(
    rf"\b(?:(?:by|in|on|at|from|before|after|until|till|since|around|for|every|the|middle of"
    rf"|end of|beginning of|early|late|mid|last|next|this|a year from) )*"
    rf"(?:(?:{_NTH}) (?:of )?(?:{_DAY})|(?:{_DAY})(?: (?:the )?(?:{_NTH}|\d{{1,2}}))?"
    rf"|(?:on|by|until|till) the (?:{_NTH})(?! (?:\w+ )?(?:time|try|shift|floor|line|one))"
    rf"|(?:two|three|four|five|six|ten|a few|\d+) (?:winters|summers|years|months|weeks)"
    r" ago)\b",
    re.IGNORECASE,
)
_MAY = re.compile(r"\bmay\b")
_TITLE = (
    r"(?:Mr|Mrs|Ms|Dr|Prof|Herr|Frau|Monsieur|Madame|Dona|Don|Dame|Sir|Sister|Father|Captain)"
)
_NAME = re.compile(
    rf"\b(?:{_TITLE}\.? )?(?:[A-Z][\w\u2019'-]*[a-z][\w-]*|[A-Z]{{2,5}})"
    rf"(?: (?:[A-Z][\w-]+|(?:van|von|de|del|der|da|di|la|le|el|bin|al)(?= [A-Z])))*"
)
_TITLED = re.compile(rf"^{_TITLE}\b")
_AT_START = re.compile(
    r"\s*(?:'s|\u2019s|is|was|has|had|runs|ran|in|from|would|will|says|said)\b"
)
_CONTRACTED = re.compile(r"'(?:ve|ll|d|re|m|s|t)$")
_SOUNDS = {"OK", "Hm", "Um", "Er", "Ah", "Oh", "Mm", "Uh", "Yeah", "Yep", "Nope", "Ha"}
_TIME_WORDS = re.compile(rf"(?:{_DAY})", re.IGNORECASE)
_ABOUT = {*Topic} - {Topic.EVIDENCE}


def facts(
    talk: Talk,
    said: Sequence[Sequence[Said]],
    of: Sides,
    about: Sequence[Sequence[Topic | None]],
) -> tuple[Fact, ...]:
    """Return what the buyer told, each thing once, in the order in which it was said."""
    known = _words_of_speakers(talk)
    small = _written_small(talk)
    met: set[tuple[FactKind, str]] = set()
    found: list[Fact] = []
    for turn, sentences, subjects in zip(talk.turns, said, about, strict=True):
        if of.of_turns[turn.number] is not Side.BUYER:
            continue
        for at, (one, topic) in enumerate(zip(sentences, subjects, strict=True)):
            words = words_of(turn, at)
            for kind, detail in _in(words.text, one, topic, talk, known | small):
                key = (kind, detail.casefold())
                if key not in met:
                    met.add(key)
                    found.append(Fact(kind, words, detail, topic))
    return tuple(found[:MOST])


def _in(
    text: str, one: Said, topic: Topic | None, talk: Talk, known: frozenset[str]
) -> Iterator[tuple[FactKind, str]]:
    """Yield what one sentence of the buyer's holds."""
    if Act.QUESTION in one.acts and Act.TELL not in one.acts:
        yield from ((FactKind.NAME, name) for name in _names(text, known))
        return
    if Act.COURTESY in one.acts and len(one.acts) == 1 and topic is None:
        yield from ((FactKind.NAME, name) for name in _names(text, known))
        return
    length = len(text.split())
    if topic is Topic.GOALS and length >= _FEWEST:
        yield FactKind.GOAL, text
    if length >= _FEWEST and (_tried().search(text) or (topic is Topic.ATTEMPTS and one.topic)):
        yield FactKind.ATTEMPT, text
    dates = list(_dates(text, talk))
    yield from ((FactKind.DATE, when) for when in dates)
    yield from ((FactKind.NUMBER, number) for number in _numbers(text, dates))
    yield from ((FactKind.NAME, name) for name in _names(text, known))


@cache
def _tried() -> re.Pattern[str]:
    return compiled(Path(__file__).with_name("tried.toml"))["tried"]


def _numbers(text: str, dates: Sequence[str]) -> Iterator[str]:
    """Yield the figures of a sentence in its own words, those that are dates left out."""
    taken = [(text.find(when), text.find(when) + len(when)) for when in dates]
    places = [(a.words.span.start, a.words.span.end) for a in amounts_in(text)]
    for spelled in _SPELLED.finditer(text):
        start, end = spelled.span()
        around = [p for p in places if p[0] < end and start < p[1]]
        places = [p for p in places if p not in around]
        places.append(
            (min([start, *(p[0] for p in around)]), max([end, *(p[1] for p in around)]))
        )
    for start, end in sorted(places):
        told = text[start:end].strip()
        is_date = any(start < last and first < end for first, last in taken)
        if not is_date and not _BARE.fullmatch(told) and not _is_year(told):
            yield told


def _is_year(told: str) -> bool:
    return bool(re.fullmatch(r"(?:19|20)\d\d", told))


def _dates(text: str, talk: Talk) -> Iterator[str]:
    """Yield when something was or will be, in the words of the sentence."""
    places = [found.span() for found in _WHEN.finditer(text)]
    for period in periods_in(text, talk.day):
        span = period.words.span
        if not any(start < span.end and span.start < end for start, end in places):
            places.append((span.start, span.end))
    for start, end in sorted(places):
        told = text[start:end].strip()
        if not _MAY.fullmatch(told):  # "may" is a month with a capital only
            yield told


def _names(text: str, known: frozenset[str]) -> Iterator[str]:
    """Yield the people, places and products that a sentence names."""
    for found in _NAME.finditer(text):
        name = re.sub("['\u2019]s$", "", found.group())
        parts = [part for part in re.split(r"[ -]", name) if part]
        if _TITLED.match(name) and len(parts) > 1:
            yield name
            continue
        if _is_first(text, found.start()):
            if _is_plain(parts[0], known) and len(parts) > 1:
                name, parts = name[len(parts[0]) :].strip(" -'"), parts[1:]
            elif len(parts) == 1 and not _AT_START.match(text, found.start() + len(name)):
                continue
        if not all(_is_plain(part, known) for part in parts) and _is_name(name):
            yield name


def _is_plain(word: str, known: frozenset[str]) -> bool:
    """Whether a word has a capital for another reason than to be a name."""
    folded = word.casefold().replace("\u2019", "'")
    return folded in STOP or folded in known or bool(_CONTRACTED.search(folded))


def _is_name(name: str) -> bool:
    return len(name) > 1 and not _TIME_WORDS.fullmatch(name) and name not in _SOUNDS


def _is_first(text: str, at: int) -> bool:
    """Whether a word begins a sentence, or what is quoted in one."""
    before = text[:at].rstrip()
    return not before or before[-1] in '.?!:\u201c"\u2026'


def _words_of_speakers(talk: Talk) -> frozenset[str]:
    """Return the words of the names of those who speak: everybody knows them."""
    return frozenset(
        word.casefold() for speaker in talk.speakers for word in re.findall(r"\w+", speaker)
    )


def _written_small(talk: Talk) -> frozenset[str]:
    """Return the words that somebody writes with a small letter: they are no names."""
    return frozenset(
        word for turn in talk.turns for word in re.findall(r"(?<![\w'])[a-z]\w+", turn.text)
    )
