"""Evidence, attempts and complaints as plain facts, and in lines."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from unsolved import evidence
from unsolved.cli.workbench import out
from unsolved.evidence import Evidence, Tense
from unsolved.prospects import Attempt, Complaint, Link, Prospect

Known = Mapping[int, Evidence]
Facts = dict[str, Any]

TENSES = {
    Tense.NOW: "of the time of writing",
    Tense.PAST: "of an earlier time",
    Tense.OVER: "of something that is over",
}


def short(text: str, most: int = 160) -> str:
    """Return a text on one line, cut between words where it is longer than ``most``."""
    flat = " ".join(text.split())
    return flat if len(flat) <= most else flat[: most - 1].rsplit(" ", 1)[0] + " …"


def sense_lines(piece: Evidence) -> Iterator[str]:
    """Yield in which sense a sentence is said, how much and when, each with its words."""
    sense = evidence.sense_of(piece)
    yield f"{piece.assertion}{_because(sense.assertion_words)}"
    yield f"said by the {piece.speaker}{_because(sense.speaker_words)}"
    yield f"{TENSES[sense.tense]}{_because(sense.tense_words)}"
    for negation in sense.negations:
        yield f"{'denies trouble' if negation.denies else 'negates'} (“{negation.reach.text}”)"
    for amount in evidence.amounts_in(piece.quote.text):
        yield f"{amount.measure}: {amount_text(amount)} (“{amount.words.text}”)"
    for period in evidence.periods_in(piece.quote.text, piece.said_on):
        yield f"when: {period.first} to {period.last} (“{period.words.text}”)"


def amount_text(amount: evidence.Amount) -> str:
    """Return an amount in figures: "5,000,000 to 7,000,000 USD"."""
    least, most = (None if v is None else f"{v:,.10g}" for v in (amount.least, amount.most))
    if least is None:
        told = f"at most {most}"
    elif most is None:
        told = f"at least {least}"
    else:
        told = least if least == most else f"{least} to {most}"
    return f"{'about ' if amount.is_rough else ''}{told} {amount.unit}".strip()


def _because(words: Iterable[evidence.Quote]) -> str:
    told = ", ".join(f"“{quote.text}”" for quote in words)
    return f" ({told})" if told else ""


def sense_facts(piece: Evidence) -> Facts:
    """Return in which sense a sentence is said, and how much and when, with the words."""
    sense = evidence.sense_of(piece)
    return {
        "assertion_words": _words(sense.assertion_words),
        "speaker_words": _words(sense.speaker_words),
        "tense": sense.tense.value,
        "tense_words": _words(sense.tense_words),
        "denies": sense.denies,
        "negations": [
            {**_quote(negation.reach), "denies": negation.denies}
            for negation in sense.negations
        ],
        "amounts": [amount_facts(a) for a in evidence.amounts_in(piece.quote.text)],
        "periods": [
            {**_quote(p.words), "first": p.first.isoformat(), "last": p.last.isoformat()}
            for p in evidence.periods_in(piece.quote.text, piece.said_on)
        ],
    }


def amount_facts(amount: evidence.Amount) -> Facts:
    """Return an amount as plain facts."""
    return {
        **_quote(amount.words),
        "measure": amount.measure.value,
        "unit": amount.unit,
        "least": amount.least,
        "most": amount.most,
        "rough": amount.is_rough,
    }


def _words(quotes: Iterable[evidence.Quote]) -> list[Facts]:
    return [_quote(quote) for quote in quotes]


def _quote(quote: evidence.Quote) -> Facts:
    return {"words": quote.text, "start": quote.span.start, "end": quote.span.end}


def attempt_facts(attempt: Attempt, known: Known) -> Facts:
    """Return an attempt as plain facts, every sentence with its quote."""
    when = attempt.when
    return {
        "what": attempt.what,
        "kind": attempt.kind,
        "first_on": attempt.first_on.isoformat() if attempt.first_on else None,
        "last_on": attempt.last_on.isoformat() if attempt.last_on else None,
        "when": None
        if when is None
        else {
            "words": when.words,
            "first": when.first.isoformat(),
            "last": when.last.isoformat(),
            "evidence": when.evidence,
        },
        "makers": [
            {"role": m.role.value, "name": m.name, "evidence": m.evidence, "words": m.words}
            for m in attempt.makers
        ],
        "spent": [
            {**amount_facts(spent.amount), "evidence": spent.evidence}
            for spent in attempt.spent
        ],
        "outcome": attempt.outcome.value,
        "reasons": [_link(link, known) for link in attempt.reasons],
        "told": [_link(link, known) for link in attempt.told],
        "against": _link(attempt.against, known) if attempt.against else None,
    }


def complaint_facts(complaint: Complaint, known: Known) -> Facts:
    """Return a statement of the problem as plain facts, with its causes and consequences."""
    said = known.get(complaint.evidence) if complaint.evidence is not None else None
    return {
        "evidence": complaint.evidence,
        "quote": said.quote.text if said else None,
        "date": complaint.said_on.isoformat() if complaint.said_on else None,
        "causes": [_link(link, known) for link in complaint.causes],
        "consequences": [_link(link, known) for link in complaint.consequences],
    }


def _link(link: Link, known: Known) -> Facts:
    piece = known.get(link.evidence)
    return {
        "evidence": link.evidence,
        "quote": piece.quote.text if piece else None,
        "document_id": piece.document_id if piece else None,
        "date": link.said_on.isoformat() if link.said_on else None,
        "shows": link.shows.value if link.shows else None,
        "rule": link.rule.value,
        "to": link.to,
        "words": list(link.words),
        "characters": link.characters,
        "days": link.days,
    }


def show_links(prospect: Prospect, known: Known) -> None:
    """Print the attempts at a problem, and its statements with cause and consequence."""
    for line in _lines(prospect, known):
        out.print(line)


def _lines(prospect: Prospect, known: Known) -> Iterator[str]:
    if prospect.attempts:
        yield "  tried:"
    for attempt in prospect.attempts:
        yield f"    {attempt.first_on or 'undated'}  {_head(attempt)}: {attempt.outcome.value}"
        yield f"      “{_said(attempt.evidence, known)}”"
        for link in attempt.told[1:]:
            yield f"      {link.text}: “{_said(link.evidence, known)}”"
        for link in attempt.reasons:
            yield f"      {link.shows}, {link.text}: “{_said(link.evidence, known)}”"
    if any(complaint.causes or complaint.consequences for complaint in prospect.complaints):
        yield "  why, and what follows:"
    for complaint in prospect.complaints:
        if complaint.evidence is None:
            yield "    the problem as a whole"
        else:
            yield f"    {complaint.said_on or 'undated'}  “{_said(complaint.evidence, known)}”"
        for name, links in (("cause", complaint.causes), ("follows", complaint.consequences)):
            for link in links:
                own = link.evidence == complaint.evidence
                quote = "" if own else f": “{_said(link.evidence, known)}”"
                yield f"      {name}, {link.text}{quote}"


def _head(attempt: Attempt) -> str:
    who = ", ".join(
        f"{maker.role.value}{' ' + maker.name if maker.name else ''}"
        for maker in attempt.makers
    )
    when = f", {attempt.when.words}" if attempt.when else ""
    cost = "".join(f", {spent.amount.words.text}" for spent in attempt.spent)
    told = f"{attempt.what} ({attempt.kind})" if attempt.what else f"{attempt.kind} fix"
    return f"{told}{', ' + who if who else ''}{when}{cost}"


def _said(evidence_id: int, known: Known) -> str:
    piece = known.get(evidence_id)
    return short(piece.quote.text) if piece else f"evidence {evidence_id}"
