"""How long it takes to look through very many organisations."""

import random
import resource
from time import perf_counter

from bench.tables import show
from unsolved.sources.linkage import OrganisationFacts, alike_organisations

SEED = 11
SYLLABLES = (
    *("ba", "ke", "lo", "mi", "nu", "ra", "se", "ti", "vo", "wy"),
    *("dan", "ker", "lor", "mon", "pas", "quin", "ros", "sul", "tor", "vex"),
)
KINDS = (
    *("Foods", "Bank", "Motors", "Energy", "Labs", "Systems"),
    *("Health", "Textiles", "Logistics", "Media", "Steel", "Tools"),
)
FORMS = ("Inc.", "Corp", "Ltd", "GmbH", "S.A.", "LLC", "")


def main(count: int) -> None:
    """Look through ``count`` invented organisations, one in twenty of them told twice."""
    known = made(count)
    began = perf_counter()
    found = alike_organisations(known)
    seconds = perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    show(
        "Looking through invented organisations, one in twenty told twice",
        ("organisations", "seconds", "pairs sure", "pairs doubtful", "peak MB"),
        [
            (
                count,
                round(seconds, 1),
                sum(one.is_sure for one in found),
                sum(not one.is_sure for one in found),
                round(peak),
            )
        ],
    )


def made(count: int) -> list[OrganisationFacts]:
    """Return invented organisations."""
    rng = random.Random(SEED)  # noqa: S311 (no secret)
    known: list[OrganisationFacts] = []
    while len(known) < count:
        name = "".join(rng.choices(SYLLABLES, k=rng.randint(3, 5))).title()
        whole = f"{name} {rng.choice(KINDS)}"
        site = f"{name.lower()}{rng.randint(1, 999)}.com" if rng.random() < 0.5 else None
        for form in rng.sample(FORMS, 2 if rng.random() < 0.05 else 1):
            known.append(
                OrganisationFacts(
                    id=len(known) + 1,
                    names=(f"{whole} {form}".strip(),),
                    domains=(site,) if site else (),
                )
            )
            site = None
    return known[:count]
