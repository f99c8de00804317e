"""What a mail holds: the text its writer meant to be read, and what is attached.

A mail may be built of parts in parts. Of alternatives the plain one is taken, else the page;
a mail attached to a mail is an attachment and is not read as the writer's own.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import Message
from pathlib import PurePosixPath

from selectolax.lexbor import LexborHTMLParser

from unsolved.sources.mail.characters import characters
from unsolved.sources.mail.headers import told
from unsolved.sources.parsing import clean
from unsolved.sources.parsing.html import html_text

MOST_ATTACHMENTS = 100
LONGEST_NAME = 120
# How mail programs mark, in a page, what they quote and sign.
QUOTED = (
    "blockquote[type=cite], blockquote.gmail_quote, div.gmail_quote, div.gmail_extra,"
    " div.yahoo_quoted, div.moz-cite-prefix, div.moz-forward-container, div.gmail_signature,"
    " div.moz-signature, pre.moz-signature, #divRplyFwdMsg ~ *, #divRplyFwdMsg,"
    " #appendonsend ~ *, div#Signature, div[name=messageSignatureSection],"
    " div[name=messageReplySection]"
)
_VISIBLE = re.compile(r"[^\W_]")
_DOT = re.compile(r"[/\\\x00-\x1f]+")


@dataclass(frozen=True, slots=True)
class Attachment:
    """Something attached: its name, its type and its bytes."""

    name: str
    media_type: str
    data: bytes = field(repr=False)

    def __str__(self) -> str:
        size = f", {_size(len(self.data))}" if self.data else ""
        return f"{self.name} ({self.media_type}{size})"


@dataclass(frozen=True, slots=True)
class Body:
    """The text of a mail, quotations and all, and what is attached to it."""

    text: str
    attachments: tuple[Attachment, ...]


@dataclass(frozen=True, slots=True)
class _Text:
    text: str
    is_page: bool
    choice: int | None
    """Which of the parts that hold alternatives it stands in."""


def body_of(message: Message) -> Body:
    """Return what a mail holds."""
    texts: list[_Text] = []
    attachments: list[Attachment] = []
    for part, choice in _leaves(message):
        if _is_text(part):
            texts.append(_text(part, choice))
        elif len(attachments) < MOST_ATTACHMENTS and not _is_decoration(part):
            attachments.append(_attachment(part))
    plain = {one.choice for one in texts if not one.is_page and _VISIBLE.search(one.text)}
    chosen = [
        one.text
        for one in texts
        if one.choice is None or one.is_page == (one.choice not in plain)
    ]
    return Body("\n\n".join(text for text in chosen if text.strip()), tuple(attachments))


def _leaves(message: Message) -> Iterator[tuple[Message, int | None]]:
    """Yield the parts that have no parts, in their order; each with its choice."""
    waiting: list[tuple[Message, int | None]] = [(message, None)]
    while waiting:
        part, choice = waiting.pop()
        parts = part.get_payload()
        if not isinstance(parts, list) or part.get_content_maintype() == "message":
            yield part, choice
            continue
        if part.get_content_subtype() == "alternative":
            choice = id(part)
        waiting.extend((one, choice) for one in reversed(parts) if isinstance(one, Message))


def _is_text(part: Message) -> bool:
    if part.get_content_type() not in {"text/plain", "text/html"}:
        return False
    return part.get_content_disposition() != "attachment" and not _name(part)


def _is_decoration(part: Message) -> bool:
    """Whether it is a picture within the page, or proves who signed."""
    if part.get_content_maintype() == "image":
        return "content-id" in part and part.get_content_disposition() != "attachment"
    return part.get_content_subtype() in {
        "pgp-signature",
        "pkcs7-signature",
        "x-pkcs7-signature",
    }


def _text(part: Message, choice: int | None) -> _Text:
    charset = part.get_content_charset()
    text = characters(_data(part), charset)
    if part.get_content_subtype() == "html":
        return _Text(_unquoted_page(text), is_page=True, choice=choice)
    if str(part.get_param("format", "")).casefold() == "flowed":
        text = _unflowed(text, joined=str(part.get_param("delsp", "")).casefold() == "yes")
    return _Text(text, is_page=False, choice=choice)


def _unquoted_page(markup: str) -> str:
    """Return the text of a page without what its own marks say is quoted."""
    page = LexborHTMLParser(markup)
    quoted = page.css(QUOTED)
    if not quoted:
        return html_text(markup)
    for node in quoted:
        node.decompose()
    return html_text(page.html or "")


def _unflowed(text: str, *, joined: bool) -> str:
    r"""Return lines that were broken for sending as they were written (RFC 3676).

    >>> _unflowed("It failed \nagain.\n> So \n> what?\n-- \nAnn", joined=False)
    'It failed again.\n> So \n> what?\n-- \nAnn'
    """
    lines: list[str] = []
    is_soft = False
    for line in text.split("\n"):
        is_quoted = line.startswith(">")
        bare = line.removeprefix(" ")
        if is_soft and not is_quoted and bare != "-- ":
            lines[-1] = (lines[-1][:-1] if joined else lines[-1]) + bare
        else:
            lines.append(bare)
        is_soft = bare.endswith(" ") and bare != "-- " and not is_quoted
    return "\n".join(lines)


def _attachment(part: Message) -> Attachment:
    kind = clean(part.get_content_type())[:LONGEST_NAME]
    if part.get_content_maintype() == "message":
        inner = part.get_payload()
        mail = inner[0] if isinstance(inner, list) and inner else None
        subject = told(str(mail["subject"] or "")) if isinstance(mail, Message) else ""
        return Attachment(_name(part) or f"{_tidy(subject) or 'mail'}.eml", kind, b"")
    return Attachment(_name(part) or "without a name", kind, _data(part))


def _name(part: Message) -> str:
    try:
        return _tidy(told(part.get_filename() or ""))
    except (ValueError, LookupError, TypeError, AttributeError):
        return ""


def _tidy(name: str) -> str:
    """Return a name that leads nowhere: the last part of a path, and its ending kept.

    >>> _tidy("../../etc/plan.txt"), _tidy("x" * 200 + ".docx")[-8:]
    ('plan.txt', 'xxx.docx')
    """
    bare = _DOT.split(name.strip())[-1].strip()
    suffix = PurePosixPath(bare).suffix[:10]
    if len(bare) <= LONGEST_NAME:
        return bare
    return bare[: LONGEST_NAME - len(suffix)] + suffix


def _data(part: Message) -> bytes:
    """Return the bytes of a part, however it is packed and damaged."""
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _size(size: int) -> str:
    """Return a size as people say it.

    >>> _size(900), _size(20_400), _size(3_400_000)
    ('900 bytes', '20 kB', '3.4 MB')
    """
    if size < 1_000:  # noqa: PLR2004
        return f"{size} bytes"
    return f"{size / 1_000:.0f} kB" if size < 1_000_000 else f"{size / 1_000_000:.1f} MB"  # noqa: PLR2004
