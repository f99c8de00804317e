"""What a buyer says without telling anything, chosen by a seed and never twice running."""

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from hashlib import sha256
from pathlib import Path

from unsolved.conversations.practice.model import Moment, Persona


@cache
def plain() -> Mapping[Moment, tuple[str, ...]]:
    """Return the phrases for a buyer without words of their own; none of them tells a fact."""
    told = tomllib.loads(Path(__file__).with_name("phrases.toml").read_text("utf-8"))
    return {moment: tuple(told[moment.value]) for moment in Moment}


def choices(persona: Persona, moment: Moment) -> tuple[str, ...]:
    """Return what this buyer may say then."""
    return persona.speech.get(moment) or plain()[moment]


def phrase(persona: Persona, moment: Moment, seed: int, used: int) -> str:
    """Return what this buyer says then, having said something of the sort ``used`` times."""
    said = choices(persona, moment)
    return said[(drawn(seed, persona.id, moment.value, of=len(said)) + used) % len(said)]


def wording(says: Sequence[str], seed: int, *about: str) -> str:
    """Return one of several ways to say the same."""
    return says[drawn(seed, *about, of=len(says))]


def drawn(seed: int, *about: str, of: int) -> int:
    """Return a number below ``of``, the same for the same seed and matter on every machine."""
    whole = sha256("\n".join((str(seed), *about)).encode()).digest()
    return int.from_bytes(whole[:8], "big") % of
