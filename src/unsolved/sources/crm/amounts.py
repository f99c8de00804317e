"""Numbers and money as the world writes them: which sign parts the decimals is a column's own.

A cell such as ``1,234.56`` or ``12,5`` can be read in one way only; ``1,234`` cannot, and takes
the sign that the rest of its column uses.
"""

import re
from dataclasses import dataclass
from functools import cache

from unsolved.sources.crm.words import missing, words

POINT, COMMA = "point", "comma"
LARGEST = 10**18
_SPACES = re.compile(r"[\s\u00a0\u2009\u202f]")
_SIGNS = ".,-"
_MINUS = str.maketrans({"\u2212": "-", "\u2013": "-", "\u2019": "'"})
_EVEN = re.compile(r"(?<=\d)[.,]\s*-+(?=\s*\D*$)")  # "5,-" is five
_CORE = re.compile(r"\d(?:[\d.,' \u00a0\u2009\u202f]*\d)?(?:e[-+]?\d{1,3})?", re.IGNORECASE)
_GROUPED = {
    sign: re.compile(
        rf"[1-9]\d{{0,2}}(?:{re.escape(sign)}\d{{3}})+"
        rf"|[1-9]\d?(?:{re.escape(sign)}\d{{2}})+{re.escape(sign)}\d{{3}}"  # 1,23,45,678
    )
    for sign in ".,"
}
_PLAIN = re.compile(r"-?\d{1,15}(?:\.\d{1,12})?")
_PLAIN_WHOLE = re.compile(r"\d{1,15}")
_THREE = 3
_ABOUT = re.compile(r"(?:about|approx\.?|approximately|around|some|over|ca?\.|circa|[~>≈])\s*")
_HEADS = re.compile(
    r"(\d{1,3}(?:[,.'\s]\d{3})+|\d+)(?:\.0+)?\s*\+?\s*(?:employees|people|staff)?"
)
MOST_HEADS = 100_000_000


class BadCellError(ValueError):
    """A cell cannot be read: ``why`` it cannot, and ``mend``."""

    def __init__(self, why: str, mend: str) -> None:
        super().__init__(why)
        self.why, self.mend = why, mend


@dataclass(frozen=True, slots=True)
class Money:
    """An amount, and its currency where the cell says it."""

    amount: int | float
    currency: str | None = None


def decimals_of(cell: str) -> str | None:
    """Return which sign parts the decimals of a cell, or None when it does not show.

    >>> decimals_of("1.234,56 €"), decimals_of("12.5"), decimals_of("1.234"), decimals_of("7")
    ('comma', 'point', None, None)
    """
    found = _CORE.search(cell)
    if found is None:
        return None
    core = _SPACES.sub("", found.group())
    points, commas = core.count("."), core.count(",")
    if points and commas:
        return POINT if core.rfind(".") > core.rfind(",") else COMMA
    if points + commas == 0:
        return None
    sign, other = (".", COMMA) if points else (",", POINT)
    if points + commas > 1:
        return other if _GROUPED[sign].fullmatch(core) else None
    before, _, after = core.partition(sign)
    if (
        len(after) == _THREE
        and 0 < len(before) <= _THREE
        and before != "0"
        and " " not in found.group()
    ):
        return None
    return POINT if points else COMMA


def is_open(cell: str) -> bool:
    """Whether a cell has a sign that could part thousands or decimals."""
    return (
        ("." in cell or "," in cell) and decimals_of(cell) is None and bool(_CORE.search(cell))
    )


def number_of(cell: str, decimals: str) -> int | float:
    """Return the number in a cell, read with that sign for decimals.

    Raises:
        BadCellError: it is none, or is written with the other sign.
    """
    return money_of(cell, decimals).amount


def money_of(cell: str, decimals: str) -> Money:
    """Return the amount and the currency in a cell, read with that sign for decimals.

    >>> money_of("$1.2M", "point"), money_of("(1.234,50 €)", "comma")
    (Money(amount=1200000, currency='USD'), Money(amount=-1234.5, currency='EUR'))

    Raises:
        BadCellError: it is none, or is written with the other sign.
    """
    text = _EVEN.sub("", cell.strip().translate(_MINUS))
    negative = text.startswith("(") and text.endswith(")")
    if negative:
        text = text[1:-1].strip()
    found = _CORE.search(text)
    if found is None:
        raise _bad(cell, "is no amount")
    before, after = text[: found.start()].strip(), text[found.end() :].strip()
    core = found.group()
    if before.endswith(".") and not before[:-1].strip(" -+"):  # ".5", not "Rs. 500"
        before, core = before[:-1].strip(), f"0.{core}"
    if any(char.isdigit() for char in before + after):
        raise _bad(cell, "is no amount")
    negative ^= any("-" in (part[:1], part[-1:]) for part in (before, after))
    times, currency = _around(before.strip("-+ "), after.strip("- "), cell)
    value = _value(core, decimals, cell) * times
    if not -LARGEST < value < LARGEST:
        raise _bad(cell, "is larger than any amount")
    amount = round(value, 10) if isinstance(value, float) else value
    if isinstance(amount, float) and amount.is_integer():
        amount = int(amount)
    return Money(-amount if negative else amount, currency)


