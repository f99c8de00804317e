"""Which of all that was said belongs on the page: what is plain, recent, and not said yet."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date

from unsolved.conversations.brief.clause import clause, flat, stands_in
from unsolved.conversations.brief.model import Citation, Claim, Statement, Tried
from unsolved.evidence import (
    Assertion,
    Evidence,
    Facet,
    Speaker,
    amounts_in,
    looks_back,
    resemblance,
    sense_of,
)
from unsolved.prospects import Attempt, Outcome, Prospect, Standing

Known = Mapping[int, Evidence]

ALIKE = 0.5
"""Two quotes that share so much of their words say the same."""

FADES = 1100.0
"""Days in which what was said loses half its worth for the page."""

LONGEST = 30
"""Words of a statement."""

SHORT, LONG = 5, 45
"""Words of a quote that is easy to use as it stands."""

LATER = 0.8
"""What the next facet of a standing counts, compared with the one before."""

MOST_TRIED = 3
ANSWERS = 3

# A quote that begins so needs the sentence before it.
_LEANS = re.compile(
    r"(?:it|its|they|their|them|this|that|these|those|he|she|his|her|but|and|so|yet|or|nor|"
    r"however|instead|one|another|both|such|there|then|also|further)\b",
    re.IGNORECASE,
)

KINDS = {
    "internal": "an internal fix",
    "vendor": "a supplier\u2019s fix",
    "reorg": "a reorganisation",
    "outside": "outside help",
    "programme": "a programme",
}
CAME = {
    Outcome.FAILED: "failed",
    Outcome.PERSISTS: "the problem is stated again after it",
    Outcome.DENIED: "said to be solved, and contradicted since",
    Outcome.RESOLVED: "said to have solved it",
    Outcome.UNDER_WAY: "under way, and nothing is told of its end",
}
_WORST = (
    Outcome.FAILED,
    Outcome.DENIED,
    Outcome.PERSISTS,
    Outcome.UNDER_WAY,
    Outcome.RESOLVED,
)


def statement(piece: Evidence, today: date) -> Statement:
    """Return what a piece of evidence says, cut to the length of the page."""
    return Statement(clause(piece.quote.text, LONGEST), Citation.of(piece, today))


def saying(
    facet: Facet,
    pieces: Iterable[Evidence],
    problem_id: str,
    today: date,
    *,
    other_than: Sequence[Evidence] = (),
) -> Iterator[Evidence]:
    """Yield what says one thing about the problem, plainest first, none like another."""
    able = [piece for piece in pieces if facet in piece.labels and is_usable(piece, problem_id)]
    taken = list(other_than)
    for piece in sorted(able, key=lambda p: (-worth(p, facet, problem_id, today), p.id)):
        if facet is not Facet.GOAL and denies(piece):
            continue
        if not any(_alike(piece, other) for other in taken):
            taken.append(piece)
            yield piece


def is_usable(piece: Evidence, problem_id: str) -> bool:
    """Whether a piece can stand on a page about the problem."""
    about = piece.matches.get(problem_id, 0.0) > 0 and not piece.is_dismissed(problem_id)
    return about and piece.assertion is Assertion.ACTUAL and bool(flat(piece.quote.text))


def denies(piece: Evidence) -> bool:
    """Whether it says that there is no trouble."""
    return sense_of(piece).denies


def worth(piece: Evidence, facet: Facet, problem_id: str, today: date) -> float:
    """Return how well a piece of evidence says something on a page."""
    confirmed = problem_id in piece.verdicts
    about = 0.5 + 0.5 * piece.matches.get(problem_id, 0.0)
    own = 1.15 if piece.speaker is Speaker.ORGANISATION else 1.0
    counted = 1.3 if facet is Facet.CONSEQUENCE and amounts_in(piece.quote.text) else 1.0
    told = piece.facets[facet] * about * own * counted * plainness(piece, today)
    return told * (2 if confirmed else 1)


def plainness(piece: Evidence, today: date) -> float:
    """Return how well a quote stands alone and how fresh it is, in (0, 1]."""
    text = flat(piece.quote.text)
    words = len(text.split(" "))
    sized = 1.0 if SHORT <= words <= LONG else 0.6
    leans = 0.6 if _LEANS.match(text) or text[:1].islower() else 1.0
    past = 0.8 if looks_back(text, piece.said_on) else 1.0
    days = max((today - piece.said_on).days, 0) if piece.said_on else 2 * FADES
    return sized * leans * past * max(float(0.5 ** (days / FADES)), 0.05)


def _alike(one: Evidence, other: Evidence) -> bool:
    same = one.id == other.id or one.statement == other.statement
    return same or resemblance(one.quote.text, other.quote.text) > ALIKE


TELLING: Mapping[Standing, tuple[Facet, ...]] = {
    Standing.RESOLVED: (Facet.RESOLVED, Facet.FAILURE, Facet.PROBLEM),
    Standing.FIXING: (Facet.PROBLEM, Facet.ATTEMPT, Facet.CONSEQUENCE, Facet.FAILURE),
}
"""What says most plainly where somebody stands; by default, what failed and what is wrong."""

_USUAL = (Facet.FAILURE, Facet.PROBLEM, Facet.CONSEQUENCE, Facet.ATTEMPT, Facet.CAUSE)


def answers(
    prospect: Prospect, pieces: Sequence[Evidence], today: date, most: int = ANSWERS
) -> list[Evidence]:
    """Return what causes us to say so, from different documents as far as there are some."""
    facets = TELLING.get(prospect.standing, _USUAL)
    resolved = prospect.standing is Standing.RESOLVED

    def strength(piece: Evidence) -> float:
        said = [
            worth(piece, facet, prospect.problem_id, today) * LATER**at
            for at, facet in enumerate(facets)
            if facet in piece.labels
        ]
        return max(said, default=0.0)

    able = [
        piece
        for piece in pieces
        if is_usable(piece, prospect.problem_id) and strength(piece) > 0
    ]
    able.sort(key=lambda piece: (-strength(piece), piece.id))
    able = [piece for piece in able[: 8 * most] if resolved or not denies(piece)]
    chosen = list(_apart(able, most, lambda one, other: one.document_id == other.document_id))
    rest = [piece for piece in able if piece not in chosen]
    for piece in rest:
        if len(chosen) < most and not any(_alike(piece, other) for other in chosen):
            chosen.append(piece)
    return chosen


def _apart(
    pieces: Iterable[Evidence], most: int, same: Callable[[Evidence, Evidence], bool]
) -> Iterator[Evidence]:
    taken: list[Evidence] = []
    for piece in pieces:
        if len(taken) == most:
            return
        if not any(same(piece, other) or _alike(piece, other) for other in taken):
            taken.append(piece)
            yield piece


def tried(prospect: Prospect, known: Known, today: date) -> tuple[Tried, ...]:
    """Return the attempts, those that came to nothing first and of these the latest."""
    able = [one for one in prospect.attempts if one.evidence in known]
    able.sort(key=lambda one: one.last_on or date.min, reverse=True)
    able.sort(key=lambda one: _WORST.index(one.outcome))
    return tuple(_tried(one, known, today) for one in able[:MOST_TRIED])


def _tried(attempt: Attempt, known: Known, today: date) -> Tried:
    pieces = [known[attempt.evidence]]
    speaks = [one for one in attempt.reasons if one.shows is attempt.outcome]
    pieces += [known[one.evidence] for one in speaks[:1] if one.evidence in known]
    facts, cited = _facts(attempt, known)
    ids = dict.fromkeys(piece.id for piece in (*pieces, *cited))
    text = f"{facts}: {CAME[attempt.outcome]}"
    claim = Claim(text, tuple(Citation.of(known[one], today) for one in ids))
    told = [pieces[0], *(one for one in pieces[1:] if not _alike(one, pieces[0]))]
    return Tried(
        claim=claim,
        outcome=attempt.outcome,
        told=tuple(statement(piece, today) for piece in told),
    )


def naming_of(attempt: Attempt, known: Known) -> Evidence | None:
    """Return the piece in whose words an attempt is named, where it is named."""
    told = (known[link.evidence] for link in attempt.told if link.evidence in known)
    if not attempt.what:
        return None
    return next((one for one in told if stands_in(attempt.what, one.quote.text)), None)


def _facts(attempt: Attempt, known: Known) -> tuple[str, list[Evidence]]:
    """Return an attempt in a few words, and the pieces that say them."""
    named, cited = [KINDS.get(attempt.kind, "a fix")], []
    if naming := naming_of(attempt, known):
        named.append(f"\u201c{attempt.what}\u201d")
        cited.append(naming)
    for maker in attempt.makers:
        says = known.get(maker.evidence or 0)
        if maker.name and says and maker.name != attempt.what:
            if stands_in(maker.name, says.quote.text):
                named.append(f"by {maker.name}")
                cited.append(says)
            break
    when = attempt.when
    if when and when.evidence in known and re.search(r"\d", when.words):
        named.append(f"\u201c{when.words}\u201d")
        cited.append(known[when.evidence])
    text = ", ".join(named)
    return text[:1].upper() + text[1:], cited
