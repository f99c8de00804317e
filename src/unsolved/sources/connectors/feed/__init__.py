"""A feed as RSS, Atom or JSON: each entry a text, or the way to one."""

from unsolved.errors import Invalid
from unsolved.sources.connector import Visit
from unsolved.sources.connectors.feed.fetching import Feed
from unsolved.sources.crawling import normal
from unsolved.sources.model import Kind
from unsolved.sources.told import kind_named

__all__ = ["Feed", "connector"]


def connector(visit: Visit) -> Feed:
    """Return who reads the feed that a source names.

    Raises:
        Invalid: the address is none, or the kind.
    """
    told = visit.text("address")
    for scheme in ("feed://", "feed:"):
        told = told.removeprefix(scheme)
    address = normal(told if "://" in told else f"https://{told}")
    if address is None:
        mend = "write it as https://www.example.com/feed.xml"
        raise Invalid(field="address", got=told, mend=mend)
    named = visit.text("kind")
    kind = kind_named(named) if named else Kind.NEWS
    if kind is None:
        raise Invalid(field="kind", got=named, mend=f"write one of {', '.join(Kind)}")
    return Feed(address=address, visit=visit, kind=kind, whole=visit.switch("whole"))
