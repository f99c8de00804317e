"""Makes things for tests: whole, valid and dull, but for what a test names."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import count

from sqlalchemy import MetaData

from unsolved.db import Engine
from unsolved.sources import Draft, Kind, OrganisationDraft, Refusal

SPRING = datetime(2026, 4, 1, tzinfo=UTC)
_numbers = count(1)


def empty(engine: Engine) -> None:
    """Leave no table, whoever made it; Alembic's own would make it skip its work."""
    found = MetaData()
    found.reflect(engine)
    found.drop_all(engine)


def draft(text: str = "Orders arrive late.", about: str = "Acme", **but: object) -> Draft:
    facts = {
        "key": f"d{next(_numbers)}",
        "organisation": OrganisationDraft(name=about),
        "title": "A letter",
        "kind": Kind.NEWS,
        "published_on": date(2026, 3, 1),
        "original": text.encode(),
        **but,
    }
    return Draft(text=text, **facts)  # type: ignore[arg-type]


@dataclass
class Shelf:
    """A connector with its finds on a shelf; a real one, only nearer."""

    finds: list[Draft | OrganisationDraft | Refusal] = field(default_factory=list)
    name: str = "shelf"

    def fetch(self) -> Iterator[Draft | OrganisationDraft | Refusal]:
        return iter(self.finds)
