"""What a name is made of: the words that tell, and those that are only form, size or place."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from unsolved.sources.identity import LEGAL_FORMS
from unsolved.sources.linkage.words import words

_STATE = re.compile(r"(?<=\s)[/\\]\s*[A-Za-z]{2,5}\s*[/\\]?\s*$")  # EDGAR's "/DE/", "\PA\"
_IN_BRACKETS = re.compile(r"\(([^()]*)\)")
_INITIALS = re.compile(r"\b(\w)[./&](?=\s?\w\b)")  # S.A., A/S, H.P., AT&T
_POSSESSIVE = re.compile(r"['`\u2019](?=\w)|['`\u2019]")
_WORD = re.compile(r"[^\W_]+")
_ROMAN = {"ii": "2", "iii": "3", "iv": "4", "vi": "6", "vii": "7", "viii": "8", "ix": "9"}
_SPELT = {"ae": "a", "oe": "o", "ue": "u", "ss": "s"}
_SMALL = frozenset("of the and for at in de la et und y".split())  # noqa: SIM905
_LEGAL = LEGAL_FORMS | {
    "incorporation",
    "corporatio",
    "limite",
    "spa",
    "gesellschaft",
    "trading",
}
_SHORTEST_FORM = 6  # of a legal form that was cut off at the end of a column
FEWEST_INITIALS = 2
LONGEST_WITH_S = 4


@dataclass(frozen=True, slots=True)
class Name:
    """A name of an organisation, read.

    ``core`` is what stands without legal form and written out; ``sounds`` its words as they
    sound, ``bare`` those that are neither weak nor of a place; ``squash`` the core without
    spaces, ``ordered`` that with its words by alphabet, ``loose`` as it sounds, ``skeleton``
    without its vowels; ``stem`` the beginnings of its words; ``initials`` what it may be
    called by its letters.
    """

    core: str
    words: tuple[str, ...]
    sounds: tuple[str, ...]
    bare: tuple[str, ...]
    places: tuple[str, ...]
    numbers: tuple[str, ...]
    squash: str
    ordered: str
    loose: str
    stem: str
    skeleton: str
    initials: tuple[str, ...]

    @property
    def is_common(self) -> bool:
        """Whether others are called so too: every word of it is one that many bear."""
        common = words().common | words().weak | words().places
        return all(word in common or word.isdigit() for word in self.words)


def folded(text: str) -> str:
    """Return a text in small Latin letters without accents.

    >>> folded("Łódź Møller Straße"), folded("Газпром")
    ('lodz moller strasse', 'gazprom')
    """
    plain = unicodedata.normalize("NFKC", text).casefold().translate(words().letters)
    return "".join(
        c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c)
    )


@lru_cache(maxsize=500_000)
def read(name: str) -> Name:
    """Read a name.

    >>> read("BROWN FORMAN CORP CLASS A").core == read("Brown-Forman Corporation").core
    True
    >>> read("Intl. Flavors & Fragrances Inc /NY/").words
    ('international', 'flavors', 'fragrances')
    >>> read("International Business Machines").initials, read("Vodafone (UK) Ltd").places
    (('ibm',), ('uk',))
    """
    told = _told(name)
    known = words()
    bare = tuple(w for w in told if w not in known.weak and w not in known.places)
    sounds = tuple(_sounding(w) for w in told)
    squash = "".join(told)
    return Name(
        core=" ".join(told),
        words=told,
        sounds=sounds,
        bare=tuple(_sounding(w) for w in bare),
        places=tuple(w for w in told if w in known.places),
        numbers=tuple(w for w in told if w.isdigit()),
        squash=squash,
        ordered="".join(sorted(told)),
        loose="".join(sounds),
        stem=" ".join(w[:4] for w in told),
        skeleton=_skeleton("".join(sounds)),
        initials=_initials(name, told),
    )


def _told(name: str) -> tuple[str, ...]:
    """Return the words of a name that tell: without form, written out."""
    text = folded(_IN_BRACKETS.sub(r" \1 ", _STATE.sub("", name.strip())))
    text = _POSSESSIVE.sub("", _INITIALS.sub(r"\1", text)).replace("&", " and ")
    found = _WORD.findall(text)
    while len(found) > 1 and _is_tail(found):
        found.pop()
    telling = [w for w in found if w not in _LEGAL] or found
    if len(telling) > 1:
        telling = [words().short.get(w, w) for w in telling]
        if telling[0] == "st":
            telling[0] = "saint"
    telling = telling or [folded(name).strip() or name]
    return tuple(_ROMAN.get(w, w.lstrip("0") if w.isdigit() else w) or "0" for w in telling)


def _is_tail(found: list[str]) -> bool:
    """Whether the last word only tells a share from another: "CORP CLASS A", "INC NEW"."""
    last, rest = found[-1], found[:-1]
    before = rest[-1]
    if len(last) == 1:
        return before in {"class", "cl", "series"} or before in LEGAL_FORMS
    if last in {"class", "cl"}:
        return True
    cut = len(last) >= _SHORTEST_FORM and "corporation".startswith(last)
    return cut or (last in words().tail and any(w in LEGAL_FORMS for w in rest[1:]))


def sounding(word: str) -> str:
    """Return a word as it sounds: umlauts written out and double letters are as without.

    >>> sounding("mueller") == sounding("muler")
    True
    """
    for spelt, sound in _SPELT.items():
        word = word.replace(spelt, sound)
    return re.sub(r"(.)\1", r"\1", word)


def _sounding(word: str) -> str:
    """Return a word as it sounds, and as if it were one."""
    word = sounding(word)
    return word[:-1] if len(word) > LONGEST_WITH_S and word.endswith("s") else word


def _skeleton(text: str) -> str:
    return text[:1] + re.sub(r"[aeiouyh]", "", text[1:])


def _initials(name: str, told: tuple[str, ...]) -> tuple[str, ...]:
    """Return the letters of a name: with its form and small words, and without them."""
    whole = [w for w in _WORD.findall(folded(name)) if w != "and"]
    found = set()
    for chosen in (told, whole):
        for some in (chosen, [w for w in chosen if w not in _SMALL]):
            letters = "".join(w[0] for w in some)
            if len(letters) >= FEWEST_INITIALS:
                found.add(letters)
    return tuple(sorted(found))
