"""What a formula comes to: over draws of its inputs, and addend by addend."""

from collections.abc import Iterator, Mapping, Sequence
from math import prod

import numpy as np

from unsolved.deals.inaction.spreads import Floats
from unsolved.problems.formula import Call, Name, Node, Number, Product, Sum

MOST_ADDENDS = 24


def value(node: Node, values: Mapping[str, Floats]) -> Floats:
    """Return a formula at given values of its inputs, draw by draw."""
    match node:
        case Number(number):
            return np.asarray(number)
        case Name(name):
            return values[name]
        case Sum(terms):
            total = np.asarray(0.0)
            for sign, term in terms:
                part = value(term, values)
                total = total + part if sign > 0 else total - part
            return total
        case Product(factors):
            total = np.asarray(1.0)
            for power, factor in factors:
                part = value(factor, values)
                total = total * part if power > 0 else total / part
            return total
        case Call(name, args):
            pick = np.minimum if name == "min" else np.maximum
            found = [value(arg, values) for arg in args]
            first, *others = found
            for other in others:
                first = pick(first, other)
            return first


def addends(node: Node) -> tuple[tuple[int, Node], ...]:
    """Return the parts that a formula adds up, each with its sign.

    A sum of things to be added is multiplied out, so that ``(freight + overtime) * weeks`` has
    two; one with something to be taken away, as ``1 - share``, is one factor.
    """
    if _count(node) <= MOST_ADDENDS:
        return tuple(_parts(node))
    return node.terms if isinstance(node, Sum) else ((1, node),)


def _count(node: Node) -> int:
    """Return how many addends there would be, without making them: they multiply."""
    if isinstance(node, Sum):
        return sum(_count(term) for _, term in node.terms)
    if isinstance(node, Product):
        sums = [one for power, one in node.factors if power > 0 and isinstance(one, Sum)]
        return prod(_count(one) for one in sums if _only_adds(one))
    return 1


def _parts(node: Node) -> Iterator[tuple[int, Node]]:
    if isinstance(node, Sum):
        for sign, term in node.terms:
            for own, part in _parts(term):
                yield sign * own, part
    elif isinstance(node, Product):
        yield from _multiplied(node)
    else:
        yield 1, node


def _multiplied(node: Product) -> Iterator[tuple[int, Node]]:
    for at, (power, factor) in enumerate(node.factors):
        if power > 0 and isinstance(factor, Sum) and _only_adds(factor):
            for _, term in factor.terms:
                yield from _multiplied(_with(node.factors, at, term))
            return
    yield 1, node


def _only_adds(node: Sum) -> bool:
    return len(node.terms) > 1 and all(sign > 0 for sign, _ in node.terms)


def _with(factors: Sequence[tuple[int, Node]], at: int, term: Node) -> Product:
    """Return the product in which a factor is replaced by one of its terms."""
    own = term.factors if isinstance(term, Product) else ((1, term),)
    return Product((*factors[:at], *own, *factors[at + 1 :]))
