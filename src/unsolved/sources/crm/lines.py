"""Several rows of one key are one record: the lines of a deal, above all."""

from dataclasses import dataclass, field

from unsolved.sources.crm.amounts import Money
from unsolved.sources.crm.parties import Values
from unsolved.sources.model import Refusal


@dataclass(slots=True)
class Lines:
    """The rows of a key that came so far; ``line`` is where the first stands."""

    line: int
    key: str
    values: list[Values] = field(default_factory=list)
    received: dict[str, None] = field(default_factory=dict)
    count: int = 0

    def take(self, values: Values, received: str) -> None:
        """Add a row; one that came before adds nothing."""
        self.count += 1
        if received not in self.received:
            self.received[received] = None
            self.values.append(values)


def joined(lines: Lines, place: str, *, are_parts: bool) -> tuple[Values, str, Refusal | None]:
    """Return the values of all rows as one, and the rows as received.

    What the first row leaves open the next fills. Amounts are added up if they are parts.
    """
    values: Values = {}
    for each in lines.values:
        values = {**each, **values}
    refusal = None
    if are_parts and "amount" in values:
        whole = _sum(lines.values)
        if whole is None:
            del values["amount"]
            why = "its lines are in several currencies; it is kept without an amount"
            mend = "Export the amount in one currency"
            refusal = Refusal(place, why, mend, lines.line)
        else:
            values["amount"] = whole
    if len(lines.values) == 1:
        return values, next(iter(lines.received)), refusal
    values["lines"] = len(lines.values)
    return values, f"[{', '.join(lines.received)}]", refusal


def _sum(rows: list[Values]) -> Money | None:
    told = [(row["amount"], row.get("currency")) for row in rows if "amount" in row]
    currencies = {currency or money.currency for money, currency in told}
    if len(currencies) > 1:
        return None
    whole = round(sum(money.amount for money, _ in told), 6)
    return Money(whole, told[0][0].currency)
