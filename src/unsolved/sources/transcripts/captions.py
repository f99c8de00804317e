"""Reads WebVTT and SRT, well formed or not, and loses no word of them.

The common readers of captions drop what is not well formed: a cue whose time they cannot read,
a paragraph after a blank line within a cue, all of a file that does not begin with a number.
What people said in it is what we are here for, so this one keeps it.
"""

import html
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise

from unsolved.sources.parsing import clean
from unsolved.sources.transcripts.model import Participant, Transcript, Turn
from unsolved.sources.transcripts.names import Labelled, accepted, labelled, with_address
from unsolved.sources.transcripts.times import CLOCK, clock, moment
from unsolved.sources.transcripts.turns import unrolled

_TIMES = re.compile(rf"\s*({CLOCK})\s*-{{1,3}}>\s*({CLOCK})")
_BROKEN_TIMES = re.compile(r"(?=.*(?:\d|NaN))\s*\S{0,20}\s*-->\s*\S{0,20}(?:\s|$)")
_BEGINS = re.compile(rf"^\s*{CLOCK}\s*-{{1,3}}>\s*{CLOCK}", re.MULTILINE)
_ASIDE = re.compile(r"(?:NOTE|STYLE|REGION)(?:\s|$)")
_NUMBER = re.compile(r"\d{1,9}")
_TAG = re.compile(
    r"<(/?)(v|c|b|i|u|s|ruby|rt|lang|font)((?:\.[^\s<>]{0,80})?)(?:\s([^>]{0,300}))?>"
    r"|<\d[\d:.,]{0,20}>",
    re.IGNORECASE,
)
_POSITION = re.compile(r"\{\\an?\d{1,2}\}")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]{2,8});")


@dataclass(slots=True)
class _Cue:
    """A caption as it stands in the file; of each line, whether a blank one came before it."""

    start: float | None
    end: float | None
    lines: list[tuple[bool, str]] = field(default_factory=list)


@dataclass(slots=True)
class _Piece:
    """What one voice says in a cue."""

    speaker: str | None
    text: str
    cue: _Cue
    label: Labelled | None = None


def is_captions(text: str) -> bool:
    """Whether a text is WebVTT or SRT: it says so, or has times as they do."""
    return text.startswith("WEBVTT") or bool(_BEGINS.search(text[:100_000]))


def captions(text: str) -> Transcript:
    """Return the call that captions are of, one turn a voice and cue."""
    lines = text.split("\n")
    is_webvtt = lines[0].startswith("WEBVTT")
    head = _head(lines) if is_webvtt else {}
    cues = _cues(lines[1:] if is_webvtt else lines)
    if told := _teams_metadata(cues):
        return told
    pieces = [piece for cue in cues for piece in _pieces(cue)]
    turns, people = _named(pieces)
    language = head.get("language")
    return Transcript(
        recorder="webvtt" if is_webvtt else "srt",
        turns=tuple(unrolled(turns)),
        title=head.get("title"),
        language=language,
        language_is_told=language is not None,
        participants=people,
    )


def _head(lines: Sequence[str]) -> dict[str, str]:
    """Return what stands on top of WebVTT: a title, and ``Name: value``."""
    found = {"title": lines[0].removeprefix("WEBVTT").strip(" \t-")}
    for line in lines[1:20]:
        if not line.strip() or "-->" in line:
            break
        name, colon, value = line.partition(":")
        if colon and value.strip():
            found[name.strip().casefold()] = value.strip()
    return {name: value for name, value in found.items() if value}


def _cues(lines: Sequence[str]) -> list[_Cue]:
    """Return the cues, each with all the words up to the next one's time or name."""
    cues: list[_Cue] = []
    after_blank, aside, loose = True, False, False
    for line in lines:
        times = _TIMES.match(line) if "->" in line else None
        # Behind an arrow is a time, even one that cannot be read: NaN --> 00:04.
        broken = (after_blank or loose) and not aside and _BROKEN_TIMES.match(line)
        if times or broken:
            start, end = (clock(part) for part in times.groups()) if times else (None, None)
            cues.append(_Cue(start, end if start is not None else None))
            aside = False
        elif not line.strip():
            aside = False
        elif after_blank and _ASIDE.match(line):
            aside = True
        elif not aside and cues:
            cues[-1].lines.append((after_blank, line))
        loose = after_blank and bool(line.strip()) and "->" not in line
        after_blank = not line.strip()
    _without_ids(cues)
    return cues


