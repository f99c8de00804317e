"""A line to a mailbox that only reads, through the guard of our network, within limits.

imap-tools speaks to the server (names of folders, signing in, searching) over imaplib, whose
connection is made here: to an address that was looked at, and with a certificate that is for
the host. What a server may send at once is bounded, for it may be broken or hostile.
"""

import imaplib
import re
import ssl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from socket import socket as Socket  # noqa: N812
from typing import Any

from imap_tools.errors import ImapToolsError, MailboxLoginError
from imap_tools.mailbox import BaseMailBox

from unsolved.errors import SourceDown, SourceRefused
from unsolved.sources.reach import Reach

SECONDS = 60.0
SECONDS_FOR_GOODBYE = 5.0
SPARE = 1_000_000  # bytes of an answer that are no mail
MOST_LINES = 200_000  # lines of one answer
_NUMBERS = re.compile(rb"(UID|RFC822\.SIZE) (\d+)")
_LATER = re.compile(rb"\[(?:UNAVAILABLE|INUSE|LIMIT|SERVERBUG|THROTTLED)\]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Folder:
    """A mailbox on the server: its name, what sort it is, and how its levels are parted."""

    name: str
    flags: frozenset[str]
    delimiter: str


@dataclass(frozen=True, slots=True)
class Line:
    """How to reach a server."""

    host: str
    port: int
    security: str
    user: str
    password: str = field(repr=False)


class Reading(BaseMailBox):
    """A mailbox, opened for reading."""

    def __init__(self, line: Line, reach: Reach, largest: int) -> None:
        self._line, self._reach, self._largest = line, reach, largest
        super().__init__()

    def _get_mailbox_client(self) -> "Client":
        """Make the connection; what imap-tools leaves to its heirs."""
        line = self._line
        context = ssl.create_default_context() if line.security != "none" else None
        at_once = context if line.security == "tls" else None
        client = Client(line, self._reach, at_once, self._largest)
        if line.security == "starttls":
            try:
                client.secure(context)
            except Exception:
                with suppress(OSError):
                    client.shutdown()
                raise
        return client

    def sign_in(self) -> None:
        """Say who we are.

        Raises:
            SourceRefused: the server does not take it.
            SourceDown: it says that it may do so later.
        """
        line = self._line
        if "LOGINDISABLED" in self.client.capabilities:
            raise _refused(line, "it takes no password over a line without encryption")
        try:
            if (line.user + line.password).isascii():
                self.login(line.user, line.password, initial_folder=None)
            else:
                self.login_utf8(line.user, line.password, initial_folder=None)
        except (MailboxLoginError, imaplib.IMAP4.error) as error:
            if isinstance(error, imaplib.IMAP4.abort):
                raise
            if _LATER.search(str(error).encode("utf-8", "replace")):
                raise SourceDown(host=line.host, why="it lets nobody in just now") from None
            # None of what it says is passed on: some servers say the password again.
            raise _refused(line, "it does not take that name and password") from None

    def folders(self) -> list[Folder]:
        """Return the mailboxes that can be opened."""
        return [
            Folder(one.name, frozenset(flag.casefold() for flag in one.flags), one.delim)
            for one in self.folder.list()
            if "\\noselect" not in {flag.casefold() for flag in one.flags}
        ]

    def open(self, name: str) -> str:
        """Open a mailbox for reading only, and return its UIDVALIDITY."""
        self.folder.set(name, readonly=True)
        _, told = self.client.response("UIDVALIDITY")
        return told[-1].decode("ascii", "replace") if told and told[-1] else "0"

    def numbers_of(self, criteria: str) -> list[int]:
        """Return the UIDs of the mails that are meant, in their order."""
        found = self.uids(criteria, charset=None)
        return sorted({int(one) for one in found if one.isdecimal()})

    def sizes(self, uids: Sequence[int]) -> dict[int, int]:
        """Return how large mails say they are."""
        found = {}
        for part in self._fetched(uids, "(UID RFC822.SIZE)"):
            told = dict(_NUMBERS.findall(part if isinstance(part, bytes) else part[0]))
            if b"UID" in told and b"RFC822.SIZE" in told:
                found[int(told[b"UID"])] = int(told[b"RFC822.SIZE"])
        return found

    def mails(self, uids: Sequence[int], *, whole: bool = True) -> dict[int, bytes]:
        """Return the bytes of mails, or of their headers, and mark none as seen."""
        found: dict[int, bytes] = {}
        asked = "(UID BODY.PEEK[])" if whole else "(UID BODY.PEEK[HEADER])"
        parts = self._fetched(uids, asked)
        for part, after in zip(parts, (*parts, b"")[1:], strict=True):
            if isinstance(part, bytes):
                continue
            told = part[0] + (after if isinstance(after, bytes) else b"")
            if uid := dict(_NUMBERS.findall(told)).get(b"UID"):
                found[int(uid)] = part[1]
        return found

    def _fetched(self, uids: Sequence[int], what: str) -> list[bytes | tuple[bytes, bytes]]:
        if not uids:
            return []
        status, parts = self.client.uid("FETCH", ",".join(map(str, uids)), what)
        if status != "OK":
            raise self.client.error(f"it answers {status} to what was asked")
        return [part for part in parts if part]


class Client(imaplib.IMAP4):
    """The standard library's, over a connection of ours."""

    def __init__(
        self, line: Line, reach: Reach, context: ssl.SSLContext | None, largest: int
    ) -> None:
        self._reach, self._context, self._largest = reach, context, largest
        self._left, self._lines = largest + SPARE, 0
        super().__init__(line.host, line.port, timeout=SECONDS)

    def secure(self, context: ssl.SSLContext | None) -> None:
        """Go on encrypted.

        Raises:
            SourceRefused: the server offers none, and the password shall not be read.
        """
        if "STARTTLS" not in self.capabilities:
            raise SourceRefused(host=self.host, why="it offers no encryption")
        self.starttls(context)

    def send(self, data: Any) -> None:  # noqa: ANN401 (theirs)
        """Send a command; a new one may be answered anew."""
        self._left, self._lines = self._largest + SPARE, 0
        super().send(data)

    def read(self, size: int) -> bytes:
        """Return so many bytes of a mail.

        Raises:
            imaplib.IMAP4.abort: they are more than were asked for, or the line broke.
        """
        self._count(size)
        data: bytes = super().read(size)
        if len(data) < size:
            raise self.abort("the line broke")
        return data

    def readline(self) -> bytes:
        """Return a line of an answer.

        Raises:
            imaplib.IMAP4.abort: the answer is larger than any that was asked for.
        """
        line: bytes = super().readline()
        self._lines += 1
        if self._lines > MOST_LINES:
            raise self.abort("it sends without end")
        self._count(len(line))
        return line

    def _count(self, size: int) -> None:
        self._left -= size
        if self._left < 0:
            raise self.abort("it sends more than was asked for")

    def _create_socket(self, timeout: float | None) -> Socket:
        """Connect through the guard; the one place where imaplib opens a line."""
        plain = self._reach.socket(self.host, self.port, seconds=timeout or SECONDS)
        if self._context is None:
            return plain
        return self._context.wrap_socket(plain, server_hostname=self.host)


@contextmanager
def opened(line: Line, reach: Reach, largest: int) -> Iterator[Reading]:
    """Open a mailbox, and close it in the end.

    Raises:
        SourceRefused: the server does not let us in, or nobody vouches for it.
        SourceDown: it does not answer, or the line broke.
    """
    reading: Reading | None = None
    is_well = False
    try:
        reading = Reading(line, reach, largest)
        reading.sign_in()
        yield reading
        is_well = True
    except ssl.SSLCertVerificationError as error:
        raise _refused(line, f"nobody vouches for it ({error.verify_message})") from error
    except imaplib.IMAP4.abort as error:
        raise SourceDown(host=line.host, why="the line broke, or it made no sense") from error
    except (OSError, EOFError, MemoryError) as error:
        why = "no answer in time" if isinstance(error, TimeoutError) else "the line broke"
        raise SourceDown(host=line.host, why=why) from error
    except (imaplib.IMAP4.error, ImapToolsError) as error:
        raise _refused(line, "it does not do what was asked") from error
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise SourceDown(host=line.host, why="what it says makes no sense") from error
    finally:
        if reading is not None:
            _close(reading.client, politely=is_well)


def _close(client: imaplib.IMAP4, *, politely: bool) -> None:
    """End the connection, whatever state it is in; say so where somebody listens."""
    with suppress(imaplib.IMAP4.error, OSError, ValueError):
        if politely:
            client.sock.settimeout(SECONDS_FOR_GOODBYE)
            client.logout()
        else:
            client.shutdown()


def _refused(line: Line, why: str) -> SourceRefused:
    return SourceRefused(host=line.host, user=line.user, why=why)
