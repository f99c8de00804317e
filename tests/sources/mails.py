"""Mails as tests write them, and what is told of them."""

from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from unsolved.sources.connector import Visit
from unsolved.sources.connectors.mail import connector
from unsolved.sources.model import Draft, Refusal
from unsolved.sources.reach import Reach
from unsolved.sources.records import RecordDraft

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
HEAD = """Message-ID: <1@norden.example.org>
Date: Mon, 2 Feb 2026 09:30:00 +0100
From: Bo Berg <bo@mail.norden.com>
To: "Lee, Ann" <Ann@acme.com>
Cc: cy@acme.com
Subject: The third try
"""


def mail(body: str = "It failed again.\n", head: str = HEAD) -> bytes:
    """Write a mail."""
    return f"{head}\n{body}".encode("utf-8", "surrogateescape")


def visit(path: Path, *, own: str = "acme.com", attachments: str = "no", **more) -> Visit:
    settings = {"path": str(path), "own": own, "attachments": attachments}
    return Visit(name="mail", settings=settings, now=NOW, reach=Reach(), **more)


def read(path: Path, **more) -> list[Any]:
    return list(connector(visit(path, **more)).fetch())


def of(raw: bytes, folder: Path, **more) -> list[Any]:
    """Return what one mail tells."""
    (folder / "one.eml").write_bytes(raw)
    return read(folder / "one.eml", **more)


def record(raw: bytes, folder: Path, **more) -> Any:
    (one,) = [one for one in of(raw, folder, **more) if isinstance(one, RecordDraft)]
    return one


def documents(finds: list[Any]) -> list[Draft]:
    return [one for one in finds if isinstance(one, Draft)]


def records(finds: list[Any]) -> list[Any]:
    return [one for one in finds if isinstance(one, RecordDraft)]


def refusals(finds: list[Any]) -> list[Refusal]:
    return [one for one in finds if isinstance(one, Refusal)]


def built(**more) -> EmailMessage:
    """Begin a mail that has parts."""
    message = EmailMessage()
    for name, text in {
        "Message-ID": "<1@norden.com>",
        "From": "bo@norden.com",
        "To": "ann@acme.com",
        "Date": "Mon, 2 Feb 2026 09:30:00 +0100",
        "Subject": "Parts",
        **more,
    }.items():
        message[name] = text
    return message
