"""What a mail tells: a record of who wrote to whom, and what they wrote as a document."""

from collections.abc import Iterator
from datetime import date, datetime
from hashlib import blake2b
from pathlib import PurePosixPath

from unsolved.errors import Unreadable
from unsolved.sources.mail.body import Attachment
from unsolved.sources.mail.characters import characters
from unsolved.sources.mail.message import Mail, read_mail
from unsolved.sources.mail.quotes import words
from unsolved.sources.mail.sides import Sides, organisation_at
from unsolved.sources.model import Draft, Kind, OrganisationDraft, Refusal
from unsolved.sources.parsing import parse
from unsolved.sources.records import Fact, Part, PersonDraft, RecordDraft, RecordKind
from unsolved.sources.told import kind_named

Told = Draft | RecordDraft | Refusal

MEGABYTE = 1_000_000
LARGEST_ATTACHMENT = 20 * MEGABYTE
READ = frozenset({".txt", ".md", ".markdown", ".html", ".htm", ".pdf", ".docx", ".csv"})
# What hangs on a mail and nobody means to be read.
_PASSED = ("image/", "audio/", "video/", "text/calendar", "text/vcard", "message/")


class Telling:
    """Tells mails one after another; the same mail from two folders once."""

    def __init__(
        self,
        sides: Sides,
        *,
        now: datetime,
        largest_mb: int,
        attachments: bool = False,
        since: date | None = None,
    ) -> None:
        self._sides, self._now, self._since = sides, now, since
        self._largest_mb, self._attachments = largest_mb, attachments
        self._met: dict[int, int] = {}

    @property
    def largest(self) -> int:
        """How many bytes a mail may have."""
        return self._largest_mb * MEGABYTE

    def tell(
        self,
        raw: bytes,
        place: str,
        *,
        folder: str,
        line: int | None = None,
        whole: bool = True,
    ) -> Iterator[Told]:
        """Yield what a mail tells; ``whole`` is false when only its headers are there."""
        try:
            mail = read_mail(raw, now=self._now, where=place, whole=whole)
        except Unreadable as error:
            yield Refusal(place, error.why, error.mend, line)
            return
        if self._since and mail.at and mail.at.date() < self._since:
            return
        key = self._once(mail)
        if key is None:
            return
        if not whole:
            why = f"it is larger than {self._largest_mb} MB; only its headers are kept"
            yield Refusal(place, why, "Set UNSOLVED_LARGEST_DOCUMENT_MB higher", line)
        elif mail.fault:
            mend = (
                "Its headers are kept; open it in a mail program to see whether it is damaged"
            )
            yield Refusal(place, mail.fault, mend, line)
        who = _Who(mail, self._sides)
        yield _record(mail, key, who, folder)
        if who.organisation is None or mail.is_bulk:
            return
        if words(mail.own):
            yield _document(mail, key, who.organisation, raw)
        if self._attachments:
            yield from _attached(mail, key, who.organisation, place)

    def _once(self, mail: Mail) -> str | None:
        """Return the key of a mail; None for one that was told, another for a namesake."""
        content = _number(repr((mail.subject, mail.date, mail.people[:1])))
        for key in (mail.key, f"{mail.key}#{content:016x}"):
            known = self._met.get(_number(key))
            if known is None:
                self._met[_number(key)] = content
                return key
            if known == content:
                return None
        return None


class _Who:
    """The sides of a mail: who wrote, who is on the other side, for whom they speak."""

    def __init__(self, mail: Mail, sides: Sides) -> None:
        addresses = [address for _, _, address in mail.people]
        self.sender = next((a for part, _, a in mail.people if part is Part.FROM), None)
        self.direction = sides.direction(self.sender, addresses)
        other = sides.other(addresses)
        self.organisation: OrganisationDraft | None = organisation_at(other) if other else None
        name = next((name for _, name, address in mail.people if address == other), "")
        self.person = (
            PersonDraft(name=name, email=other, organisation=self.organisation)
            if other
            else None
        )


def _record(mail: Mail, key: str, who: _Who, folder: str) -> RecordDraft:
    facts: dict[str, Fact] = {
        "type": "e-mail",
        "message_id": mail.message_id,
        "in_reply_to": mail.in_reply_to,
        "references": list(mail.references),
        "thread": mail.thread,
        "direction": who.direction,
        "subject": mail.subject,
        "words": words(mail.own),
        "attachments": [str(one) for one in mail.attachments],
        "folder": folder,
    }
    if mail.date and mail.at is None:
        facts["date"] = mail.date
    if mail.is_automatic:
        facts["automatic"] = True
    return RecordDraft(
        kind=RecordKind.ACTIVITY,
        key=key,
        title=mail.subject or "(no subject)",
        at=mail.at,
        organisation=who.organisation,
        person=who.person,
        people=tuple(
            (part, PersonDraft(name=name, email=address)) for part, name, address in mail.people
        ),
        facts=facts,
        received=mail.head,
    )


def _document(mail: Mail, key: str, organisation: OrganisationDraft, raw: bytes) -> Draft:
    return Draft(
        key=key,
        organisation=organisation,
        text=mail.own,
        title=mail.subject or "(no subject)",
        kind=Kind.EMAIL,
        published_on=mail.at.date() if mail.at else None,
        original=raw,
        media_type="message/rfc822",
    )


def _attached(
    mail: Mail, key: str, organisation: OrganisationDraft, place: str
) -> Iterator[Draft | Refusal]:
    """Yield the attached texts; what is packed stays packed."""
    met: dict[str, int] = {}
    for one in mail.attachments:
        if one.media_type.startswith(_PASSED):
            continue
        met[one.name] = met.get(one.name, 0) + 1
        called = one.name if met[one.name] == 1 else f"{one.name}#{met[one.name]}"
        try:
            text, media_type = _read(one, f"{place}, {one.name}")
        except Unreadable as error:
            yield Refusal(error.where, error.why, error.mend, error.line)
            continue
        yield Draft(
            key=f"{key}#{called}",
            organisation=organisation,
            text=text,
            title=PurePosixPath(one.name).stem or one.name,
            kind=kind_named(PurePosixPath(one.name).stem.replace("_", " ")) or Kind.NOTE,
            published_on=mail.at.date() if mail.at else None,
            original=one.data,
            media_type=media_type,
        )


def _read(one: Attachment, where: str) -> tuple[str, str]:
    suffix = PurePosixPath(one.name).suffix.lower()
    if suffix not in READ:
        mend = f"Only attachments ending in {', '.join(sorted(READ))} are read"
        raise Unreadable(where=where, why=f"what ends in {suffix!r} is not read", mend=mend)
    if len(one.data) > LARGEST_ATTACHMENT:
        mend = f"It may have {LARGEST_ATTACHMENT // MEGABYTE} MB; save it in a folder we read"
        raise Unreadable(where=where, why="it is too large", mend=mend)
    if suffix != ".csv":
        parsed = parse(one.data, where=where)
        return parsed.text, parsed.media_type
    text = characters(one.data).strip()
    if not words(text):
        raise Unreadable(where=where, why="there is no text in it", mend="Leave it out")
    return text, "text/csv"


def _number(text: str) -> int:
    digest = blake2b(text.encode("utf-8", "replace"), digest_size=8).digest()
    return int.from_bytes(digest, "big")
