"""When two names of a column are one: case, accents, underscores and prefixes are only form."""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from hashlib import sha256

_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z]{2})")
_UNIT = re.compile(r"\s*[(\[][^()\[\]]*[)\]]\s*$")
_OTHER = re.compile(r"[\W_]+")
_SHARP = str.maketrans({"ß": "ss", "ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d"})


@lru_cache(maxsize=10_000)
def plain(name: str) -> str:
    """Return what the spellings of one column name share.

    >>> plain("StageName") == plain("stage_name") == plain("Stage Name")
    True
    >>> plain("property_hs_createdate"), plain("Größe"), plain("OpportunityID")
    ('hs createdate', 'grosse', 'opportunity id')
    """
    spaced = _HUMP.sub(" ", name) if not name.isupper() else name
    folded = unicodedata.normalize("NFKD", spaced.casefold().translate(_SHARP))
    bare = "".join(char for char in folded if not unicodedata.combining(char))
    words = " ".join(_OTHER.sub(" ", bare).split())
    return re.sub(r"^propert(?:y|ies) (?=.)", "", words)


def without_unit(name: str) -> str:
    """Return a name without what stands in brackets at its end.

    >>> without_unit("Amount (EUR)"), without_unit("(none)")
    ('Amount', '')
    """
    return _UNIT.sub("", name)


def signature(head: Sequence[str]) -> str:
    """Return by what a table is known the next time: the names of its columns, in order."""
    return sha256("\n".join(map(plain, head)).encode("utf-8", "replace")).hexdigest()[:16]
