"""Who says it: the organisation about itself, or somebody else about the organisation?

The kind of the document settles it for most sentences: a filing, a call or a job advert is
the organisation's own word, an audit or a news story somebody else's. A story may still hand
the word over ("the company said …"), and an own text may quote others.
"""

import re

from unsolved.evidence.model import Span, Speaker

OWN_KINDS = frozenset({"filing", "transcript", "job advert", "e-mail", "interview", "post"})

_SAYING = (
    r"(?:said|says|told|stated|states|admit(?:s|ted)?|acknowledge[sd]?|conced(?:es|ed)|"
    r"announced|confirmed|reported|explain(?:s|ed)|apologi[sz]ed|wrote|warned|disclosed)"
)
_ITSELF = (
    r"(?:the (?:company|group|firm|bank|airline|carrier|retailer|council|department|agency|"
    r"chain|manufacturer|maker|utility|operator|ministry|office|organi[sz]ation|management)|"
    r"its (?:chief executive|chairman|chairwoman|spokes\w+|management|board|"
    r"finance (?:chief|director)|head of \w+)|"
    r"(?:chief \w+(?: \w+)? officer|chief executive|managing director|spokes\w+)"
    r"(?: [A-Z][\w.'-]+){0,3})"
)
_HANDED_OVER = re.compile(
    rf"\b{_ITSELF}\b[^.;]{{0,40}}?\b{_SAYING}\b|\b{_SAYING} {_ITSELF}\b"
    rf"|\baccording to {_ITSELF}\b|^[\"“']?(?:We|Our|I)\b",
    re.IGNORECASE,
)
_FIRST_PERSON = re.compile(r"[\"“']?(?:We|Our|I)\b", re.IGNORECASE)
# Without one of these in it no sentence quotes anybody; most have none.
_TELLING = (
    *("said", "says", "told", "state", "admit", "acknowledge", "conced", "announced"),
    *("confirmed", "reported", "explain", "apologi", "wrote", "warned", "disclosed"),
    *("according", "found", "finds", "concluded", "critici"),
)
_OTHERS = re.compile(
    r"\b(?:auditors?|analysts?|inspectors?|regulators?|unions?|critics|observers|"
    r"the (?:committee|inquiry|review|watchdog|report))\b[^.;]{0,30}?\b"
    rf"(?:{_SAYING}|found|finds|concluded|criticised|criticized)\b",
    re.IGNORECASE,
)


def speaker(text: str, kind: str | None) -> Speaker:
    """Return who speaks in a sentence of a document of that kind.

    >>> speaker("The company said it had underestimated the work.", "news").value
    'organisation'
    >>> speaker("The inquiry found that nobody was in charge.", "filing").value
    'third party'
    """
    small = text.lower()
    telling = any(word in small for word in _TELLING)
    if telling and _OTHERS.search(text):
        return Speaker.THIRD_PARTY
    if kind in OWN_KINDS or _FIRST_PERSON.match(text):
        return Speaker.ORGANISATION
    if telling and _HANDED_OVER.search(text):
        return Speaker.ORGANISATION
    return Speaker.THIRD_PARTY


def speaker_words(text: str, who: Speaker) -> list[Span]:
    """Return the places of the words that hand the word to ``who``; none if only the kind does.

    >>> speaker_words("The inquiry found that nobody was in charge.", Speaker.THIRD_PARTY)
    [Span(start=0, end=17)]
    """
    cue = _OTHERS if who is Speaker.THIRD_PARTY else _HANDED_OVER
    found = cue.search(text)
    return [Span(*found.span())] if found else []
