"""``evidence explain``: which words, cues and neighbours made a label, and why it matches."""

import json
from collections.abc import Sequence
from typing import Any

import click

from unsolved import evidence, sources
from unsolved.cli.workbench import Workbench, out
from unsolved.db import transaction
from unsolved.errors import NotFound
from unsolved.evidence import Facet, Labelling, Part, Role, Weighing, Why

LEAST = 0.1
"""Parts worth less than this (in log-odds) are not printed; JSON has them all."""


@click.command()
@click.argument("evidence_id", metavar="ID", type=int)
@click.option("--json", "as_json", is_flag=True, help="As JSON, every facet and every part.")
@click.pass_obj
def explain(bench: Workbench, evidence_id: int, as_json: bool) -> None:
    """Show which words, cues and neighbours made a label, and why it is about its problem.

    Every part is left out in turn and the reader reads the rest: what the facet's log-odds
    lose is what the part was worth. What weighs for a problem adds up to its match.
    """
    with transaction(bench.sessions) as tx:
        piece = evidence.by_id(tx, evidence_id)
        if piece is None:
            raise NotFound(evidence=evidence_id)
        document = sources.document(tx, piece.document_id)
    assert document is not None
    why = evidence.why(piece, document.text, bench.local)
    if as_json:
        click.echo(json.dumps(why_facts(evidence_id, why), ensure_ascii=False, indent=1))
        return
    out.print(f"“{piece.quote.text}”")
    _show_labels(why.labelling)
    for weighing in why.weighings:
        _show_weighing(weighing)


def _show_labels(labelling: Labelling) -> None:
    out.print(f"read by {labelling.reader}; what a part is worth: the log-odds lost without it")
    sure = labelling.label.facets
    for facet in sorted(labelling.label.labels, key=lambda facet: -sure[facet]):
        out.print(f"\n{facet.value}, {sure[facet]:.0%} likely", style="bold")
        for part in strongest(labelling.parts, facet):
            around = "" if part.role is Role.WORD else f"{part.role.value}: "
            out.print(f"  {part.worth[facet]:+6.2f}  {around}{part.text}")
        for cue in labelling.cues:
            if cue.means is facet:
                words = labelling.sentence.text[cue.span.start : cue.span.end]
                out.print(f"     cue  {words} ({cue.cue})")
    if not labelling.label.labels:
        out.print("\nit says nothing that this reader holds likely enough")


def _show_weighing(weighing: Weighing) -> None:
    out.print(f"\nabout {weighing.problem_id}", style="bold")
    for name, worth in weighing.parts:
        terms = f" ({', '.join(weighing.terms)})" if name == "own terms" else ""
        if worth:
            out.print(f"  {worth:+6.2f}  {name}{terms}")
    total = f"that is {weighing.probability:.0%}"
    said = f"; {weighing.verdict} by you, which settles it" if weighing.verdict else ""
    out.print(f"  {weighing.log_odds:+6.2f}  in all, {total}{said}")


def strongest(parts: Sequence[Part], facet: Facet) -> list[Part]:
    """Return the parts that matter to a facet, the weightiest first."""
    told = [part for part in parts if abs(part.worth[facet]) >= LEAST]
    return sorted(told, key=lambda part: -abs(part.worth[facet]))


def why_facts(evidence_id: int, why: Why) -> dict[str, Any]:
    """Return an explanation as plain facts."""
    labelling = why.labelling
    return {
        "id": evidence_id,
        "reader": labelling.reader,
        "sentence": labelling.sentence.text,
        "facets": {facet.value: p for facet, p in labelling.label.facets.items()},
        "labels": sorted(facet.value for facet in labelling.label.labels),
        "parts": [
            {
                "role": part.role.value,
                "text": part.text,
                "start": part.span.start if part.span else None,
                "end": part.span.end if part.span else None,
                "worth": {facet.value: worth for facet, worth in part.worth.items()},
            }
            for part in labelling.parts
        ],
        "cues": [
            {"means": c.means.value, "cue": c.cue, "start": c.span.start, "end": c.span.end}
            for c in labelling.cues
        ],
        "matches": [
            {
                "problem": weighing.problem_id,
                "parts": [{"name": name, "worth": worth} for name, worth in weighing.parts],
                "log_odds": weighing.log_odds,
                "probability": weighing.probability,
                "terms": list(weighing.terms),
                "verdict": weighing.verdict,
            }
            for weighing in why.weighings
        ],
    }
