"""The reader that follows written rules: which words show a facet, and which colour them.

After ConText (Harkema et al. 2009, doi:10.1016/j.jbi.2009.05.002): a modifier such as "could"
colours what follows it, up to the end of the sentence or to a word that stops it, such as
"but". The rules are the files in ``cues/``; an expert may change them without touching code.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from math import prod
from pathlib import Path
from typing import Any

from unsolved.errors import Unreadable
from unsolved.evidence.model import Assertion, Facet, FixKind, Label, Sentence, Span

FOLDER = Path(__file__).parent / "cues"
VERSION = "cues 1"


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that show something, and how sure they make us of it."""

    means: Facet | FixKind
    name: str
    sure: float
    words: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Modifier:
    """Words that colour what follows: as somebody else's, as a mere risk, or as not so."""

    name: str
    words: re.Pattern[str]
    assertion: Assertion | None
    sure: float
    negates: frozenset[Facet]
    whole: bool


@dataclass(frozen=True, slots=True)
class Rules:
    """All cues and modifiers, and how sure we must be of a facet to say it."""

    cues: tuple[Cue, ...]
    fixes: tuple[Cue, ...]
    modifiers: tuple[Modifier, ...]
    stops: re.Pattern[str]
    thresholds: Mapping[Facet, float]


@dataclass(frozen=True, slots=True)
class Fired:
    """A cue that was found: what it means, which one, and where in the sentence."""

    means: Facet | Assertion
    cue: str
    span: Span


@dataclass(frozen=True, slots=True)
class _Scope:
    modifier: Modifier
    found: Span
    reach: Span


class CueReader:
    """Reads by the rules; silent where no rule applies."""

    def __init__(self, rules: Rules, fingerprint: str) -> None:
        self._rules = rules
        self._fingerprint = fingerprint

    @property
    def name(self) -> str:
        """How the reader is called."""
        return "cues"

    @property
    def fingerprint(self) -> str:
        """What changes exactly when the rules do."""
        return self._fingerprint

    def label(self, sentences: Sequence[Sentence]) -> list[Label]:
        """Return one label a sentence, in order."""
        return [_label(sentence.text, self._rules) for sentence in sentences]


@cache
def cue_reader(folder: Path = FOLDER) -> CueReader:
    """Return the reader for the rules in ``folder``.

    Raises:
        Unreadable: a file of rules makes no sense; it says which and where.
    """
    files = sorted(folder.glob("*.toml"))
    read = b"".join(path.read_bytes() for path in files)
    return CueReader(rules(folder), sha256(VERSION.encode() + read).hexdigest()[:16])


@cache
def rules(folder: Path = FOLDER) -> Rules:
    """Return the rules in ``folder``.

    Raises:
        Unreadable: a file of rules makes no sense; it says which and where.
    """
    shown = {facet: _read(folder / f"{facet}.toml") for facet in Facet}
    scope, fixes = folder / "scope.toml", folder / "fix.toml"
    stops = _read(scope)["stops"]
    return Rules(
        cues=tuple(
            _cue(facet, row, folder / f"{facet}.toml")
            for facet in Facet
            for row in shown[facet]["cue"]
        ),
        fixes=tuple(_cue(FixKind(row["fix"]), row, fixes) for row in _read(fixes)["cue"]),
        modifiers=tuple(_modifier(row, scope) for row in _read(scope)["modifier"]),
        stops=_words(stops, scope),
        thresholds={facet: float(shown[facet]["threshold"]) for facet in Facet},
    )


def explain(sentence: Sentence) -> list[Fired]:
    """Return the cues found in a sentence that count, in the order of their places.

    A facet's cue that a modifier negates is left out; a modifier is given by its assertion.
    """
    scopes = _scopes(sentence.text, rules())
    shown = [
        Fired(cue.means, cue.name, span)
        for cue, span in _shown(sentence.text, rules(), scopes)
        if isinstance(cue.means, Facet)
    ]
    coloured = [
        Fired(scope.modifier.assertion, scope.modifier.name, scope.found)
        for scope in scopes
        if scope.modifier.assertion and any(_covers(scope, fired.span) for fired in shown)
    ]
    return sorted([*shown, *coloured], key=lambda fired: (fired.span.start, fired.span.end))


def traces(text: str) -> list[str]:
    """Return the names of the cues and modifiers found in a text, each once, as features."""
    scopes = _scopes(text, rules())
    shown = [f"{cue.means}/{cue.name}" for cue, _ in _shown(text, rules(), scopes)]
    return list(dict.fromkeys([*shown, *(scope.modifier.name for scope in scopes)]))


