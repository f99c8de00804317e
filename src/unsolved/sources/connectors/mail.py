"""Mail in files: an mbox, a mail saved as ``.eml``, a Maildir, or a folder of these.

Files are read as they stand and never changed. An mbox is read mail by mail, so it may be
larger than the memory; what cannot be read is refused with the line it begins at.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from unsolved.errors import SourceRefused
from unsolved.sources.connector import Visit
from unsolved.sources.mail import Sides, Telling, Told
from unsolved.sources.mail.mbox import is_mbox, mails
from unsolved.sources.model import Refusal

MAILDIR = ("cur", "new")
SUFFIXES = (".eml", ".mbox", ".mbx", ".emlx")
# What mail programs keep beside their mails, for themselves.
_BESIDE = (".msf", ".dat", ".html", ".json", ".sqlite", ".plist", ".index", ".cache", ".log")
_BEGINNING = 4096
_EMLX_LINE = 32


@dataclass(frozen=True, slots=True)
class MailFiles:
    """A file or a folder with mails in it."""

    visit: Visit

    @property
    def name(self) -> str:
        """What the source is called."""
        return self.visit.name

    def fetch(self) -> Iterator[Told]:
        """Yield what the mails tell, file by file in the order of their names."""
        visit = self.visit
        root = Path(visit.text("path"))
        if not root.exists():
            raise SourceRefused(path=str(root), why="there is no such file or folder")
        telling = Telling(
            Sides.named(visit.texts("own")),
            now=visit.now,
            largest_mb=visit.largest_mb,
            attachments=visit.switch("attachments"),
            since=visit.since,
        )
        any_file = False
        for where, folder, path in _files(root):
            any_file = True
            try:
                yield from _file(telling, where, folder, path)
            except OSError as error:
                why = f"it cannot be opened ({error.strerror or error})"
                yield Refusal(where, why, "Check that it is still there and may be read")
        if not any_file:
            mend = f"Put files ending in {', '.join(SUFFIXES)} there, or name the folder above"
            yield Refusal(root.name, "there is no mail in it", mend)


def _files(root: Path) -> Iterator[tuple[str, str, Path]]:
    """Yield where a file lies, the mailbox it stands for, and its path, sorted."""
    if root.is_file():
        yield root.name, root.stem, root
        return
    home = root.resolve()
    for at, folders, names in os.walk(root):
        here = Path(at)
        is_maildir = here.name in MAILDIR and all((here.parent / x).is_dir() for x in MAILDIR)
        folders[:] = sorted(
            name for name in folders if name != "tmp" or not (here / "cur").is_dir()
        )
        for name in sorted(names):
            path = here / name
            if not path.is_file() or (name.startswith(".") and not is_maildir):
                continue
            if path.is_symlink() and not path.resolve().is_relative_to(home):
                continue
            where = path.relative_to(root).as_posix()
            if is_maildir:
                yield where, _maildir(here.parent, root), path
            elif _may_be_mail(here, name):
                folder = here.relative_to(root).as_posix()
                is_eml = path.suffix.lower() in {".eml", ".emlx"}
                yield where, folder if is_eml else where.removesuffix(path.suffix), path


def _may_be_mail(here: Path, name: str) -> bool:
    """Whether to look into a file: Maildirs have indexes beside them, programs have theirs."""
    return Path(name).suffix.lower() not in _BESIDE and not (here / "cur").is_dir()


def _maildir(box: Path, root: Path) -> str:
    """Return the mailbox that a Maildir stands for: ``.Sent`` is Sent, the first is INBOX."""
    where = box.relative_to(root).as_posix()
    return "INBOX" if where == "." else where.rpartition("/")[2].lstrip(".").replace(".", "/")


def _file(telling: Telling, where: str, folder: str, path: Path) -> Iterator[Told]:
    with path.open("rb") as file:
        beginning = file.read(_BEGINNING)
        file.seek(0)
        if not beginning.strip():
            yield Refusal(where, "there is nothing in it", "Take it away, or save it again")
        elif is_mbox(beginning):
            for cut in mails(file, telling.largest):
                yield from telling.tell(
                    cut.raw, where, folder=folder, line=cut.line, whole=cut.is_whole
                )
        else:
            if path.suffix.lower() == ".emlx":  # Apple says the size in a line before the mail
                file.readline(_EMLX_LINE)
            raw = file.read(telling.largest + 1)
            is_whole = len(raw) <= telling.largest
            yield from telling.tell(
                raw if is_whole else raw[: _BEGINNING * 64],
                where,
                folder=folder,
                whole=is_whole,
            )


def connector(visit: Visit) -> MailFiles:
    """Return who reads the mails that a source names.

    Raises:
        Invalid: a setting cannot be used.
    """
    visit.switch("attachments")
    return MailFiles(visit)
