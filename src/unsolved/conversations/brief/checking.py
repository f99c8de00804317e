"""Does every sentence about the organisation rest on its quote?

Model and templates already make it so; this reads the finished page and does not trust them.
The same check stands between a language model and the page: it may phrase, and not add.
"""

import re
from collections.abc import Iterable, Iterator

from unsolved.conversations.acts.words import numbers, stem, stems
from unsolved.conversations.brief.clause import stands_in
from unsolved.conversations.brief.model import Brief, Citation
from unsolved.conversations.brief.opening import day

_QUOTED = re.compile(r"\u201c([^\u201d]*)\u201d")
_SENTENCE = re.compile(r"[^.!?]*(?:[.!?]+|$)")
_YOU = re.compile(r"\b(?:you|your|yours)\b", re.IGNORECASE)
_NAME = re.compile(r"\b[A-Z][\w&'\u2019-]*")

# Small words that turn what is said, or count it.
_NO = frozenset({"no", "not", "never", "nobody", "nothing", "none", "nor", "without", "cannot"})
_NOT = frozenset({"no"})
_COUNTED = frozenset(
    {"two", "first", "once", "more", "less", "most", "least", "only", "always"}
)

# Words that a paraphrase may bring along: they say how something is told, not what.
_TELLING = ("report", "state", "describe", "write", "mention", "note")
_TELLS = frozenset(stem(word) for word in _TELLING)


def uncited(brief: Brief) -> list[str]:
    """Return the sentences about the organisation that no quote bears out."""
    found: list[str] = []
    for statement in brief.statements:
        if not stands_in(statement.words, statement.citation.quote.text):
            found.append(statement.words)
        if statement.gloss and added(statement.gloss, statement.citation.quote.text):
            found.append(statement.gloss)
    for text, citations in _written(brief):
        found += _unbacked(text, citations, brief)
    found += [
        f"{peer.name}: {one.text}"
        for peer in brief.peers
        for one in peer.alike
        if one.evidence is None and one.text.startswith("tried")
    ]
    return found


def added(sentence: str, quote: str) -> tuple[str, ...]:
    """Return what a sentence says that its quote does not: figures, names, words of content.

    >>> added("Orders were late in 40 shops.", "In 40 shops the orders came late.")
    ()
    >>> added("Orders were late in Leeds, 50 times.", "Orders came late.")
    ('50', 'Leeds', 'times')
    """
    known, held = stems(quote), {name.casefold() for name in _NAME.findall(quote)}
    told, said = _lower(quote), _lower(sentence)
    turned = sorted(one for one in _NOT | _COUNTED if one in said and one not in told)
    if _NOT & told and not _NOT & said:
        turned.append("(a \u201cnot\u201d is left out)")
    figures = [one for one in sorted(numbers(sentence)) if one not in numbers(quote)]
    names = [
        found.group()
        for found in _NAME.finditer(sentence)
        if found.start() > 0 and not _known(found.group(), known, held)
    ]
    taken = {name.casefold() for name in names}
    words = [
        word
        for word in re.findall(r"[^\W\d_]+(?:['\u2019-][^\W\d_]+)*", sentence)
        if word.casefold() not in taken and not _known(word, known, held)
    ]
    return tuple(dict.fromkeys([*figures, *names, *words, *turned]))


def _lower(text: str) -> frozenset[str]:
    words = re.findall(r"[^\W\d_]+", re.sub(r"n['\u2019]t\b", " not", text.lower()))
    return frozenset("no" if word in _NO else word for word in words)


def _known(word: str, known: frozenset[str], held: Iterable[str]) -> bool:
    told = stems(word) - _TELLS
    return told <= known or word.casefold() in held


def _written(brief: Brief) -> Iterator[tuple[str, tuple[Citation, ...]]]:
    """Yield every text of ours on the page with what it cites."""
    claims = [brief.stands, brief.presumption, *(one.claim for one in brief.tried)]
    for holder in (*claims, *brief.openers, *brief.questions):
        if holder:
            yield holder.text, holder.citations
    for one in brief.avoided:
        yield f"{one.what}: {one.why}", one.citations
    for text in (brief.next_question, *brief.gaps, *brief.unknowns, *brief.usual_goals):
        yield text, ()


def _unbacked(text: str, citations: tuple[Citation, ...], brief: Brief) -> Iterator[str]:
    for words in _QUOTED.findall(text):
        if words.rstrip(".") and not _is_cited(words, citations) and not _is_talk(words):
            yield words
    for sentence in _SENTENCE.findall(_QUOTED.sub("", text)):
        if not sentence.strip() or citations or sentence.rstrip().endswith("?"):
            continue
        if _YOU.search(sentence) or _names(sentence, brief):
            yield sentence.strip()
    if citations:
        allowed = "".join(
            f" {one.quote.text} {one.years} {day(one.said_on) if one.said_on else ''}"
            for one in citations
        )
        bare = _QUOTED.sub("", text)
        yield from (one for one in sorted(numbers(bare)) if one not in numbers(allowed))


def _is_cited(words: str, citations: Iterable[Citation]) -> bool:
    return any(stands_in(words, one.quote.text) for one in citations)


def _is_talk(words: str) -> bool:
    """Whether quoted words are what a buyer says in any talk, and not this one's."""
    return words.rstrip("?").casefold() == "what makes you say so"


def _names(sentence: str, brief: Brief) -> bool:
    names = (brief.organisation.name, *brief.organisation.names)
    return any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", sentence) for name in names)
