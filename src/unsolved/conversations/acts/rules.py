"""What does each sentence of a line do, and what is it about? Rules that anyone can read say.

The rules are data (`acts.toml`, `topics.toml`). Whoever reads better, a trained model say,
keeps the promise of `said.ActReader` and takes this reader's place.
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path

from unsolved.conversations.acts.said import Act, ActReader, Said, Topic, TurnIn, heard_before
from unsolved.conversations.acts.words import shared, stems
from unsolved.evidence.sentences import split

LONGEST = 4_000  # characters of a line that are read; nobody says more at a time
MOST = 60  # sentences
_NEAR, _SOME, _MOSTLY = 3, 2, 0.6
_TALE = 6
_FEW = 5

Rules = Mapping[str, re.Pattern[str]]

_ABOUT_US = {Act.PITCH, Act.CLOSE}


class RuleReader(ActReader):
    """Reads by patterns; quick, always the same, and wrong where words are used otherwise."""

    @property
    def name(self) -> str:
        """How the reader is called in what is kept."""
        return "rules 1"

    def read(self, line: str, before: Sequence[str] = ()) -> tuple[Said, ...]:
        """Return the sentences of a line, each with at least one act."""
        return tuple(_said(sentence, tuple(before)) for sentence in sentences(line))

    def read_call(self, turns: Sequence[TurnIn]) -> Sequence[Sequence[Said]]:
        """Return one `Said` for each sentence of each turn, in order."""
        return [
            [_said(sentence, heard) for sentence in turn.sentences]
            for turn, heard in zip(turns, heard_before(turns), strict=True)
        ]


def sentences(line: str) -> tuple[str, ...]:
    """Return the sentences of a line, each on one line."""
    flat = " ".join(line[:LONGEST].split())
    return tuple(flat[span.start : span.end] for span in split(flat))[:MOST]


def is_so(sign: str, text: str) -> bool:
    """Whether the patterns of that name are found in a text."""
    return bool(rules()[sign].search(text))


@cache
def rules() -> Rules:
    """Return the patterns of every name."""
    return compiled(Path(__file__).with_name("acts.toml"))


@cache
def _topics() -> tuple[tuple[str, int, tuple[re.Pattern[str], ...]], ...]:
    told = tomllib.loads(Path(__file__).with_name("topics.toml").read_text("utf-8"))
    return tuple(
        (name, rule["weight"], tuple(pattern([one]) for one in rule["patterns"]))
        for name, rule in told.items()
    )


def compiled(path: Path) -> Rules:
    """Return the patterns that stand in a file of rules."""
    told = tomllib.loads(path.read_text("utf-8"))
    return {key: pattern(rule["patterns"]) for key, rule in told.items() if "patterns" in rule}


def pattern(parts: Sequence[str]) -> re.Pattern[str]:
    """Return one pattern for many: each begins and ends at a word."""
    each = "|".join(f"(?:{part})" for part in parts).replace("~", r"[\s-]")
    return re.compile(rf"(?<!\w)(?:{each})(?!\w)", re.IGNORECASE)


def topic_of(text: str, *, asks: bool) -> Topic | None:
    """Return what a question, or a statement, is about; None when no word of it says so."""
    best: tuple[int, Topic] | None = None
    for name, weight, patterns in _topics():
        if asks and name.startswith("tell_"):
            continue
        worth = weight * sum(bool(one.search(text)) for one in patterns)
        if worth and (best is None or worth > best[0]):
            best = worth, Topic(name.removeprefix("tell_"))
    return best[1] if best else None


def manner_of_asking(text: str) -> str | None:
    """Return how a sentence asks: ``leading``, ``closed``, ``open``; None if it does not."""
    if is_so("rhetorical", text):
        return None
    ends = text.rstrip(" \"')\u201d\u2019").endswith("?")
    if is_so("leading", text) and (ends or "if i" in text.lower()):
        return "leading"
    if is_so("open", text) and (ends or not _is_statement(text)):
        return "open"
    if not ends:
        return None
    few = len(text.split()) <= _FEW  # "And the beds?" asks to be told of them
    return "open" if few and not is_so("closed", text) else "closed"


def _is_statement(text: str) -> bool:
    """Whether a sentence that has the words of a question only tells: "what we see is …"."""
    return bool(_ASKS.match(text)) and not _ASKS_ON.match(text)


@lru_cache(maxsize=4_000)
def _said(text: str, before: tuple[str, ...]) -> Said:
    asks = manner_of_asking(text)
    acts = {
        act
        for act in (Act.PITCH, Act.NAMES, Act.INSIGHT, Act.CLOSE, Act.AGREE, Act.REJECT)
        if is_so(act.value, text)
    }
    if asks and not (Act.CLOSE in acts and asks != "open"):
        acts.add(Act.QUESTION)
    acts |= _about_them(text, before, acts, asks)
    if Act.REFLECT in acts and not _OURS.search(text):
        acts -= {Act.PITCH, Act.CLOSE, Act.INSIGHT}  # the words are the other side's
    if Act.INSIGHT in acts and Act.PRESUME in acts and not _is_backed_claim(text):
        acts.discard(Act.PRESUME)
    if not acts and is_so("courtesy", text):
        acts.add(Act.COURTESY)
    if not acts or (acts <= {Act.AGREE, Act.REJECT} and len(text.split()) > _TALE):
        acts.add(Act.TELL if len(text.split()) > _SOME else Act.COURTESY)
    topical = acts & {Act.QUESTION, Act.TELL, Act.PRESUME, Act.REFLECT, Act.INSIGHT}
    topic = topic_of(text, asks=bool(asks)) if topical else None
    return Said(text, frozenset(acts), topic)


def _about_them(
    text: str, before: tuple[str, ...], acts: set[Act], asks: str | None
) -> set[Act]:
    """Return whether a sentence reflects what was said, or presumes what was not."""
    own = stems(text)
    same = shared(text, before)
    says_back = is_so("reflect", text) and Act.INSIGHT not in acts
    few = bool(same) and says_back and not asks and len(own) <= _NEAR
    most = not asks and same >= max(_NEAR, round(len(own) * _MOSTLY))
    if few or most or (same >= _SOME and says_back and Act.NAMES not in acts):
        return {Act.REFLECT}
    supposes = is_so("presume", text)
    guess = supposes and asks not in {"open", "closed"} and not acts & _ABOUT_US
    back = supposes and says_back and not asks and bool(own)
    return {Act.PRESUME} if guess or back or _is_backed_claim(text) else set()


def _is_backed_claim(text: str) -> bool:
    lower = text.lower()
    return ("your" in lower or "you " in lower) and bool(_SAYS.search(text))


_OURS = re.compile(r"\b(?:our|we|us)\b", re.IGNORECASE)
_ASKS = re.compile(r"(?:and |so |but )?(?:what|how|why|who|when|where|which)\b", re.IGNORECASE)
# Who types in haste leaves the mark out.
_ASKS_ON = re.compile(
    r"(?:and |so |but |ok |okay )*(?:what|how|why|who|when|where|which)(?:'s|\u2019s)? "
    r"(?:(?!(?:we|i|it|you|they|he|she|this|that|the|our|your) )\w+ )?"
    r"(?:do|does|did|is|are|was|were|has|have|had|can|could|would|will|should|might|come|about"
    r"|happens|happened|made|makes|went|goes|causes?|caused|decides?|decided)\b(?!.*[,.;] )",
    re.IGNORECASE,
)
_SAYS = re.compile(
    r"\b(?:says|said|shows|showed|states|wrote|writes?|reports? that|reported|mention\w*|"
    r"according to|announced|i (?:read|saw|noticed))\b",
    re.IGNORECASE,
)
