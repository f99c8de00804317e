"""Puts the thinking together: evidence of one organisation in, a prospect a problem out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from unsolved.evidence import Evidence, Facet
from unsolved.problems import Problem
from unsolved.prospects.attempts import attempts
from unsolved.prospects.complaints import complaints
from unsolved.prospects.model import Prospect, Standing
from unsolved.prospects.score import parts
from unsolved.prospects.signs import HISTORY, Story
from unsolved.prospects.standing import beliefs, probabilities, stands
from unsolved.prospects.statements import Statement, statements
from unsolved.prospects.threads import follow
from unsolved.prospects.unknowns import unknowns
from unsolved.prospects.weights import Weights
from unsolved.sources import Organisation

MOST_EVIDENCE = 50
"""Pieces of evidence listed with a prospect; all of it is on the organisation's page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """Everything read about one organisation, oldest first."""

    organisation: Organisation
    evidence: Sequence[Evidence]
    sharing: Mapping[str, int]
    documents_read: int
    sentences_read: int
    ends_on: date | None


def assess(dossier: Dossier, problem: Problem, weights: Weights, *, today: date) -> Prospect:
    """Return where an organisation stands on a problem, and every reason for it."""
    own = (dossier.organisation.name, *dossier.organisation.names)
    evidence = follow(dossier.evidence, own)
    said = statements(evidence, problem.id, dossier.sharing)
    story = Story(said, dossier.ends_on)
    answers = beliefs(story, weights)
    chances = probabilities(answers)
    standing = stands(answers)
    open_questions = unknowns(answers, story, problem, weights, today=today)
    days = sorted(s.said_on for s in said if s.said_on)
    return Prospect(
        organisation_id=dossier.organisation.id,
        organisation=dossier.organisation.name,
        industry=dossier.organisation.industry,
        country=dossier.organisation.country,
        problem_id=problem.id,
        standing=standing,
        probability=chances[standing],
        beliefs=answers,
        parts=parts(chances, story, weights, today=today),
        attempts=attempts(story, own),
        complaints=complaints(story, own),
        evidence=_strongest(said, standing),
        unknowns=tuple(unknown.what for unknown in open_questions),
        next_question=open_questions[0].question if open_questions else None,
        eliminated=eliminated(standing, story, dossier),
        documents_read=dossier.documents_read,
        sentences_read=dossier.sentences_read,
        first_on=days[0] if days else None,
        last_on=max((d for s in said for d in (s.said_on, *s.again_on) if d), default=None),
    )


def eliminated(standing: Standing, story: Story, dossier: Dossier) -> str | None:
    """Return why an organisation is no prospect for now, or None when it is one."""
    read = f"{dossier.documents_read} documents, {dossier.sentences_read} sentences read"
    if standing is Standing.RESOLVED:
        return f"resolved, as far as told ({read})"
    if standing is not Standing.UNSEEN:
        return None
    if not dossier.documents_read:
        return "nothing read about it yet"
    if not story.statements:
        return f"no sign found ({read})"
    if not story.meant:
        return f"named only as a possibility or of others ({read})"
    return f"too little to say that it has the problem ({read})"


TELLING: Mapping[Standing, tuple[Facet, ...]] = {
    Standing.UNSEEN: tuple(Facet),
    Standing.UNAWARE: (Facet.PROBLEM,),
    Standing.HAS_IT: (Facet.PROBLEM,),
    Standing.FIXING: (Facet.ATTEMPT,),
    Standing.TRIED_AND_FAILED: (Facet.FAILURE,),
    Standing.IN_DENIAL: (Facet.FAILURE, Facet.PROBLEM),
    Standing.RESOLVED: (Facet.RESOLVED,),
}
"""The facets that tell of a standing."""


def _strongest(said: Sequence[Statement], standing: Standing) -> tuple[int, ...]:
    def order(one: Statement) -> tuple[bool, float, float]:
        telling = one.says(*TELLING[standing]) * (HISTORY if one.is_history else 1.0)
        return (not one.is_meant, -telling, -max(one.strength.values()))

    return tuple(one.evidence for one in sorted(said, key=order)[:MOST_EVIDENCE])
