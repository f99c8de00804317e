"""Tables on a terminal, in Markdown, so that they can be kept as they are."""

from collections.abc import Sequence

Cell = str | int | float | None


def show(title: str, head: Sequence[str], rows: Sequence[Sequence[Cell]]) -> None:
    """Print a table under its title; what is no text stands at the right."""
    told = [[_told(cell) for cell in row] for row in rows]
    widths = [
        max([len(name), 3, *(len(row[at]) for row in told)]) for at, name in enumerate(head)
    ]
    right = [
        all(not isinstance(row[at], str) for row in rows) and bool(rows)
        for at in range(len(head))
    ]
    print(f"\n{title}\n")
    print(_line(head, widths, right))
    rules = (
        "-" * (width - 1) + ":" if to_right else "-" * width
        for width, to_right in zip(widths, right, strict=True)
    )
    print(f"| {' | '.join(rules)} |")
    for row in told:
        print(_line(row, widths, right))


def _told(cell: Cell) -> str:
    if cell is None:
        return "-"
    if isinstance(cell, float):
        return f"{cell:,.0f}" if abs(cell) >= 1000 else f"{cell:.2f}"
    return f"{cell:,}" if isinstance(cell, int) else cell


def _line(cells: Sequence[str], widths: Sequence[int], right: Sequence[bool]) -> str:
    padded = (
        cell.rjust(width) if to_right else cell.ljust(width)
        for cell, width, to_right in zip(cells, widths, right, strict=True)
    )
    return f"| {' | '.join(padded)} |"
