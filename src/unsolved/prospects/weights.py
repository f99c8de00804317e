"""What each sign is worth: data, so that experts and, later, outcomes can change it."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

SHIPPED = Path(__file__).with_name("weights.toml")


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights by section (a step, or the score) and sign."""

    sections: Mapping[str, Mapping[str, float]]

    def of(self, section: str, sign: str) -> float:
        """Return what one unit of a sign is worth in a section."""
        return self.sections[section][sign]

    @property
    def fingerprint(self) -> str:
        """What changes exactly when any weight does."""
        told = sorted((name, *sorted(signs.items())) for name, signs in self.sections.items())
        return sha256(repr(told).encode()).hexdigest()[:16]


def read(path: Path) -> Weights:
    """Return the weights in a file."""
    return Weights(tomllib.loads(path.read_text("utf-8")))


@cache
def shipped() -> Weights:
    """Return the weights that ship with the package."""
    return read(SHIPPED)
