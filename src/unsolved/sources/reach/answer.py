"""What comes back from another machine, and what it says about itself."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime


@dataclass(frozen=True, slots=True)
class Answer:
    """What came: the address it came from in the end, and names of headers in small letters."""

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes = field(repr=False)

    @property
    def media_type(self) -> str:
        """The type without its parameters, or nothing."""
        told = self.headers.get("content-type", "").partition(";")[0]
        return told.partition(",")[0].strip().casefold()


def headers_of(told: Iterable[tuple[bytes, bytes]]) -> dict[str, str]:
    """Return headers by their names in small letters; what is there twice is joined."""
    got: dict[str, str] = {}
    for name, value in told:
        key, text = name.decode("latin-1").casefold(), value.decode("latin-1")
        got[key] = f"{got[key]}, {text}" if key in got else text
    return got


def why_not(status: int) -> str:
    """Return in words what a status says that is no answer."""
    return {
        401: "it asks who we are, and does not take what we say",
        403: "it does not let us in",
        404: "there is nothing at that address",
        410: "it is gone",
        429: "it says that we ask too often",
    }.get(status, f"it answers with status {status}")


def asked_to_wait(headers: Mapping[str, str]) -> float | None:
    """Return how many seconds the other side asks us to wait, if it does."""
    told = headers.get("retry-after", "").strip()
    if told.isdecimal():
        return float(told)
    try:
        # By its clock and not by ours, which may be wrong.
        sent = parsedate_to_datetime(headers.get("date", ""))
        return max(0.0, (parsedate_to_datetime(told) - sent).total_seconds())
    except (ValueError, TypeError, OverflowError):
        return None
