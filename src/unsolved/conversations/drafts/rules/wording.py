"""Pronouns, openings, repetitions and shouting."""

import re
from collections.abc import Iterator

from unsolved.conversations.drafts.choices import Choices
from unsolved.conversations.drafts.letter import Letter
from unsolved.conversations.drafts.model import Edit, Hit
from unsolved.conversations.drafts.rules.mending import without
from unsolved.conversations.drafts.rules.registry import check, phrases_of, told
from unsolved.conversations.drafts.vocabulary import pattern, vocabulary, words

FEWEST_WE = 3
SEEN = 2  # "we" of a sentence that shares what was seen
MUCH = 2  # words of jargon
SHOUTED, ROWS = 4, 2
_WE = re.compile(r"\b(?:we|our|ours|us|ourselves|we're|we've|we'll|we'd)\b")
_YOU = re.compile(r"\b(?:you|your|yours|yourself|you're|you've|you'll|you'd)\b")
_SENDER = words("wording", "sender")
_BESIDES = words("wording", "besides")
_IS_A = pattern("wording", "is_a")
# "I" and "we" without "you", and firms that say what they make.
_OF_SENDER = re.compile(
    r"(?:(?:as|for|since|after|with|in|at|over)\s[^,.]{2,50},?\s)?"
    r"(?:(?:i|we)(?:'m|'re|'ve)?\s(?:(?:am|are|have|also|been|just|now)\s)*"
    r"(?:a|an|the|sell|run|work|worked|working|help|represent|lead|manage|head|make|know|offer|provide"
    r"|do|own|build|speciali[sz]e|in|with|at|from|based|active|responsible|proud|pleased|delighted"
    r"|[A-Z]\w+)\b|(?:my|our)\s(?:company|firm|family|agency|business|name|team|job|lab|studio)\b)"
)
_MAKER = re.compile(
    r"[A-Z][\w&.-]+(?:\s[A-Z&][\w&.-]*){0,2}\s(?:(?:makes|sells|builds|supplies|offers|provides|designs"
    r"|manufactures|delivers|develops|distributes|rents|automates|connects)\s"
    r"|is\s(?:a|an|the)\s(?:[\w-]+\s){0,4}?(?:maker|manufacturer|supplier|specialist|firm|company"
    r"|leader|agency|expert|partner|service|system)\b)"
)
_CAPITALS = re.compile(r"\b[A-Z]{4,}\b(?:[ \t]+[A-Z]{2,}\b)*")
_MARKS = re.compile(r"!(?:\s?[!?])+|\?\?+")
_FIRST_WORD = re.compile(r"\w")
# Four capitals and more that are names of things and no shouting.
_NAMES = frozenset(
    [
        "hipaa",
        "nasa",
        "gdpr",
        "capex",
        "opex",
        "ebitda",
        "saas",
        "api",
        "apis",
        "erp",
        "crm",
        "hris",
        "mrp",
        "wms",
        "nhs",
        "nice",
        "nato",
        "unesco",
        "kpi",
        "kpis",
        "html",
        "json",
        "soap",
        "rest",
        "scada",
        "iot",
        "haccp",
        "iso",
        "osha",
        "usda",
        "asap",
        "faqs",
        "covid",
        "aids",
        "dora",
        "sepa",
        "swift",
        "ifrs",
        "gaap",
        "sox",
        "itil",
        "prince",
        "scrum",
        "nist",
        "pci",
        "dss",
        "cqc",
        "ofsted",
        "oecd",
        "opec",
        "fifa",
        "uefa",
        "ieee",
        "ansi",
        "asme",
        "reach",
        "rohs",
        "emea",
        "apac",
        "latam",
        "csrd",
        "esrs",
        "icfr",
        "edgar",
        "aws",
        "gmbh",
        "dhl",
    ]
)


