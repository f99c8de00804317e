"""What the headers of a mail say: who, to whom, when, about what, in answer to which.

Headers come from anybody: each is read by itself, cut where nobody would write on, and one
that makes no sense says nothing.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from email.errors import MessageError
from email.header import decode_header
from email.utils import getaddresses, parsedate_to_datetime
from hashlib import sha256

from unsolved.sources.mail.characters import characters
from unsolved.sources.parsing import clean
from unsolved.sources.records import Part

Headers = Mapping[str, Sequence[str]]
"""The values of each header in their order, by its name in small letters."""

LONGEST = 20_000  # characters of one header
LONGEST_REFERENCES = 500_000  # grows by each answer
LONGEST_ADDRESS = 254  # RFC 5321, 4.5.3.1.3
LONGEST_ID = 200
MOST_PEOPLE = 500
MOST_REFERENCES = 100
EARLIEST = datetime(1982, 8, 13, tzinfo=UTC)  # RFC 822
LEEWAY = timedelta(days=2)  # a clock may go wrong by a time zone, but not by more

_FOLD = re.compile(r"\s*[\r\n]+\s*")
_ID = re.compile(r"<\s*([^<>\s]+)\s*>")
_ADDRESS = re.compile(r"[^\s<>,;:\"()\[\]']+@[^\s<>,;:\"()\[\]']+")
_ANSWER = re.compile(
    r"\s*(?:re|aw|antw|antwort|sv|vs|ref|res|rif|r|回复|答复|fwd?|fw|wg|tr|rv|enc|i|doorst|转发)"
    r"\s*(?:\[\d+\]|\(\d+\))?\s*[:\uff1a]\s*",
    re.IGNORECASE,
)
_AUTOMATIC = frozenset({"bulk", "junk", "list", "auto_reply"})
_PARTS = (("from", Part.FROM), ("to", Part.TO), ("cc", Part.CC))


def told(value: str) -> str:
    r"""Return the characters of a header, unfolded and decoded (RFC 2047).

    >>> told("=?utf-8?q?Gr=C3=BC=C3=9Fe?=\r\n from Ann =?x?=")
    'Grüße from Ann =?x?='
    """
    plain = _FOLD.sub(" ", _in_ascii_or_not(value[:LONGEST]))
    if "=?" not in plain:
        return clean(plain).strip()
    try:
        parts = decode_header(plain)
    except (MessageError, ValueError):
        return clean(plain).strip()
    texts = (
        part if isinstance(part, str) else characters(part, charset) for part, charset in parts
    )
    return _FOLD.sub(" ", clean("".join(texts))).strip()


def first(headers: Headers, name: str) -> str:
    """Return the first header of a name as characters; nothing when there is none."""
    return told(next(iter(headers.get(name, ())), ""))


def people(headers: Headers) -> tuple[tuple[Part, str, str], ...]:
    """Return who takes part: the part, the name (may be empty) and the address, each once."""
    found: dict[tuple[Part, str], tuple[Part, str, str]] = {}
    for header, part in _PARTS:
        for name, address in addresses(headers.get(header, ())):
            if len(found) >= MOST_PEOPLE:
                break
            found.setdefault((part, address), (part, name, address))
    if not any(part is Part.FROM for part, _ in found):
        for name, address in addresses(headers.get("sender", ())[:1]):
            found = {(Part.FROM, address): (Part.FROM, name, address), **found}
    return tuple(found.values())


def addresses(values: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield the names and the addresses, in small letters, that headers hold."""
    for value in values:
        plain = _FOLD.sub(" ", _in_ascii_or_not(value[:LONGEST]))
        try:
            parsed = [pair for pair in getaddresses([plain]) if "@" in pair[1]]
        except (MessageError, ValueError, LookupError, TypeError, RecursionError):
            parsed = []
        # What follows no grammar may still name addresses.
        for name, address in parsed or [("", found) for found in _ADDRESS.findall(plain)]:
            bare = clean(address).strip(" '\"<>").casefold()
            if _ADDRESS.fullmatch(bare) and len(bare) <= LONGEST_ADDRESS:
                shown = told(name).strip(" '\"")
                yield "" if shown.casefold() == bare else shown[:LONGEST_ADDRESS], bare


