"""Tables of an export with rows of no object: links, names of keys, and what is not ours."""

from unsolved.sources.crm.layouts import Layout, Links, Names, Unused

Other = Links | Names | Unused
UNKNOWN = "it holds none of organisations, people, deals, activities, stages"


def other_in(layout: Layout, names: frozenset[str]) -> Other | None:
    """Return what a table is by a layout, if it is none of an object's, by its columns."""
    for links in layout.links:
        pair = [names & called for called in links.pair.values()]
        rest = names.difference(*links.pair.values())
        if all(pair) and rest <= _BESIDE_LINKS:
            return links
    for called in layout.names:
        if called.all <= names and not called.without & names:
            return called
    for unused in layout.unused:
        fits = len(names) <= unused.most and not unused.without & names
        if fits and any(needed <= names for needed in unused.all):
            return unused
    return None


_BESIDE_LINKS = frozenset(
    {
        "type id",
        "category",
        "engagement type",
        "fivetran synced",
        "fivetran deleted",
        "is primary",
        "role",
        "id",
    }
)


def said_of(other: Other) -> str:
    """Return it in words."""
    if isinstance(other, Unused):
        return f"{UNKNOWN}, but {other.what}"
    if isinstance(other, Names):
        return f"it says what the keys of each {other.of} stand for"
    return "it says which rows belong together"