@check("W601")
def more_we_than_you(letter: Letter, choices: Choices) -> Iterator[Hit]:
    """Yield the first "we" of a mail that has more of them than of "you"."""
    del choices
    known = vocabulary()
    ours = []
    for one in letter.sentences:
        shares = known.insight.search(letter.low, one.start, one.end) or letter.has_source(one)
        said = [found.span() for found in _WE.finditer(letter.low, one.start, one.end)]
        ours += said if not shares or letter.offer(one.start, one.end) else said[SEEN:]
    named = sum(letter.low.count(name) for name in letter.own)
    yours = len(_YOU.findall(letter.low))
    if len(ours) + named >= FEWEST_WE and len(ours) + named > yours and ours:
        count = len(ours) + named
        told = f"\u201cwe\u201d and \u201cour\u201d {count} times, \u201cyou\u201d {yours}"
        yield Hit(*ours[0], told)


@check("W602")
def opens_with_sender(letter: Letter, choices: Choices) -> Iterator[Hit]:
    """Yield a first sentence about the sender."""
    del choices
    known = vocabulary()
    civil = phrases_of("M801")
    for one in letter.sentences:
        if civil.search(letter.low, one.start, one.end):
            continue
        opens: object = _SENDER.match(letter.low, one.start, one.end) or (
            _IS_A.match(one.text) and re.match(r"\S+(?:\s\S+){0,3}", one.text)
        )
        shares = letter.has_source(one) or known.insight.search(letter.low, one.start, one.end)
        if not opens and not shares and not one.is_question:
            opens = (_OF_SENDER.match(one.low) and not _YOU.search(one.low)) or (
                _MAKER.match(one.text)
            )
        named = any(one.low.startswith(name) for name in letter.own)
        if opens or named:
            told = "the first sentence is about the sender"
            yield Hit(one.start, one.end, told, mild=letter.answers_unseen)
        return


@check("W604")
def jargon(letter: Letter, choices: Choices) -> Iterator[Hit]:
    """Yield words that say little; many in one mail are grave."""
    del choices
    found = [one.span() for one in phrases_of("W604").finditer(letter.said)]
    besides = len(_BESIDES.findall(letter.said)) // MUCH
    for place in found:
        yield Hit(*place, told()["W604"].says, mild=len(found) + besides < MUCH)


@check("W606")
def says_it_twice(letter: Letter, choices: Choices) -> Iterator[Hit]:
    """Yield sentences that stand a second time."""
    del choices
    seen: set[str] = set()
    for one in letter.sentences:
        bare = " ".join(re.findall(r"\w+", one.low))
        if len(bare.split()) < FEWEST_WE:
            continue
        if bare in seen:
            edit = without(letter, one.start, one.end)
            yield Hit(one.start, one.end, "it stands above already", edit)
        seen.add(bare)


@check("W609")
def shouting(letter: Letter, choices: Choices) -> Iterator[Hit]:
    """Yield words in capitals and rows of exclamation marks, in subject and body."""
    del choices
    first, last = letter.draft.subject or (0, 0)
    for text, start, end in (
        (letter.draft.text, first, last),
        (letter.prose, 0, len(letter.prose)),
    ):
        for found in _CAPITALS.finditer(text, start, end):
            words = found.group().lower().split()
            if len(words) >= SHOUTED or any(_is_loud(word) for word in words):
                yield Hit(*found.span(), "it shouts")
        for found in _MARKS.finditer(text, start, end):
            mark = "?" if "?" in found.group() else "!"
            yield Hit(*found.span(), "it shouts", Edit(*found.span(), mark))
    marks = [m.start() for m in re.finditer(r"!(?!\s?[!?])(?<![!?]!)", letter.prose)]
    if len(marks) >= ROWS + 1:
        yield Hit(marks[ROWS], marks[ROWS] + 1, f"{len(marks)} exclamation marks")


def _is_loud(word: str) -> bool:
    """Whether a word in capitals is one that could have been written small."""
    if len(word) < SHOUTED or word in _NAMES:
        return False
    return word in vocabulary().generic or word in _LOUD


_LOUD = frozenset(
    [
        "urgent",
        "important",
        "huge",
        "free",
        "amazing",
        "incredible",
        "special",
        "guaranteed",
        "winner",
        "bonus",
        "exclusive",
        "attention",
        "massive",
        "instantly",
        "hurry",
        "warning",
        "critical",
        "stop",
        "limited",
        "immediately",
        "proven",
    ]
)
