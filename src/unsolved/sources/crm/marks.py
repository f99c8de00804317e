"""Marks what was met, in little memory: what is not marked is surely new."""

from collections.abc import Iterator, Sequence

from unsolved.sources.model import Refusal
from unsolved.sources.sheets import Row, Sheet

SEPARATOR = "\x1f"  # no cell has it: control characters go when a file is read
_BIT = tuple(1 << number for number in range(8))
_BITS_A_ROW, _BYTES_A_ROW = 64, 50
_FEWEST, _MOST = 1 << 16, 1 << 29  # bits; 64 MB at most


def ident_of(cells: Sequence[str], key: int) -> str:
    """Return what a row is told apart by: its key, or all of it where it has none."""
    told = cells[key] if 0 <= key < len(cells) else ""
    return told or SEPARATOR.join(cells).rstrip(SEPARATOR)


class Marks:
    """A Bloom filter (Bloom 1970, doi:10.1145/362686.362692) sized for the rows of a file."""

    def __init__(self, bytes_in_file: int) -> None:
        wanted = bytes_in_file // _BYTES_A_ROW * _BITS_A_ROW
        bits = min(max(1 << wanted.bit_length(), _FEWEST), _MOST)
        self._bits, self._mask = bytearray(bits >> 3), bits - 1

    def is_old(self, ident: str) -> bool:
        """Mark it; return whether it may have been marked before."""
        number = hash(ident)
        bits, mask = self._bits, self._mask
        one, two, three = number & mask, (number >> 17) & mask, (number >> 34) & mask
        first, second, third = _BIT[one & 7], _BIT[two & 7], _BIT[three & 7]
        one, two, three = one >> 3, two >> 3, three >> 3
        if bits[one] & first and bits[two] & second and bits[three] & third:
            return True
        bits[one] |= first
        bits[two] |= second
        bits[three] |= third
        return False


def repeated_in(sheet: Sheet, key: int) -> dict[str, int]:
    """Return which keys of a table stand in more than one row, and in how many.

    It is read twice, so that only keys that may have come twice need be held.
    """
    marks = Marks(sheet.size)
    idents = (ident_of(cells, key) for _, cells in good_rows(sheet))
    counts = dict.fromkeys(filter(marks.is_old, idents), 0)
    if counts:
        for _, cells in good_rows(sheet):
            ident = ident_of(cells, key)
            if ident in counts:
                counts[ident] += 1
    return {ident: count for ident, count in counts.items() if count > 1}


def good_rows(sheet: Sheet) -> Iterator[Row]:
    """Yield the rows of a table that could be read."""
    return (row for row in sheet.rows() if not isinstance(row, Refusal))
