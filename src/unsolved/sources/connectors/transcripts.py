"""Transcripts of calls in a file or folder: WebVTT, SRT, text, and the JSON of recorders.

Each call becomes a document, ``Name: words`` a turn, and an activity with who spoke. Whom it is
about: as the file says, else the other side by the addresses of who was there, else the
organisation of the source, else the sub-folder.
"""

import json
import os
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path, PurePosixPath

from unsolved.errors import SourceRefused, Unreadable
from unsolved.sources.connector import Visit
from unsolved.sources.mail import Sides, organisation_at
from unsolved.sources.model import Draft, Kind, OrganisationDraft, Refusal
from unsolved.sources.records import Fact, Part, PersonDraft, RecordDraft, RecordKind
from unsolved.sources.transcripts import (
    SUFFIXES,
    Participant,
    Transcript,
    is_nobody,
    read_all,
)

MEGABYTE = 1_000_000
# What recorders put beside their transcripts; nobody expects us to listen or look.
_SOUND_OR_PICTURE = re.compile(
    r"\.(?:aac|avi|flac|gif|jpe?g|m3u8?|m4[av]|mkv|mov|mp[34]|og[ag]|opus|png|wav|webm)"
)
_NUMBERED = re.compile(r"[\d._\s-]+")
_TYPES = {".vtt": "text/vtt", ".srt": "application/x-subrip", ".json": "application/json"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Transcripts:
    """A folder of transcripts, or a single one.

    ``own`` are our own domains; ``organisation`` holds where nothing tells with whom.
    """

    name: str
    path: Path
    now: datetime
    own: Sides
    largest_mb: int = 50
    organisation: str | None = None

    def fetch(self) -> Iterator[Draft | RecordDraft | Refusal]:
        """Yield each call as a document and an activity, by the names of their files."""
        if not self.path.exists():
            raise SourceRefused(path=str(self.path), why="there is no such file or folder")
        met: dict[str, str] = {}
        for place, path in _files(self.path):
            try:
                yield from self._read(place, path, met)
            except Unreadable as error:
                yield Refusal(error.where, error.why, error.mend, error.line)
            except OSError as error:
                why = f"it cannot be opened ({error.strerror or error})"
                yield Refusal(place, why, "Check that it is still there and may be read")

    def _read(
        self, place: str, path: Path, met: dict[str, str]
    ) -> Iterator[Draft | RecordDraft | Refusal]:
        if path.suffix.lower() not in SUFFIXES:
            mend = f"Export it as one of {', '.join(SUFFIXES)}"
            why = f"files ending in {path.suffix.lower()!r} are not read as transcripts"
            raise Unreadable(where=place, why=why, mend=mend)
        size = path.stat().st_size
        if size > self.largest_mb * MEGABYTE:
            why = f"it is too large ({size / MEGABYTE:,.1f} MB)"
            mend = "Split it, or set UNSOLVED_LARGEST_DOCUMENT_MB higher; "
            raise Unreadable(
                where=place, why=why, mend=f"{mend}now it is {self.largest_mb}"
            )  # fmt: skip
        data = path.read_bytes()
        calls = read_all(data, where=place)
        for number, call in enumerate(calls, 1):
            key = _key(place, call, number if len(calls) > 1 else None)
            if key in met:
                why = f"the call {key!r} was read from {met[key]} already"
                yield Refusal(place, why, "Take one of the two away")
                continue
            met[key] = place
            yield from self._call(key, place, call, data)

    def _call(
        self, key: str, place: str, call: Transcript, data: bytes
    ) -> Iterator[Draft | RecordDraft | Refusal]:
        organisation = self._organisation(call, place)
        if organisation is None:
            mend = (
                "Name it with the setting `organisation`, say your own domains with `own`, or"
                " put the file in a sub-folder with its name"
            )
            yield Refusal(place, "it does not say with whom the call was", mend)
            return
        if call.started_at and call.started_at > self.now + timedelta(days=1):
            why = f"it says that it began in the future ({call.started_at:%Y-%m-%d %H:%M})"
            yield Refusal(place, f"{why}; it is kept without a date", "Correct the date in it")
            call = replace(call, started_at=None, held_on=None)
        day = call.day if call.day and call.day <= self.now.date() else None
        title = call.title or _from_file_name(place)
        yield Draft(
            key=key,
            organisation=organisation,
            text=call.text,
            title=title,
            kind=Kind.TRANSCRIPT,
            published_on=day,
            original=data,
            media_type=_TYPES.get(PurePosixPath(place).suffix.lower(), "text/plain"),
        )
        yield self._activity(key, title, call, organisation)

    def _activity(
        self, key: str, title: str, call: Transcript, organisation: OrganisationDraft
    ) -> RecordDraft:
        people = {
            name: self._person(name, call, organisation)
            for name in call.speakers
            if not is_nobody(name)
        }
        theirs = [name for name in people if self._is_theirs(call.participant(name))]
        return RecordDraft(
            kind=RecordKind.ACTIVITY,
            key=key,
            title=title,
            at=call.started_at,
            organisation=organisation,
            person=people[theirs[0]] if theirs else None,
            people=tuple((Part.SPEAKER, person) for person in people.values()),
            facts=_facts(call),
            received=_received(call),
        )

    def _organisation(self, call: Transcript, place: str) -> OrganisationDraft | None:
        """Return with whom the call was."""
        if call.organisation:
            return OrganisationDraft(name=call.organisation)
        if domain := self._their_domain(call):
            return OrganisationDraft(name=domain, domain=domain)
        name = self.organisation or _subfolder(place)
        return OrganisationDraft(name=name) if name else None

    def _their_domain(self, call: Transcript) -> str | None:
        """Return the domain of most who are not ours; of those who spoke, if any did."""
        spoke = [who for name in call.speakers if (who := call.participant(name))]
        for group in (spoke, call.participants):
            theirs = [who.email for who in group if who.email and self._is_theirs(who)]
            count = Counter(at.domain for one in theirs if (at := organisation_at(one)))
            if count:
                return count.most_common(1)[0][0]
        return None

    def _is_theirs(self, who: Participant | None) -> bool:
        """Whether somebody is of the other side; nobody is, where nothing tells the sides."""
        if who is None:
            return False
        if who.is_ours is not None:
            return not who.is_ours
        return bool(who.email and self.own.own and not self.own.is_own(who.email))

    def _person(
        self, name: str, call: Transcript, organisation: OrganisationDraft
    ) -> PersonDraft:
        who = call.participant(name)
        if who is None:
            return PersonDraft(name=name)
        theirs: OrganisationDraft | None = None
        if self._is_theirs(who):
            at = organisation_at(who.email or "")
            is_third = at and organisation.domain and at.domain != organisation.domain
            theirs = at if is_third else organisation
        return PersonDraft(
            name=who.name or name, email=who.email, title=who.title, organisation=theirs
        )


def _facts(call: Transcript) -> dict[str, Fact]:
    seconds = call.seconds
    return {
        "type": "call",
        "recorder": call.recorder,
        "duration": None if seconds is None else round(seconds),
        "language": call.language,
        "speakers": list(call.speakers),
        "words": sum(call.words.values()),
        "words_by_speaker": [f"{who}: {n}" for who, n in call.words.items() if who],
    }


def _received(call: Transcript) -> str:
    """Return what the recorder said about the call; its words are in the document."""
    told = {
        "id": call.key,
        "title": call.title,
        "started_at": call.started_at.isoformat() if call.started_at else None,
        "participants": [
            {"name": who.name, "email": who.email, "title": who.title}
            for who in call.participants
        ],
    }
    return json.dumps(told, ensure_ascii=False)


def _key(place: str, call: Transcript, number: int | None) -> str:
    """Return what the recorder calls the call, else where its file lies."""
    if call.key:
        return f"{call.recorder}:{call.key}"
    return place if number is None else f"{place}#{number}"


def _files(root: Path) -> Iterator[tuple[str, Path]]:
    """Yield places and paths, sorted; nothing hidden, and nothing that leads outside."""
    if root.is_file():
        yield root.name, root
        return
    home = root.resolve()
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(folder, name)
            if name.startswith(".") or _SOUND_OR_PICTURE.fullmatch(path.suffix.lower()):
                continue
            if path.is_file() and (
                not path.is_symlink() or path.resolve().is_relative_to(home)
            ):
                yield path.relative_to(root).as_posix(), path


def _subfolder(place: str) -> str | None:
    folders = place.split("/")[:-1]
    return next((name for name in reversed(folders) if not _NUMBERED.fullmatch(name)), None)


def _from_file_name(place: str) -> str:
    stem = PurePosixPath(place).name.partition(".")[0]
    return re.sub(r"[_\s]+", " ", stem).strip() or place


def connector(visit: Visit) -> Transcripts:
    """Return who reads the transcripts that a source names."""
    return Transcripts(
        name=visit.name,
        path=Path(visit.text("path")),
        now=visit.now,
        largest_mb=visit.largest_mb,
        organisation=visit.text("organisation") or None,
        own=Sides.named(visit.texts("own")),
    )
