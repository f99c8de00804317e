"""What there is to know about a mail, wherever it lies: in a file or on a server."""

from unsolved.sources.mail.message import Mail, read_mail
from unsolved.sources.mail.quotes import own_words
from unsolved.sources.mail.sides import Sides, organisation_at
from unsolved.sources.mail.telling import Telling, Told
from unsolved.sources.mail.threads import Threaded, threads

__all__ = [
    "Mail",
    "Sides",
    "Telling",
    "Threaded",
    "Told",
    "organisation_at",
    "own_words",
    "read_mail",
    "threads",
]
