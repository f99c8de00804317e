"""Reads a page as a test does: what is asked for must be there."""

from collections.abc import Sequence

from fastapi.testclient import TestClient
from selectolax.lexbor import LexborHTMLParser, LexborNode


class Part:
    """Part of a page."""

    def __init__(self, node: LexborNode) -> None:
        self._node = node

    @property
    def text(self) -> str:
        return self._node.text()

    def __getitem__(self, attribute: str) -> str:
        value = self._node.attributes[attribute]
        assert value is not None
        return value

    def has(self, selector: str) -> bool:
        return self._node.css_first(selector) is not None

    def one(self, selector: str) -> "Part":
        found = self._node.css_first(selector)
        assert found is not None, f"no {selector} in {self._node.html}"
        return Part(found)

    def all(self, selector: str) -> "Sequence[Part]":
        return [Part(node) for node in self._node.css(selector)]

    def remove(self) -> None:
        self._node.decompose()


def page(client: TestClient, address: str, *, htmx: bool = False) -> Part:
    answer = client.get(address, headers={"HX-Request": "true"} if htmx else {})
    assert answer.status_code == 200, answer.text
    root = LexborHTMLParser(answer.text).root
    assert root is not None
    return Part(root)


def tenths(text: str) -> int:
    """Return a number as shown, in tenths, so that sums are exact."""
    return round(float(text.replace("\N{MINUS SIGN}", "-")) * 10)
