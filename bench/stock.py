"""Real text, as many sentences as are asked: earnings calls and filings."""

import gzip
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bench.world import shared
from unsolved.evidence.sentences import split, worth_reading
from unsolved.sources import Draft, Kind, OrganisationDraft

CALLS = "earnings_calls"
REPORTS = ("annual_reports_2023", "annual_reports_1994_2023")


@dataclass(frozen=True, slots=True)
class Stock:
    """What is read: documents, how long their sentences are and how many are distinct."""

    drafts: Sequence[Draft]
    characters: float
    distinct: float


def stock(texts: Sequence[Draft], size: int) -> Stock:
    """Return documents of so many sentences, or a few more.

    Those of a smaller size are among those of a larger. Once all texts are in they come
    again, under other keys and about other organisations.
    """
    drafts: list[Draft] = []
    seen: set[int] = set()
    count = characters = copy = 0
    while count < size:
        for draft in texts:
            about = replace(draft.organisation, name=f"{draft.organisation.name} {copy}")
            drafts.append(replace(draft, key=f"{copy}/{draft.key}", organisation=about))
            cut = sentences(draft.text)
            count, characters = count + len(cut), characters + sum(map(len, cut))
            seen.update(map(hash, cut))
            if count >= size:
                break
        copy += 1
    return Stock(drafts, characters / count, len(seen) / count)


def sample(drafts: Sequence[Draft], most: int) -> list[str]:
    """Return at most so many sentences of documents, from all over them."""
    every = [one for draft in drafts for one in sentences(draft.text)]
    most = min(most, len(every))
    return [every[at * len(every) // most] for at in range(most)]


def sentences(words: str) -> list[str]:
    """Return the sentences of a text that are read."""
    cut = (words[span.start : span.end] for span in split(words))
    return [one for one in cut if worth_reading(one)]


def texts() -> list[Draft]:
    """Return calls and filings in an order of which every beginning is like the whole.

    They stand by source and length, and are taken at places spread ever more densely: half,
    a quarter, three quarters and so on (van der Corput).
    """
    ordered = [
        draft
        for name in (CALLS, *REPORTS)
        for draft in sorted(_drafts(name), key=lambda draft: len(draft.text))
    ]
    width = len(ordered).bit_length()
    places = (int(f"{at:0{width}b}"[::-1], 2) for at in range(1 << width))
    return [ordered[at] for at in places if at < len(ordered)]


def _drafts(name: str) -> Iterator[Draft]:
    path = shared("data", "texts", f"{name}.jsonl.gz")
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            told = json.loads(line)
            key = told["id"] if name == CALLS else f"{told['doc_id']}/{told['section']}"
            when = told["date"]
            yield Draft(
                key=f"{name}/{key}",
                organisation=OrganisationDraft(name=told.get("organisation") or told["org"]),
                text="\n".join(told["lines"]) if name == CALLS else told["text"],
                title="Earnings call" if name == CALLS else told["form"],
                kind=Kind.TRANSCRIPT if name == CALLS else Kind.FILING,
                published_on=date.fromisoformat(when) if len(when) > len("2023") else None,
                original=b"",
            )
