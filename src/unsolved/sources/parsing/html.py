"""HTML becomes text that reads and can be quoted like the page: blocks, rows and cells."""

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from unsolved.sources.parsing.encoding import clean

_PARAGRAPH = re.compile(
    "address|article|aside|blockquote|body|center|div|dl|fieldset|figure|footer|form|h[1-6]|header"
    "|hr|main|nav|ol|p|pre|section|table|ul"
)
_LINE = re.compile("br|caption|dd|dt|figcaption|legend|li|option|summary|tr")
_CELL = re.compile("td|th")
_UNSEEN = re.compile(
    "head|script|style|noscript|template|svg|iframe|object|canvas|textarea|ix:header|[-!_].*"
)
LINE, ITEM = "\n", "\n• "  # where two of them meet, one is enough
BREAK = " \n"  # but two <br> are a blank line
LONG_CELL = 400  # a cell with more characters and parts of its own is laid out as text

_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_OPENED = re.compile(r"<(/?)([a-z][a-z0-9]*)", re.IGNORECASE)
_SELDOM_CLOSED = frozenset(
    re.findall(
        r"\S+",
        """
        area base br col dd dt embed hr img input li link meta option p path source td th tr wbr
        """,
    )
)
_TAG = re.compile(r"<[^<>]*>")
DEEPEST = 4_000  # elements within each other; filings have 30, and time grows with the square

_WHITE = re.compile(r"\s+")
_BLANKS = re.compile(r"\n{3,}")
_CURRENCY = re.compile(r"([$€£¥(])\t(?=[\d(])")
_CLOSING = re.compile(r"\t(?=[)%])")

Step = tuple[LexborNode, bool, bool]  # a node; is its white space kept; are its parts in a row


def html_text(markup: str) -> str:
    """Return what a reader of the page sees: a line a block, a tab between cells."""
    root = LexborHTMLParser(shallow(markup)).root
    if root is None:
        return ""
    pieces = [""]
    for piece in filter(None, _pieces(root)):
        last = pieces[-1]
        if (piece == " " and last[-1:].isspace()) or (last == ITEM and not piece.strip()):
            continue
        if last == LINE and piece in {LINE, ITEM}:
            pieces.pop()
        pieces.append(piece)
    return _tidy("".join(pieces))


def html_title(markup: str) -> str | None:
    """Return the title the page gives itself, or None."""
    title = LexborHTMLParser(shallow(markup)).css_first("title")
    return _WHITE.sub(" ", title.text()).strip() or None if title else None


def shallow(markup: str) -> str:
    """Return a page as it is, or its text alone when it is nested beyond all reason."""
    depth = 0
    for closing, name in _OPENED.findall(markup) if len(markup) > DEEPEST else ():
        if name.casefold() not in _SELDOM_CLOSED:
            depth = max(0, depth + (-1 if closing else 1))
        if depth > DEEPEST:
            return _TAG.sub(" ", markup)
    return markup


def _pieces(root: LexborNode) -> Iterator[str]:
    """Yield texts and breaks in reading order, without recursion: some pages nest deeply."""
    waiting: list[Step | str] = [(root, False, False)]
    while waiting:
        step = waiting.pop()
        if isinstance(step, str):
            yield step
            continue
        node, kept, row = step
        if node.tag == "-text":
            text = node.text_content or ""
            yield text if kept else _WHITE.sub(" ", text)
            continue
        if _is_unseen(node):
            continue
        before, after = _breaks(node.tag or "", row=row)
        kept = kept or node.tag == "pre"
        row = row or (node.tag in {"td", "th"} and _is_cell(node))
        yield before
        waiting.append(after)
        children = [(child, kept, row) for child in node.iter(include_text=True)]
        waiting.extend(reversed(children))


def _is_unseen(node: LexborNode) -> bool:
    tag = node.tag or ""
    if _UNSEEN.fullmatch(tag):
        return tag not in {"-document", "-undef"}
    style = node.attributes.get("style") if node.attributes else None
    return bool(style and _HIDDEN.search(style))


def _is_cell(node: LexborNode) -> bool:
    """Whether a cell belongs in a row, and is not a frame for a page of its own."""
    if node.css_first("table"):
        return False
    return len(node.text()) <= LONG_CELL or not node.css_first("p, div, br, li")


def _breaks(tag: str, *, row: bool) -> tuple[str, str]:
    if _CELL.fullmatch(tag):
        return "", "\t"
    paragraph = _PARAGRAPH.fullmatch(tag)
    if not paragraph and not _LINE.fullmatch(tag):
        return "", ""
    if row:
        return " ", " "
    if tag == "li":
        return ITEM, LINE
    if tag == "br":
        return BREAK, ""
    return ("\n\n", "\n\n") if paragraph else (LINE, LINE)


def _tidy(text: str) -> str:
    """Take away empty cells and the white space that only served the layout."""
    lines = []
    for line in clean(text).replace("\xa0", " ").split("\n"):  # entities may hide anything
        shown = line.strip()
        if "\t" in shown:
            cells = (cell.strip() for cell in shown.split("\t"))
            shown = "\t".join(cell for cell in cells if cell)
            shown = _CLOSING.sub("", _CURRENCY.sub(r"\1", shown))
        lines.append(shown)
    return _BLANKS.sub("\n\n", "\n".join(lines)).strip()
