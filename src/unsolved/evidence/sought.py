"""Which evidence is asked for: what it says, how it is meant, by whom, of which time."""

from dataclasses import dataclass

from unsolved.evidence.model import Assertion, Evidence, Facet, Speaker
from unsolved.evidence.sense import Tense, sense_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """What evidence must be; nothing set means any.

    ``denied`` asks for what says that there is no trouble, or for what does not.
    """

    organisation_id: int | None = None
    problem_id: str | None = None
    facet: Facet | None = None
    assertion: Assertion | None = None
    speaker: Speaker | None = None
    tense: Tense | None = None
    denied: bool | None = None

    def fits(self, piece: Evidence) -> bool:
        """Whether a piece of evidence is what is asked for."""
        about = self.problem_id is None or piece.matches.get(self.problem_id, 0.0) > 0
        says = self.facet is None or self.facet in piece.labels
        meant = self.assertion in {None, piece.assertion}
        said_by = self.speaker in {None, piece.speaker}
        of = self.organisation_id in {None, piece.organisation_id}
        return of and about and says and meant and said_by and self._fits_sense(piece)

    def _fits_sense(self, piece: Evidence) -> bool:
        if self.tense is None and self.denied is None:
            return True
        sense = sense_of(piece)
        return self.tense in {None, sense.tense} and self.denied in {None, sense.denies}
