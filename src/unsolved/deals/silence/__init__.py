"""How unusual somebody's present silence is, given how they usually answer."""

from typing import TYPE_CHECKING

from unsolved.deals.silence.telling import one_in, said
from unsolved.later import later

if TYPE_CHECKING:
    from unsolved.deals.silence.fitting import population_of
    from unsolved.deals.silence.population import Population, Rhythm, shipped
    from unsolved.deals.silence.present import silences
    from unsolved.deals.silence.queries import exchanges_of, of_people
    from unsolved.deals.silence.working import Absence

__all__ = [
    "Absence",
    "Population",
    "Rhythm",
    "exchanges_of",
    "of_people",
    "one_in",
    "population_of",
    "said",
    "shipped",
    "silences",
]

__getattr__ = later(
    __name__,
    {
        "fitting": ("population_of",),
        "population": ("Population", "Rhythm", "shipped"),
        "present": ("silences",),
        "queries": ("exchanges_of", "of_people"),
        "working": ("Absence",),
    },
)
