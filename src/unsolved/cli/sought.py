"""``evidence list``: the sentences of a sort, whoever they are about."""

import json
from enum import StrEnum
from itertools import islice

import click

from unsolved import evidence, sources
from unsolved.cli.telling import Facts, sense_facts, short
from unsolved.cli.workbench import Workbench, out
from unsolved.db import Session, transaction
from unsolved.errors import NotFound
from unsolved.evidence import Assertion, Evidence, Facet, Sought, Speaker, Tense


def _one_of(kind: type[StrEnum]) -> click.Choice[str]:
    return click.Choice([one.value for one in kind])


@click.command("list")
@click.option("--organisation", "name", help="Only about this organisation.")
@click.option("--problem", "problem_id", help="Only about this problem (an id).")
@click.option("--facet", type=_one_of(Facet), help="Only what says this.")
@click.option("--assertion", type=_one_of(Assertion), help="Only what is so meant.")
@click.option("--speaker", type=_one_of(Speaker), help="Only what they say.")
@click.option("--tense", type=_one_of(Tense), help="Only what is of that time.")
@click.option("--denied/--not-denied", default=None, help="Only what denies trouble, or not.")
@click.option("--limit", default=20, show_default=True, help="How many.")
@click.option("--json", "as_json", is_flag=True, help="As JSON, one line each.")
@click.pass_obj
def list_evidence(  # noqa: PLR0913, PLR0917 (a command has as many arguments as options)
    bench: Workbench,
    name: str | None,
    problem_id: str | None,
    facet: str | None,
    assertion: str | None,
    speaker: str | None,
    tense: str | None,
    denied: bool | None,
    limit: int,
    as_json: bool,
) -> None:
    """Show sentences of a sort: what they say, whether they are meant, by whom, of when."""
    with transaction(bench.sessions) as tx:
        wanted = Sought(
            organisation_id=_organisation(tx, name),
            problem_id=problem_id,
            facet=Facet(facet) if facet else None,
            assertion=Assertion(assertion) if assertion else None,
            speaker=Speaker(speaker) if speaker else None,
            tense=Tense(tense) if tense else None,
            denied=denied,
        )
        for piece in islice(evidence.search(tx, wanted), limit):
            if as_json:
                click.echo(json.dumps(_facts(piece), ensure_ascii=False))
            else:
                out.print(_line(piece))


def _organisation(tx: Session, name: str | None) -> int | None:
    if name is None:
        return None
    known = sources.called(tx, name)
    if known is None:
        raise NotFound(organisation=name, did_you_mean=sources.names_like(tx, name))
    return known.id


def _line(piece: Evidence) -> str:
    says = ", ".join(sorted(piece.labels))
    tense = evidence.sense_of(piece).tense
    return (
        f"{piece.id:6}  {piece.said_on or 'undated':10}  [{says}; {piece.assertion}; "
        f"{piece.speaker}; {tense}] “{short(piece.quote.text)}”"
    )


def _facts(piece: Evidence) -> Facts:
    return {
        "id": piece.id,
        "quote": piece.quote.text,
        "document_id": piece.document_id,
        "start": piece.quote.span.start,
        "end": piece.quote.span.end,
        "date": piece.said_on.isoformat() if piece.said_on else None,
        "facets": sorted(facet.value for facet in piece.labels),
        "assertion": piece.assertion.value,
        "speaker": piece.speaker.value,
        "fix": piece.fix.value if piece.fix else None,
        "matches": dict(piece.matches),
        **sense_facts(piece),
    }
