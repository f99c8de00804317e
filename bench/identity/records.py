"""Reads the labelled records, and divides them by family into two halves."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

HERE = Path(__file__).parent
DEVELOPMENT, HELD_OUT = "development", "held-out"


@dataclass(frozen=True)
class Labelled:
    """A record as a source has it, and who it truly is."""

    id: int
    truth: int
    half: str
    cells: tuple[str, ...] = field(default=())

    def cell(self, at: int) -> str | None:
        """Return a cell, None when it is empty."""
        return (self.cells[at] or None) if at < len(self.cells) else None


def labelled(name: str) -> list[Labelled]:
    """Return the records of ``organisations`` or ``people``, numbered as they stand."""
    return list(_read((HERE / f"{name}.txt").read_text("utf-8")))


def _read(text: str) -> Iterator[Labelled]:
    number = truth = 0
    half = ""
    for line in text.splitlines():
        if line.startswith("#"):
            continue
        if not line.strip():
            half = ""
        elif line.startswith("= "):
            truth += 1
            half = half or half_of(line[2:])
        else:
            number += 1
            yield Labelled(number, truth, half, tuple(cell.strip() for cell in line.split("|")))


def half_of(name: str) -> str:
    """Return to which half a family goes: by a digest, so that nobody chooses."""
    return HELD_OUT if int(sha256(name.encode()).hexdigest(), 16) % 2 else DEVELOPMENT
