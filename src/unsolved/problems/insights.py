"""The insights of a problem file: each with where it is from, and for whom it is."""

from collections.abc import Iterable
from dataclasses import asdict

from unsolved.problems.model import Insight
from unsolved.problems.nodes import Node


def insight_from(node: Node) -> Insight:
    """Make an insight of a tree that has the right shape."""

    def text(name: str) -> str:
        return " ".join(node.fields[name].text.split()) if name in node.fields else ""

    def texts(name: str) -> tuple[str, ...]:
        entries = node.fields[name].entries if name in node.fields else ()
        return tuple(" ".join(entry.text.split()) for entry in entries)

    return Insight(
        text=text("text"),
        source=text("source"),
        industries=texts("industries"),
        roles=texts("roles"),
        url=text("url"),
    )


def insights_as_told(insights: Iterable[Insight]) -> list[dict[str, object]]:
    """Return insights as the list that a file would have of them."""
    return [
        {
            name: list(value) if isinstance(value, tuple) else value
            for name, value in asdict(one).items()
            if value
        }
        for one in insights
    ]
