"""The page, or the fold beside a sentence, that says what made its labels and its match."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from unsolved import evidence, sources
from unsolved.errors import NotFound
from unsolved.evidence import Facet, Labelling, Part, Role
from unsolved.http import Problems, Reads, Tx
from unsolved.web.page import render
from unsolved.web.words import ordered

router = APIRouter(include_in_schema=False)

STEPS = (0.3, 1.0, 2.0)
"""The worths, in log-odds, from which a word is tinted, more, and most."""

LEAST = 0.1
"""Neighbours worth less than this are not listed."""


@dataclass(frozen=True, slots=True)
class Run:
    """A run of the sentence's text, and how it is tinted: ``for-2``, ``against-1`` or not."""

    text: str
    worth: float = 0.0

    @property
    def tint(self) -> str:
        """How much it speaks for or against, as a class."""
        step = sum(abs(self.worth) >= least for least in STEPS)
        return f"{'for' if self.worth > 0 else 'against'}-{step}" if step else ""


@dataclass(frozen=True, slots=True)
class Told:
    """Why one facet is said: its words tinted, what is around it, and the cues."""

    facet: Facet
    probability: float
    runs: tuple[Run, ...]
    around: tuple[Part, ...]
    cues: tuple[tuple[str, str], ...]


@router.get("/evidence/{evidence_id}/why")
def show(
    request: Request, evidence_id: int, tx: Tx, problems: Problems, reads: Reads
) -> HTMLResponse:
    """Show what made the labels of a sentence, and what its match is made of."""
    piece = evidence.by_id(tx, evidence_id)
    if piece is None:
        raise NotFound(evidence=evidence_id)
    document = sources.document(tx, piece.document_id)
    assert document is not None
    why = evidence.why(piece, document.text, reads)
    return render(
        request,
        "why.html",
        block="why",
        piece=piece,
        document=document,
        labelling=why.labelling,
        told=[_told(why.labelling, facet) for facet in ordered(why.labelling.label.labels)],
        weighings=why.weighings,
        titles={problem.id: problem.title for problem in problems.problems},
    )


def _told(labelling: Labelling, facet: Facet) -> Told:
    text = labelling.sentence.text
    near = [part for part in labelling.parts if part.role is not Role.WORD]
    return Told(
        facet=facet,
        probability=labelling.label.facets[facet],
        runs=tuple(runs(text, labelling.parts, facet)),
        around=tuple(part for part in near if abs(part.worth[facet]) >= LEAST),
        cues=tuple(
            (text[cue.span.start : cue.span.end], cue.cue)
            for cue in labelling.cues
            if cue.means is facet
        ),
    )


def runs(text: str, parts: Sequence[Part], facet: Facet) -> Iterator[Run]:
    """Yield a sentence in runs, each word with its worth to a facet; joined, it is the text."""
    end = 0
    for part in parts:
        if part.span is None:
            continue
        if part.span.start > end:
            yield Run(text[end : part.span.start])
        yield Run(text[part.span.start : part.span.end], part.worth[facet])
        end = part.span.end
    if end < len(text):
        yield Run(text[end:])
