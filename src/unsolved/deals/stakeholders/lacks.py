"""What a rule finds, before it is put into words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Lack:
    """That something is missing: by which rule, of whom, and what its words need to know."""

    rule: str
    who: tuple[int, ...] = ()
    facts: Mapping[str, object] = field(default_factory=dict)


Lacks = Iterator[Lack]
