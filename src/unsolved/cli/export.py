"""``export``: everything that was found, for spreadsheets and programs."""

import csv
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

import click

from unsolved import deals, evidence, prospects, sources
from unsolved.cli.deals_facts import whole_facts
from unsolved.cli.show import MOST, as_facts
from unsolved.cli.telling import sense_facts
from unsolved.cli.workbench import Workbench, told
from unsolved.db import Session, transaction
from unsolved.deals.queries import lists
from unsolved.deals.queries.whole import opportunities
from unsolved.prospects import Wanted

COLUMNS = {
    "prospects": (
        "problem", "organisation", "industry", "country", "standing", "probability", "score",
        "eliminated", "last_on", "documents_read", "sentences_read", "next_question",
    ),
    "evidence": (
        "id", "organisation", "quote", "document", "document_id", "start", "end", "date",
        "labels", "assertion", "speaker", "tense", "denies", "fix", "matches", "verdicts",
    ),
    "organisations": (
        "name", "names", "domain", "industry", "country", "employees", "revenue",
    ),
    "feedback": (
        "problem", "verdict", "quote", "organisation", "source", "document", "document_id",
        "version", "start", "end", "title", "kind", "date", "statement", "said_at",
    ),
    "opportunities": (
        "id", "name", "organisation", "organisation_id", "seller", "problem_id", "stage",
        "outcome", "cause", "opened_on", "staged_on", "decided_on", "close_on", "worth",
        "currency", "in_forecast", "fits", "fit_note", "standing", "source_id", "deal_key",
        "crm_stage", "people", "attempts_told", "acts_done",
    ),
}  # fmt: skip

DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet would take for the start of a formula."""


@click.command()
@click.argument("what", type=click.Choice(list(COLUMNS)))
@click.option("--format", "style", type=click.Choice(["csv", "json"]), default="csv")
@click.option("--out", "target", type=click.Path(path_type=Path), help="A file; else shown.")
@click.pass_obj
def export(bench: Workbench, what: str, style: str, target: Path | None) -> None:
    """Write out prospects, evidence, organisations, feedback or opportunities, CSV or JSON."""
    with transaction(bench.sessions) as tx:
        rows = _rows(tx, what)
        if target is None:
            _write(sys.stdout, rows, COLUMNS[what], style)
            return
        with target.open("w", encoding="utf-8", newline="") as file:
            count = _write(file, rows, COLUMNS[what], style)
    told.print(f"{count} {what} in {target}")


def _write(
    file: IO[str], rows: Iterator[dict[str, Any]], columns: tuple[str, ...], style: str
) -> int:
    count = 0
    writer = csv.DictWriter(file, columns, extrasaction="ignore")
    if style == "csv":
        writer.writeheader()
    for row in rows:
        count += 1
        if style == "json":
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
        else:
            writer.writerow({name: _cell(row.get(name)) for name in columns})
    return count


def _cell(value: object) -> object:
    if isinstance(value, list | tuple):
        return "; ".join(map(str, value))
    if isinstance(value, dict):
        return "; ".join(f"{name}={part}" for name, part in value.items())
    if isinstance(value, str) and value.startswith(DANGEROUS):
        return "'" + value
    return value


def _rows(tx: Session, what: str) -> Iterator[dict[str, Any]]:
    if what == "prospects":
        found = prospects.ranked(tx, Wanted(with_eliminated=True), MOST)
        return (as_facts(tx, prospect) for prospect in found)
    if what == "feedback":
        return feedback_facts(tx)
    if what == "opportunities":
        return _opportunities(tx)
    everyone = sources.organisations(tx)
    if what == "organisations":
        return (_organisation(known) for known in everyone)
    return (row for known in everyone for row in _evidence(tx, known))


def feedback_facts(tx: Session) -> Iterator[dict[str, Any]]:
    """Yield all that people said of sentences, each with the place to learn it from again."""
    for said in evidence.feedback_given(tx):
        document = sources.document(tx, said.document_id)
        assert document is not None
        yield {
            "problem": said.problem_id,
            "verdict": said.verdict.value,
            "quote": said.quote.text,
            "organisation": document.organisation,
            "source": document.source,
            "document": document.key,
            "document_id": document.id,
            "version": document.version,
            "start": said.quote.span.start,
            "end": said.quote.span.end,
            "title": document.title,
            "kind": document.kind.value,
            "date": document.published_on.isoformat() if document.published_on else None,
            "statement": said.statement,
            "said_at": said.said_at.isoformat(),
        }


def _opportunities(tx: Session) -> Iterator[dict[str, Any]]:
    """Yield all opportunities with all their parts, also those that were removed."""
    for ids in lists.all_ids(tx):
        known = opportunities(tx, ids)
        names = deals.organisations_of(tx, known)
        for one in known:
            where = names.get(one.head.organisation_id)
            yield {
                **whole_facts(one),
                "organisation": where.name if where else None,
                "people": [person.name for person in one.stakeholders.values()],
                "attempts_told": [tried.what for tried in one.attempts.values()],
                "acts_done": [act.act.value for act in one.acts.values()],
            }


def _organisation(known: sources.Organisation) -> dict[str, Any]:
    return {
        "name": known.name,
        "names": list(known.names),
        "domain": known.domain,
        "industry": known.industry,
        "country": known.country,
        "employees": known.employees,
        "revenue": known.revenue,
    }


def _evidence(tx: Session, known: sources.Organisation) -> Iterator[dict[str, Any]]:
    pieces = evidence.of_organisation(tx, known.id)
    keys = sources.keys(tx, sorted({piece.document_id for piece in pieces}))
    for piece in pieces:
        yield {
            "id": piece.id,
            "organisation": known.name,
            "quote": piece.quote.text,
            "document": keys[piece.document_id],
            "document_id": piece.document_id,
            "start": piece.quote.span.start,
            "end": piece.quote.span.end,
            "date": piece.said_on.isoformat() if piece.said_on else None,
            "labels": sorted(facet.value for facet in piece.labels),
            "facets": {facet.value: p for facet, p in piece.facets.items()},
            "assertion": piece.assertion.value,
            "speaker": piece.speaker.value,
            **sense_facts(piece),
            "fix": piece.fix.value if piece.fix else None,
            "matches": dict(piece.matches),
            "verdicts": {problem: v.value for problem, v in piece.verdicts.items()},
        }
