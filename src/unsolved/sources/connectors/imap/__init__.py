r"""A mailbox over IMAP, read and never changed: no mail is marked as seen, moved or deleted.

Each folder is read on from the last mail that was read (its UID). When the server has
numbered a folder anew (UIDVALIDITY), it is read again from the start; mails are known by
their Message-ID, so nothing comes twice. What was deleted on the server is kept here.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from imaplib import IMAP4

from imap_tools.errors import ImapToolsError
from imap_tools.query import AND, U

from unsolved.errors import Invalid, SourceRefused
from unsolved.sources.connector import Visit
from unsolved.sources.connectors.imap.client import Folder, Line, Reading, opened
from unsolved.sources.mail import Sides, Telling, Told
from unsolved.sources.model import Refusal
from unsolved.sources.records import Mark

BATCH = 50  # mails that are asked for at once
BATCH_BYTES = 16_000_000  # of them, so much is held at once
PORTS = {"tls": 993, "starttls": 143, "none": 143}
INBOX = "INBOX"
# What servers that mark no folder as the sent one call it.
SENT = frozenset(
    {
        *("sent", "sent items", "sent mail", "sent messages", "sent-mail"),
        *("gesendet", "gesendete objekte", "gesendete elemente"),
        *("envoyés", "éléments envoyés", "enviados", "elementos enviados"),
        *(
            "inviata",
            "posta inviata",
            "verzonden",
            "verzonden items",
            "skickat",
            "sendt",
            "wysłane",
        ),
    }
)


@dataclass(frozen=True, slots=True)
class Mailbox:
    """A mailbox on a server."""

    visit: Visit
    line: Line
    sides: Sides

    @property
    def name(self) -> str:
        """What the source is called."""
        return self.visit.name

    def fetch(self) -> Iterator[Told | Mark]:
        """Yield what the mails tell, folder by folder, and a mark after each fifty."""
        visit = self.visit
        telling = Telling(
            self.sides,
            now=visit.now,
            largest_mb=visit.largest_mb,
            attachments=visit.switch("attachments"),
            since=visit.since,
        )
        steps = _steps(visit.cursor)
        with opened(self.line, visit.reach, telling.largest + BATCH_BYTES) as reading:
            chosen, missing = _chosen(reading.folders(), visit.texts("folders"))
            if not chosen:
                raise SourceRefused(host=self.line.host, why="it has none of these folders")
            for name in missing:
                yield Refusal(name, "there is no such folder", "Name it as the server does")
            for folder in chosen:
                yield from self._folder(reading, folder.name, steps, telling)

    def _folder(
        self,
        reading: Reading,
        folder: str,
        steps: dict[str, dict[str, int | str]],
        telling: Telling,
    ) -> Iterator[Told | Mark]:
        try:
            validity = reading.open(folder)
        except (IMAP4.error, ImapToolsError) as error:
            if isinstance(error, IMAP4.abort):
                raise
            yield Refusal(folder, "it cannot be opened", "Check that you may read it")
            return
        step = steps.get(folder, {})
        last = int(step.get("uid", 0)) if step.get("uidvalidity") == validity else 0
        for uids in _batches(self._wanted(reading, last)):
            sizes = reading.sizes(uids)
            for group in _groups(uids, sizes, telling.largest):
                yield from _told(reading, folder, group, sizes, telling)
            last = max(last, uids[-1])
            steps[folder] = {"uidvalidity": validity, "uid": last}
            yield Mark(json.dumps(steps, sort_keys=True))
        if steps.get(folder, {}).get("uidvalidity") != validity:
            steps[folder] = {"uidvalidity": validity, "uid": last}
            yield Mark(json.dumps(steps, sort_keys=True))

    def _wanted(self, reading: Reading, last: int) -> list[int]:
        since = self.visit.since
        # With a date, what is younger is told again; how far we came does not count.
        criteria = AND(date_gte=since) if since else AND(uid=U(str(last + 1), "*"))
        return [uid for uid in reading.numbers_of(str(criteria)) if since or uid > last]


def _told(
    reading: Reading,
    folder: str,
    uids: Sequence[int],
    sizes: Mapping[int, int],
    telling: Telling,
) -> Iterator[Told]:
    """Yield what some mails tell; of those too large only who, when and about what."""
    small = [uid for uid in uids if sizes.get(uid, 0) <= telling.largest]
    large = [uid for uid in uids if uid not in set(small)]
    bodies = reading.mails(small)
    heads = reading.mails(large, whole=False)
    for uid in uids:
        raw = bodies.get(uid, heads.get(uid))
        if raw is None:
            if uid in sizes:
                why = "the server counts it and does not hand it over"
                yield Refusal(f"{folder}, UID {uid}", why, "Open it in a mail program")
            continue  # else it was deleted while we read
        yield from telling.tell(raw, f"{folder}, UID {uid}", folder=folder, whole=uid in bodies)


def _batches(uids: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(uids), BATCH):
        yield uids[start : start + BATCH]


def _groups(
    uids: Sequence[int], sizes: Mapping[int, int], largest: int
) -> Iterator[Sequence[int]]:
    """Yield mails that may be held together, in their order."""
    group: list[int] = []
    held = 0
    for uid in uids:
        size = sizes.get(uid, 0) if sizes.get(uid, 0) <= largest else 0
        if group and held + size > BATCH_BYTES:
            yield group
            group, held = [], 0
        group.append(uid)
        held += size
    if group:
        yield group


def _chosen(folders: Sequence[Folder], named: Sequence[str]) -> tuple[list[Folder], list[str]]:
    """Return the folders to read, and the names that are none."""
    by_name = {one.name.casefold(): one for one in folders}
    if named:
        missing = [name for name in named if name.casefold() not in by_name]
        wanted = [by_name[name.casefold()] for name in named if name.casefold() in by_name]
        return list(dict.fromkeys(wanted)), missing
    inbox = [one for one in folders if one.name.upper() == INBOX]
    sent = [one for one in folders if "\\sent" in one.flags]
    sent = sent or [one for one in folders if _last_level(one) in SENT]
    return list(dict.fromkeys([*inbox, *sorted(sent, key=lambda one: one.name)])), []


def _last_level(folder: Folder) -> str:
    name = folder.name.casefold()
    return name.rpartition(folder.delimiter)[2] if folder.delimiter else name


def _steps(cursor: str | None) -> dict[str, dict[str, int | str]]:
    """Return how far each folder was read; nothing when that cannot be made out."""
    try:
        told = json.loads(cursor or "{}")
    except ValueError:
        return {}
    if not isinstance(told, dict):
        return {}
    return {
        name: {"uidvalidity": str(step["uidvalidity"]), "uid": step["uid"]}
        for name, step in told.items()
        if isinstance(step, dict) and isinstance(step.get("uid"), int) and "uidvalidity" in step
    }


def connector(visit: Visit) -> Mailbox:
    """Return who reads a mailbox.

    Raises:
        Invalid: a setting is missing or makes no sense.
    """
    visit.switch("attachments")
    security = visit.text("security", "tls").casefold()
    if security not in PORTS:
        raise Invalid(field="security", got=security, mend=f"write one of {', '.join(PORTS)}")
    host, port = _place(visit.text("host"), PORTS[security])
    user, password = visit.text("user"), visit.secrets.get("password", "")
    if not host or not user or not password:
        raise Invalid(field="host, user, password", mend="say where, who, and how to get in")
    for field, text in (("user", user), ("password", password), *_named(visit)):
        if any(character < " " or character == "\x7f" for character in text):
            raise Invalid(field=field, mend="write it without line ends and the like")
    if security == "none" and f"{host.casefold()}:{port}" not in visit.reach.allowed:
        mend = "use tls or starttls; without, the password could be read on its way"
        raise Invalid(field="security", got="none", mend=mend)
    own = visit.texts("own") or ((user,) if "@" in user else ())
    return Mailbox(visit, Line(host, port, security, user, password), Sides.named(own))


def _named(visit: Visit) -> list[tuple[str, str]]:
    return [("folders", name) for name in visit.texts("folders")]


def _place(told: str, port: int) -> tuple[str, int]:
    """Return the host and the port that are meant.

    Raises:
        Invalid: they are none.
    """
    bare = told.removeprefix("imaps://").removeprefix("imap://").rstrip("/")
    host, colon, number = bare.rpartition(":")
    if colon and number.isdecimal() and 0 < int(number) < 65_536:  # noqa: PLR2004
        return host.strip("[]"), int(number)
    if colon and not bare.startswith("[") and bare.count(":") == 1:
        raise Invalid(field="host", got=told, mend="write it as imap.example.com:993")
    return bare.strip("[]"), port
