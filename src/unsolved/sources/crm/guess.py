"""Guesses what a table holds and what its columns mean, and says why."""

from collections.abc import Mapping as Map
from collections.abc import Sequence
from dataclasses import dataclass, field

from unsolved.sources.crm.fields import Object, field_of
from unsolved.sources.crm.layouts import ANY, Layout, Links, Names, Table, layouts
from unsolved.sources.crm.looks import Look, look_of
from unsolved.sources.crm.mapping import NOTHING, Mapping, Told
from unsolved.sources.crm.naming import plain, signature, without_unit
from unsolved.sources.crm.others import UNKNOWN, Other, other_in, said_of

STAR = 3
FILE = 2
LEAST = 3  # points that a table must have to be taken for one
SETTLED = 100
NAMELESS = 3  # points that a table of deals or organisations lacks without their names
_MISSING = {
    Object.ORGANISATIONS: ({"name", "domain"},),
    Object.PEOPLE: ({"name", "first_name", "last_name", "email"},),
    Object.DEALS: ({"name", "key"}, {"name", "amount", "stage", "closed", "created"}),
    Object.STAGES: ({"deal_key", "deal"}, {"stage"}, {"at"}),
    Object.ACTIVITIES: ({"at", "created"}, {"subject", "text", "type"}),
}
"""Of each of these a table must have one, or it is not guessed to be of that object."""

_NAMED = {Object.ORGANISATIONS, Object.DEALS}

_LOOKS: Map[Look, Map[Object, str]] = {
    Look.EMAIL: {
        Object.PEOPLE: "email",
        Object.ACTIVITIES: "person_email",
        Object.DEALS: "person_email",
    },
    Look.DOMAIN: {
        Object.ORGANISATIONS: "domain",
        Object.PEOPLE: "organisation_domain",
        Object.DEALS: "organisation_domain",
        Object.ACTIVITIES: "organisation_domain",
    },
    Look.MOMENT: {Object.ACTIVITIES: "at", Object.STAGES: "at"},
    Look.MONEY: {Object.DEALS: "amount", Object.STAGES: "amount"},
    Look.PHONE: {Object.ORGANISATIONS: "phone", Object.PEOPLE: "phone"},
    Look.LEGAL: {
        Object.ORGANISATIONS: "name",
        Object.PEOPLE: "organisation",
        Object.DEALS: "organisation",
        Object.ACTIVITIES: "organisation",
    },
    Look.LONG: {
        Object.ACTIVITIES: "text",
        Object.DEALS: "about",
        Object.ORGANISATIONS: "about",
    },
    Look.KEY: {thing: "key" for thing in Object if thing is not Object.STAGES},
}
Found = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Guess:
    """What a table was taken for: ``object`` with a field for each column, and why.

    ``other`` says that it holds links, names of keys, or nothing of ours; ``reasons`` are by
    column; ``confidence`` lies between 0 and 1.
    """

    object: Object | None = None
    layout: str = ANY
    columns: Map[str, str] = field(default_factory=dict)
    reasons: Map[str, str] = field(default_factory=dict)
    confidence: float = 0.0
    why: str = ""
    other: Other | None = None

    @property
    def is_used(self) -> bool:
        """Whether the table helps to read others, or is read itself."""
        return self.object is not None or isinstance(self.other, Links | Names)

    def mapping(self, head: Sequence[str], told: Told) -> Mapping:
        """Return it as it is kept.

        Raises:
            ValueError: it is none.
        """
        if self.object is None:
            raise ValueError("a table of nothing has no mapping")
        return Mapping(
            object=self.object,
            columns={column: self.columns.get(column, NOTHING) for column in head},
            layout=self.layout,
            dates=told.dates,
            numbers=told.numbers,
            timezone=told.timezone,
            signature=signature(head),
        )


def guess(head: Sequence[str], rows: Sequence[Sequence[str]], file: str, told: Told) -> Guess:
    """Return what a table holds, by its columns, its first rows, and the name of its file.

    What a person told holds; the rest is guessed.
    """
    told = told.for_table(signature(head))
    names = [plain(column) for column in head]
    if told.object is None and not told.columns:
        for layout in layouts().values():
            if other := other_in(layout, frozenset(names)):
                return Guess(
                    layout=layout.name, other=other, why=said_of(other), confidence=1.0
                )
    stem = plain(file.rpartition("/")[2].partition(".")[0] + " " + file.partition(": ")[2])
    called = _Head(head)
    tried = [
        _Trial(layout, thing, called, stem, told)
        for layout in layouts().values()
        if not told.layout or layout.name in {told.layout, ANY}
        for thing in ([told.object] if told.object else Object)
    ]
    best = max(tried, key=lambda trial: trial.points)
    return best.guess(rows, max((t.points for t in tried if t.thing != best.thing), default=0))


class _Head:
    """The columns of a table, and those that go by a plain name."""

    def __init__(self, columns: Sequence[str]) -> None:
        self.columns = columns
        self.called: dict[str, list[str]] = {}
        for column in columns:
            for name in dict.fromkeys((plain(column), plain(without_unit(column)))):
                self.called.setdefault(name, []).append(column)


