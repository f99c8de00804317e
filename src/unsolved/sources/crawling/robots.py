"""What the robots.txt of a host asks of us, asked once a visit and kept to."""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from protego import Protego

from unsolved.errors import SourceDown, SourceRefused
from unsolved.sources.reach import Reach

TOKEN = "unsolved"  # noqa: S105 (how we are called in robots.txt)
LARGEST = 512 * 1024
"""Bytes that are read; RFC 9309 asks for at least 500 kibibytes."""

LONGEST_DELAY = 30.0
"""Seconds between two requests that a site may ask of us; more would never end."""

# No robots.txt, or none for us: RFC 9309 says that everything may be read.
_NONE = frozenset(range(400, 500)) - {429}


@dataclass(slots=True)
class Robots:
    """The rules of each host that was asked about."""

    reach: Reach
    _rules: dict[str, Protego] = field(default_factory=dict)

    def allows(self, address: str) -> bool:
        """Whether a page may be read.

        Raises:
            SourceDown: robots.txt is there and cannot be read, so nothing is.
        """
        return bool(self._of(address).can_fetch(address, TOKEN))

    def delay(self, address: str) -> float:
        """Return how many seconds the host of a page wants between two requests."""
        told = self._of(address).crawl_delay(TOKEN)
        return max(0.0, min(float(told or 0.0), LONGEST_DELAY))

    def sitemaps(self, address: str) -> tuple[str, ...]:
        """Return the sitemaps that the host of a page names."""
        return tuple(dict.fromkeys(self._of(address).sitemaps))

    def _of(self, address: str) -> Protego:
        parts = urlsplit(address)
        home = f"{parts.scheme}://{parts.netloc}"
        if home not in self._rules:
            self._rules[home] = Protego.parse(self._asked(f"{home}/robots.txt"))
        return self._rules[home]

    def _asked(self, address: str) -> str:
        try:
            answer = self.reach.get(address, accept=_NONE)
        except SourceDown as error:
            raise _down(address) from error
        except SourceRefused as error:
            if "status" in error.facts:
                raise _down(address) from error
            if "host" in error.facts:  # where we may not go at all
                raise
            return ""  # it leads on and on, or is too large to be one
        if answer.status in _NONE:
            return ""
        return answer.body[:LARGEST].decode("utf-8-sig", "replace")


def _down(address: str) -> SourceDown:
    return SourceDown(url=address, why="its robots.txt cannot be read now, so nothing else is")
