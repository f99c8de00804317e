"""Which encoding a file is in, told from its first bytes and from the lines beyond ASCII."""

import codecs
import re
from collections.abc import Iterator
from typing import BinaryIO

CHUNK = 1 << 20
ENOUGH = 200_000  # bytes of lines that tell
_FOR_A_GUESS = 20_000
_A_FIFTH = 5

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# What European names are written with; a guess that turns them into these is likely right.
_SIGNS = set("\u20ac\u2018\u2019\u201c\u201d\u2013\u2014\u2026\u2122")
_WESTERN = _SIGNS | set("äöüßÄÖÜéèêëÉÈàâÀçÇîïôœùûñÑáíóúÁÍÓÚãõåÅøØæÆ£·°®«»¿¡")
_CENTRAL = _WESTERN | set("ąćęłńśźżĄĆĘŁŃŚŹŻčďěňřšťůžČĎĚŇŘŠŤŮŽőűŐŰăâîșțşţđĐýÝ")
_USUAL = {
    "cp1252": _WESTERN,
    "mac_roman": _WESTERN,
    "cp850": _WESTERN - _SIGNS,
    "cp1250": _CENTRAL,
    "iso8859_2": _CENTRAL,
    "iso8859_15": _WESTERN,
}
_BETTER = 1.15  # so much better another must explain the letters than cp1252 does
_MANY_BYTES = ("cp932", "euc_jp", "gb18030", "big5", "euc_kr", "cp949")
_OTHERS = ("cp1251", "koi8_r", "cp1253", "cp1254", "cp1255", "cp1256", *_MANY_BYTES)
_ODD = re.compile("(?<=[A-Za-z])[\u00c0-\u00de](?=[a-z])")  # a capital inside a word
_NO_LETTERS = bytes(code for code in range(0x80) if not chr(code).isalpha())
_CONTROLS = re.compile("[\x80-\x9f]")


def charset_of(file: BinaryIO) -> str:
    """Return the encoding of a file, as Python names it.

    A mark at the beginning decides; else UTF-8 if most of the lines beyond ASCII are, so that
    a few damaged ones do not make the others unreadable; else what explains those lines best.
    """
    file.seek(0)
    start = file.read(4096)
    for mark, name in _MARKS:
        if start.startswith(mark):
            return name
    if wide := _wide(start):
        return wide
    file.seek(0)
    telling = _telling(file)
    if not telling:
        return "utf-8"
    good = sum(_decodes(line, "utf-8") for line in telling)
    if good * 2 >= len(telling):
        return "utf-8"
    return _likeliest(b"\n".join(telling)[:_FOR_A_GUESS])


def _wide(start: bytes) -> str | None:
    """Return UTF-16 without a mark: every other byte of Latin text is nothing."""
    even, odd = start[::2].count(0), start[1::2].count(0)
    if max(even, odd) * _A_FIFTH < len(start) or min(even, odd) * 3 > max(even, odd):
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def _telling(file: BinaryIO) -> list[bytes]:
    """Return the first lines that hold more than ASCII, from wherever they stand."""
    found: list[bytes] = []
    size = 0
    for chunk in _chunks(file):
        if chunk.isascii():
            continue
        for line in chunk.splitlines():
            if not line.isascii():
                found.append(line[:ENOUGH])
                size += len(line)
        if size >= ENOUGH:
            break
    return found


def _chunks(file: BinaryIO) -> Iterator[bytes]:
    while chunk := file.read(CHUNK):
        yield chunk + file.readline(CHUNK)


def _decodes(data: bytes, charset: str) -> bool:
    try:
        data.decode(charset)
    except UnicodeDecodeError:
        return False
    return True


def _likeliest(data: bytes) -> str:
    letters = data.translate(None, _NO_LETTERS)
    if sum(byte > 0x7F for byte in letters) * 2 > len(letters):  # noqa: PLR2004 (ASCII)
        return _guessed(data) or "cp1252"  # no Latin script
    shares = {charset: _share(data, charset) or 0.0 for charset in _USUAL}
    shares["cp1252"] *= _BETTER
    best = max(shares, key=lambda charset: shares[charset])
    most = shares[best]
    return best if most > _PLAIN else _guessed(data) or best


_PLAIN = 0.8  # of the letters beyond ASCII are usual ones: no need to look further


def _share(data: bytes, charset: str) -> float | None:
    """Return how many of the characters beyond ASCII are usual, or None if it cannot be."""
    try:
        text = data.decode(charset)
    except UnicodeDecodeError:
        return None
    beyond = sum(not char.isascii() for char in text)
    if not beyond or _CONTROLS.search(text):
        return 0.0
    odd = sum(len(found.group()) for found in _ODD.finditer(text))
    usual = _USUAL[charset]
    return (sum(char in usual for char in text) - odd) / beyond


def _guessed(data: bytes) -> str | None:
    """Return what charset-normalizer makes of it."""
    from charset_normalizer import from_bytes  # noqa: PLC0415

    best = from_bytes(data, cp_isolation=[*_USUAL, *_OTHERS]).best()
    return best.encoding if best else None
