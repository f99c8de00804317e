"""A mail as bytes becomes a mail as we see it.

The parser is the standard library's, with headers handed over as they came: its own reading
of them (``policy.default``) fails on what real mailboxes hold. A mail that is too deep, or
made of too many parts, to be read keeps its headers.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from email.errors import MessageError
from email.message import Message
from email.parser import BytesParser
from email.policy import Compat32
from hashlib import sha256

from unsolved.errors import Unreadable
from unsolved.sources.mail import headers as header
from unsolved.sources.mail.body import Attachment, body_of
from unsolved.sources.mail.characters import characters
from unsolved.sources.mail.headers import Headers
from unsolved.sources.mail.quotes import own_words
from unsolved.sources.records import Part

MOST_NESTED = 100  # parts that hold parts
MOST_PARTS = 5_000  # lines that may end one
MOST_HEADERS = 500  # of one name
LONGEST_HEAD = 200_000  # bytes of headers that are kept
LONGEST_TITLE = 300
_TELLING = frozenset(
    {"from", "to", "cc", "date", "subject", "message-id", "received", "sender"}
)
_FAULTS = (
    MessageError,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    AssertionError,
    RecursionError,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """A mail: who wrote what to whom, when, in answer to which.

    ``key`` is its Message-ID, or a digest where it has none. ``own`` is what its writer wrote,
    quotations and signature taken away. ``fault`` says why the body could not be read.
    """

    key: str
    message_id: str | None
    in_reply_to: str | None
    references: tuple[str, ...]
    subject: str
    at: datetime | None
    date: str
    people: tuple[tuple[Part, str, str], ...]
    own: str
    attachments: tuple[Attachment, ...]
    is_automatic: bool
    is_bulk: bool
    head: str = field(repr=False)
    fault: str | None = None

    @property
    def thread(self) -> str:
        """The first mail of its conversation, as far as it says; see `threads`.

        An answer that names no other is given its subject: several conversations may share it.
        """
        root = next(iter(self.references), self.in_reply_to)
        if root:
            return root
        bare, is_answer = header.bare_subject(self.subject)
        return f"subject:{bare}"[:LONGEST_TITLE] if is_answer and bare else self.key


def read_mail(raw: bytes, *, now: datetime, where: str, whole: bool = True) -> Mail:
    """Return the mail that bytes hold; with ``whole`` false they are its headers.

    Raises:
        Unreadable: it is no mail.
    """
    raw = raw.lstrip(b"\xef\xbb\xbf\r\n\t \x00")
    head, body = _parted(raw)
    headers = _headers(head)
    if not _TELLING & headers.keys():
        mend = "Save it as the mail program sends it: with its headers (.eml or mbox)"
        raise Unreadable(where=where, why="it has none of the headers of a mail", mend=mend)
    own, attachments, fault = _body(raw) if whole else ("", (), None)
    called = header.message_id(headers)
    return Mail(
        key=called or _key(headers, body),
        message_id=called,
        in_reply_to=header.in_reply_to(headers),
        references=header.references(headers),
        subject=" ".join(header.first(headers, "subject").split())[:LONGEST_TITLE],
        at=header.sent_at(headers, now),
        date=header.first(headers, "date")[:100],
        people=header.people(headers),
        own=own,
        attachments=attachments,
        is_automatic=header.is_automatic(headers),
        is_bulk=header.is_bulk(headers),
        head=characters(head[:LONGEST_HEAD]),
        fault=fault,
    )


class _AsTheyCame(Compat32):
    """Headers are text, with bytes beyond ASCII as surrogates."""

    def header_fetch_parse(self, name: str, value: str) -> str:  # noqa: ARG002 (theirs)
        return value


def _parsed(raw: bytes, *, headersonly: bool = False) -> Message:
    return BytesParser(policy=_AsTheyCame()).parsebytes(raw, headersonly=headersonly)


def _parted(raw: bytes) -> tuple[bytes, bytes]:
    """Return the headers and the body, parted by the first empty line."""
    ends = [
        (at, at + len(end))
        for end in (b"\n\n", b"\n\r\n", b"\r\r")
        if (at := raw.find(end)) >= 0
    ]
    at, after = min(ends, default=(len(raw), len(raw)))
    return raw[: at + 1], raw[after:]


def _headers(head: bytes) -> Headers:
    found: dict[str, list[str]] = defaultdict(list)
    for name, value in _parsed(head, headersonly=True).items():
        if len(of_name := found[name.casefold()]) < MOST_HEADERS:
            of_name.append(value)
    return found


def _body(raw: bytes) -> tuple[str, tuple[Attachment, ...], str | None]:
    """Return the writer's own words, what is attached, and why they could not be read."""
    if raw.lower().count(b"multipart/") > MOST_NESTED or raw.count(b"\n--") > MOST_PARTS:
        return "", (), "it is built of too many parts"
    try:
        body = body_of(_parsed(raw))
    except RecursionError:
        return "", (), "its parts lie too deep in each other"
    except _FAULTS as error:
        return "", (), f"its body is damaged ({type(error).__name__})"
    return own_words(body.text), body.attachments, None


def _key(headers: Headers, body: bytes) -> str:
    """Return what a mail without a Message-ID is called: the same wherever it is found."""
    told: list[Sequence[str]] = [
        [header.told(value) for value in headers.get(name, ())]
        for name in ("from", "to", "cc", "date", "subject")
    ]
    text = body.replace(b"\r\n", b"\n").replace(b"\n>From ", b"\nFrom ").strip()
    digest = sha256(repr(told).encode("utf-8", "replace") + b"\n" + text)
    return f"sha256:{digest.hexdigest()[:32]}"
