"""What the cells of a column look like, where its name does not say what it means."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC
from enum import StrEnum

from unsolved.sources.crm.amounts import COMMA, POINT, BadCellError, is_missing, money_of
from unsolved.sources.crm.moments import DAY_FIRST, MONTH_FIRST, moment_of
from unsolved.sources.crm.readings import email_of

FEWEST = 3  # filled cells before a look counts
MOST_OF_THEM = 0.9
LONG = 80  # characters: a text and not a name
_DOMAIN = re.compile(r"(?:https?://)?(?:[\w-]+\.)+[a-z]{2,10}(?:/\S*)?", re.IGNORECASE)
_PHONE = re.compile(r"(?:\+|00|\()[\d\s()./-]{6,20}(?:x\d+)?")
_LEGAL = re.compile(
    r"\b(?:inc|corp|ltd|llc|plc|gmbh|ag|kg|s\.?a\.?(?:s|r\.l)?\.?|s\.?r\.?l\.?|b\.?v\.?|n\.?v\.?|oy|ab|as"
    r"|company|group|holding)\b\.?$",
    re.IGNORECASE,
)
_SYMBOL = re.compile(r"[€$£¥]|\b(?:EUR|USD|GBP|CHF)\b")


class Look(StrEnum):
    """What cells can look like."""

    EMAIL = "e-mail addresses"
    DOMAIN = "domains"
    MOMENT = "dates"
    MONEY = "money"
    PHONE = "telephone numbers"
    LEGAL = "names of companies"
    LONG = "long texts"
    KEY = "keys, each once"


def look_of(cells: Sequence[str]) -> Look | None:
    """Return what the cells of a column look like, or None when that tells nothing."""
    filled = [cell.strip() for cell in cells if cell.strip() and not is_missing(cell)]
    if len(filled) < FEWEST:
        return None
    for look, test in _TESTS.items():
        if sum(map(test, filled)) >= MOST_OF_THEM * len(filled):
            return look
    if sum(bool(_LEGAL.search(cell)) for cell in filled) * 2 > len(filled):
        return Look.LEGAL
    if sum(len(cell) > LONG for cell in filled) * 2 > len(filled):
        return Look.LONG
    is_once = len(set(filled)) == len(filled) and len(filled) == len(cells)
    if is_once and all(cell.isalnum() and any(map(str.isdigit, cell)) for cell in filled):
        return Look.KEY
    return None


def _is_email(cell: str) -> bool:
    return "@" in cell and _read(email_of, cell)


def _is_moment(cell: str) -> bool:
    if cell.isdecimal() or not any(map(str.isdigit, cell)):
        return False
    return any(
        _read(lambda told, order=order: moment_of(told, order, UTC), cell)  # type: ignore[misc]
        for order in (DAY_FIRST, MONTH_FIRST)
    )


def _is_money(cell: str) -> bool:
    return bool(_SYMBOL.search(cell)) and any(
        _read(lambda told, sign=sign: money_of(told, sign), cell)  # type: ignore[misc]
        for sign in (POINT, COMMA)
    )


def _read(read: Callable[[str], object], cell: str) -> bool:
    try:
        return read(cell) is not None
    except BadCellError:
        return False


_TESTS: Mapping[Look, Callable[[str], bool]] = {
    Look.EMAIL: _is_email,
    Look.MOMENT: _is_moment,
    Look.MONEY: _is_money,
    Look.PHONE: lambda cell: bool(_PHONE.fullmatch(cell)),
    Look.DOMAIN: lambda cell: bool(_DOMAIN.fullmatch(cell)),
}
