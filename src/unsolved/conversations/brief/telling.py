"""The page as Markdown and as plain text: the same words in the same order, with sources."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from unsolved.conversations.brief.asking import name
from unsolved.conversations.brief.model import Brief, Citation, Peer, Statement, Way
from unsolved.conversations.brief.opening import day
from unsolved.prospects import Standing

_SPECIAL = re.compile(r"([\\`*_\[\]<>#|~])")
WAYS = {Way.RESEARCH: "With what was found", Way.INSIGHT: "With what is seen elsewhere"}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the page: what it says, and the places that say so."""

    text: str
    citations: tuple[Citation, ...] = ()
    lead: str = ""
    deeper: bool = False
    is_quote: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and its lines; ``about`` is true where each is about the organisation."""

    title: str
    lines: tuple[Line, ...]
    about: bool = False
    note: str = ""


def nothing_found(brief: Brief) -> str:
    """Return how much was read without a sign; empty where there is one.

    An organisation of which nothing was read yet is told as such.
    """
    if brief.is_seen:
        return ""
    documents, sentences = brief.documents_read, brief.sentences_read
    if not documents:
        return "Nothing has been read about it yet."
    return f"No sign found in {_count(documents, 'document')}, {_count(sentences, 'sentence')}."


def standing(brief: Brief) -> str:
    """Return where it stands, in a line."""
    if brief.standing is None or brief.probability is None:
        return "not assessed yet"
    if brief.standing is Standing.UNSEEN:
        return "unseen"
    return f"{brief.standing.value}, {_sure(brief.probability)} likely"


def facts(brief: Brief) -> tuple[str, ...]:
    """Return what is on record about the organisation."""
    known = brief.organisation
    size = _count(known.employees, "employee") if known.employees else None
    told = (known.industry, known.country, size, known.revenue, known.domain)
    return tuple(one for one in told if one)


def sections(brief: Brief) -> Iterator[Section]:
    """Yield the page, part by part."""
    yield Section(
        "Before anything else",
        (
            *([Line(brief.next_question, lead="Ask next")] if brief.next_question else []),
            *(Line(one, lead="Not known") for one in brief.unknowns),
        ),
        note=nothing_found(brief),
    )
    usual = "; ".join(brief.usual_goals)
    wanted = f"Nothing is told of it. This problem usually blocks: {usual}." if usual else ""
    yield _stated("What they want to achieve", brief.goals, wanted)
    yield _stated("Where they fall short", brief.short)
    yield _stated("Why, as far as told", brief.why)
    yield Section("What they tried, and what came of it", tuple(_tried(brief)), about=True)
    if brief.presumption:
        lines = (Line(brief.presumption.text, brief.presumption.citations),)
        yield Section("What we may presume", lines, about=True)
    yield _stated("What causes us to say so", brief.because)
    yield Section("Ways to open", tuple(_openers(brief)))
    yield Section(
        "Organisations like this one", tuple(map(_peer, brief.peers)), note=alone(brief)
    )
    yield Section("What we do not know", tuple(Line(one) for one in brief.gaps))
    asked = (Line(one.text, one.citations, lead=name(one.topic)) for one in brief.questions)
    yield Section("What to ask, in this order", tuple(asked))
    said = (Line(f"{one.what}: {one.why}.", one.citations) for one in brief.avoided)
    yield Section("What not to say yet", tuple(said))


def alone(brief: Brief) -> str:
    """Return why nobody is listed as alike; empty where somebody is."""
    if brief.peers:
        return ""
    if not brief.considered:
        return "No other organisation with this problem is known here."
    alike = "alike in trade or size and in its situation"
    if brief.considered == 1:
        return f"The only other organisation with this problem is not {alike}."
    return f"None of the {brief.considered:,} organisations looked at is {alike}."


def markdown(brief: Brief, home: str = "") -> str:
    """Return the page as Markdown, its links beginning with ``home``."""
    known = brief.organisation
    out = [f"# {_safe(known.name)}", "", f"**{_safe(brief.title)}**: {standing(brief)}", ""]
    if facts(brief):
        out += [_safe(" \u00b7 ".join(facts(brief))), ""]
    if brief.eliminated:
        out += [f"**Eliminated:** {_safe(brief.eliminated)}", ""]
    for section in sections(brief):
        if not section.lines and not section.note:
            continue
        out += [f"## {section.title}", ""]
        if section.note:
            out += [_safe(section.note), ""]
        out += [_marked(line, home) for line in section.lines]
        out += [""] if section.lines else []
    out += _elsewhere(brief, home)
    return "\n".join([*out, _foot(brief), ""])


def text(brief: Brief) -> str:
    """Return the page as plain text, with the sources numbered at its end."""
    known = brief.organisation
    numbers = {one: at for at, one in enumerate(brief.citations, 1)}
    out = [known.name, "=" * len(known.name), f"{brief.title}: {standing(brief)}"]
    out += [" \u00b7 ".join(facts(brief))] if facts(brief) else []
    out += [f"Eliminated: {brief.eliminated}"] if brief.eliminated else []
    for section in sections(brief):
        if not section.lines and not section.note:
            continue
        out += ["", section.title, "-" * len(section.title)]
        out += [section.note] if section.note else []
        for line in section.lines:
            marks = "".join(f" [{numbers[one.id]}]" for one in line.citations)
            lead = f"{line.lead}: " if line.lead else ""
            out.append(f"{'    ' if line.deeper else ''}- {lead}{line.text}{marks}")
    if numbers:
        out += ["", "Sources", "-------"]
        out += [
            f"[{at}] {source(brief.citations[one])} (unsolved evidence show {one})"
            for one, at in numbers.items()
        ]
    return "\n".join([*out, "", _foot(brief), ""])


def source(cited: Citation) -> str:
    """Return where something is said: title, day, and its age where that makes it doubtful."""
    when = day(cited.said_on) if cited.said_on else ""
    return ", ".join(one for one in (cited.title, when, cited.age) if one)


def place(cited: Citation) -> str:
    """Return the address of a quote in its document; of the document, when it is read anew."""
    return f"/documents/{cited.document_id}?at={cited.id}#e{cited.id}"


def _stated(title: str, said: Sequence[Statement], note: str = "") -> Section:
    lines = tuple(_line(one) for one in said)
    return Section(title, lines, about=True, note="" if lines else note)


def _line(one: Statement) -> Line:
    lead = f"{one.gloss} " if one.gloss else ""
    return Line(f"{lead}\u201c{one.words}\u201d", (one.citation,), is_quote=True)


def _tried(brief: Brief) -> Iterator[Line]:
    for one in brief.tried:
        yield Line(f"{one.claim.text}.", one.claim.citations)
        yield from (replace(_line(said), deeper=True) for said in one.told)


def _openers(brief: Brief) -> Iterator[Line]:
    for one in brief.openers:
        yield Line(one.text, one.citations, lead=WAYS[one.way])


def _peer(peer: Peer) -> Line:
    told = "; ".join(one.text for one in peer.alike)
    return Line(f"{peer.name}, {peer.standing.value}: {told}.")


def _marked(line: Line, home: str) -> str:
    lead = f"**{line.lead}:** " if line.lead else ""
    cited = "; ".join(_link(one, home, whole=line.is_quote) for one in line.citations)
    shift, places = "  " if line.deeper else "", f" ({cited})" if cited else ""
    return f"{shift}- {lead}{_safe(line.text)}{places}"


def _link(cited: Citation, home: str, *, whole: bool) -> str:
    when = day(cited.said_on) if cited.said_on else "undated"
    return f"[{_safe(source(cited) if whole else when)}]({home}{place(cited)})"


def _elsewhere(brief: Brief, home: str) -> Iterable[str]:
    if not brief.others:
        return
    yield "## Its other problems"
    yield ""
    for one in brief.others:
        address = f"{home}/organisations/{brief.organisation.id}/brief?problem={one.problem_id}"
        yield f"- [{_safe(one.title)}]({address}): {one.standing.value}"
    yield ""


def _foot(brief: Brief) -> str:
    sentences = _count(brief.sentences_read, "sentence")
    documents = _count(brief.documents_read, "document")
    return f"Made on {day(brief.today)} from {sentences} in {documents}."


def _safe(words: str) -> str:
    return _SPECIAL.sub(r"\\\1", " ".join(words.split()))


def _count(value: int, one: str) -> str:
    return f"{value:,} {one}{'' if value == 1 else 's'}"


def _sure(probability: float) -> str:
    if probability > 0.99:  # noqa: PLR2004 - never a certainty
        return ">99%"
    return "<1%" if probability < 0.01 else f"{probability:.0%}"  # noqa: PLR2004