def sent_at(headers: Headers, now: datetime) -> datetime | None:
    """Return when a mail was sent: its date, or when it was first received, if that can be.

    A date before there was mail, or more than two days after ``now``, is none.
    """
    received = [value.rpartition(";")[2] for value in headers.get("received", ())]
    for value in (*headers.get("date", ())[:1], *reversed(received[:MOST_REFERENCES])):
        moment = _moment(told(value)[:LONGEST_ID])
        if moment is not None and EARLIEST <= moment <= now + LEEWAY:
            return moment
    return None


def message_id(headers: Headers) -> str | None:
    """Return what a mail is called everywhere, without its angle brackets."""
    value = first(headers, "message-id")
    found = _ID.search(value)
    return _short("".join(found.group(1) if found else value.strip("<>").split())) or None


def in_reply_to(headers: Headers) -> str | None:
    """Return which mail this answers, as it says itself."""
    value = first(headers, "in-reply-to")
    found = _ID.search(value)
    if found:
        return _short(found.group(1))
    return _short(value) if "@" in value and " " not in value else None


def references(headers: Headers) -> tuple[str, ...]:
    """Return the conversation before a mail, the oldest first."""
    value = clean(next(iter(headers.get("references", ())), "")[:LONGEST_REFERENCES])
    found = list(dict.fromkeys(_short(one) for one in _ID.findall(value) or value.split()))
    return tuple(found[:1] + found[1:][-MOST_REFERENCES:])


def bare_subject(subject: str) -> tuple[str, bool]:
    """Return a subject without ``Re:`` and its kin in small letters, and whether it had any.

    >>> bare_subject("RE: Aw: [2] The  rollout"), bare_subject("Reorganisation")
    (('[2] the rollout', True), ('reorganisation', False))
    """
    bare = subject
    while found := _ANSWER.match(bare):
        bare = bare[found.end() :]
    return " ".join(bare.casefold().split()), bare is not subject


def is_automatic(headers: Headers) -> bool:
    """Whether a machine wrote it: an answer while away, a notice, a list, a newsletter."""
    submitted = first(headers, "auto-submitted").casefold()
    kind = first(headers, "content-type").casefold()
    return (
        (bool(submitted) and not submitted.startswith("no"))
        or first(headers, "precedence").casefold() in _AUTOMATIC
        or any(name in headers for name in ("list-id", "x-autoreply", "x-autorespond"))
        or kind.startswith("multipart/report")
    )


def is_bulk(headers: Headers) -> bool:
    """Whether it went to many at once and can be unsubscribed from: a newsletter."""
    mass = first(headers, "precedence").casefold() in {"bulk", "junk"}
    return "list-unsubscribe" in headers and (mass or "list-unsubscribe-post" in headers)


def _in_ascii_or_not(value: str) -> str:
    """Return a header with the bytes beyond ASCII, if it has any, as characters."""
    if value.isascii():
        return value
    return characters(value.encode("utf-8", "surrogateescape"))


def _moment(value: str) -> datetime | None:
    for read in (parsedate_to_datetime, datetime.fromisoformat):
        try:
            moment = read(value)
            moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
            moment.astimezone(UTC)  # what has no place in time is refused here
        except (ValueError, TypeError, OverflowError, LookupError):
            continue
        return moment
    return None


def _short(value: str) -> str:
    """Return an identifier as it is, or its digest when nobody could keep it."""
    value = value.strip()
    if len(value) <= LONGEST_ID:
        return value
    return sha256(value.encode("utf-8", "replace")).hexdigest()
