"""Bytes of a mail become characters, whatever its charset claims to be."""

import re

from unsolved.sources.parsing import clean

# Charsets by other names, and those whose senders mean the larger one of the same family.
_MEANT = {
    "iso-8859-1": "cp1252",
    "latin1": "cp1252",
    "latin-1": "cp1252",
    "iso-8859-8-i": "iso-8859-8",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "ks_c_5601-1987": "cp949",
    "euc-kr": "cp949",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "x-sjis": "cp932",
    "windows-874": "cp874",
    "windows-31j": "cp932",
    "ansi_x3.4-1968": "us-ascii",
}
# Codecs of Python that are charsets; it has others, which must never be named from outside.
_CHARSET = re.compile(
    r"(?:utf-?(?:8|16|32)|us-?ascii|ascii|windows|cp|iso|latin|koi8|gb|hz|big5|euc|shift|mac"
    r"|tis)[\w.:-]{0,20}"
)
_OTHERWISE = ("utf-8", "cp1252")


def characters(data: bytes, charset: str | None = None) -> str:
    r"""Return the characters of bytes: in ``charset`` if that is true, else as UTF-8 or cp1252.

    >>> characters(b"caf\xe9", "utf-8"), characters(b"caf\xc3\xa9", "x-unknown")
    ('café', 'café')
    """
    named = (charset or "").strip().strip("\"'").casefold()
    named = _MEANT.get(named, named)
    known = named if _CHARSET.fullmatch(named) else "utf-8"
    for one in dict.fromkeys((known, *_OTHERWISE)):
        try:
            return clean(data.decode(one))
        except (UnicodeError, LookupError):
            continue
    return clean(data.decode("utf-8", "replace"))
