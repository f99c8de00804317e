"""A formula is a sum of products of names and numbers: data that is read, never a program.

It may hold names, numbers, ``+ - * /``, parentheses, ``min(…)`` and ``max(…)``, and no more.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Number:
    """A number as it stands in a formula; it has no unit."""

    value: float
    column: int = 1


@dataclass(frozen=True, slots=True)
class Name:
    """The name of an input, and the column it stands in, counted from 1."""

    name: str
    column: int = 1


@dataclass(frozen=True, slots=True)
class Sum:
    """Terms, each with its sign: 1 for one that is added, -1 for one that is taken away."""

    terms: tuple[tuple[int, "Node"], ...]
    column: int = 1


@dataclass(frozen=True, slots=True)
class Product:
    """Factors, each with its power: 1 for one that multiplies, -1 for one that divides."""

    factors: tuple[tuple[int, "Node"], ...]
    column: int = 1


@dataclass(frozen=True, slots=True)
class Call:
    """The least (``min``) or the greatest (``max``) of several."""

    name: str
    args: tuple["Node", ...]
    column: int = 1


Node: TypeAlias = Number | Name | Sum | Product | Call


def names(node: Node) -> tuple[str, ...]:
    """Return the inputs that a formula uses, each once, in the order they stand there."""
    return tuple(dict.fromkeys(one.name for one in named(node)))


def named(node: Node) -> Iterator[Name]:
    """Yield every place of a formula where an input is named."""
    match node:
        case Name():
            yield node
        case Sum(parts) | Product(parts):
            for _, part in parts:
                yield from named(part)
        case Call(_, args):
            for arg in args:
                yield from named(arg)


def divisors(node: Node) -> Iterator[Node]:
    """Yield everything that a formula divides by."""
    match node:
        case Sum(parts):
            for _, part in parts:
                yield from divisors(part)
        case Product(parts):
            for power, part in parts:
                if power < 0:
                    yield part
                yield from divisors(part)
        case Call(_, args):
            for arg in args:
                yield from divisors(arg)


def told(node: Node) -> str:
    """Return a formula as people write it, with signs of arithmetic and no more brackets."""
    match node:
        case Number(value):
            return f"{value:.12g}"
        case Name(name):
            return name
        case Call(name, args):
            return f"{name}({', '.join(map(told, args))})"
        case Sum(terms):
            said = "".join(f" {'+' if sign > 0 else '-'} {_inside(t)}" for sign, t in terms)
            return said[3:] if terms[0][0] > 0 else f"-{said[3:]}"
        case Product(factors):
            said = "".join(f" {'×' if p > 0 else '/'} {_factor(f)}" for p, f in factors)
            return said[3:] if factors[0][0] > 0 else f"1{said}"


def _inside(node: Node) -> str:
    return f"({told(node)})" if isinstance(node, Sum) else told(node)


def _factor(node: Node) -> str:
    return f"({told(node)})" if isinstance(node, (Sum, Product)) else told(node)
