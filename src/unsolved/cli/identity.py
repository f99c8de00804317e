"""The commands about who is one: ``identity resolve`` and its kin."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

import click

from unsolved import prospects, sources
from unsolved.cli.lazily import Lazily, Where
from unsolved.cli.workbench import Workbench, out
from unsolved.db import Session, transaction
from unsolved.errors import NotFound
from unsolved.sources import Merge, Of, Pair, Proposal

COMMANDS: Mapping[str, Where] = {
    "resolve": Where(
        "identity", "resolve", "Merge who is surely one, and propose who may be, with reasons."
    ),
    "proposals": Where("identity", "proposals", "Show the pairs that you are to decide."),
    "accept": Where("identity", "accept", "Say that the two of a proposal are one."),
    "apart": Where("identity", "apart", "Say that the two of a proposal are two."),
    "merge": Where("identity", "merge", "Merge B into A, who are one and the same."),
    "split": Where(
        "identity", "split", "Make an organisation of its own of some of the names."
    ),
    "merges": Where("identity", "merges", "Show what was merged, the latest first."),
    "undo": Where("identity", "undo", "Take a merge back; each has again what was theirs."),
}

MOST_ASSESSED = 500
"""Merges after which whom they left is assessed at once; after more, the next reading does."""

as_json = click.option("--json", "as_json", is_flag=True, help="As JSON, one line each.")
most = click.option("--limit", default=50, show_default=True, help="How many at most.")


@click.group(cls=Lazily, table=COMMANDS)
def identity() -> None:
    """Say which organisations and people of different sources are one.

    `resolve` merges the sure ones and proposes the doubtful; what it or you merged can be
    undone, and a pair that you parted is never proposed again.
    """


@click.command()
@as_json
@click.pass_obj
def resolve(bench: Workbench, as_json: bool) -> None:
    """Merge who is surely one, and propose who may be, with reasons.

    Nothing is lost by it: `merges` shows what was merged and why, `undo` takes it back.
    """
    found = sources.resolve(bench.sessions, bench.now)
    with transaction(bench.sessions) as tx:
        is_much = len(found.kept) > MOST_ASSESSED
        _assess(bench, tx, kept=() if is_much else found.kept, gone=found.gone)
        left = sources.count_proposals(tx)
    if as_json:
        told = {"merged": [_pair(p) for p in found.merged], "proposed": left}
        click.echo(json.dumps(told, ensure_ascii=False))
        return
    out.print(f"{_number(len(found.merged), 'pair')} merged, {_number(left, 'pair')} proposed")
    if found.merged:
        out.print("next: unsolved identity merges shows them, unsolved identity undo N undoes")
    if left:
        out.print("next: unsolved identity proposals")
    if is_much:
        out.print("next: unsolved read assesses them anew")


@click.command()
@most
@as_json
@click.pass_obj
def proposals(bench: Workbench, limit: int, as_json: bool) -> None:
    """Show the pairs that you are to decide, the likeliest first."""
    with transaction(bench.sessions) as tx:
        found, total = sources.proposals(tx, limit), sources.count_proposals(tx)
    for one in found:
        if as_json:
            click.echo(json.dumps(_proposal(one), ensure_ascii=False))
            continue
        out.print(f"{one.id}  {one.pair.probability:.0%}  {one.first}  ·  {one.second}")
        for reason in one.pair.reasons:
            out.print(f"      {reason}")
    if not as_json:
        shown = "" if len(found) == total else f"{len(found)} of {total} shown; "
        out.print(
            f"{shown}next: unsolved identity accept N, or apart N"
            if found
            else "nothing to decide; unsolved identity resolve looks"
        )


@click.command()
@click.argument("number", type=int)
@click.pass_obj
def accept(bench: Workbench, number: int) -> None:
    """Say that the two of proposal NUMBER are one: they are merged."""
    with transaction(bench.sessions) as tx:
        merge = sources.decide(tx, number, True, bench.now)
        assert merge is not None
        _tell_merge(bench, tx, merge)


@click.command()
@click.argument("number", type=int)
@click.pass_obj
def apart(bench: Workbench, number: int) -> None:
    """Say that the two of proposal NUMBER are two: they are never proposed again."""
    with transaction(bench.sessions) as tx:
        sources.decide(tx, number, False, bench.now)
    out.print(f"proposal {number}: two; never proposed again")


@click.command()
@click.argument("kept", metavar="A")
@click.argument("merged", metavar="B")
@click.option("--people", "are_people", is_flag=True, help="A and B are people, by address.")
@click.pass_obj
def merge(bench: Workbench, kept: str, merged: str, are_people: bool) -> None:
    """Merge B into A, who are one and the same.

    Organisations by name, domain or number; people by e-mail address or number.
    """
    of = Of.PERSON if are_people else Of.ORGANISATION
    with transaction(bench.sessions) as tx:
        ids = [_found(tx, of, one) for one in (kept, merged)]
        number = sources.merge(tx, of, ids[0], ids[1], bench.now, reasons=["merged by hand"])
        _tell_merge(bench, tx, number)


@click.command()
@click.argument("organisation")
@click.option("--names", required=True, help='Which names, between semicolons: "X; Y".')
@click.pass_obj
def split(bench: Workbench, organisation: str, names: str) -> None:
    """Make an organisation of its own of some of the names of ORGANISATION.

    What came under these names moves with them, and so does what will come.
    """
    chosen = [name.strip() for name in names.split(";") if name.strip()]
    with transaction(bench.sessions) as tx:
        known = _found(tx, Of.ORGANISATION, organisation)
        new = sources.split(tx, known, chosen, bench.now)
        _assess(bench, tx, kept=[known, new])
        found = sources.organisation(tx, new)
        assert found is not None
        told = len(sources.titles_of(tx, new))
    out.print(f"{found.name} is an organisation of its own, with {_number(told, 'document')}")


@click.command()
@most
@as_json
@click.pass_obj
def merges(bench: Workbench, limit: int, as_json: bool) -> None:
    """Show what was merged, the latest first."""
    with transaction(bench.sessions) as tx:
        found = sources.merges(tx, limit)
    for one in found:
        if as_json:
            click.echo(json.dumps(_merge(one), ensure_ascii=False))
            continue
        undone = ", undone" if one.undone_at else ""
        out.print(
            f"{one.id}  {one.made_at:%Y-%m-%d}  {one.merged} → {one.kept}"
            f"  (by {one.made_by}{undone})"
        )
        for reason in one.reasons:
            out.print(f"      {reason}")
    if not found and not as_json:
        out.print("nothing was merged")


@click.command()
@click.argument("number", type=int)
@click.pass_obj
def undo(bench: Workbench, number: int) -> None:
    """Take merge NUMBER back; each has again what was theirs."""
    with transaction(bench.sessions) as tx:
        sources.undo_merge(tx, number, bench.now)
        one = sources.merge_of(tx, number)
        assert one is not None
        if one.of is Of.ORGANISATION:
            _assess(bench, tx, kept=[one.kept_id, one.merged_id])
    out.print(f"{one.kept} and {one.merged} are two again")


def _found(tx: Session, of: Of, text: str) -> int:
    """Return whom somebody means by a name, an address or a number."""
    known: sources.Organisation | sources.Person | None
    if of is Of.PERSON:
        known = sources.person(tx, int(text)) if text.isdigit() else None
        known = known or sources.person_called(tx, text)
        like: list[str] = []
    else:
        known = sources.called(tx, text)
        if known is None and text.isdigit():
            known = sources.organisation(tx, int(text))
        like = sources.names_like(tx, text)
    if known is None:
        raise NotFound(**{of.value: text}, **({"like": like} if like else {}))
    return known.id


def _tell_merge(bench: Workbench, tx: Session, number: int) -> None:
    one = sources.merge_of(tx, number)
    assert one is not None
    if one.of is Of.ORGANISATION:
        _assess(bench, tx, kept=[one.kept_id], gone=[one.merged_id])
    out.print(f"{one.merged} is part of {one.kept} now")
    out.print(f"to undo: unsolved identity undo {number}")


def _assess(
    bench: Workbench, tx: Session, *, kept: Iterable[int], gone: Iterable[int] = ()
) -> None:
    """Have prospects be of those who are there now."""
    away = set(gone)
    for one in away:
        prospects.forget(tx, one)
    for one in sorted(set(kept) - away):
        prospects.assess_one(tx, one, bench.library, prospects.weights(), today=bench.today)


def _pair(pair: Pair) -> dict[str, Any]:
    return {
        "of": pair.of.value,
        "first_id": pair.first_id,
        "second_id": pair.second_id,
        "probability": pair.probability,
        "reasons": list(pair.reasons),
    }


def _proposal(one: Proposal) -> dict[str, Any]:
    return {"id": one.id, "first": one.first, "second": one.second, **_pair(one.pair)}


def _merge(one: Merge) -> dict[str, Any]:
    return {
        "id": one.id,
        "of": one.of.value,
        "kept": one.kept,
        "kept_id": one.kept_id,
        "merged": one.merged,
        "merged_id": one.merged_id,
        "made_at": one.made_at.isoformat(),
        "made_by": one.made_by,
        "probability": one.probability,
        "reasons": list(one.reasons),
        "undone_at": one.undone_at.isoformat() if one.undone_at else None,
    }


def _number(value: int, one: str) -> str:
    return f"{value:,} {one}{'' if value == 1 else 's'}"
