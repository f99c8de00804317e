"""A page becomes text that knows where it stands in the page.

selectolax, which reads pages elsewhere, tells no places; a linter must.
"""

import re
from array import array
from html import unescape

from unsolved.conversations.drafts.reading.seen import Seen, at_once

_TOKEN = re.compile(
    r"(?P<note><!--(?:(?!-->)[\s\S])*+(?:-->)?|<[!?][^>]*+>?)"
    r"|(?P<skip><(?P<hidden>script|style|noscript|template|svg|head(?!er)|textarea)\b(?:(?!</(?P=hidden)\b)[\s\S])*+)"
    r"|<(?P<close>/?)(?P<tag>[A-Za-z][\w:-]*)(?P<attributes>(?:[^<>\"']|\"[^\"<>]*\"|'[^'<>]*')*+)>"
    r"|(?P<entity>&(?:\#\d{1,7}|\#[xX][0-9A-Fa-f]{1,6}|\w{2,31});?)"
    r"|(?P<space>\s+)"
    r"|(?P<text>[^<&\s]+|[<&])",
    re.IGNORECASE,
)
_TITLE = re.compile(r"<title[^>]*>([^<]{0,500})", re.IGNORECASE)
_IGNORE = re.compile(r"<!--\s*unsolved:", re.IGNORECASE)
_PARAGRAPH = frozenset(
    [
        "p",
        "div",
        "table",
        "ul",
        "ol",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "blockquote",
        "section",
        "article",
        "hr",
        "body",
    ]
)
_LINE = frozenset(["br", "li", "tr", "dt", "dd"])
_QUOTED = re.compile(
    r"class\s*=\s*[\"']?[^\"'>]*(?:gmail_quote|yahoo_quoted|moz-cite|moz-forward)|id\s*=\s*[\"']?(?:divRplyFwdMsg|appendonsend)",
    re.IGNORECASE,
)
_SIGNED = re.compile(r"(?:class|id)\s*=\s*[\"']?[^\"'>]*signature", re.IGNORECASE)
_HIDDEN = re.compile(r"display\s*:\s*none|\bhidden\b", re.IGNORECASE)
_EMPTY = frozenset(
    [
        "br",
        "hr",
        "img",
        "input",
        "meta",
        "link",
        "area",
        "base",
        "col",
        "embed",
        "source",
        "track",
        "wbr",
    ]
)


def seen(source: str) -> Seen:
    """Return the text of a page; what it quotes is marked with ``>``, signatures left out."""
    shown = _Page()
    for found in _TOKEN.finditer(source):
        shown.take(found)
    shown.places.append(shown.places[-1] + 1 if shown.places else 0)
    return Seen("".join(shown.text), shown.places)


def title(source: str) -> Seen | None:
    """Return the title of a page, in which mail programs keep the subject."""
    found = _TITLE.search(source[:20_000])
    told = " ".join(unescape(found[1]).split()) if found else ""
    return at_once(told, found.start(1)) if found and told else None


class _Page:
    """What has been shown of a page so far, and inside what the next piece stands."""

    def __init__(self) -> None:
        self.text: list[str] = []
        self.places = array("L")
        self._quoted: list[str] = []
        self._left_out: list[str] = []
        self._breaks = 2  # line ends since the last words
        self._is_spaced = True

    def take(self, found: re.Match[str]) -> None:
        """Show a piece of the page, if it shows."""
        if found["tag"]:
            self._tag(found)
        elif found["note"] or found["skip"]:
            if _IGNORE.match(found.group()):
                self._show(found.group(), found.start())
        elif found["space"]:
            if not self._is_spaced and not self._left_out:
                self._put(" ", found.start(), moves=True)
                self._is_spaced = True
        elif not self._left_out:
            if found["entity"]:
                shown = unescape(found.group()).replace("\u00a0", " ")
                self._show(shown, found.start(), moves=False)
            else:
                self._show(found.group(), found.start())

    def _tag(self, found: re.Match[str]) -> None:
        tag, opens = found["tag"].lower(), not found["close"]
        attributes = found["attributes"] or ""
        out = bool(_SIGNED.search(attributes) or _HIDDEN.search(attributes))
        _follow(self._left_out, tag, opens=opens, begins=out)
        quotes = tag == "blockquote" or bool(_QUOTED.search(attributes))
        _follow(self._quoted, tag, opens=opens, begins=quotes)
        if self._left_out:
            return
        if tag in _PARAGRAPH:
            self._break(2, found.start())
        elif tag == "br":
            self._break(self._breaks + 1, found.start())
        elif tag in _LINE:
            self._break(1, found.start())
            if tag == "li" and opens:
                self._show("- ", found.start(), moves=False)

    def _break(self, count: int, at: int) -> None:
        for _ in range(min(count, 2) - self._breaks):
            self._put("\n", at, moves=False)
            self._breaks += 1
        self._is_spaced = True

    def _show(self, shown: str, at: int, *, moves: bool = True) -> None:
        if self._quoted and self._breaks:
            self._put("> ", at, moves=False)
        self._breaks = 0
        self._put(shown, at, moves=moves)
        self._is_spaced = shown[-1:].isspace()

    def _put(self, shown: str, at: int, *, moves: bool) -> None:
        self.text.append(shown)
        self.places.extend(range(at, at + len(shown)) if moves else [at] * len(shown))


def _follow(stack: list[str], tag: str, *, opens: bool, begins: bool) -> None:
    """Follow an element from where it begins to where it ends, those of its name within."""
    if tag in _EMPTY:
        return
    if opens and (begins or (stack and stack[0] == tag)):
        stack.append(tag)
    elif not opens and stack and stack[0] == tag:
        stack.pop()
