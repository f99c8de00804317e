"""Bytes become characters that both databases accept; what is good in them is kept."""

import re

from unsolved.errors import Unreadable

_DECLARED = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_KNOWN = re.compile(
    r"(?:windows|cp|iso-?8859|latin|koi8|gb|big5|euc|shift|sjis|mac)[\w.:-]*", re.IGNORECASE
)
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f\x80-\x84\x86-\x9f]")
_INVISIBLE = re.compile("[\xad\u200b\u2060\ufeff]")  # they would hide a word from a search
_SURROGATES = re.compile("[\ud800-\udfff]")
_LINE_ENDS = re.compile("\r\n?|\u2028")
_PAGE_ENDS = re.compile("[\f\v\u2029]")
_DECLARED_WITHIN = 2048


def decode(data: bytes, *, where: str, markup: bool = False) -> str:
    """Return the characters of a file: UTF-8, or what ``markup`` declares, or cp1252.

    Raises:
        Unreadable: it is none of them; says which byte is the first bad one.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return clean(data.decode("utf-16", "replace"))
    try:
        return clean(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        text = _otherwise(data, markup=markup)
        if text is not None:
            return clean(text)
        line = data.count(b"\n", 0, error.start) + 1
        bad = f"byte {error.start} ({data[error.start]:#04x}) is not UTF-8"
        raise Unreadable(where=where, why=bad, mend="Save it as UTF-8", line=line) from error


def clean(text: str) -> str:
    r"""Return a text without what a database refuses, its lines ended by ``\n``.

    >>> clean("one\x00\r\ntwo\ud800")
    'one\ntwo\ufffd'
    """
    text = _PAGE_ENDS.sub("\n\n", _LINE_ENDS.sub("\n", text))
    return _SURROGATES.sub("\ufffd", _INVISIBLE.sub("", _CONTROLS.sub("", text)))


def _otherwise(data: bytes, *, markup: bool) -> str | None:
    """Return the text in the charset it declares, or in cp1252 if nothing is against it."""
    declared = _DECLARED.search(data, 0, _DECLARED_WITHIN) if markup else None
    charset = declared.group(1).decode("ascii", "replace").lower() if declared else ""
    if charset in {"iso-8859-1", "latin1", "latin-1"} or not _KNOWN.fullmatch(charset):
        charset = "cp1252"  # as every browser does
    try:
        text = data.decode(charset)
    except (UnicodeDecodeError, LookupError):
        return None
    return None if _CONTROLS.search(text) else text
