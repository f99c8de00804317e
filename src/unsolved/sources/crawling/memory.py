"""What is remembered of a site between two visits: what is unchanged is not sent again."""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from unsolved.sources.reach import Answer
from unsolved.sources.records import Gone

MOST_WAITING = 5_000
_LONGEST_STAMP = 200


@dataclass(slots=True)
class Known:
    """A page that was read: its stamps, how deep it lies, and the documents made from it."""

    etag: str = ""
    modified: str = ""
    depth: int = 0
    keys: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()

    def asking(self) -> dict[str, str]:
        """Return the headers that ask for it only if it has changed."""
        told = {"if-none-match": self.etag, "if-modified-since": self.modified}
        return {name: value for name, value in told.items() if value}


@dataclass(slots=True)
class Memory:
    """The pages that are known, those that wait, and a few facts that a reader keeps.

    ``manner`` says how the site was walked; walked otherwise, every page is asked for anew.
    """

    manner: str
    pages: dict[str, Known] = field(default_factory=dict)
    waiting: list[tuple[str, int]] = field(default_factory=list)
    facts: dict[str, str] = field(default_factory=dict)
    _held: Counter[str] = field(default_factory=Counter)
    _owners: dict[str, str] = field(default_factory=dict)
    _texts: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, cursor: str | None, manner: str, *, anew: bool = False) -> "Memory":
        """Return what a cursor holds; nothing when it is none of ours."""
        memory = cls(manner)
        try:
            told = json.loads(cursor or "{}")
            anew = anew or told.get("manner") != manner
            for url, entry in told.get("pages", {}).items():
                memory.keep(url, _known(entry, anew=anew))
            memory.waiting = [(str(url), int(depth)) for url, depth in told.get("waiting", [])]
            memory.facts = {str(k): str(v) for k, v in told.get("facts", {}).items()}
        except (ValueError, TypeError, AttributeError, RecursionError):
            return cls(manner)
        return memory

    def cursor(self, waiting: Iterable[tuple[str, int]]) -> str:
        """Return it as a cursor, with what waits to be read."""
        kept = [(url, depth) for url, depth in waiting if url not in self.pages]
        pages = {
            url: [page.etag, page.modified, page.depth, page.keys, page.texts]
            for url, page in self.pages.items()
        }
        told = {
            "manner": self.manner,
            "pages": pages,
            "waiting": kept[:MOST_WAITING],
            "facts": self.facts,
        }
        return json.dumps(told, separators=(",", ":"))

    def keep(self, url: str, known: Known) -> list[Gone]:
        """Remember a page as it is now, and return the documents that have gone by that."""
        old = self.pages.get(url, Known())
        self.pages[url] = known
        self._held.update(known.keys)
        for key in known.keys:
            self._owners.setdefault(key, url)
        gone = self._let_go(url, old)
        for text in known.texts:
            self._texts.setdefault(text, url)
        return gone

    def forget(self, url: str) -> list[Gone]:
        """Forget a page, and return the documents that have gone with it."""
        known = self.pages.pop(url, None)
        return self._let_go(url, known) if known else []

    def is_taken(self, key: str, url: str) -> bool:
        """Whether another page has given the document of that key."""
        return self._owners.get(key, url) != url

    def is_repeated(self, text: str, url: str) -> bool:
        """Whether another page has given the same text."""
        return self._texts.get(text, url) != url

    def _let_go(self, url: str, old: Known) -> list[Gone]:
        now = self.pages.get(url, Known())
        self._held.subtract(old.keys)
        for text in set(old.texts) - set(now.texts):
            if self._texts.get(text) == url:
                del self._texts[text]
        for key in set(old.keys) - set(now.keys):
            if self._owners.get(key) == url:
                del self._owners[key]
        return [Gone(key) for key in old.keys if self._held[key] <= 0]


def stamps(answer: Answer) -> tuple[str, str]:
    """Return the stamps of an answer that can be sent back."""
    told = (answer.headers.get("etag", ""), answer.headers.get("last-modified", ""))
    etag, modified = (
        one if one.isascii() and len(one) <= _LONGEST_STAMP else "" for one in told
    )
    return etag, modified


def _known(entry: Any, *, anew: bool) -> Known:  # noqa: ANN401 (whatever a cursor holds)
    etag, modified, depth, keys, texts = entry
    if anew:
        etag = modified = ""
    return Known(
        str(etag), str(modified), int(depth), tuple(map(str, keys)), tuple(map(str, texts))
    )
