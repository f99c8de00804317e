"""Signs on fit: whether we can solve it well, as far as it was judged."""

from collections.abc import Iterator

from unsolved.deals.diagnosis.catalogue import sign
from unsolved.deals.diagnosis.cues import Voice, heard
from unsolved.deals.diagnosis.facts import Facts
from unsolved.deals.diagnosis.model import Sign
from unsolved.deals.model import Basis, Ground


def of_fit(facts: Facts) -> Iterator[Sign]:
    """Yield what was judged on fit, and what its note says of our limits."""
    head = facts.situation.opportunity.head
    note = head.fit_note.strip()
    told = f": {note}" if note else ""
    grounds = (Ground(basis=Basis.NOTED, quote=note),) if note else ()
    if head.fits is False:
        yield sign("fits-not", note=told, grounds=grounds)
    if head.fits is True:
        yield sign("fits", note=told, grounds=grounds)
    elif note:
        limits = any(name == "we-admit-limits" for name, _ in heard(note, Voice.NOTE))
        yield sign("fit-limits", note=note, strength=1.0 if limits else 0.6, grounds=grounds)