def assertion_words(text: str, assertion: Assertion) -> list[Span]:
    """Return the places of the words that colour a sentence as ``assertion`` says.

    >>> assertion_words("We could run short of parts.", Assertion.HYPOTHETICAL)
    [Span(start=3, end=8)]
    """
    found = [s.found for s in _scopes(text, rules()) if s.modifier.assertion is assertion]
    places: list[Span] = []
    for span in sorted(found, key=lambda span: (span.start, -span.end)):
        if not places or span.start >= places[-1].end:
            places.append(span)
    return places


def _label(text: str, rules: Rules) -> Label:
    scopes = _scopes(text, rules)
    shown = list(_shown(text, rules, scopes))
    surest: dict[Facet, list[float]] = {facet: [] for facet in Facet}
    for cue in dict.fromkeys(cue for cue, _ in shown):
        surest[Facet(cue.means)].append(cue.sure)
    facets = {
        f: round(1 - prod((1 - p for p in found), start=1.0), 4) for f, found in surest.items()
    }
    labels = frozenset(f for f, p in facets.items() if p >= rules.thresholds[f])
    tried = labels & {Facet.ATTEMPT, Facet.FAILURE}
    return Label(
        facets=facets,
        labels=labels,
        assertion=_assertion(scopes, [span for _, span in shown]) if labels else None,
        fix=_fix(text, rules) if tried else None,
    )


def _scopes(text: str, rules: Rules) -> list[_Scope]:
    stops = [found.start() for found in rules.stops.finditer(text)]
    scopes = []
    for modifier in rules.modifiers:
        for found in modifier.words.finditer(text):
            end = min((at for at in stops if at >= found.end()), default=len(text))
            reach = Span(0, len(text)) if modifier.whole else Span(found.start(), end)
            scopes.append(_Scope(modifier, Span(*found.span()), reach))
    return scopes


def _shown(text: str, rules: Rules, scopes: Sequence[_Scope]) -> Iterator[tuple[Cue, Span]]:
    for cue in rules.cues:
        for found in cue.words.finditer(text):
            span = Span(*found.span())
            if not any(cue.means in scope.modifier.negates and _covers(scope, span)
                       for scope in scopes):  # fmt: skip
                yield cue, span


def _covers(scope: _Scope, span: Span) -> bool:
    return scope.reach.start <= span.start < scope.reach.end


def _assertion(scopes: Sequence[_Scope], spans: Sequence[Span]) -> Assertion:
    """Return the surest colouring of what was found; without one it is so."""
    doubt = [
        (scope.modifier.sure * sum(_covers(scope, span) for span in spans) / len(spans), scope)
        for scope in scopes
        if scope.modifier.assertion
    ]
    strongest = max(doubt, key=lambda pair: pair[0], default=None)
    if strongest is None or strongest[0] < 0.5:  # noqa: PLR2004 - as likely as not
        return Assertion.ACTUAL
    return strongest[1].modifier.assertion or Assertion.ACTUAL


def _fix(text: str, rules: Rules) -> FixKind:
    found = [cue for cue in rules.fixes if cue.words.search(text)]
    best = max(found, key=lambda cue: cue.sure, default=None)
    return FixKind(best.means) if best else FixKind.PROGRAMME


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise Unreadable(where=str(path), why=str(error), mend="Mend the file.") from error


def _cue(means: Facet | FixKind, row: Mapping[str, Any], path: Path) -> Cue:
    return Cue(means, row["name"], float(row["sure"]), _words(row["patterns"], path))


def _modifier(row: Mapping[str, Any], path: Path) -> Modifier:
    on = row.get("on", list(Facet)) if row.get("negates") else []
    return Modifier(
        name=row["name"],
        words=_words(row["patterns"], path),
        assertion=Assertion(row["assertion"]) if "assertion" in row else None,
        sure=float(row.get("sure", 1.0)),
        negates=frozenset(Facet(facet) for facet in on),
        whole=bool(row.get("whole", False)),
    )


def _words(patterns: Sequence[str], path: Path) -> re.Pattern[str]:
    """Return one pattern for all; each begins and ends where a word does."""
    try:
        return re.compile(rf"(?<!\w)(?:{'|'.join(patterns)})(?!\w)", re.IGNORECASE)
    except re.error as error:
        raise Unreadable(where=str(path), why=str(error), mend="Mend the pattern.") from error
