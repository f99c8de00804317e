"""Part of a long answer, and where the rest begins."""

from typing import Generic, TypeVar

from pydantic import BaseModel

Item = TypeVar("Item")


class PageOut(BaseModel, Generic[Item]):
    """Some of what was asked for, how many there are in all, and where the next begin."""

    items: list[Item]
    total: int
    next_offset: int | None


def after(offset: int, shown: int, total: int) -> int | None:
    """Return where the next page begins, or None when this was the last."""
    end = offset + shown
    return end if shown and end < total else None
