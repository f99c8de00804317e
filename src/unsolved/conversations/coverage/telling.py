"""What was covered, told in lines for a terminal, in Markdown, and as plain facts."""

from collections.abc import Iterable, Iterator
from typing import Any

from unsolved.conversations.coverage.model import (
    Coverage,
    Fact,
    Medium,
    Presumption,
    Question,
    Side,
    Theme,
    Words,
)

Facts = dict[str, Any]
_LONGEST = 160


def as_text(covered: Coverage) -> str:
    """Return what was covered as lines for a terminal."""
    return "\n".join(_lines(covered, _PLAIN))


def as_markdown(covered: Coverage) -> str:
    """Return what was covered as Markdown."""
    return "\n".join(_lines(covered, _MARKDOWN)) + "\n"


def as_facts(covered: Coverage) -> Facts:
    """Return what was covered as plain facts."""
    talk = covered.talk
    return {
        "title": talk.title,
        "medium": talk.medium.value,
        "day": talk.day.isoformat() if talk.day else None,
        "language": talk.language,
        "seconds": talk.seconds,
        "turns": len(talk.turns),
        "reader": covered.reader,
        "is_read": covered.is_read,
        "notes": list(covered.notes),
        "sides": {
            "seller": list(covered.sides.speakers(talk, Side.SELLER)),
            "buyer": list(covered.sides.speakers(talk, Side.BUYER)),
            "sure": covered.sides.sure,
            "how": covered.sides.how,
        },
        "themes": [
            {
                "theme": theme.topic.value,
                "whose": theme.whose.value,
                "is_open": theme.is_open,
                "quotes": [_words(words) for words in theme.quotes],
            }
            for theme in covered.themes
        ],
        "pitch": _words(covered.pitch),
        "agreement": {
            "words": _words(covered.agreement.words),
            "on": _words(covered.agreement.on),
        }
        if covered.agreement
        else None,
        "is_pitch_early": covered.is_pitch_early,
        "questions": [_question(one) for one in covered.questions],
        "presumptions": [_presumption(one) for one in covered.presumptions],
        "shares": [
            {
                "speaker": one.speaker or None,
                "side": one.side.value if one.side else None,
                "words": one.words,
                "share": round(one.share, 4),
            }
            for one in covered.shares
        ],
        "longest": {**_words(covered.longest), "words": covered.longest_words}
        if covered.longest
        else None,
        "facts": [_fact(one) for one in covered.facts],
        "next": [
            {
                "theme": one.topic.value,
                "text": one.text,
                "is_from_library": one.is_from_library,
            }
            for one in covered.asks
        ],
    }


def clock(seconds: float) -> str:
    """Return a moment of a call as people say it.

    >>> clock(75), clock(3_675)
    ('1:15', '1:01:15')
    """
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def where(words: Words) -> str:
    """Return where words stand: their turn, counted from 1, and the moment if it is known.

    >>> where(Words("Yes.", 4, 0, "Ann", 75.0))
    'turn 5, 1:15'
    """
    place = f"turn {words.turn + 1}"
    return place if words.start is None else f"{place}, {clock(words.start)}"


_PLAIN = {"h1": "{}", "h2": "\n{}", "item": "  {}", "sub": "    {}", "none": "  {}"}
_MARKDOWN = {"h1": "# {}\n", "h2": "\n## {}\n", "item": "- {}", "sub": "  - {}", "none": "{}"}


def _lines(covered: Coverage, form: dict[str, str]) -> Iterator[str]:
    yield form["h1"].format(covered.talk.title)
    yield _head(covered)
    yield from (f"Note: {note}." for note in covered.notes)
    yield from _section("Who spoke (a hint, not a grade)", _structure(covered), form)
    if not covered.is_read:
        return
    yield form["h2"].format("Themes")
    for theme in covered.themes:
        yield from _theme(theme, form)
    yield from _section("Pitch and agreement", _moments(covered), form)
    unanswered = (f"{_quoted(one.words)}: {one.why}" for one in covered.unanswered)
    none = f"None of {len(covered.questions)}."
    yield from _section("Questions of the buyer that stayed unanswered", unanswered, form, none)
    if covered.presumptions:
        yield from _section(
            "Presumed by the seller", map(_presumed, covered.presumptions), form
        )
    facts = (f"{fact.kind}: {_fact_line(fact)}" for fact in covered.facts)
    none = "Nothing that was recognised."
    yield from _section("The buyer told (to be accepted)", facts, form, none)
    asks = (f"{ask.topic}: {ask.text}" for ask in covered.asks)
    none = "Every theme was told in the buyer's own words."
    yield from _section("To ask next", asks, form, none)


