"""A buyer made from a prospect: the person is invented, what the person knows is quoted."""

from collections import Counter
from collections.abc import Iterable, Sequence

from unsolved.conversations.practice.model import Fact, Known, Persona, Quoted, Topic, Trouble
from unsolved.errors import NotFound
from unsolved.evidence import Assertion, Evidence, Facet, Speaker
from unsolved.problems import Problem
from unsolved.prospects import Prospect

TRUST, PATIENCE = 25, 65
LONGEST, SHORTEST = 420, 15  # characters of a sentence that somebody can say
MOST = 8
"""Facts of one theme; a buyer does not read out a whole filing."""

TOPICS: tuple[tuple[Facet, Topic, int], ...] = (
    (Facet.FAILURE, Topic.ATTEMPTS, 45),
    (Facet.ATTEMPT, Topic.ATTEMPTS, 35),
    (Facet.RESOLVED, Topic.ATTEMPTS, 35),
    (Facet.CAUSE, Topic.WHY, 30),
    (Facet.CONSEQUENCE, Topic.IMPACT, 35),
    (Facet.URGENCY, Topic.URGENCY, 35),
    (Facet.PROBLEM, Topic.ISSUE, 10),
    (Facet.GOAL, Topic.GOALS, 5),
)
"""What a sentence is told as, by the first facet it has, and the trust the first one takes."""

STEP = 4
"""How much more trust each further sentence of a theme takes."""

OWN = ("We said it ourselves: “{}”", "We have put it like this: “{}”", "In our own words: “{}”")
OTHERS = ("It was written about us: “{}”", "Others wrote it of us: “{}”")


def persona_of(prospect: Prospect, evidence: Iterable[Evidence], problem: Problem) -> Persona:
    """Return a buyer at the prospect who knows its quoted sentences on the problem, no more.

    Raises:
        NotFound: no sentence about the problem can be quoted.
    """
    pieces = _quotable(evidence, problem.id)
    facts = tuple(_facts(pieces))
    if not facts:
        raise NotFound(
            organisation=prospect.organisation,
            problem=problem.id,
            mend="nothing of it is quoted yet: unsolved add its documents, then unsolved read",
        )
    role = problem.roles_who_feel_it[0] if problem.roles_who_feel_it else "a manager"
    return Persona(
        id=f"prospect_{prospect.organisation_id}_{problem.id}",
        name="The buyer",
        role=role,
        organisation=prospect.organisation,
        trade=prospect.industry or "trade not known",
        size=prospect.country or "size not known",
        mood="businesslike",
        about=f"{problem.title}. The person is invented; what is told are {len(facts)} "
        f"sentences that {prospect.organisation}, or others about it, wrote.",
        trust=TRUST,
        patience=PATIENCE,
        facts=facts,
        public=_public(pieces),
        problems=(Trouble(problem.title, "", ""),),
        origin="prospect",
    )


def _quotable(evidence: Iterable[Evidence], problem_id: str) -> list[Evidence]:
    """Return what is meant, was not dismissed and can be said aloud; the same only once."""
    found: dict[str, Evidence] = {}
    for piece in evidence:
        text = " ".join(piece.quote.text.split())
        meant = piece.assertion is Assertion.ACTUAL and not piece.is_dismissed(problem_id)
        if meant and _topic(piece) and SHORTEST <= len(text) <= LONGEST:
            found.setdefault(piece.statement or text, piece)
    return list(found.values())


def _topic(piece: Evidence) -> tuple[Topic, int] | None:
    return next(
        ((topic, trust) for facet, topic, trust in TOPICS if facet in piece.labels), None
    )


def _facts(pieces: Sequence[Evidence]) -> Iterable[Fact]:
    count: Counter[Topic] = Counter()
    for piece in pieces:
        told = _topic(piece)
        assert told is not None, "only what is told as something was kept"
        topic, trust = told
        if count[topic] == MOST:
            continue
        text = " ".join(piece.quote.text.split())
        frames = OWN if piece.speaker is Speaker.ORGANISATION else OTHERS
        yield Fact(
            id=f"e{piece.id}",
            topic=topic,
            says=tuple(frame.format(text) for frame in frames),
            trust=trust + STEP * count[topic],
            quoted=Quoted(piece.quote.text, piece.title, piece.said_on, piece.id),
        )
        count[topic] += 1


def _public(pieces: Sequence[Evidence]) -> tuple[Known, ...]:
    """Return what the seller may read before: the newest sentences on problem and goals."""
    first: dict[Topic, Evidence] = {}
    for piece in sorted(pieces, key=lambda one: str(one.said_on or ""), reverse=True):
        told = _topic(piece)
        if told and told[0] in {Topic.ISSUE, Topic.GOALS, Topic.ATTEMPTS}:
            first.setdefault(told[0], piece)
    chosen = [first[topic] for topic in (Topic.ISSUE, Topic.GOALS) if topic in first]
    return tuple(_known(piece) for piece in chosen or list(first.values()))


def _known(piece: Evidence) -> Known:
    text = " ".join(piece.quote.text.split())
    when = f"{piece.said_on:%B %Y}" if piece.said_on else "an unknown date"
    return Known(f"“{text}”", f"{piece.kind} report {piece.title}", when)
