"""Practice in lines and as plain facts: buyers, talks, debriefs, history."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

import click

from unsolved.cli.workbench import out
from unsolved.conversations import practice as room
from unsolved.conversations.practice import Debrief, Persona, Talk
from unsolved.conversations.practice.kept import turn_told
from unsolved.conversations.practice.progress import Call, Progress

WIDE = 88


def print_json(value: object) -> None:
    """Print a value as JSON."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=1))


def show_list(found: Sequence[Persona]) -> None:
    """Print the buyers one may choose."""
    for one in found:
        out.print(f"{one.id:16} {one.who}", style="bold")
        out.print(f"{'':16} {one.trade}, {one.size}; {one.mood}")
    out.print(
        "\nThey are written for practice; none of them exists. unsolved practice ID begins;"
    )
    out.print("so does the name of an organisation in the database, a persona file (.yaml) or")
    out.print("the transcript of a call.")


def card(persona: Persona) -> Iterator[str]:
    """Yield what the seller knows before the call."""
    yield persona.who
    yield f"{persona.trade}, {persona.size}"
    yield from _wrapped(persona.about, "")
    if persona.public:
        yield "What one can know before:"
    for known in persona.public:
        yield from _wrapped(f"{known.source}, {known.on}: {known.says}", "  ")


def show_debrief(talk: Talk, seed: int, whom: str) -> None:
    """Print what came of a talk."""
    found = room.debrief(talk)
    out.print(f"\n{found.ending or 'not ended'}; score {found.score:.2f} of 100", style="bold")
    for point in found.reasons:
        out.print(f"  {point.points:+7.2f}  {point.text}")
    out.print("\nThemes", style="bold")
    for told in found.themes:
        out.print(f"  {told.theme.value:13} {_in_words(told)}")
        for turn, words in told.words:
            out.print("\n".join(_wrapped(f"{turn}: “{words}”", " " * 18)), style="dim")
    out.print("\nMoments", style="bold")
    for line in moments(found):
        out.print("\n".join(_wrapped(line, "  ")))
    if found.better:
        out.print("\nBetter lines", style="bold")
    for better in found.better:
        out.print("\n".join(_wrapped(f"{better.turn}: “{_cut(better.line)}”", "  ")))
        out.print("\n".join(_wrapped(f"{better.why}. {better.instead}", "     ")))
    if found.next_question:
        out.print(f"\nNext time ask: {found.next_question}")
    out.print(f"\nThe same call again: unsolved practice {whom} --seed {seed}")


def moments(found: Debrief) -> Iterator[str]:
    """Yield what stands out of a talk."""
    pitch = f"turn {found.first_pitch}" if found.first_pitch else "never"
    agreed = f"turn {found.agreed}" if found.agreed else "never"
    yield f"first pitch: {pitch}; problem agreed: {agreed}"
    yield f"presumptions with a source: {found.backed}, without: {found.unsupported}"
    for doubt in found.unanswered:
        yield f"not answered: “{doubt.text}”"
    if found.turned:
        turned = found.turned
        yield f"it turned in turn {turned.turn} ({turned.change:+} trust): {turned.why}"
    if found.longest:
        turn, words = found.longest
        yield f"you said {found.share:.0%} of the words; most at once {words}, in turn {turn}"
    yield f"trust {' '.join(map(str, found.trust))}"
    yield f"patience {' '.join(map(str, found.patience))}"


def show_history(calls: Sequence[Call], found: Sequence[Progress]) -> None:
    """Print the calls so far, the latest first, and how each seller's practice goes."""
    if not calls:
        out.print("nobody has practised yet; unsolved practice --list shows with whom one can")
        return
    for call in calls:
        out.print(
            f"{call.begun_at:%Y-%m-%d %H:%M}  {call.seller:12} {call.persona_id:20} "
            f"seed {call.seed:<6} {call.score:6.2f}  {call.covered}/{call.themes} themes  "
            f"{call.turns:2} turns  {call.ending or 'not ended'}"
        )
    for one in found:
        change = f", {one.change:+.1f} from the first to the last" if one.change else ""
        calls_in_all = f"{one.calls} call{'s' * (one.calls != 1)}"
        out.print(f"{one.seller}: {calls_in_all}, best {one.best:.2f}{change}")


def persona_facts(persona: Persona) -> dict[str, Any]:
    """Return what is told of a buyer before the call."""
    told: dict[str, Any] = {
        name: getattr(persona, name)
        for name in ("id", "name", "role", "organisation", "trade", "size", "mood", "about")
    }
    return {**told, "public": [asdict(one) for one in persona.public], "origin": persona.origin}


def call_facts(call: Call) -> dict[str, Any]:
    """Return a call of the history."""
    return {**asdict(call), "begun_at": call.begun_at.isoformat()}


def talk_facts(talk: Talk, seller: str, run_id: int) -> dict[str, Any]:
    """Return a talk and what came of it."""
    turns = [turn_told(turn) for turn in talk.turns]
    return {
        "id": run_id,
        "seller": seller,
        "seed": talk.seed,
        "persona": persona_facts(talk.persona),
        "opening": talk.opening,
        "turns": turns,
        "debrief": debrief_facts(room.debrief(talk)),
    }


def debrief_facts(found: Debrief) -> dict[str, Any]:
    """Return what came of a talk."""
    return {
        "ending": found.ending,
        "score": found.score,
        "reasons": [asdict(point) for point in found.reasons],
        "themes": [
            {
                "theme": told.theme,
                "whose": told.whose,
                "left": told.left,
                "words": [{"turn": turn, "quote": words} for turn, words in told.words],
            }
            for told in found.themes
        ],
        "first_pitch": found.first_pitch,
        "agreed": found.agreed,
        "unanswered": [asdict(doubt) for doubt in found.unanswered],
        "backed": found.backed,
        "unsupported": found.unsupported,
        "share": round(found.share, 4),
        "longest": found.longest,
        "turned": found.turned and asdict(found.turned),
        "better": [asdict(one) for one in found.better],
        "next_question": found.next_question,
        "trust": found.trust,
        "patience": found.patience,
    }


def _in_words(told: room.Told) -> str:
    left = f", {told.left} more to hear" if told.left else ""
    return f"{told.whose}{left}"


def _cut(text: str, most: int = 120) -> str:
    return text if len(text) <= most else text[: most - 1].rsplit(" ", 1)[0] + " …"


def _wrapped(text: str, indent: str) -> Iterator[str]:
    yield click.wrap_text(text, WIDE, initial_indent=indent, subsequent_indent=indent)