def plain_number(cell: str) -> int | float | None:
    """Return a number written as programs do, or None when it is written otherwise.

    >>> plain_number("1200"), plain_number("-12.50"), plain_number("1.234")
    (1200, -12.5, None)
    """
    if _PLAIN_WHOLE.fullmatch(cell):
        return int(cell)
    if _PLAIN.fullmatch(cell) and decimals_of(cell) == POINT:
        value = float(cell)
        return int(value) if value.is_integer() else value
    return None


def count_of(cell: str) -> int:
    """Return a number of people, however it is grouped.

    >>> count_of("about 17,600"), count_of("1 200")
    (17600, 1200)

    Raises:
        BadCellError: it is none.
    """
    text = cell.casefold().strip()
    about = _ABOUT.match(text)
    heads = _HEADS.fullmatch(text[about.end() :] if about else text)
    if heads is None:
        raise BadCellError(
            f"{shown(cell)} is no whole number", "Write a number, for example 17600"
        )
    digits = re.sub(r"\D", "", heads.group(1))
    if len(digits) > len(str(MOST_HEADS)) or int(digits) > MOST_HEADS:
        raise BadCellError(f"{shown(cell)} is more than there are", "Correct it")
    return int(digits)


def currency_of(told: str) -> str:
    """Return a currency by its three letters where we know them, else as it is told.

    >>> currency_of("eur"), currency_of("€"), currency_of("EUR - Euro")
    ('EUR', 'EUR', 'EUR')
    """
    text = told.strip()
    if len(text) == _THREE and text.isalpha() and text.isascii():
        return text.upper()
    named = words()["currencies"].get(text.casefold())
    if named:
        return str(named)
    code = re.search(r"\b[A-Z]{3}\b", text)
    return code.group() if code else text


def shown(cell: str) -> str:
    """Return a cell as it is quoted to a person: not all of a long one."""
    text = cell if len(cell) <= _LONGEST_SHOWN else f"{cell[:_LONGEST_SHOWN]}…"
    return repr(text)


_LONGEST_SHOWN = 60


def _value(core: str, decimals: str, cell: str) -> int | float:
    text = _SPACES.sub("", core).replace("'", "")
    mantissa, _, power = text.lower().partition("e")
    thousands, point = (",", ".") if decimals == POINT else (".", ",")
    whole, sign, fraction = mantissa.partition(point)
    if thousands in fraction or (
        thousands in whole and not _GROUPED[thousands].fullmatch(whole)
    ):
        mend = f"Write it with a {decimals} for decimals, or say which sign the file uses"
        raise BadCellError(f"{shown(cell)} is no number with a {decimals} for decimals", mend)
    digits = whole.replace(thousands, "")
    if not digits.isdecimal() or (sign and not fraction.isdecimal()):
        raise _bad(cell, "is no number")
    if not sign and not power:
        return int(digits)
    return float(f"{digits}.{fraction or 0}e{power or 0}")


def _around(before: str, after: str, cell: str) -> tuple[int, str | None]:
    """Return what an amount is times, and in which currency, by what stands around it."""
    times, currency = 1, None
    for part in re.findall(r"[^\s\d]+\.?", f"{before} {after}"):
        multiple, code = _multiples().get(part.casefold()), _currency(part)
        if multiple:
            times *= multiple
        elif code:
            currency = currency or code
        elif part.strip(_SIGNS) and (glued := _glued(part)):
            times, currency = times * glued[0], currency or glued[1]
        elif part.strip(_SIGNS):
            raise _bad(cell, "is no amount")
    return times, currency


def _glued(part: str) -> tuple[int, str] | None:
    """Return multiple and currency where no space parts them: ``M€``, ``k$``."""
    for cut in range(1, len(part)):
        for one, other in ((part[:cut], part[cut:]), (part[cut:], part[:cut])):
            multiple, code = _multiples().get(one.casefold()), _currency(other)
            if multiple and code:
                return multiple, code
    return None


def _currency(part: str) -> str | None:
    named = words()["currencies"].get(part.casefold())
    if named:
        return str(named)
    return part.upper() if len(part) == _THREE and part.isalpha() and part.isascii() else None


@cache
def _multiples() -> dict[str, int]:
    return dict(words()["multiples"])


def is_missing(cell: str) -> bool:
    """Whether a cell says that there is nothing."""
    return cell.strip().casefold() in missing()


def _bad(cell: str, why: str) -> BadCellError:
    return BadCellError(f"{shown(cell)} {why}", "Correct it, or leave the cell empty")
