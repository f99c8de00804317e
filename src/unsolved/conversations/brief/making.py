"""Makes the page: asks the rooms upstream what is known, and orders it as the talk goes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

from unsolved import evidence, prospects, sources
from unsolved.conversations import drafts
from unsolved.conversations.acts import Topic
from unsolved.conversations.brief import asking, choosing, likeness, opening
from unsolved.conversations.brief.model import Brief, Citation, Claim, Other, Peer, Statement
from unsolved.conversations.drafts.rules.names import famous
from unsolved.db import Session
from unsolved.errors import NotFound
from unsolved.evidence import Evidence, Facet
from unsolved.problems import Library, Problem
from unsolved.prospects import Neighbour, Prospect, Standing
from unsolved.sources import Organisation

READ = 300
"""Pieces of evidence looked at, those that tell of the standing first."""

GOALS, FAULTS, CONSEQUENCES, CAUSES = 2, 2, 2, 2
USUAL = 2
FIRST = 4
"""Unknowns on top, those first that matter most; the others stand below."""

TOLD = 6
"""Sentences of an attempt that are looked at, from the first on."""


def make(
    tx: Session,
    library: Library,
    organisation_id: int,
    *,
    today: date,
    problem_id: str | None = None,
    seed: int = 0,
) -> Brief:
    """Return the brief on an organisation and a problem: that asked for, or its best prospect.

    ``seed`` chooses among ways of saying the same.

    Raises:
        NotFound: there is no such organisation, or no such problem.
    """
    organisation = sources.organisation(tx, organisation_id)
    if organisation is None:
        raise NotFound(organisation=organisation_id)
    found = prospects.of_organisation(tx, organisation.id)
    prospect, problem, chosen = _chosen(library, found, problem_id)
    pieces = _pieces(tx, prospect) if prospect else []
    known = {piece.id: piece for piece in pieces}
    dossier = _Dossier(organisation, prospect, problem, pieces, known, today)
    near, considered = _peers(tx, organisation, prospect)
    others = tuple(
        Other(
            one.problem_id, _title(library, one.problem_id), one.standing, bool(one.eliminated)
        )
        for one in found
        if one.problem_id != chosen and one.standing is not Standing.UNSEEN
    )
    return _brief(tx, dossier, chosen, near, considered, others, seed)


@dataclass(frozen=True, slots=True)
class _Dossier:
    """What the page is made of."""

    organisation: Organisation
    prospect: Prospect | None
    problem: Problem | None
    pieces: Sequence[Evidence]
    known: dict[int, Evidence]
    today: date

    def said(self, facet: Facet, most: int, but: Iterable[Evidence] = ()) -> list[Evidence]:
        """Return the plainest quotes that say one thing."""
        if self.prospect is None:
            return []
        about = self.prospect.problem_id
        found = choosing.saying(facet, self.pieces, about, self.today, other_than=list(but))
        return list(islice(found, most))

    def stated(self, pieces: Iterable[Evidence]) -> tuple[Statement, ...]:
        """Return pieces as statements."""
        return tuple(choosing.statement(piece, self.today) for piece in pieces)


def _brief(  # noqa: PLR0913, PLR0917 (a page has as many parts)
    tx: Session,
    dossier: _Dossier,
    problem_id: str,
    peers: Sequence[Peer],
    considered: int,
    others: tuple[Other, ...],
    seed: int,
) -> Brief:
    prospect, today = dossier.prospect, dossier.today
    seen = prospect is not None and prospect.standing is not Standing.UNSEEN
    goals = dossier.said(Facet.GOAL, GOALS)
    faults = dossier.said(Facet.PROBLEM, FAULTS, goals)
    tried = choosing.tried(prospect, dossier.known, today) if prospect else ()
    if not tried:  # what failed belongs to no attempt that we know of
        faults += dossier.said(Facet.FAILURE, FAULTS, [*goals, *faults])
    came = dossier.said(Facet.CONSEQUENCE, CONSEQUENCES, [*goals, *faults])
    causes = dossier.said(Facet.CAUSE, CAUSES, [*goals, *faults, *came])
    because = choosing.answers(prospect, dossier.pieces, today) if prospect and seen else []
    by_evidence = {one.evidence: one for one in (prospect.attempts if prospect else ())}
    told = asking.Told(
        {
            Topic.GOALS: dossier.stated(goals),
            Topic.ISSUE: dossier.stated(faults),
            Topic.WHY: dossier.stated(causes),
            Topic.IMPACT: dossier.stated(came),
            Topic.URGENCY: dossier.stated(dossier.said(Facet.URGENCY, 1)),
        },
        [(by_evidence[one.claim.citations[0].id], one) for one in tried],
    )
    unknowns = prospect.unknowns if prospect else ()
    following = (prospect.next_question if prospect else None) or ""
    asked = asking.questions(dossier.problem, told, [following])
    if not following and asked:
        following, asked = asked[0].text, asked[1:]
    faulty = _faults(dossier)
    opened = (
        opening.research(prospect.standing, because, today, faulty, seed)
        if prospect and seen
        else None
    )
    industry = dossier.organisation.industry
    trade = industry.lower() if industry and _share(peers) else ""
    insight = opening.insight(dossier.problem, trade, because, today, faulty, seed)
    documents, sentences = (
        (prospect.documents_read, prospect.sentences_read)
        if prospect
        else evidence.amount_read(tx, dossier.organisation.id)
    )
    return Brief(
        organisation=dossier.organisation,
        problem_id=problem_id,
        title=dossier.problem.title if dossier.problem else problem_id,
        today=today,
        standing=prospect.standing if prospect else None,
        probability=prospect.probability if prospect else None,
        stands=_stands(prospect, because, today) if prospect else None,
        eliminated=prospect.eliminated if prospect else None,
        documents_read=documents,
        sentences_read=sentences,
        unknowns=unknowns[:FIRST],
        next_question=following,
        goals=dossier.stated(goals),
        usual_goals=dossier.problem.goals_it_blocks[:USUAL] if dossier.problem else (),
        short=dossier.stated([*faults, *came]),
        why=dossier.stated(causes),
        tried=tried,
        presumption=opened[0] if opened else None,
        because=dossier.stated(because),
        peers=tuple(peers),
        considered=considered,
        gaps=(*unknowns[FIRST:], *asking.gaps(told, unknowns)),
        questions=asked,
        avoided=asking.avoided(dossier.problem, told),
        openers=tuple(one for one in (opened[1] if opened else None, insight) if one),
        others=others,
    )


def _chosen(
    library: Library, found: Sequence[Prospect], problem_id: str | None
) -> tuple[Prospect | None, Problem | None, str]:
    """Return the prospect asked for, or the best that is not eliminated, with its problem."""
    by_id = {one.problem_id: one for one in found}
    if problem_id is not None:
        if problem_id not in by_id and library.find(problem_id) is None:
            raise NotFound(problem=problem_id, known=[one.id for one in library.problems])
        return by_id.get(problem_id), library.find(problem_id), problem_id
    best = sorted(
        found, key=lambda one: (one.standing is Standing.UNSEEN, bool(one.eliminated))
    )
    known = [one for one in best if library.find(one.problem_id)] or best
    if known:
        return known[0], library.find(known[0].problem_id), known[0].problem_id
    if not library.problems:
        raise NotFound(problem="none", mend="unsolved problems list")
    return None, library.problems[0], library.problems[0].id


def _title(library: Library, problem_id: str) -> str:
    problem = library.find(problem_id)
    return problem.title if problem else problem_id


def _pieces(tx: Session, prospect: Prospect) -> list[Evidence]:
    """Return the evidence on a prospect, and all that its attempts rest on."""
    linked = [one for attempt in prospect.attempts for one in _rests_on(attempt)]
    ids = dict.fromkeys([*prospect.evidence[:READ], *linked[:READ]])
    return evidence.by_ids(tx, list(ids))


def _rests_on(attempt: prospects.Attempt) -> list[int]:
    makers = [one.evidence for one in attempt.makers if one.evidence is not None]
    when = [attempt.when.evidence] if attempt.when else []
    told = [one.evidence for one in attempt.told[:TOLD]]
    return [*told, *(one.evidence for one in attempt.reasons[:2]), *makers, *when]


def _stands(prospect: Prospect, because: Sequence[Evidence], today: date) -> Claim | None:
    if not because or prospect.standing is Standing.UNSEEN:
        return None
    cited = tuple(Citation.of(piece, today) for piece in because)
    return Claim(f"Stands at: {prospect.standing.value}", cited)


def _peers(
    tx: Session, organisation: Organisation, prospect: Prospect | None
) -> tuple[list[Peer], int]:
    """Return the organisations most like this one, and how many were looked at."""
    if prospect is None:
        return [], 0
    own = Neighbour(
        organisation.id,
        organisation.name,
        organisation.industry,
        organisation.country,
        organisation.employees,
        organisation.revenue,
        prospect.standing,
        prospect.score,
    )
    trades = likeness.related(own.industry, sources.industries(tx)) if own.industry else []
    standings = dict.fromkeys(
        [prospect.standing, *likeness.STUCK, Standing.FIXING, Standing.HAS_IT]
    )
    standings.pop(Standing.UNSEEN, None)
    near = prospects.neighbours(tx, prospect.problem_id, list(standings), trades, own.employees)
    chosen = likeness.candidates(own, near, famous())[: likeness.LOOKED_INTO]
    ids = [one.neighbour.organisation_id for one in chosen]
    known = prospects.on_problem(tx, prospect.problem_id, ids)
    others = sum(one.organisation_id != own.organisation_id for one in near)
    return likeness.peers(prospect, chosen, known), others


def _share(peers: Sequence[Peer]) -> bool:
    return any(one.text.startswith("same industry") for peer in peers for one in peer.alike)


def _faults(dossier: _Dossier) -> opening.Faults:
    """Return who counts what is wrong with a text to this organisation."""
    organisation = dossier.organisation
    reader = drafts.reader(organisation.name, organisation.names, dossier.pieces)

    def count(text: str) -> int:
        draft = drafts.Draft(name="opener", source=text, text=text, body=(0, len(text)))
        checked = drafts.lint([draft], reader=reader)
        return sum(finding.fails for one in checked for finding in one.findings)

    return count
