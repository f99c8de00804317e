"""What a person's name and addresses tell: given and family name, and what is made of them."""

import re
from dataclasses import dataclass
from functools import lru_cache

from unsolved.sources.identity import domain_key
from unsolved.sources.linkage.names import folded, sounding
from unsolved.sources.linkage.words import nicknames, variants_of, words

_WORD = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)*")
_BRACKETS = re.compile(r"[<(\[{][^>)\]}]*[>)\]}]")
_DIRECTORY = re.compile(r"[</](?:o|ou|cn)=.*$|/[a-z&]+/[a-z]+@.*$", re.IGNORECASE)
_TITLES = frozenset(
    """
    mr mrs ms miss mx dr prof professor sir dame lord lady rev reverend fr hon capt captain col
    lt sgt herr frau mme mlle monsieur madame senor sra ing dipl mag mba phd md jd cpa cfa esq
    pe rn dds llm bsc msc ceo cfo cto
    """.split()  # noqa: SIM905 (a list to read)
)
_GENERATIONS = {
    "jr": "2",
    "junior": "2",
    "sr": "1",
    "senior": "1",
    "ii": "2",
    "iii": "3",
    "iv": "4",
}
_PARTICLES = frozenset(
    "van von der den de del della di da dos du la le el al bin ibn ter ten zu zum af av".split()  # noqa: SIM905
)
_ARTICLES = frozenset({"al", "el"})
FEWEST_DIGITS = 7
TELLING_DIGITS = 9


@dataclass(frozen=True, slots=True)
class PersonName:
    """A person's name, read; ``is_guessed`` when it was taken out of an address."""

    given: str
    middle: str
    family: str
    generation: str
    is_guessed: bool = False

    @property
    def full(self) -> str:
        """Given and family name, as it is compared."""
        return f"{self.given} {self.family}".strip()

    @property
    def called(self) -> frozenset[str]:
        """The full names that the given name may stand for."""
        return nicknames().get(self.given, frozenset()) | {self.given}

    @property
    def variants(self) -> frozenset[str]:
        """Every name by which somebody of that given name may be called."""
        return variants_of(self.given)


@lru_cache(maxsize=500_000)
def read_person(name: str) -> PersonName | None:
    """Read a person's name; None where it names nobody.

    >>> read_person("Kean, Steven J.") == read_person("Dr. Steven J Kean")
    True
    >>> read_person("ann.lee@acme.com").full, read_person("info@acme.com")
    ('ann lee', None)
    """
    text = _DIRECTORY.sub("", name).strip().strip("\"'")
    if "@" in text and " " not in text.strip():
        return _from_address(text)
    text = folded(_BRACKETS.sub(" ", text))
    before, comma, after = text.partition(",")
    parts, generation = _parts(before)
    if comma:
        rest, other = _parts(after)
        generation = generation or other
        # "Kean, Steven" is turned round; "Steven Kean, PhD" is not.
        parts = rest + parts if rest else parts
    return _named(parts, generation)


def _parts(text: str) -> tuple[list[str], str]:
    *before, last = text.split() or [""]
    # "Stone-Harris" is one family name, "Anne-Marie" two given ones.
    tokens = [*before, last.replace("-", "")]
    told = [word for token in tokens for word in _WORD.findall(token)]
    found = [word.replace("'", "").replace("\u2019", "") for word in told]
    generation = next((_GENERATIONS[w] for w in found[1:] if w in _GENERATIONS), "")
    kept = [w for w in found if w not in _TITLES]
    kept = kept[:1] + [w for w in kept[1:] if w not in _GENERATIONS]
    return kept, generation


def _named(parts: list[str], generation: str, *, is_guessed: bool = False) -> PersonName | None:
    if not parts or (len(parts) == 1 and parts[0] in words().roles):
        return None
    if len(parts) == 1:
        return PersonName("", "", parts[0], generation, is_guessed)
    start = len(parts) - 1
    while start > 1 and parts[start - 1] in _PARTICLES:
        start -= 1
    family = [word for word in parts[start:] if word not in _ARTICLES] or parts[start:]
    return PersonName(
        parts[0], " ".join(parts[1:start]), "".join(family), generation, is_guessed
    )


def _from_address(address: str) -> PersonName | None:
    local = local_part(address)
    pieces = [piece for piece in re.split(r"[._\-+\d]+", local) if piece]
    if not pieces or local in words().roles or pieces[0] in words().roles:
        return None
    if len(pieces) == 1:
        return None  # "jdasovic": a name may be in it, but not one to be sure of
    return _named(pieces, "", is_guessed=True)


def local_part(address: str) -> str:
    """Return what stands before the @, without a tag (``ann+news``)."""
    return folded(address).partition("@")[0].partition("+")[0]


def mail_domain(address: str) -> str:
    """Return what stands behind the @."""
    return domain_key(address.rpartition("@")[2])


def is_role(address: str) -> bool:
    """Whether an address is an office's and no person's.

    >>> is_role("info@acme.com"), is_role("sales-emea@acme.com"), is_role("ann.lee@acme.com")
    (True, True, False)
    """
    return re.split(r"[._\-+\d]", local_part(address))[0] in words().roles


def addresses_of(name: PersonName) -> list[str]:
    """Return how somebody of that name may be called before the @.

    >>> "jdasovic" in addresses_of(read_person("Jeff Dasovich"))
    True
    """
    given, family = name.given, name.family
    if not given or len(family) < 2:  # noqa: PLR2004
        return []
    middle = name.middle[:1]
    told = {
        f"{given}{family}", f"{family}{given}", f"{given[0]}{family}", f"{family}{given[0]}",
        f"{given}{family[0]}",
    }  # fmt: skip
    if middle:
        told |= {f"{given}{middle}{family}", f"{given[0]}{middle}{family}", f"{middle}{family}"}
    told |= {f"{called}{family}" for called in name.variants}
    cut = {one[:8] for one in (f"{given[0]}{family}", f"{family}{given[0]}")}
    return sorted({sounding(one) for one in told | {c for c in cut if len(c) == 8}})  # noqa: PLR2004


def phone_key(phone: str | None) -> str | None:
    """Return the last digits of a telephone number, by which numbers are compared.

    >>> phone_key("+1 (415) 555-0101") == phone_key("415.555.0101 ext. 7")
    True
    """
    digits = re.sub(r"\D", "", re.split(r"(?i)\s*(?:ext|x|#|durchwahl)", phone or "")[0])
    return digits[-TELLING_DIGITS:] if len(digits) >= FEWEST_DIGITS else None
