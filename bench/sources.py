"""Everything a seller has, from where it is, twice: ``python -m bench.sources``.

Raw filings through the EDGAR connector from a replay on this machine, real mail over an IMAP
server and again as an mbox, two CRMs' tables in their vendors' layouts, a CRM export as messy
as they are, a feed, and a site with a robots.txt. The second round must change nothing. Leaves
with 1 if it does, or if a source failed.
"""

import argparse
import gzip
import json
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.site import FEED, SITE
from bench.tables import Cell, show
from bench.world import ROOT, fresh
from tests.sources.edgar_replay import filed_in
from tests.sources.edgar_replay import serving as edgar
from tests.sources.imap_server import imap_server
from tests.sources.web_server import web
from unsolved import sources
from unsolved.db import Sessions, transaction
from unsolved.jobs.sync import Means, Synced, visit
from unsolved.sources.reach import Limits, Reach
from unsolved.sources.vault import Vault, new_key

DATA = ROOT.parent / "shared" / "data"
OWN = "enron.com"
Making = Callable[[ExitStack, Path], "Place"]


@dataclass(frozen=True)
class Place:
    """A source as somebody would name it, and the ``host:port`` it needs on this machine."""

    kind: str
    settings: Mapping[str, str]
    allowed: str = ""
    secrets: Mapping[str, str] = field(default_factory=dict)


def filings(stack: ExitStack, _: Path) -> Place:
    """40 raw 8-Ks and 3 10-Ks."""
    filed = [*filed_in(DATA / "files" / "8-K"), *filed_in(DATA / "files" / "10-K")]
    replay = stack.enter_context(edgar(filed))
    companies = ", ".join(sorted({one.cik for one in filed}))
    told = {"companies": companies, "contact": "Ann Lee ann@acme.example", "years": "100"}
    return Place("edgar", {**told, "address": replay.address}, replay.host)


def mailbox(stack: ExitStack, _: Path) -> Place:
    """The Enron sample, over IMAP."""
    server = stack.enter_context(imap_server())
    server.append(*_mails())
    told = {"host": server.address, "user": server.user, "security": "none", "own": OWN}
    return Place("imap", told, server.address, {"password": server.password})


def mbox(_: ExitStack, folder: Path) -> Place:
    """The Enron sample, as a file."""
    path = folder / "enron.mbox"
    with path.open("wb") as file:
        for mail in _mails():
            lines = mail.replace(b"\r\n", b"\n").split(b"\n")
            quoted = (b">" + line if line.startswith(b"From ") else line for line in lines)
            file.write(b"From nobody Mon Jan  1 00:00:00 2001\n" + b"\n".join(quoted) + b"\n\n")
    return Place("mail", {"path": str(path), "own": OWN})


def hubspot(_: ExitStack, __: Path) -> Place:
    """Tables in HubSpot's layout."""
    return Place("crm-file", {"path": str(_seeds("hubspot"))})


def salesforce(_: ExitStack, __: Path) -> Place:
    """Tables in Salesforce's layout."""
    return Place("crm-file", {"path": str(_seeds("salesforce"))})


def export(_: ExitStack, __: Path) -> Place:
    """A real CRM's export, 51 columns."""
    path = DATA / "crm/eci2020_export/CompetenciaECI/Validacion_ECI_2020.csv"
    return Place("crm-file", {"path": str(path), "dates": "month-first"})


def feed(stack: ExitStack, _: Path) -> Place:
    """A feed of news."""
    served = stack.enter_context(web(FEED))
    return Place("feed", {"address": f"{served.address}/feed.xml"}, served.host)


def site(stack: ExitStack, _: Path) -> Place:
    """A site with a robots.txt and a sitemap."""
    served = stack.enter_context(web(SITE))
    return Place("site", {"address": f"{served.address}/"}, served.host)


PLACES: Mapping[str, Making] = {
    "EDGAR: 40 8-Ks, 3 10-Ks": filings,
    "Enron over IMAP": mailbox,
    "Enron as mbox": mbox,
    "HubSpot tables": hubspot,
    "Salesforce tables": salesforce,
    "ECI 2020 export": export,
    "a feed": feed,
    "a site with robots.txt": site,
}
NEEDS_DATA = frozenset(PLACES) - {"a feed", "a site with robots.txt"}


def main() -> None:
    """Read everything twice, and print what came of it."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--reasons", type=int, default=3, help="reasons shown of each source")
    options = asked.parse_args()
    with TemporaryDirectory() as folder, ExitStack() as stack:
        home = Path(folder)
        rows = list(_rows(fresh(home / "sources.sqlite"), stack, home, options.reasons))
    head = ["source", "read", "documents", "records", "deleted", "new again", "changed again"]
    head += ["not read", "why", "seconds", "again"]
    show("Everything a seller has, read twice", head, rows)
    if any(row[5] or row[6] or str(row[8]).startswith("failed") for row in rows):
        sys.exit("the second round should have changed nothing, and no source should fail")


def _rows(
    sessions: Sessions, stack: ExitStack, folder: Path, reasons: int
) -> Iterator[list[Cell]]:
    for name, making in PLACES.items():
        if name in NEEDS_DATA and not DATA.is_dir():
            print(f"{name}: left out, since ../shared/data is not here")
            continue
        place = making(stack, folder)
        vault = Vault(new_key())
        with transaction(sessions) as tx:
            sealed = vault.close(place.secrets)
            source = sources.remember(tx, name, place.kind, place.settings, secret=sealed)
        means = Means(
            vault=vault,
            allowed=frozenset({place.allowed}),
            reach=Reach(limits=Limits(seconds=30), pause=lambda _: None),
        )
        first, took = _visit(sessions, source, means)
        second, again = _visit(sessions, source, means)
        yield [*_row(name, sessions, source, first, second, reasons), took, again]


def _visit(sessions: Sessions, source: int, means: Means) -> tuple[Synced, float]:
    began = time.perf_counter()
    done = visit(sessions, source, means, clock=lambda: datetime.now(UTC))
    return done, time.perf_counter() - began


def _row(
    name: str, sessions: Sessions, source: int, first: Synced, second: Synced, most: int
) -> list[Cell]:
    if first.added is None or second.added is None:
        return [name, 0, 0, 0, 0, 0, 0, 0, f"failed: {first.failure or second.failure}"]
    one, two = first.added, second.added
    with transaction(sessions) as tx:
        kept = sources.source(tx, source)
    assert kept is not None
    read = one.new + one.changed + one.unchanged + one.records.read + one.refused + one.gone
    new = two.new + two.records.new
    changed = two.changed + two.records.changed + two.gone
    told = Counter(refusal.why for refusal in one.refusals)
    why = "; ".join(f"{count} x {text}" for text, count in told.most_common(most))
    return [
        *(name, read, kept.documents, kept.records, one.gone, new, changed),
        *(one.refused, why or "-"),
    ]


def _mails() -> Iterator[bytes]:
    with gzip.open(DATA / "mail" / "enron.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)["text"].encode("utf-8", "surrogateescape")


def _seeds(vendor: str) -> Path:
    return DATA / f"crm/vendor_{vendor}_seeds/integration_tests/seeds"


if __name__ == "__main__":
    main()
