"""Days and counts in words."""

from datetime import date


def day(value: date | None) -> str:
    """Return a day as people say it.

    >>> day(date(2026, 5, 3)), day(None)
    ('3 May 2026', 'no day')
    """
    return f"{value.day} {value:%b %Y}" if value else "no day"


def counted(count: int, one: str, many: str = "") -> str:
    """Return a count with its noun.

    >>> counted(1, "day"), counted(3, "day")
    ('1 day', '3 days')
    """
    return f"{count:,} {one if count == 1 else many or one + 's'}"
