"""What a cell says by itself, whatever its column: a text, a key, an address, yes or no."""

import re

from unsolved.sources.crm.amounts import BadCellError, is_missing, shown
from unsolved.sources.crm.words import meanings, missing_texts
from unsolved.sources.domains import is_free_mail, organisation_domain
from unsolved.sources.parsing import clean

LONGEST_WORD = 12
_ABSENT = missing_texts() | {""}
_EMAIL = re.compile(r"[^\s@<>,;:\"'()\[\]]+@[^\s@<>,;:\"'()\[\]]+\.[^\s@<>,;:\"'()\[\].]{2,}")
_SALESFORCE = re.compile(r"(?=[a-zA-Z]*\d)[a-zA-Z0-9]{15}")
_FLOAT_KEY = re.compile(r"\d+\.0")
_CHECK = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"


def text_of(cell: str) -> str | None:
    r"""Return a text without what hides in it, None where it says nothing.

    >>> text_of("  Acme\u200b "), text_of("None"), text_of("=1+1")
    ('Acme', None, '=1+1')
    """
    text = cell.strip() if cell.isascii() else clean(cell).strip()
    return None if len(text) <= LONGEST_WORD and text in _ABSENT else text


def key_of(cell: str) -> str | None:
    """Return a key; a spreadsheet may have made 12.0 of 12."""
    key = cell.strip()
    if len(key) <= LONGEST_WORD and key in _ABSENT:
        return None
    if key[-2:] == ".0" and _FLOAT_KEY.fullmatch(key):
        key = key[:-2]
    return key if key.isascii() else clean(key)


def salesforce_key(cell: str) -> str | None:
    """Return a key of Salesforce with the three letters that its reports leave out.

    >>> salesforce_key("0015500000Xyy06")
    '0015500000Xyy06AAB'
    """
    key = key_of(cell)
    if key is None or not _SALESFORCE.fullmatch(key):
        return key
    return key + "".join(
        _CHECK[sum(key[start + bit].isupper() << bit for bit in range(5))]
        for start in (0, 5, 10)
    )


def email_of(cell: str) -> str | None:
    """Return an address in small letters.

    Raises:
        BadCellError: there is none in it.
    """
    text = text_of(cell)
    if text is None or is_missing(text):
        return None
    found = _EMAIL.search(text)
    if found is None:
        raise BadCellError(
            f"{shown(cell)} is no e-mail address", "Correct it, or leave it empty"
        )
    return found.group().casefold()


def domain_of(cell: str) -> str | None:
    """Return the domain in an address of a site; a free mail provider's is none.

    Raises:
        BadCellError: there is none in it.
    """
    text = text_of(cell)
    if text is None or is_missing(text):
        return None
    domain = organisation_domain(text)
    if domain is None and not is_free_mail(text):
        raise BadCellError(f"{shown(cell)} is no domain", "Write it as acme.com")
    return domain


def flag_of(cell: str) -> bool | None:
    """Return yes or no.

    Raises:
        BadCellError: it is neither.
    """
    if is_missing(cell):
        return None
    found = meanings("flags").get(cell.strip().casefold())
    if found is None:
        raise BadCellError(f"{shown(cell)} is neither yes nor no", "Write true or false")
    return found == "yes"
