"""Reads moments and lengths as recorders write them."""

import math
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime

LONGEST = 30 * 24 * 3600.0  # seconds; no call lasts longer
_MILLISECONDS_FROM = 100_000_000_000  # a moment since 1970 beyond this is in milliseconds
CLOCK = r"(?:\d{1,3}:)?\d{1,3}:\d{1,2}(?:[.,]\d{1,9})?"
_CLOCK = re.compile(r"(?:(\d{1,3}):)?(\d{1,3}):(\d{1,2})(?:[.,](\d{1,9}))?")
_NUMBER = re.compile(r"\d{1,10}(?:\.\d{1,9})?")
_LENGTH = re.compile(
    r"P?T?(?:(\d{1,4})\s*h)?\s*(?:(\d{1,5})\s*m(?:in)?)?\s*(?:(\d{1,7}(?:\.\d{1,9})?)\s*s)?",
    re.IGNORECASE,
)
_DAY = re.compile(r"(?<!\d)(\d{4})-?(\d{2})-?(\d{2})(?!\d)")
_IN_FILE_NAME = re.compile(r"GMT(\d{8})-(\d{6})(?!\d)")  # as Zoom calls its files


def clock(told: str) -> float | None:
    """Return the seconds on a clock, or None when it shows no time.

    >>> clock("01:02:03.5"), clock("2:03"), clock("00:00:10,250"), clock("0:75")
    (3723.5, 123.0, 10.25, None)
    """
    found = _CLOCK.fullmatch(told.strip())
    if found is None:
        return None
    hours, minutes, seconds = (int(part or 0) for part in found.groups()[:3])
    if seconds > 59 or (found.group(1) and minutes > 59):  # noqa: PLR2004
        return None
    return _bounded(hours * 3600 + minutes * 60 + seconds + float(f"0.{found.group(4) or 0}"))


def seconds(told: object) -> float | None:
    """Return a time within a call, or a length: a number, a clock, ``PT1M2S``, ``12.5s``.

    >>> seconds(12), seconds("12.5"), seconds("PT1M2S"), seconds("1.5s"), seconds(float("nan"))
    (12.0, 12.5, 62.0, 1.5, None)
    """
    if isinstance(told, bool):
        return None
    if isinstance(told, int | float):
        return _bounded(told)
    if isinstance(told, Mapping) and "seconds" in told:  # a protobuf Duration
        whole, part = seconds(told["seconds"]), seconds(told.get("nanos", 0))
        return None if whole is None or part is None else _bounded(whole + part / 1e9)
    return _written(told.strip()) if isinstance(told, str) else None


def moment(told: object) -> datetime | None:
    """Return a moment: ISO 8601, or seconds or milliseconds since 1970. Without a zone: UTC.

    >>> moment("2024-03-05T14:00:00+01:00").isoformat(), moment("2024-03-05")
    ('2024-03-05T14:00:00+01:00', None)
    """
    if isinstance(told, bool):
        return None
    if isinstance(told, str) and re.fullmatch(r"\d{9,13}", told.strip()):
        told = int(told)
    if isinstance(told, int | float):
        return _since_1970(told)
    if not isinstance(told, str) or not re.match(r"\d{4}-\d\d-\d\d[T ]\d", told.strip()):
        return None
    try:
        found = datetime.fromisoformat(told.strip().replace(" UTC", "Z"))
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def day(told: object) -> date | None:
    """Return the day that a text names, as 2024-03-05 or 20240305.

    >>> day("Call 2024-03-05 with Acme")
    datetime.date(2024, 3, 5)
    """
    found = _DAY.search(told) if isinstance(told, str) else None
    try:
        return date(*(int(part) for part in found.groups())) if found else None
    except ValueError:
        return None


def moment_in_name(name: str) -> datetime | None:
    """Return when a recording began, where the name of its file says so as Zoom's do.

    >>> moment_in_name("GMT20240305-140000_Recording.transcript.vtt").isoformat()
    '2024-03-05T14:00:00+00:00'
    """
    found = _IN_FILE_NAME.search(name)
    try:
        written = f"{found.group(1)}{found.group(2)}+0000" if found else ""
        return datetime.strptime(written, "%Y%m%d%H%M%S%z")
    except ValueError:
        return None


def _written(told: str) -> float | None:
    if (on_clock := clock(told)) is not None:
        return on_clock
    if _NUMBER.fullmatch(told):
        return _bounded(float(told))
    found = _LENGTH.fullmatch(told)
    if found is None or not any(found.groups()):
        return None
    hours, minutes, rest = (float(part or 0) for part in found.groups())
    return _bounded(hours * 3600 + minutes * 60 + rest)


def _since_1970(told: float) -> datetime | None:
    try:
        since = told / 1000 if abs(told) >= _MILLISECONDS_FROM else told
        return datetime.fromtimestamp(since, UTC) if since > 0 else None
    except (ValueError, OverflowError, OSError):
        return None


def _bounded(told: float) -> float | None:
    try:
        found = float(told)
    except OverflowError:
        return None
    return found if math.isfinite(found) and 0 <= found <= LONGEST else None
