"""Commands that show what was found: ``prospects``, ``organisation``, ``evidence show``."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

import click

from unsolved import evidence, problems, prospects, sources
from unsolved.cli.telling import (
    attempt_facts,
    complaint_facts,
    sense_facts,
    sense_lines,
    short,
    show_links,
)
from unsolved.cli.workbench import Workbench, out
from unsolved.db import Session, transaction
from unsolved.errors import NotFound
from unsolved.prospects import Prospect, Standing, Wanted

MOST = 1_000_000
"""As many as there can be; the limit of a page is the page's business."""


@click.command("prospects")
@click.option("--problem", "problem_id", help="Only this problem (an id; default: each).")
@click.option("--standing", multiple=True, type=click.Choice([s.value for s in Standing]))
@click.option("--industry", help="Only organisations of this industry.")
@click.option("--search", default="", help="Only organisations with this in their name.")
@click.option("--limit", default=20, show_default=True, help="How many of each problem.")
@click.option("--all", "everyone", is_flag=True, help="All, the eliminated included.")
@click.option("--json", "as_json", is_flag=True, help="As JSON, with evidence and reasons.")
@click.pass_obj
def list_prospects(  # noqa: PLR0913, PLR0917 (a command has as many arguments as options)
    bench: Workbench,
    problem_id: str | None,
    standing: tuple[str, ...],
    industry: str | None,
    search: str,
    limit: int,
    everyone: bool,
    as_json: bool,
) -> None:
    """Show which organisations stand where, best prospects first."""
    chosen = _chosen(bench.library, problem_id)
    with transaction(bench.sessions) as tx:
        found = {
            problem: prospects.ranked(
                tx,
                Wanted(
                    problem_id=problem.id,
                    standings=tuple(Standing(name) for name in standing),
                    industry=industry,
                    search=search,
                    with_eliminated=everyone,
                ),
                MOST if everyone else limit,
            )
            for problem in chosen
        }
        if as_json:
            told = [as_facts(tx, one) for ranked in found.values() for one in ranked]
            click.echo(json.dumps(told, ensure_ascii=False, indent=1))
            return
        for problem, ranked in found.items():
            show_ranking(tx, problem, ranked)


@click.command()
@click.argument("name")
@click.option("--json", "as_json", is_flag=True, help="As JSON, with evidence and reasons.")
@click.pass_obj
def organisation(bench: Workbench, name: str, as_json: bool) -> None:
    """Show where the organisation called NAME stands on each problem, and why."""
    with transaction(bench.sessions) as tx:
        known = sources.called(tx, name)
        if known is None:
            near = sources.names_like(tx, name)
            raise NotFound(organisation=name, **({"did_you_mean": near} if near else {}))
        found = prospects.of_organisation(tx, known.id)
        if as_json:
            facts = {
                "organisation": known.name,
                "names": known.names,
                "domain": known.domain,
                "industry": known.industry,
                "country": known.country,
                "employees": known.employees,
                "revenue": known.revenue,
                "prospects": [as_facts(tx, one) for one in found],
            }
            click.echo(json.dumps(facts, ensure_ascii=False, indent=1))
            return
        _show_organisation(tx, known, found)


@click.command("show")
@click.argument("evidence_id", metavar="ID", type=int)
@click.pass_obj
def piece(bench: Workbench, evidence_id: int) -> None:
    """Show a piece of evidence, and the words around it in its document."""
    with transaction(bench.sessions) as tx:
        found = evidence.by_id(tx, evidence_id)
        if found is None:
            raise NotFound(evidence=evidence_id)
        document = sources.document(tx, found.document_id)
    assert document is not None
    span = found.quote.span
    before = document.text[max(0, span.start - 200) : span.start]
    after = document.text[span.end : span.end + 200]
    out.print(f"{document.organisation}: {document.title} ({document.published_on})")
    out.print(f"{document.source}, {document.key}, characters {span.start}-{span.end}\n")
    out.print(f"…{before}»{found.quote.text}«{after}…\n")
    for facet in evidence.Facet:
        mark = "*" if facet in found.labels else " "
        out.print(f"{mark} {facet.value:12} {found.facets[facet]:.2f}")
    out.print("")
    for line in sense_lines(found):
        out.print(line)
    for problem, probability in sorted(found.matches.items(), key=lambda m: -m[1]):
        verdict = found.verdicts.get(problem)
        out.print(
            f"about {problem}: {probability:.2f}{f', {verdict} by you' if verdict else ''}"
        )


def _chosen(library: problems.Library, problem_id: str | None) -> tuple[problems.Problem, ...]:
    if problem_id is None:
        return library.problems
    problem = library.find(problem_id)
    if problem is None:
        raise NotFound(problem=problem_id, known=[p.id for p in library.problems])
    return (problem,)


