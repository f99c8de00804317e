"""Drafts kept as mails (.eml): the part a person reads, and where each character stands."""

import re
from array import array
from base64 import b64decode
from binascii import Error as NotBase64
from email import message_from_string
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.policy import compat32

from unsolved.conversations.drafts.model import Draft
from unsolved.conversations.drafts.reading import page
from unsolved.conversations.drafts.reading.seen import Seen, as_it_is, at_once
from unsolved.errors import Unreadable

MOST_PARTS = 2_000
_SUBJECT = re.compile(
    r"^subject:[ \t]*(?P<value>[^\n]*(?:\n[ \t]+[^\n]*)*)", re.IGNORECASE | re.MULTILINE
)
_SOFT = re.compile(r"=[ \t]*\n")
_HEX = re.compile(r"=([0-9A-Fa-f]{2})")
_FAULTS = (MessageError, ValueError, LookupError, TypeError, AttributeError, RecursionError)


def drafts(name: str, source: str) -> tuple[Draft, ...]:
    """Return the draft that a mail holds.

    Raises:
        Unreadable: it is damaged, or built of too many parts.
    """
    mend = "Save it again from the mail program, or as text"
    if source.count("\n--") > MOST_PARTS:
        raise Unreadable(where=name, why="the mail is built of too many parts", mend=mend)
    try:
        return (_draft(name, source, message_from_string(source, policy=compat32)),)
    except _FAULTS as error:
        why = f"the mail is damaged ({type(error).__name__})"
        raise Unreadable(where=name, why=why, mend=mend) from error


def _draft(name: str, source: str, message: Message) -> Draft:
    leaves = [part for part in message.walk() if not part.is_multipart()]
    texts = [
        part
        for part in leaves
        if part.get_content_maintype() == "text" and not _is_attached(part)
    ]
    plain = [part for part in texts if part.get_content_subtype() != "html"]
    chosen = next((part for part in [*plain, *texts] if str(part.get_payload()).strip()), None)
    body = _body(source, chosen) if chosen is not None else at_once("", len(source))
    if chosen is not None and chosen.get_content_subtype() == "html":
        body = _of_page(body)
    subject = _subject(source)
    whole = subject + at_once("\n\n", subject.places[-1]) + body if subject.text else body
    start = len(subject.text) + 2 if subject.text else 0
    return Draft(
        name=name,
        source=source,
        text=whole.text,
        places=whole.places,
        subject=(0, len(subject.text)) if subject.text else None,
        body=(start, len(whole.text)),
        to=_told(message.get("to", "")),
        attachments=tuple(
            (_told(part.get_filename() or "") or part.get_content_type())[:80]
            for part in leaves
            if _is_attached(part)
        )[:20],
        is_reply=bool(message.get("in-reply-to") or message.get("references")),
    )


def _is_attached(part: Message) -> bool:
    if part.get_content_disposition() == "attachment":
        return True
    return part.get_content_maintype() != "text" and bool(part.get_filename())


def _subject(source: str) -> Seen:
    top = source.find("\n\n")
    found = _SUBJECT.search(source, 0, top if top >= 0 else len(source))
    if not found:
        return at_once("", 0)
    value = found["value"]
    if "=?" not in value and "\n" not in value:
        return as_it_is(source, *found.span("value"))
    return at_once(_told(value), found.start("value"))


def _told(value: str) -> str:
    """Return a header in plain characters, on one line."""
    try:
        value = str(make_header(decode_header(value)))
    except _FAULTS:
        value = str(value)
    return " ".join(value.split())


def _body(source: str, part: Message) -> Seen:
    packed = str(part.get_payload())
    start = max(source.find(packed), 0)
    encoding = str(part.get("content-transfer-encoding", "")).strip().lower()
    charset = part.get_content_charset() or "utf-8"
    if encoding == "quoted-printable":
        return _unquoted(source, start, start + len(packed), charset)
    if encoding == "base64":
        try:
            text = b64decode(packed).decode(charset, "replace")
        except (NotBase64, ValueError, LookupError):
            text = packed
        return at_once(text.replace("\r\n", "\n"), start)
    return as_it_is(source, start, start + len(packed))


def _unquoted(source: str, start: int, end: int, charset: str) -> Seen:
    """Return what quoted-printable text says; each character knows where its bytes begin."""
    data, at_of = bytearray(), array("L")
    at = start
    while at < end:
        if source[at] == "=":
            if soft := _SOFT.match(source, at, end):
                at = soft.end()
                continue
            if byte := _HEX.match(source, at, end):
                data.append(int(byte[1], 16))
                at_of.append(at)
                at = byte.end()
                continue
        for byte_of in source[at].encode(charset, "replace"):
            data.append(byte_of)
            at_of.append(at)
        at += 1
    at_of.append(end)
    text, places, used = [], array("L"), 0
    for c in bytes(data).decode(charset, "replace"):
        text.append(c)
        places.append(at_of[min(used, len(at_of) - 1)])
        used += len(c.encode(charset, "replace")) if c != "\ufffd" else 1
    places.append(end)
    return Seen("".join(text), places)


def _of_page(body: Seen) -> Seen:
    """Return what a page shows that is itself packed in a mail."""
    shown = page.seen(body.text)
    last = len(body.places) - 1
    return Seen(shown.text, array("L", [body.places[min(at, last)] for at in shown.places]))
