"""The wrapper in which the SEC publishes a filing: a header, then its documents one by one."""

import re
from collections.abc import Iterator
from html import unescape

from unsolved.sources.parsing.encoding import clean
from unsolved.sources.parsing.html import html_text

_WRAPPED = re.compile(r"<(?:SEC-DOCUMENT|SEC-HEADER|DOCUMENT)>")
_PART = re.compile(r"<DOCUMENT>(.*?)(?:</DOCUMENT>|\Z)", re.DOTALL | re.IGNORECASE)
_TYPE = re.compile(r"<TYPE>[ \t]*([^\s<]+)", re.IGNORECASE)
_TEXT = re.compile(r"<TEXT>(.*?)(?:</TEXT>|\Z)", re.DOTALL | re.IGNORECASE)
_BINARY = re.compile(r"\s*(?:begin \d{3} |<(?:PDF|XBRL|XML|JSON|ZIP)>)", re.IGNORECASE)
_MARKUP = re.compile(r"<(?:html|body|p|div|font|br|td)\b", re.IGNORECASE)
_PAGE = re.compile(r"^[ \t]*<PAGE>.*$", re.MULTILINE)
_LAYOUT = re.compile(r"</?(?:TABLE|CAPTION|S|C|F\d{1,2}|FN)>", re.IGNORECASE)
_HEADER = {
    "organisation": re.compile(r"COMPANY CONFORMED NAME:[ \t]*(\S.*)"),
    "industry": re.compile(r"STANDARD INDUSTRIAL CLASSIFICATION:[ \t]*(\S[^\[\n]*)"),
    "form": re.compile(r"CONFORMED SUBMISSION TYPE:[ \t]*(\S+)"),
    "published": re.compile(r"FILED AS OF DATE:[ \t]*(\d{8})"),
}
_HEADER_WITHIN = 20_000
_WRAPPED_WITHIN = 4_000


def is_filing(text: str) -> bool:
    """Whether a text is wrapped as the SEC does it."""
    return bool(_WRAPPED.search(text, 0, _WRAPPED_WITHIN))


def filing_text(text: str) -> str:
    """Return the text of all documents in a filing, pictures and data left out."""
    return "\n\n".join(part for part in _parts(text) if part)


def filing_facts(text: str) -> dict[str, object]:
    """Return what the header says: organisation, industry, form and the day it was filed."""
    header = text[:_HEADER_WITHIN].partition("<DOCUMENT>")[0]
    found = {name: pattern.search(header) for name, pattern in _HEADER.items()}
    facts: dict[str, object] = {name: m.group(1).strip() for name, m in found.items() if m}
    if "form" not in facts and (first := _TYPE.search(text, 0, _HEADER_WITHIN)):
        facts["form"] = first.group(1)
    return facts


def _parts(text: str) -> Iterator[str]:
    for part in _PART.finditer(text):
        body = _TEXT.search(text, *part.span())
        if body is None or _BINARY.match(body.group(1)):
            continue
        inner = body.group(1)
        if _MARKUP.search(inner):
            yield html_text(inner)
        else:
            yield clean(unescape(_LAYOUT.sub("", _PAGE.sub("\n", inner)))).strip("\n")
