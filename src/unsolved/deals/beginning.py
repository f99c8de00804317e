"""What an opportunity begins with when it comes from a prospect: its evidence, as facts."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from unsolved import prospects
from unsolved.deals.model import (
    Alternative,
    AlternativeKind,
    Attachment,
    Attempt,
    AttemptKind,
    Basis,
    CameOf,
    Ground,
    Head,
    Note,
)
from unsolved.deals.parts import Part
from unsolved.evidence import Evidence, Facet
from unsolved.problems import Problem
from unsolved.prospects import Outcome, Prospect, Role

MOST_NOTES = 12
MOST_GROUNDS = 6

_KINDS = {
    "internal": AttemptKind.INTERNAL,
    "vendor": AttemptKind.VENDOR,
    "reorg": AttemptKind.REORGANISATION,
    "outside": AttemptKind.OUTSIDE_HELP,
    "programme": AttemptKind.PROGRAMME,
}
_CAME_OF = {
    Outcome.FAILED: CameOf.FAILED,
    Outcome.PERSISTS: CameOf.PERSISTS,
    Outcome.DENIED: CameOf.PERSISTS,
    Outcome.RESOLVED: CameOf.WORKED,
    Outcome.UNDER_WAY: CameOf.UNDER_WAY,
}
_THEMES = ((Facet.GOAL, "goal"), (Facet.CONSEQUENCE, "impact"), (Facet.CAUSE, "cause"))
_ALTERNATIVES = {
    AttemptKind.INTERNAL: AlternativeKind.INTERNAL,
    AttemptKind.REORGANISATION: AlternativeKind.REORGANISE,
    AttemptKind.PROGRAMME: AlternativeKind.INTERNAL,
}


def begun(
    prospect: Prospect,
    pieces: Mapping[int, Evidence],
    problem: Problem,
    today: date,
    seller: str,
) -> tuple[Head, list[Part]]:
    """Return the head and the first parts of an opportunity that a prospect becomes."""
    head = Head(
        name=f"{prospect.organisation}: {problem.title}",
        organisation_id=prospect.organisation_id,
        seller=seller,
        problem_id=problem.id,
        opened_on=today,
        staged_on=today,
        standing=prospect.standing,
    )
    tried = [_attempt(one, pieces) for one in prospect.attempts]
    parts: list[Part] = [*tried, *_alternatives(tried), *_notes(prospect, pieces, today)]
    return head, [*parts, *_attachments(prospect, pieces)]


def ground_of(piece: Evidence) -> Ground:
    """Return a piece of evidence as what a fact rests on."""
    return Ground(
        basis=Basis.EVIDENCE,
        quote=piece.quote.text,
        by=piece.speaker.value,
        on=piece.said_on,
        evidence_id=piece.id,
        document_id=piece.document_id,
    )


def _attempt(one: prospects.Attempt, pieces: Mapping[int, Evidence]) -> Attempt:
    told = [pieces[number] for number in one.sentences if number in pieces]
    kind = _KINDS.get(one.kind, AttemptKind.OTHER)
    supplier = ", ".join(
        maker.name
        for maker in one.makers
        if maker.name and maker.role in {Role.VENDOR, Role.CONSULTANT}
    )
    why = next((p.quote.text for p in told if Facet.CAUSE in p.labels), "")
    return Attempt(
        what=one.what or kind.value,
        kind=kind,
        began=one.when.first if one.when else None,
        supplier=supplier,
        spent=", ".join(dict.fromkeys(spent.amount.words.text for spent in one.spent)),
        came_of=_CAME_OF[one.outcome],
        why_text=why,
        grounds=tuple(ground_of(piece) for piece in told[:MOST_GROUNDS]),
    )


def _alternatives(tried: Sequence[Attempt]) -> Iterator[Alternative]:
    """Yield what the buyer may do again, each kind once, with the attempt it would repeat."""
    seen: set[AlternativeKind] = set()
    for number, attempt in enumerate(tried, 1):
        kind = _ALTERNATIVES.get(attempt.kind, AlternativeKind.COMPETITOR)
        if kind not in seen:
            seen.add(kind)
            yield Alternative(
                kind=kind,
                name=attempt.supplier,
                against=f"tried before: {attempt.came_of.value}",
                tried=number,
                ground=attempt.grounds[0] if attempt.grounds else Ground(),
            )


def _notes(prospect: Prospect, pieces: Mapping[int, Evidence], today: date) -> Iterator[Note]:
    found = 0
    for number in prospect.evidence:
        piece = pieces.get(number)
        about = next((name for facet, name in _THEMES if piece and facet in piece.labels), "")
        if piece is not None and about and found < MOST_NOTES:
            found += 1
            ground = ground_of(piece)
            yield Note(
                text=piece.quote.text, on=piece.said_on or today, about=about, ground=ground
            )


def _attachments(prospect: Prospect, pieces: Mapping[int, Evidence]) -> Iterator[Attachment]:
    seen: set[int] = set()
    for number in prospect.evidence:
        piece = pieces.get(number)
        if piece is not None and piece.document_id not in seen:
            seen.add(piece.document_id)
            yield Attachment(
                document_id=piece.document_id,
                title=piece.title,
                why="it speaks of the problem",
                ground=ground_of(piece),
            )