def _section(
    title: str, items: Iterable[str], form: dict[str, str], none: str = ""
) -> Iterator[str]:
    yield form["h2"].format(title)
    told = [form["item"].format(item) for item in items]
    yield from told or [form["none"].format(none)]


def _head(covered: Coverage) -> str:
    talk = covered.talk
    parts = [f"{talk.day:%Y-%m-%d}"] if talk.day else []
    parts.append(f"{len(talk.turns)} {'mails' if talk.medium is Medium.MAIL else 'turns'}")
    if talk.seconds:
        parts.append(clock(talk.seconds))
    for side in Side:
        names = covered.sides.speakers(talk, side)
        if names:
            parts.append(f"{side}: {', '.join(names)}")
    parts.append(f"sides {covered.sides.how}, {covered.sides.sure:.0%} sure")
    if covered.is_read:
        parts.append(f"read by {covered.reader}")
    return " · ".join(parts)


def _structure(covered: Coverage) -> Iterator[str]:
    for one in covered.shares:
        side = f" ({one.side})" if one.side else ""
        yield f"{one.speaker or 'unnamed'}{side}: {one.share:.0%}, {one.words:,} words"
    if covered.longest:
        who = covered.longest.speaker or "unnamed"
        size = f"{covered.longest_words:,} words"
        yield f"longest in one go: {who}, {size} ({where(covered.longest)})"


def _theme(theme: Theme, form: dict[str, str]) -> Iterator[str]:
    yield form["item"].format(f"{theme.topic}: {theme.whose}")
    for words in theme.quotes[:2]:
        yield form["sub"].format(_quoted(words))


def _moments(covered: Coverage) -> Iterator[str]:
    pitch, agreed = covered.pitch, covered.agreement
    yield f"first pitch: {_quoted(pitch)}" if pitch else "first pitch: none"
    if agreed is None:
        yield "the buyer agreed what the problem is: not found"
    else:
        yield f"the buyer agreed what the problem is: {_quoted(agreed.words)}"
        if agreed.on:
            yield f"to this: {_quoted(agreed.on)}"
    if covered.is_pitch_early:
        yield "the pitch came before the problem was agreed"


def _presumed(one: Presumption) -> str:
    replies = {True: "the buyer agreed", False: "the buyer did not", None: "no word to it"}
    ground = "with a ground" if one.ground else "without a ground"
    return f"{_quoted(one.words)}: {ground}; {replies[one.is_agreed]}"


def _quoted(words: Words) -> str:
    flat = " ".join(words.text.split())
    short = flat if len(flat) <= _LONGEST else flat[:_LONGEST].rsplit(" ", 1)[0] + " …"
    who = f"{words.speaker}, " if words.speaker else ""
    return f"“{short}” ({who}{where(words)})"


def _fact_line(fact: Fact) -> str:
    if fact.detail == fact.words.text:
        return _quoted(fact.words)
    return f"{fact.detail}, in {_quoted(fact.words)}"


def _words(words: Words | None) -> Any:  # noqa: ANN401 - JSON
    if words is None:
        return None
    return {
        "quote": words.text,
        "turn": words.turn,
        "sentence": words.sentence,
        "speaker": words.speaker or None,
        "start": words.start,
    }


def _question(one: Question) -> Facts:
    return {
        **_words(one.words),
        "wants_evidence": one.wants_evidence,
        "answer": _words(one.answer),
        "why": one.why or None,
    }


def _presumption(one: Presumption) -> Facts:
    return {
        **_words(one.words),
        "ground": _words(one.ground),
        "reply": _words(one.reply),
        "is_agreed": one.is_agreed,
    }


def _fact(one: Fact) -> Facts:
    topic = one.topic.value if one.topic else None
    return {"kind": one.kind.value, "detail": one.detail, "theme": topic, **_words(one.words)}
