"""What is known of an alternative from an earlier attempt of the same sort."""

from collections.abc import Mapping
from dataclasses import dataclass

from unsolved.deals.model import (
    Alternative,
    AlternativeKind,
    Attempt,
    AttemptKind,
    CameOf,
    Opportunity,
)

SAME: Mapping[AlternativeKind, frozenset[AttemptKind]] = {
    AlternativeKind.NOTHING: frozenset(),
    AlternativeKind.INTERNAL: frozenset({AttemptKind.INTERNAL, AttemptKind.PROGRAMME}),
    AlternativeKind.REORGANISE: frozenset({AttemptKind.REORGANISATION}),
    AlternativeKind.COMPETITOR: frozenset({AttemptKind.VENDOR, AttemptKind.OUTSIDE_HELP}),
}
"""Which sorts of attempt an alternative would repeat."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeated:
    """An earlier attempt that an alternative would repeat.

    ``how`` says how we know: it was noted so, the supplier is the same, or only the sort is.
    """

    number: int
    attempt: Attempt
    how: str

    @property
    def told(self) -> str:
        """What came of it and why, in words."""
        whys = ", ".join(one.value for one in self.attempt.whys)
        came = self.attempt.came_of
        known = "nobody knows what came of it" if came is CameOf.UNKNOWN else came.value
        return f"{known}: {whys}" if whys else known


def repeated(one: Alternative, known: Opportunity) -> tuple[Repeated, ...]:
    """Return the attempts that an alternative would repeat: the one noted, else those alike.

    Of another supplier those of the same name, where it has one that was tried.
    """
    if one.tried is not None and one.tried in known.attempts:
        noted = known.attempts[one.tried]
        return (Repeated(number=one.tried, attempt=noted, how="noted as the same"),)
    alike = {n: a for n, a in known.attempts.items() if a.kind in SAME[one.kind]}
    named = {n: a for n, a in alike.items() if _is_same(one.name, a.supplier)}
    how = "the same supplier" if named else "the same sort of fix"
    if one.kind is AlternativeKind.COMPETITOR and one.name.strip() and not named:
        how = "another supplier, the same sort of fix"
    return tuple(
        Repeated(number=number, attempt=attempt, how=how)
        for number, attempt in sorted((named or alike).items())
    )


def _is_same(name: str, supplier: str) -> bool:
    wanted = name.strip().casefold()
    return bool(wanted) and wanted in {part.strip().casefold() for part in supplier.split(",")}