class _Trial:
    """One object in one layout, tried on a head."""

    def __init__(
        self, layout: Layout, thing: Object, head: _Head, stem: str, told: Told
    ) -> None:
        self.layout, self.thing, self.told = layout, thing, told
        self.head, self.called = head.columns, head.called
        self.columns: dict[str, str] = {}
        self.reasons: dict[str, str] = {}
        self.points = 0.0
        table, general = layout.table(thing), layouts()[ANY].table(thing)
        self._take_told()
        for each, name in ((table, layout.name), (general, ANY)):
            if each is not None:
                self._take_named(each, name)
        self._take_currency()
        plains = head.called.keys()
        told_by_layout = len(plains & layout.tells)
        if table is not None:
            if table.files.search(stem):
                self.points += FILE if self.points else 0
            if any(names <= plains for names in table.all):
                self.points += SETTLED
                told_by_layout += 1
        self.points += min(told_by_layout, 3) * 0.5
        if told.object is None and not self._has_all():
            self.points = 0
        if thing in _NAMED and "name" not in self.columns.values():
            self.points -= NAMELESS
        if layout.name == told.layout:
            self.points *= 2
        elif not told_by_layout and layout.name != ANY:
            self.points = 0

    def _has_all(self) -> bool:
        has = set(self.columns.values())
        return all(has & needed for needed in _MISSING[self.thing])

    def _take_told(self) -> None:
        for told, name in self.told.columns.items():
            if name and field_of(self.thing, name) is None:
                continue
            exact = [told] if told in self.head else self.called.get(plain(told), ())
            for column in exact:
                self.columns[column], self.reasons[column] = name, "told"
                self.points += SETTLED if name else 0

    def _take_named(self, table: Table, layout: str) -> None:
        """Take for each field the column with its best name, or all if it may have many."""
        for name, synonyms in table.names.items():
            field = field_of(self.thing, name)
            assert field is not None
            is_taken = name in self.columns.values()
            for synonym in synonyms:
                if is_taken and not field.many:
                    break
                for column in self.called.get(synonym, ()):
                    if column in self.columns or (is_taken and not field.many):
                        continue
                    points = (1 + STAR * table.stars.get(synonym, 0)) if not is_taken else 0.5
                    self.points += points if layout != ANY else points * 0.75
                    self.columns[column] = name
                    self.reasons[column] = f"named so in the layout {layout}"
                    is_taken = True

    def _take_currency(self) -> None:
        """Prefer the currency that stands beside the amount, by its name."""
        amount = next((c for c, name in self.columns.items() if name == "amount"), None)
        beside = self.called.get(f"{plain(amount)} currency", ()) if amount else ()
        for column in beside:
            if self.reasons.get(column) != "told":
                taken = [c for c, name in self.columns.items() if name == "currency"]
                for other in taken:
                    self.columns[other] = NOTHING
                self.columns[column] = "currency"
                self.reasons[column] = f"named after {amount}"

    def guess(self, rows: Sequence[Sequence[str]], second: float) -> Guess:
        """Return it as a guess; what is not named yet is taken by its looks."""
        if self.told.object is None and self.points < LEAST:
            looked = self._by_looks_alone(rows)
            if looked is None:
                return Guess(why=UNKNOWN)
            return looked
        if self.told.object is None and self.points <= second:
            why = f"it could be {self.thing} or something else"
            return Guess(why=why)
        self._take_looks(rows, self.thing)
        confidence = self.points / (self.points + second) if self.points else 0.5
        return Guess(
            object=self.thing,
            layout=self.layout.name,
            columns=self.columns,
            reasons=self.reasons,
            confidence=1.0 if self.told.object else round(confidence, 2),
            why="told" if self.told.object else f"its columns are those of {self.thing}",
        )

    def _take_looks(self, rows: Sequence[Sequence[str]], thing: Object) -> None:
        for number, column in enumerate(self.head):
            if column in self.columns:
                continue
            look = look_of([row[number] for row in rows if number < len(row)])
            name = _LOOKS.get(look, {}).get(thing) if look else None
            if name and name not in self.columns.values():
                self.columns[column] = name
                self.reasons[column] = f"its cells look like {look}"

    def _by_looks_alone(self, rows: Sequence[Sequence[str]]) -> Guess | None:
        """Return the guess for a table whose columns have names that nobody knows."""
        looks = {
            look_of([row[n] for row in rows if n < len(row)]) for n in range(len(self.head))
        }
        for needed, thing in _ALONE:
            if needed <= looks:
                trial = _Trial(layouts()[ANY], thing, _Head(self.head), "", self.told)
                trial._take_looks(rows, thing)
                return Guess(
                    object=thing,
                    columns=trial.columns,
                    reasons=trial.reasons,
                    confidence=0.3,
                    why=f"its cells look like those of {thing}",
                )
        return None


_ALONE = (
    (frozenset({Look.LONG, Look.MOMENT}), Object.ACTIVITIES),
    (frozenset({Look.MONEY, Look.LEGAL}), Object.DEALS),
    (frozenset({Look.EMAIL}), Object.PEOPLE),
    (frozenset({Look.LEGAL}), Object.ORGANISATIONS),
    (frozenset({Look.DOMAIN}), Object.ORGANISATIONS),
)
