"""Tells who speaks from the beginning of a line: a name and a colon, and what is no name."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from unsolved.sources.parsing import clean

LONGEST = 80  # characters of a name
MOST_WORDS = 8
_FEW_WORDS = 3
_OFTEN = 2
_HALF = 0.5
_SOME = 0.05
_LIST = Path(__file__).with_name("not_names.txt")
NOT_NAMES = frozenset(
    line.strip()
    for line in _LIST.read_text("utf-8").splitlines()
    if line.strip() and not line.startswith("#")
)
# Marks that are not seen. Those that join letters stay between letters that need them.
_JOINERS = "\u200c\u200d"
_LONE_JOINER = re.compile(
    f"(?<![^\x00-\x7f])[{_JOINERS}]|[{_JOINERS}](?![^\x00-\x7f])|[{_JOINERS}](?=[{_JOINERS}])"
)
_PARTICLES = frozenset(
    re.findall(
        r"\w+",
        """
        af al av ben bin d da de del della den der di do dos du e el i ibn la le ten ter van von
        y zu zum zur
        """,
    )
)
_BOLD = re.compile(r"(\*\*|__)(?=\S)(.{1,90}?):?\s*\1\s*:?\s*")
_BULLET = re.compile(r"\A(?:>>+|[-\u2013\u2022*])\s+")
_HEAD = re.compile(r"(.{1,80}?)\s*(?::(?=\s|$)|\uff1a)\s*")
_NO_NAME = re.compile(r'[!?;=\[\]{}"\u201c\u201d\u00ab\u00bb\\]|\.\.|\u2026|://')
_ADDRESS = re.compile(r"[\w.+%'-]{1,64}@[\w.-]{1,253}\.\w{2,24}")
_NOBODY = re.compile(
    r"(?:unknown|unidentified)?[ _-]?(?:s|spk|speaker|participant|user|guest|caller|person|host"
    r"|agent|customer|client|interviewer|interviewee|operator|rep|seller|buyer|unknown|me|you"
    r"|sprecher|locuteur|hablante)(?:[ _-]?\d{1,9}|[ _-][a-z])?",
    re.IGNORECASE,
)
_NAME_AND_ADDRESS = re.compile(r"(.*?)\s*[<(]\s*([^\s<>()]+@[^\s<>()]+)\s*[>)]")


@dataclass(frozen=True, slots=True)
class Labelled:
    """A line that begins with what may be a name."""

    name: str
    rest: str
    email: str | None = None


def tidy_name(told: str) -> str:
    r"""Return a name on one line, without marks that are not seen.

    >>> tidy_name(" Ann\u200b \u202eLee\n")
    'Ann Lee'
    """
    if told.isascii():
        return " ".join(clean(told).split())
    seen = "".join(
        c
        for c in clean(told)
        if c in _JOINERS or c.isspace() or unicodedata.category(c) != "Cf"
    )
    return " ".join(_LONE_JOINER.sub("", seen).split())


def name_words(name: str) -> tuple[str, ...]:
    """Return the words of a name as they are compared: small, without signs, in any order.

    >>> name_words("Lee, Ann") == name_words("ann LEE")
    True
    """
    folded = unicodedata.normalize("NFKD", name.partition("(")[0] or name).casefold()
    plain = "".join(c for c in folded if not unicodedata.combining(c))
    return tuple(sorted(re.findall(r"[^\W_]+", plain)))


def labelled(line: str) -> Labelled | None:
    """Return the name that a line begins with, or None when it begins with none.

    >>> labelled("Ann Lee: We tried it."), labelled("This is how we tried it: twice.")
    (Labelled(name='Ann Lee', rest='We tried it.', email=None), None)
    """
    told = _BULLET.sub("", line.strip(), count=1)
    if bold := _BOLD.match(told):
        head, rest = bold.group(2), told[bold.end() :]
    elif plain := _HEAD.match(told):
        head, rest = plain.group(1), told[plain.end() :]
    else:
        return None
    named = with_address(head)
    return Labelled(named.name, rest, named.email) if is_name(named.name) else None


def with_address(told: str) -> Labelled:
    """Return a name and the address that stands with it.

    >>> with_address("Ann Lee <ann@acme.com>")
    Labelled(name='Ann Lee', rest='', email='ann@acme.com')
    """
    name = tidy_name(told)
    if "@" not in name:
        return Labelled(name, "")
    both = _NAME_AND_ADDRESS.fullmatch(name)
    if both and _ADDRESS.fullmatch(both.group(2)):
        return Labelled(both.group(1) or both.group(2), "", both.group(2))
    return Labelled(name, "", name if _ADDRESS.fullmatch(name) else None)


def is_nobody(name: str) -> bool:
    """Whether a speaker has a number or a part in the call, and no name.

    >>> [is_nobody(name) for name in ("S0", "Speaker 2", "Unknown", "Customer", "Sam 2")]
    [True, True, True, True, False]
    """
    return bool(_NOBODY.fullmatch(name.strip()))


def is_name(told: str) -> bool:
    """Whether somebody may be called that.

    >>> is_name("Dr. Ann van der Lee (Acme)"), is_name("Note"), is_name("here is the thing")
    (True, False, False)
    """
    words = told.split()
    if not words or len(told) > LONGEST or len(words) > MOST_WORDS or _NO_NAME.search(told):
        return False
    if words[0].casefold().rstrip(".") in NOT_NAMES or "<" in told:
        return False
    return any(c.isalnum() for c in told) and (_is_proud(words) or len(words) <= _FEW_WORDS)


def accepted(lines: Iterable[Labelled | None], *, strictly: bool) -> frozenset[str]:
    """Return which labels of a file are names, given those of all its lines.

    A name is written with capitals. One that is not (``agent: …``) counts where most lines
    have a label; ``strictly`` asks that of single words too, unless they come back.
    """
    every = list(lines)
    count = Counter(line.name for line in every if line)
    share = count.total() / len(every) if every else 0.0

    def counts(name: str) -> bool:
        words = name.split()
        if not _is_proud(words):
            return share >= _HALF and (count[name] >= _OFTEN or len(words) == 1)
        if not strictly or share >= _HALF or count[name] >= _OFTEN:
            return True
        return len(words) > 1 and share >= _SOME

    return frozenset(name for name in count if counts(name))


def _is_proud(words: Iterable[str]) -> bool:
    """Whether each word of a name that could have a capital letter has one."""
    return not any(
        word.lstrip("('")[:1].islower() and word.casefold().strip(".,'()") not in _PARTICLES
        and "@" not in word
        for word in words
    )  # fmt: skip