def as_facts(tx: Session, prospect: Prospect) -> dict[str, Any]:
    """Return a prospect as plain facts, its evidence with quotes and places."""
    found = evidence.by_ids(tx, list(dict.fromkeys([*prospect.evidence, *prospect.linked])))
    known = {piece.id: piece for piece in found}
    pieces = [known[one] for one in prospect.evidence if one in known]
    keys = sources.keys(tx, sorted({piece.document_id for piece in pieces}))
    return {
        "organisation": prospect.organisation,
        "organisation_id": prospect.organisation_id,
        "industry": prospect.industry,
        "country": prospect.country,
        "problem": prospect.problem_id,
        "standing": prospect.standing.value,
        "probability": round(prospect.probability, 4),
        "score": round(prospect.score, 3),
        "parts": [_reason(part) for part in prospect.parts],
        "beliefs": [
            {
                "step": belief.step.value,
                "probability": round(belief.probability, 4),
                "reasons": [_reason(reason) for reason in belief.reasons],
            }
            for belief in prospect.beliefs
        ],
        "unknowns": prospect.unknowns,
        "next_question": prospect.next_question,
        "eliminated": prospect.eliminated,
        "documents_read": prospect.documents_read,
        "sentences_read": prospect.sentences_read,
        "last_on": prospect.last_on.isoformat() if prospect.last_on else None,
        "attempts": [attempt_facts(one, known) for one in prospect.attempts],
        "complaints": [complaint_facts(one, known) for one in prospect.complaints],
        "evidence": [_piece(piece, keys, prospect.problem_id) for piece in pieces],
    }


def _piece(piece: evidence.Evidence, keys: dict[int, str], problem_id: str) -> dict[str, Any]:
    return {
        "id": piece.id,
        "quote": piece.quote.text,
        "document": keys[piece.document_id],
        "document_id": piece.document_id,
        "start": piece.quote.span.start,
        "end": piece.quote.span.end,
        "date": piece.said_on.isoformat() if piece.said_on else None,
        "facets": {f.value: piece.facets[f] for f in sorted(piece.labels)},
        "assertion": piece.assertion.value,
        "speaker": piece.speaker.value,
        "fix": piece.fix.value if piece.fix else None,
        "match": piece.matches.get(problem_id),
        "verdict": piece.verdicts.get(problem_id),
        **sense_facts(piece),
    }


def _reason(reason: prospects.Reason) -> dict[str, Any]:
    return {
        "text": reason.text,
        "weight": round(reason.weight, 4),
        "evidence": reason.evidence,
        "date": reason.said_on.isoformat() if reason.said_on else None,
    }


def show_ranking(tx: Session, problem: problems.Problem, ranked: Sequence[Prospect]) -> None:
    """Print the prospects of a problem, each with the sentence that says so."""
    out.print(f"\n{problem.title} ({problem.id})", style="bold")
    if not ranked:
        out.print("  no prospects; unsolved add FOLDER and unsolved read bring some")
        return
    width = max(len(prospect.organisation) for prospect in ranked)
    for rank, prospect in enumerate(ranked, 1):
        out.print(
            f"{rank:3}  {prospect.organisation:{width}}  {prospect.standing.value:16}  "
            f"{prospect.probability:4.0%} likely  score {prospect.score:5.1f}"
        )
        out.print(f"     {_why(tx, prospect)}", style="dim")


def _why(tx: Session, prospect: Prospect) -> str:
    if prospect.eliminated:
        return prospect.eliminated
    pieces = evidence.by_ids(tx, prospect.evidence[:1])
    if not pieces:
        return ""
    piece = pieces[0]
    when = f" ({piece.said_on})" if piece.said_on else ""
    return f"“{short(piece.quote.text)}”{when}"


def _show_organisation(
    tx: Session, known: sources.Organisation, found: Iterable[Prospect]
) -> None:
    out.print(known.name, style="bold")
    facts = (known.domain, known.industry, known.country, known.revenue)
    out.print("  " + " · ".join(fact for fact in facts if fact))
    for prospect in found:
        if prospect.eliminated and not prospect.evidence:
            out.print(f"\n{prospect.problem_id}: {prospect.eliminated}")
            continue
        out.print(
            f"\n{prospect.problem_id}: {prospect.standing.value}, "
            f"{prospect.probability:.0%} likely, score {prospect.score:.1f}",
            style="bold",
        )
        for part in prospect.parts:
            out.print(f"  {part.weight:+6.1f}  {part.text}")
        for piece in evidence.by_ids(tx, prospect.evidence[:5]):
            facets = ", ".join(sorted(piece.labels))
            out.print(f"  {piece.said_on or 'undated'}  [{facets}] “{short(piece.quote.text)}”")
        linked = evidence.by_ids(tx, prospect.linked)
        show_links(prospect, {piece.id: piece for piece in linked})
        if prospect.unknowns:
            out.print(f"  not known: {'; '.join(prospect.unknowns)}")
        if prospect.next_question:
            out.print(f"  ask next: {prospect.next_question}")
