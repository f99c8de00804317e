"""The pages of a site, read as its robots.txt and its sitemap allow."""

from unsolved.errors import Invalid
from unsolved.sources.connector import Visit
from unsolved.sources.connectors.site.reading import Site
from unsolved.sources.crawling import Memory, Plan, normal

__all__ = ["Site", "connector"]


def connector(visit: Visit) -> Site:
    """Return who reads the site that a source names.

    Raises:
        Invalid: the address is none, or a limit no number.
    """
    told = visit.text("address")
    start = normal(told if "://" in told else f"https://{told}")
    if start is None:
        mend = "write it as https://www.example.com/"
        raise Invalid(field="address", got=told, mend=mend)
    only = visit.text("only")
    if only and "://" not in only and not only.startswith("/"):
        only = f"/{only}"
    plan = Plan(
        start=start,
        pages=max(1, visit.number("pages", 200)),
        depth=visit.number("depth", 3),
        only=only,
        once=True,
    )
    return Site(
        plan=plan,
        visit=visit,
        memory=Memory.of(visit.cursor, plan.manner, anew=visit.since is not None),
    )
