"""What a page tells machines about itself: schema.org as JSON-LD, or as microdata."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from selectolax.lexbor import LexborHTMLParser, LexborNode

Item = Mapping[str, Any]

MOST_ITEMS = 2_000
_DEEPEST = 12
_WRAPPED = re.compile(r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\s*\]\]>|\]\]>)\s*$")


def linked_data(tree: LexborHTMLParser) -> tuple[list[Item], list[str]]:
    """Return every item of the JSON-LD in a page, however deep, and why some was not read."""
    items: list[Item] = []
    faults: list[str] = []
    for node in tree.css("script[type]"):
        told = (node.attributes.get("type") or "").partition(";")[0].strip().casefold()
        if told != "application/ld+json":
            continue
        written = _WRAPPED.sub("", node.text() or "").strip()
        if not written:
            continue
        try:
            value = json.loads(written, strict=False)
        except (ValueError, RecursionError) as error:
            faults.append(f"its JSON-LD is not JSON ({error})")
            continue
        items.extend(_within(value, _DEEPEST, MOST_ITEMS - len(items)))
    return items, faults


def types_of(item: Item) -> frozenset[str]:
    """Return the types of an item, without what they are written before."""
    told = item.get("@type")
    names = told if isinstance(told, list) else [told]
    return frozenset(re.split(r"[/#:]", name)[-1] for name in names if isinstance(name, str))


def microdata(tree: LexborHTMLParser, of: str) -> list[Item]:
    """Return the items of one type that a page marks with ``itemprop``."""
    found: list[Item] = []
    for node in tree.css("[itemscope][itemtype]"):
        if (node.attributes.get("itemtype") or "").rstrip("/").endswith(f"/{of}"):
            found.append(_marked(node, _DEEPEST))
        if len(found) >= MOST_ITEMS:
            break
    return found


def _within(value: object, deepest: int, most: int) -> Iterator[Item]:
    """Yield the items in a value, those within others too."""
    waiting: list[tuple[object, int]] = [(value, 0)]
    given = 0
    while waiting and given < most:
        now, depth = waiting.pop()
        if depth > deepest:
            continue
        if isinstance(now, list):
            waiting.extend((one, depth + 1) for one in reversed(now))
        elif isinstance(now, dict):
            if "@type" in now:
                given += 1
                yield now
            inner = [one for one in now.values() if isinstance(one, dict | list)]
            waiting.extend((one, depth + 1) for one in reversed(inner))


def _marked(scope: LexborNode, deepest: int) -> dict[str, Any]:
    """Return what is marked within a scope, as JSON-LD would say it."""
    item: dict[str, Any] = {
        "@type": (scope.attributes.get("itemtype") or "").rpartition("/")[2]
    }
    waiting = list(scope.iter())[::-1]
    while waiting:
        node = waiting.pop()
        told = node.attributes
        name, inner = told.get("itemprop"), "itemscope" in told
        if name:
            value = _marked(node, deepest - 1) if inner and deepest else _value(node)
            for one in name.split():
                item.setdefault(one, value)
        if not inner:
            waiting.extend(list(node.iter())[::-1])
    return item


def _value(node: LexborNode) -> str:
    told = node.attributes
    for name in ("content", "datetime", "href", "src"):
        if told.get(name):
            return str(told[name])
    return node.html or "" if node.tag in {"div", "section", "span", "p", "ul"} else node.text()
