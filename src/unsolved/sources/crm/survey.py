"""What only a whole table shows: how its columns write, and which keys come again."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from unsolved.sources.crm import amounts, moments
from unsolved.sources.crm.amounts import POINT
from unsolved.sources.crm.fields import Object, Sort, field_of
from unsolved.sources.crm.marks import Marks, ident_of
from unsolved.sources.model import Refusal
from unsolved.sources.sheets import Row

FIRST = 1_000  # rows in which every column is looked at; afterwards only those still open
SURE = 5  # cells that show it, and hardly any against them
_SORTS = {Sort.MOMENT, Sort.MONEY, Sort.SHARE}


@dataclass(slots=True)
class Column:
    """What the cells of a column showed so far."""

    sort: Sort
    shown: dict[str, int] = field(default_factory=dict)
    open: int = 0
    over_one: int = 0

    def look(self, cell: str) -> None:
        """Take a cell into account."""
        if self.sort is Sort.MOMENT:
            told = moments.order_of(cell)
            self.open += told is None and moments.is_open(cell)
        else:
            if self.sort is Sort.SHARE and not self.over_one:
                self._weigh(cell)
            if "." not in cell and "," not in cell:
                return
            told = amounts.decimals_of(cell)
            self.open += told is None and amounts.is_open(cell)
        if told:
            self.shown[told] = self.shown.get(told, 0) + 1

    def _weigh(self, cell: str) -> None:
        try:
            number = amounts.number_of(cell.rstrip("% "), POINT)
        except amounts.BadCellError:
            return
        self.over_one += number > 1 and not cell.rstrip().endswith("%")

    @property
    def answer(self) -> str | None:
        """What most of the cells show that show anything."""
        return max(self.shown, key=lambda told: self.shown[told]) if self.shown else None

    @property
    def is_sure(self) -> bool:
        """Whether looking at more cells would hardly change the answer."""
        total = sum(self.shown.values())
        if self.sort is Sort.MOMENT and not total and not self.open:
            return True  # dates that say it themselves
        return total >= SURE and max(self.shown.values()) * 10 >= total * 9


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """What the rows of a table showed.

    ``repeated`` has the keys that stand in more than one row, and in how many; ``has_lines``
    says that the rows of one key have amounts of their own, which add up to the whole.
    ``is_whole`` is false where only the first rows were looked at, which was enough.
    """

    columns: Mapping[int, Column]
    repeated: Mapping[str, int] = field(default_factory=dict)
    has_lines: bool = False
    rows: int = 0
    is_whole: bool = True

    @property
    def is_sure(self) -> bool:
        """Whether more rows would show nothing new."""
        return not self.repeated and all(column.is_sure for column in self.columns.values())


def survey_of(
    rows: Iterable[Row | Refusal], thing: Object, fields: Sequence[str], size: int
) -> Survey:
    """Look at rows; ``fields`` are those of the columns, in order.

    Memory does not grow with the rows: ``repeated`` has the keys that *may* have come twice,
    and `counted` then says which did.
    """
    columns = {
        number: Column(found.sort)
        for number, name in enumerate(fields)
        if name and (found := field_of(thing, name)) and found.sort in _SORTS
    }
    key = fields.index("key") if "key" in fields else -1
    marks = Marks(size)
    repeated: dict[str, int] = {}
    looked = list(columns.items())
    count = 0
    for row in rows:
        if isinstance(row, Refusal):
            continue
        cells = row[1]
        count += 1
        for number, column in looked:
            if number < len(cells) and (cell := cells[number]):
                column.look(cell)
        ident = ident_of(cells, key)
        if marks.is_old(ident):
            repeated[ident] = 0
        if count == FIRST:
            looked = [(n, column) for n, column in looked if not column.is_sure]
    return Survey(columns=columns, repeated=repeated, rows=count)


def counted(survey: Survey, rows: Iterable[Row | Refusal], fields: Sequence[str]) -> Survey:
    """Count how often each key comes that may come again; see whether amounts are parts."""
    if not survey.repeated:
        return survey
    key = fields.index("key") if "key" in fields else -1
    amount = fields.index("amount") if "amount" in fields else -1
    counts = dict(survey.repeated)
    first: dict[str, str] = {}
    has_lines = False
    for row in rows:
        if isinstance(row, Refusal):
            continue
        cells = row[1]
        ident = ident_of(cells, key)
        if ident in counts:
            counts[ident] += 1
            told = cells[amount] if 0 <= amount < len(cells) else ""
            has_lines = has_lines or first.setdefault(ident, told) != told
    again = {ident: count for ident, count in counts.items() if count > 1}
    return replace(survey, repeated=again, has_lines=has_lines)
