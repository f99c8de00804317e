"""A file becomes the talks that are in it, whichever of our formats it is in."""

import re
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from pathlib import PurePosixPath

from unsolved.conversations.coverage.model import Talk
from unsolved.conversations.coverage.talks import of_mails, of_transcript
from unsolved.errors import Error, Unreadable
from unsolved.sources.mail import Mail, Threaded, read_mail, threads
from unsolved.sources.mail.mbox import is_mbox, mails
from unsolved.sources.parsing import decode
from unsolved.sources.transcripts import Transcript, read_all
from unsolved.sources.transcripts import Turn as Spoken
from unsolved.sources.transcripts.language import guessed

LARGEST = 50_000_000
"""Bytes of a file, and of a mail in it."""

FEWEST_LINES = 4
_MAIL = re.compile(
    rb"(?:[!-9;-~]+:[ \t].*\r?\n)*(?:from|to|date|subject|message-id):", re.IGNORECASE
)
_BOXES = (".mbox", ".mbx")
_NOT_A_CALL = (".docx", ".pdf", ".xlsx", ".mp3", ".mp4", ".wav", ".m4a")


def read_talks(data: bytes, *, where: str, now: datetime) -> tuple[Talk, ...]:
    """Return the talks in a file, at least one; ``where`` is its name.

    Raises:
        Unreadable: it is damaged, too large, empty, or of no format we know.
    """
    _refuse(data, where)
    suffix = PurePosixPath(where).suffix.lower()
    if suffix in _BOXES or is_mbox(data[:100]):
        return _threads(data, where, now)
    if suffix == ".eml" or (suffix not in {".vtt", ".srt", ".json"} and _is_mail(data)):
        return (_finished([read_mail(data, now=now, where=where)], where),)
    return tuple(
        of_transcript(call, title=PurePosixPath(where).stem.replace("_", " "))
        for call in _calls(data, where)
    )


def read_mails(
    files: Sequence[tuple[bytes, str]], *, now: datetime, faults: list[Error]
) -> tuple[Talk, ...]:
    """Return the threads of mails, each a file of its own; what cannot be read is a fault."""
    found = []
    for data, name in files:
        try:
            _refuse(data, name)
            found.append(read_mail(data, now=now, where=name))
        except Error as fault:
            faults.append(fault)
    try:
        return _talks(found, files[0][1]) if found else ()
    except Unreadable as fault:
        faults.append(fault)
        return ()


def of_document(text: str, original: bytes, key: str, *, now: datetime) -> Talk:
    """Return the talk that a document tells: as it was received if that can be, else its text.

    Raises:
        Unreadable: no talk is in it.
    """
    try:
        talks = read_talks(original, where=PurePosixPath(key).name, now=now)
        by_text = {_written(talk): talk for talk in talks}
        return by_text.get(" ".join(text.split()), talks[0])
    except Unreadable:
        return read_talks(text.encode("utf-8"), where=f"{key}.txt", now=now)[0]


def _written(talk: Talk) -> str:
    said = (f"{t.speaker}: {t.text}" if t.speaker else t.text for t in talk.turns)
    return " ".join(" ".join(said).split())


def _refuse(data: bytes, where: str) -> None:
    if not data.strip():
        raise Unreadable(where=where, why="it is empty", mend="Export it again")
    if len(data) > LARGEST:
        why = f"it is too large ({len(data) / 1e6:,.0f} MB)"
        raise Unreadable(where=where, why=why, mend="Split it; a call of a day has one MB")
    if PurePosixPath(where).suffix.lower() in _NOT_A_CALL:
        mend = "Export it as .vtt, .srt, .json or .txt with `Name: words`"
        raise Unreadable(where=where, why="a transcript is not kept in that format", mend=mend)


def _is_mail(data: bytes) -> bool:
    head = data[:2_000].lstrip(b"\xef\xbb\xbf\r\n\t ")
    return bool(_MAIL.match(head)) and bool(re.search(rb"(?mi)^from:.*@", head))


def _threads(data: bytes, where: str, now: datetime) -> tuple[Talk, ...]:
    return _talks(
        [
            read_mail(cut.raw, now=now, where=f"{where}, line {cut.line}", whole=cut.is_whole)
            for cut in mails(BytesIO(data), LARGEST)
        ],
        where,
    )


def _talks(found: list[Mail], where: str) -> tuple[Talk, ...]:
    """Return one talk a thread, those with something in them."""
    roots = threads(
        Threaded(
            id=mail.key,
            in_reply_to=mail.in_reply_to,
            references=mail.references,
            subject=mail.subject,
            at=mail.at,
            people=frozenset(address for _, _, address in mail.people),
        )
        for mail in found
    )
    by_root: dict[str, dict[str, Mail]] = defaultdict(dict)
    for mail in found:
        by_root[roots[mail.key]].setdefault(mail.key, mail)
    talks = [of_mails(list(mails.values())) for mails in by_root.values()]
    spoken = tuple(talk for talk in talks if talk.turns)
    if not spoken:
        raise _silent(where)
    return spoken


def _finished(found: list[Mail], where: str) -> Talk:
    talk = of_mails(found)
    if not talk.turns:
        raise _silent(where)
    return talk


def _silent(where: str) -> Unreadable:
    mend = "Export the thread with the mails as they were sent"
    return Unreadable(where=where, why="nobody writes anything in it", mend=mend)


def _calls(data: bytes, where: str) -> tuple[Transcript, ...]:
    """Return the calls; of lines that name nobody, one call in which nobody is named."""
    try:
        return read_all(data, where=where)
    except Unreadable:
        suffix = PurePosixPath(where).suffix.lower()
        text = decode(data, where=where)
        lines = [" ".join(line.split()) for line in text.splitlines() if line.strip()]
        is_plain = suffix in {"", ".txt", ".md"} and not text.lstrip().startswith(("{", "["))
        if not is_plain or len(lines) < FEWEST_LINES:
            raise
    turns = tuple(Spoken(None, line) for line in lines)
    return (Transcript(recorder="text", turns=turns, language=guessed(lines)),)
