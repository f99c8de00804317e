"""Who wrote to whom and when, from a file of mails and from what those mails quote.

A mailbox that was sampled holds few answers, but an answer carries the mail it answers. So
each mail tells several: itself, and those whose heads stand in it (Outlook's ``-----Original
Message-----`` and the heads of Lotus Notes). Threads are then `unsolved.sources.mail.threads`:
a mail names the one it quotes first, and subjects join the rest.
"""

import gzip
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import zip_longest
from pathlib import Path
from zoneinfo import ZoneInfo

from unsolved.deals.model import Channel, Exchange
from unsolved.errors import Unreadable
from unsolved.sources.mail import Threaded, own_words, read_mail, threads
from unsolved.sources.records import Part

HOME = ZoneInfo("America/Chicago")
"""Where the clocks stood that wrote the heads of quoted mails."""

LONGEST_HEAD = 30  # lines
AT_MOST_COPIES = timedelta(days=1)
_DATE = re.compile(
    r"(\d{1,2})/(\d{1,2})/(\d{2,4})\s+(\d{1,2}):(\d{2})(?::\d{2})?\s*([AP]M)?", re.IGNORECASE
)
_SPELT = ("%A, %B %d, %Y %I:%M %p", "%A, %d %B %Y %H:%M", "%B %d, %Y %I:%M %p")
_FIELD = re.compile(r"(from|sent|date|to|cc|subject)\s*:\s*(.*)$", re.IGNORECASE)
_ADDRESS = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
_ASIDE = re.compile(r"\[[^\]]*\]|\([^)]*\)|IMCEA\S*")
_MARKS = re.compile(r"^[>\s|*]*")
_OUR_HOUSE = re.compile(r"@(?:[\w-]+\.)*enron\.com$|@ect\.enron|@ees\.enron", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A mail: ``quotes`` is the one it quotes first, ``mailbox`` whose copy it is."""

    key: str
    sender: str
    at: datetime
    to: tuple[str, ...]
    cc: tuple[str, ...] = ()
    subject: str = ""
    text: str = ""
    quotes: str | None = None
    mailbox: str = ""
    is_automatic: bool = False

    @property
    def people(self) -> tuple[str, ...]:
        """Everybody on it, the writer first, each once."""
        return tuple(dict.fromkeys((self.sender, *self.to, *self.cc)))


@dataclass(frozen=True, slots=True)
class _Head:
    """The head of a quoted mail as it stands there, and the lines that it takes."""

    start: int
    end: int
    sender: str
    at: datetime
    fields: Mapping[str, str]


def written(path: Path) -> list[Written]:
    """Return the mails of a file and those they quote, each once, oldest first."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        texts = [str(json.loads(line)["text"]) for line in lines if line.strip()]
    who = _Names(texts)
    found: list[Written] = []
    for number, text in enumerate(texts):
        found += _told(text, number, who)
    return _once(found)


def with_threads(mails: Sequence[Written]) -> dict[str, str]:
    """Return the thread of each mail, by its key."""
    return threads(
        Threaded(
            id=mail.key,
            in_reply_to=mail.quotes,
            subject=mail.subject,
            at=mail.at,
            people=frozenset(mail.people),
        )
        for mail in mails
    )


def exchanges_of_mailbox(
    mails: Iterable[Written], owner: str, numbers: Mapping[str, int], thread: Mapping[str, str]
) -> tuple[Exchange, ...]:
    """Return what passed between the owner of a mailbox and everybody else, oldest first."""
    found = []
    for mail in mails:
        people = mail.people
        others = tuple(numbers[one] for one in people if one != owner)
        if owner not in people or not others:
            continue
        copied = tuple(numbers[one] for one in mail.cc if one not in (owner, *mail.to))
        found.append(
            Exchange(
                at=mail.at,
                channel=Channel.MAIL,
                is_ours=mail.sender == owner,
                person_ids=others,
                copied_ids=copied,
                people=len(people),
                words=len(mail.text.split()) if mail.text else None,
                thread=thread[mail.key],
                subject=mail.subject,
                text=mail.text,
                is_automatic=mail.is_automatic,
            )
        )
    return tuple(sorted(found, key=lambda one: (one.at, one.subject)))


def _told(text: str, number: int, who: "_Names") -> Iterator[Written]:
    """Yield a mail and those it quotes, the latest first, each naming the next."""
    try:
        now = datetime.now(UTC)
        mail = read_mail(text.encode("utf-8", "replace"), now=now, where=f"line {number + 1}")
    except Unreadable:
        return
    sender = next((a for part, _, a in mail.people if part is Part.FROM), None)
    if sender is None or mail.at is None:
        return
    body = text.partition("\n\n")[2]
    quoted = list(_quoted(body, mail.subject, before=mail.at, who=who))
    chain = [
        Written(
            key=mail.key,
            sender=who.of_address(sender),
            at=mail.at,
            to=tuple(who.of_address(a) for part, _, a in mail.people if part is Part.TO),
            cc=tuple(who.of_address(a) for part, _, a in mail.people if part is Part.CC),
            subject=mail.subject,
            text=mail.own,
            mailbox=_header(text, "X-Origin").casefold(),
            is_automatic=mail.is_automatic,
        ),
        *quoted,
    ]
    for one, before in zip_longest(chain, chain[1:]):
        yield replace(one, quotes=before.key if before else None)


def _quoted(body: str, subject: str, *, before: datetime, who: "_Names") -> Iterator[Written]:
    """Yield the mails whose heads stand in a body, as long as each is older than the last."""
    lines = [_MARKS.sub("", line.replace("=20", " ").rstrip("= ")) for line in body.split("\n")]
    heads = list(_heads(lines))
    for head, after in zip_longest(heads, heads[1:]):
        at = head.at.replace(tzinfo=HOME).astimezone(UTC)
        if at >= before:  # old Notes files have local times where UTC is meant
            at = head.at.replace(tzinfo=UTC)
        sender = who.of_text(head.sender)
        if at >= before or not sender:
            continue
        before = at
        text = "\n".join(lines[head.end : after.start if after else len(lines)])
        yield Written(
            key=f"{sender}|{at:%Y-%m-%dT%H:%M}",
            sender=sender,
            at=at,
            to=who.of_list(head.fields.get("to", "")),
            cc=who.of_list(head.fields.get("cc", "")),
            subject=" ".join(head.fields.get("subject", "").split()) or subject,
            text=own_words(text),
        )


def _heads(lines: Sequence[str]) -> Iterator[_Head]:
    number = 0
    while number < len(lines):
        line = lines[number].casefold()
        head = None
        if line.startswith("from:"):
            head = _outlook(lines, number)
        elif line.startswith("to:"):
            head = _notes(lines, number)
        if head is not None:
            yield head
        number = head.end if head else number + 1


def _outlook(lines: Sequence[str], start: int) -> _Head | None:
    fields, end = _fields(lines, start)
    told = fields.get("sent") or fields.get("date") or fields.get("from", "")
    at = _moment(told)
    told_by = re.split(r"(?i)\bsent\s*:|\bon\s+(?=\d)", fields.get("from", ""))[0]
    sender = _DATE.split(told_by)[0]
    if at is None or "to" not in fields:
        return None
    return _Head(start, end, sender, at, fields)


def _notes(lines: Sequence[str], start: int) -> _Head | None:
    """Return the head whose ``To:`` stands here, below who and when."""
    for up in range(1, 4):
        found = _DATE.search(lines[start - up]) if start >= up else None
        if found is None:
            continue
        at = _moment(found.group())
        who = re.sub(r"(?i)^from:|\bon\s*$", "", lines[start - up][: found.start()].strip())
        top = start - up
        while not who.strip() and top > max(0, start - up - 3):
            top -= 1
            who = lines[top]
        fields, end = _fields(lines, start)
        return _Head(top, end, who, at, fields) if at and who.strip() else None
    return None


def _fields(lines: Sequence[str], start: int) -> tuple[dict[str, str], int]:
    """Return the fields of a head, and the line after it; it ends with its subject."""
    fields: dict[str, str] = {}
    name, end = "", start
    for number in range(start, min(start + LONGEST_HEAD, len(lines))):
        found = _FIELD.match(lines[number])
        if found and found.group(1).casefold() not in fields:
            name, end = found.group(1).casefold(), number
            fields[name] = found.group(2)
        elif name == "subject":
            break
        elif name and lines[number].strip():
            fields[name] += " " + lines[number]
    return fields, end + 1


def _moment(told: str) -> datetime | None:
    found = _DATE.search(told)
    try:
        if not found:
            return _spelt(told)
        month, day, year, hour, minute = (int(one) for one in found.groups()[:5])
        half = (found.group(6) or "").upper()
        hour = hour % 12 + 12 * (half == "PM") if half else hour
        year += (1900 if year > 50 else 2000) if year < 100 else 0
        return datetime(year, month, day, hour, minute)  # noqa: DTZ001 - placed by who asks
    except ValueError:
        return None


def _spelt(told: str) -> datetime | None:
    for pattern in _SPELT:
        try:
            return datetime.strptime(told.strip(), pattern)  # noqa: DTZ007 - as above
        except ValueError:
            continue
    return None


class _Names:
    """One name for each person, who is called by an address here and by a name there."""

    def __init__(self, texts: Iterable[str]) -> None:
        pairs: dict[str, Counter[str]] = defaultdict(Counter)
        self._address: dict[str, str] = {}
        for text in texts:
            shown = _bare(_header(text, "X-From"))
            address = _header(text, "From").casefold()
            if _ADDRESS.fullmatch(address) and " " in shown:
                pairs[address][shown] += 1
        self._name = {
            address: max(sorted(names), key=lambda one: names[one])
            for address, names in pairs.items()
        }
        for address, name in self._name.items():
            if not _OUR_HOUSE.search(address):
                self._address.setdefault(name, address)

    def of_address(self, address: str) -> str:
        """Return who has an address."""
        plain = address.casefold().strip("'.")
        if not _OUR_HOUSE.search(plain):
            return plain
        local = " ".join(part for part in plain.partition("@")[0].split(".") if len(part) > 1)
        return self._name.get(plain) or (local if " " in local else plain)

    def of_text(self, text: str) -> str:
        """Return who is called so, as ``Lee, Ann``, ``Ann B Lee/HOU/ECT`` or by an address."""
        found = _ADDRESS.search(_ASIDE.sub(" ", text))
        name = _bare(text)
        if found and not found.group().casefold().endswith(("@enron.com", "imceanotes")):
            return self.of_address(found.group())
        if found and not name:
            return self.of_address(found.group())
        return self._address.get(name, name)

    def of_list(self, text: str) -> tuple[str, ...]:
        """Return who is called in a list, each once."""
        if ";" in text:
            parts = text.split(";")
        elif "@" in text or "/" in text:
            parts = re.split(r"(?<=[\w>\"'])\s*,\s*(?=[^,]*[@/])", text)
        else:
            parts = [text]
        return tuple(dict.fromkeys(who for who in map(self.of_text, parts) if who))


def _bare(text: str) -> str:
    """Return the first and last name in small letters.

    >>> _bare("Lee, Ann B."), _bare("Ann B Lee/HOU/ECT@ECT"), _bare('"Ann Lee" <ann@x.org>')
    ('ann lee', 'ann lee', 'ann lee')
    """
    plain = re.sub(r"<[^>]*>?", " ", _ASIDE.sub(" ", text))
    plain = re.split(r"/|@", plain)[0].strip(" \"'\t,;")
    last, comma, first = plain.partition(",")
    words = re.sub(r"[^\w' -]", " ", f"{first} {last}" if comma else plain).casefold().split()
    kept = [word for word in words if len(word) > 1 and not word.isdigit()]
    return " ".join(dict.fromkeys((kept[0], kept[-1]))) if kept else ""


def _header(text: str, name: str) -> str:
    found = re.search(rf"^{name}: ?(.*)$", text.partition("\n\n")[0], re.MULTILINE)
    return found.group(1).strip() if found else ""


def _once(mails: Iterable[Written]) -> list[Written]:
    """Return each mail once: a quoted one is that in the file by the same hand and subject."""
    known: dict[tuple[str, str], list[Written]] = defaultdict(list)
    stands: dict[str, str] = {}
    kept: dict[str, Written] = {}
    for mail in sorted(mails, key=lambda one: (not one.mailbox, one.at, one.key)):
        alike = known[mail.sender, _topic(mail.subject)]
        same = next((one for one in alike if abs(one.at - mail.at) < _apart(mail)), None)
        if same is None:
            alike.append(mail)
            kept[mail.key] = mail
        stands[mail.key] = same.key if same else mail.key
    return sorted(
        (replace(m, quotes=stands.get(m.quotes) if m.quotes else None) for m in kept.values()),
        key=lambda one: (one.at, one.key),
    )


def _apart(mail: Written) -> timedelta:
    """How far apart two copies may be dated: zones were lost where mail was quoted."""
    return timedelta(hours=9) if not mail.mailbox else timedelta(minutes=2)


def _topic(subject: str) -> str:
    return re.sub(r"(?i)^(?:\s*(?:re|fwd?|fw)\s*:)+", "", " ".join(subject.split())).casefold()
