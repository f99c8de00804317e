"""The companies of the shared texts: named differently by different sources, told by number.

What is one is known by the number that the filings carry (CIK); it is hidden from the product,
which sees the names alone. Nothing of the texts is kept.
"""

import gzip
import json
import os
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

from bench.identity.scores import Score, scored
from bench.identity.through import letter, resolved
from unsolved.sources import OrganisationDraft

SHARED = Path(os.environ.get("UNSOLVED_SHARED", Path(__file__).parents[3] / "shared"))
REPORTS = ("annual_reports_2023", "annual_reports_1994_2023")
CALLS = "earnings21_turns"
CONFORMED = re.compile(r"CONFORMED NAME:\s*(.+)")
EXACT = re.compile(r"([^\n]{3,80})\n[\s\n]*\(?\s*Exact name of registrant", re.IGNORECASE)
# Whose call it is, where the shared reports have a filing of theirs; judged by hand.
CALLED = {
    "Bed Bath and Beyond Inc": "886158",
    "Culp Inc": "723603",
}


def measured() -> list[tuple[str, Score]]:
    """Return how well the companies of the shared texts are recognised, if they are here."""
    if not (SHARED / "data" / "texts").is_dir():
        return []
    named = sorted(set(_named()))
    truth = {at: number for at, (_, number) in enumerate(named)}
    drafts = {
        at: letter(at, OrganisationDraft(name=name)) for at, (name, _) in enumerate(named)
    }
    return [("companies, by name", scored(truth, *resolved("organisations", drafts)))]


def _named() -> Iterator[tuple[str, str]]:
    """Yield each name that a company goes by in some text, with its number."""
    for file in REPORTS:
        for row in _rows(SHARED / "data" / "texts" / f"{file}.jsonl.gz"):
            yield row["org"], row["cik"].lstrip("0")
    for path in sorted((SHARED / "data" / "files" / "8-K").iterdir()):
        number = path.name.split("_")[0]
        text = path.read_text("latin-1")
        for name in CONFORMED.findall(text):
            yield name.strip(), number
        flat = unescape(re.sub(r"<[^>]+>", "\n", text)).replace("\xa0", " ")
        for name in EXACT.findall(flat):
            if re.search(r"[A-Za-z]{3}.* ", name) and not name.strip().startswith("("):
                yield name.strip(), number
    for row in _rows(SHARED / "data" / "calls" / f"{CALLS}.jsonl.gz"):
        yield row["org"], CALLED.get(row["org"], row["org"])


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)