def _without_ids(cues: Sequence[_Cue]) -> None:
    """Take what cues are called out of the words of those before them.

    It is the last line before a time: after a blank line, or a number where those are missing.
    But where most cues have none, such a line is words.
    """
    last = [cue.lines[-1] for cue in cues[:-1] if cue.lines]
    named = sum(after_blank for after_blank, _ in last)
    numbered = sum(bool(_NUMBER.fullmatch(line.strip())) for _, line in last)
    for cue in cues[:-1]:
        if not cue.lines:
            continue
        after_blank, line = cue.lines[-1]
        is_number = bool(_NUMBER.fullmatch(line.strip()))
        if (after_blank and named * 2 >= len(last)) or (
            is_number and numbered * 2 >= len(last)
        ):
            cue.lines.pop()


def _pieces(cue: _Cue) -> Iterator[_Piece]:
    """Yield what each voice says, and each line that begins with a name, by itself."""
    for voice, words in _voices("\n".join(line for _, line in cue.lines)):
        if voice is not None:
            yield _Piece(voice, words, cue)
            continue
        for line in words.split("\n"):
            if line.strip():
                yield _Piece(None, line, cue, labelled(line))


def _voices(text: str) -> Iterator[tuple[str | None, str]]:
    """Yield voices and their words, without the marks of the format."""
    voice: str | None = None
    words: list[str] = []
    at = 0
    plain = _POSITION.sub("", text)
    for tag in _TAG.finditer(plain):
        words.append(plain[at : tag.start()])
        at = tag.end()
        if (tag.group(2) or "").casefold() != "v":
            continue
        yield voice, _unescaped("".join(words))
        words = []
        voice = None if tag.group(1) else _unescaped(tag.group(4) or "").strip() or None
    yield voice, _unescaped("".join([*words, plain[at:]]))


def _unescaped(text: str) -> str:
    return clean(_ENTITY.sub(lambda found: html.unescape(found.group()), text))


def _named(pieces: Sequence[_Piece]) -> tuple[list[Turn], tuple[Participant, ...]]:
    """Return the turns of pieces, and who is known to have an address."""
    names = accepted((p.label for p in pieces if p.speaker is None), strictly=True)
    labels = [p.label if p.label and p.label.name in names else None for p in pieces]
    # Where nobody is named twice in a row, a label holds until the next one.
    goes_on = not any(a and b and a.name == b.name for a, b in pairwise(labels))
    said: list[tuple[str | None, _Cue, list[str]]] = []
    people: dict[str, Participant] = {}
    speaker: str | None = None
    cue: _Cue | None = None
    for piece, label in zip(pieces, labels, strict=True):
        voice = with_address(piece.speaker) if piece.speaker else label
        if voice:
            speaker = voice.name or None
            if voice.email:
                people.setdefault(voice.name, Participant(name=voice.name, email=voice.email))
        elif piece.cue is not cue and not goes_on:
            speaker = None
        words = label.rest if label else piece.text
        if said and piece.cue is cue and said[-1][0] == speaker:
            said[-1][2].append(words)
        else:
            said.append((speaker, piece.cue, [words]))
        cue = piece.cue
        if piece.speaker:
            speaker = None
    turns = (Turn(who, " ".join(" ".join(w).split()), c.start, c.end) for who, c, w in said)
    return [turn for turn in turns if turn.text], tuple(people.values())


def _teams_metadata(cues: Sequence[_Cue]) -> Transcript | None:
    """Return the call whose cues are the JSON that Microsoft Graph calls metadataContent."""
    first = "".join(line for _, line in cues[0].lines) if cues else ""
    if not (first.lstrip().startswith("{") and '"spokenText"' in first):
        return None
    turns: list[Turn] = []
    begun: datetime | None = None
    language: str | None = None
    for cue in cues:
        written = " ".join(line for _, line in cue.lines)
        try:
            told = json.loads(written)
        except (ValueError, RecursionError):
            told = {"spokenText": written}
        if not isinstance(told, dict):
            continue
        at = moment(told.get("startDateTime"))
        if begun is None and at and cue.start is not None:
            begun = at - timedelta(seconds=cue.start)
        language = language or _text(told.get("spokenLanguage"))
        words = " ".join(clean(str(told.get("spokenText") or "")).split())
        name = _text(told.get("speakerName"))
        if words:
            turns.append(Turn(name, words, cue.start, cue.end))
    return Transcript(
        recorder="teams",
        turns=tuple(turns),
        started_at=begun,
        language=language,
        language_is_told=language is not None,
    )


def _text(told: object) -> str | None:
    return with_address(told).name or None if isinstance(told, str) else None
