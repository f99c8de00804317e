"""The command that tells who is silent, how unusual that is, and why we say so."""

import json
from collections.abc import Mapping, Sequence

import click

from unsolved import deals, sources
from unsolved.cli.deals_facts import reason_facts
from unsolved.cli.deals_found import LONGEST_NUMBER
from unsolved.cli.workbench import Workbench, out
from unsolved.db import Session, transaction
from unsolved.deals.model import Silence
from unsolved.deals.queries import lists
from unsolved.deals.queries.sought import Sought
from unsolved.deals.silence import exchanges_of, said, silences
from unsolved.errors import NotFound

MOST = 100_000
SHOWN = 4


@click.command()
@click.argument("named", required=False, metavar="[ORGANISATION|ID]")
@click.option("--seller", default="", help="Without a name: only deals of this seller.")
@click.option("--json", "as_json", is_flag=True, help="As JSON lines, with every reason.")
@click.pass_obj
def silence(bench: Workbench, named: str | None, *, seller: str, as_json: bool) -> None:
    """Tell who is silent, how unusual that is for them, and why we say so.

    Of an ORGANISATION or of the deal of that ID, everybody who has ever written or called;
    without either, the open deals in which a silence is unusual.
    """
    with transaction(bench.sessions) as tx:
        if named is None:
            _show_open(tx, seller, as_json=as_json)
            return
        organisation_id = _organisation(tx, named)
        known = sources.organisation(tx, organisation_id)
        told = exchanges_of(tx, [organisation_id], since=None)
        country = known.country if known else None
        found = silences(told.get(organisation_id, ()), now=bench.now, country=country)
        names = _names(tx, found)
    ordered = sorted(found, key=lambda one: (not one.is_silent, one.probability))
    if not ordered and not as_json:
        out.print("nothing is known of mails, calls or meetings with them")
    for one in ordered:
        _show(one, names, as_json=as_json)


def _organisation(tx: Session, named: str) -> int:
    """Return the organisation that is meant: of a deal by its number, or by its name."""
    if named.isdecimal() and len(named) <= LONGEST_NUMBER:
        known = deals.opportunity(tx, int(named))
        if known is None:
            raise NotFound(opportunity=int(named))
        found = sources.organisation(tx, known.head.organisation_id)
    else:
        found = sources.called(tx, named)
    if found is None:
        near = sources.names_like(tx, named)
        raise NotFound(organisation=named, **({"did_you_mean": near} if near else {}))
    return found.id


def _show_open(tx: Session, seller: str, *, as_json: bool) -> None:
    found = [one for one in lists.listed(tx, Sought(seller=seller), MOST) if one.silence]
    found.sort(key=lambda one: float(one.told.get("silence_probability") or 1.0))
    if not found and not as_json:
        out.print("nobody's silence is unusual; unsolved deals work-out looks again")
    for one in found:
        if as_json:
            facts = {
                "opportunity_id": one.id,
                "name": one.name,
                "silence": one.silence,
                "probability": one.told.get("silence_probability"),
            }
            click.echo(json.dumps(facts, ensure_ascii=False))
        else:
            out.print(f"{one.id:5}  {one.name}: {one.silence}")


def _names(tx: Session, found: Sequence[Silence]) -> dict[int, str]:
    people = {one.person_id: sources.person(tx, one.person_id) for one in found}
    return {number: one.name for number, one in people.items() if one is not None}


def _show(one: Silence, names: Mapping[int, str], *, as_json: bool) -> None:
    name = names.get(one.person_id, f"person {one.person_id}")
    if as_json:
        facts = {
            "person_id": one.person_id,
            "name": name,
            "channel": one.channel.value,
            "is_unusual": one.is_silent,
            "days": one.days,
            "usual_days": one.usual_days,
            "replies": one.replies,
            "probability": one.probability,
            "comes": one.comes,
            "reasons": [reason_facts(reason) for reason in one.reasons],
        }
        click.echo(json.dumps(facts, ensure_ascii=False))
        return
    mark = "!" if one.is_silent else " "
    out.print(f"{mark} {name}, {one.channel.value}: {said(one, name)}", style="bold")
    if one.waiting_since:
        out.print(f"    that an answer comes within thirty days: {one.comes:.0%}")
    for reason in sorted(one.reasons, key=lambda part: -abs(part.weight))[:SHOWN]:
        out.print(f"    {reason.weight:+5.2f}  {reason.text}", style="dim")
