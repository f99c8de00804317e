"""Reads a formula from its text, once and from left to right, or says where it is none.

Python's own reader is not asked: its words (``class``, ``import``) could not be names then, and
it gives in to a million parentheses.
"""

import re
from collections.abc import Iterator
from difflib import get_close_matches
from math import isfinite
from typing import NoReturn

from unsolved.errors import Invalid
from unsolved.problems.formula import Call, Name, Node, Number, Product, Sum, named

LONGEST, DEEPEST = 2_000, 30
CALLS = ("max", "min")
TYPED = {"·": "*", "×": "*", "÷": "/", "−": "-"}
TOKEN = re.compile(
    r"(?P<number>(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)|(?P<name>[^\W\d]\w*)"
    rf"|(?P<sign>\*\*|[-+*/(),{''.join(TYPED)}])|(?P<space>\s+)|(?P<other>.)"
)


def parse(text: str) -> Node:
    """Return what a formula says, as a tree.

    Raises:
        Invalid: it is no formula; the facts hold ``formula``, ``column``, ``why``, ``mend``.
    """
    if len(text) > LONGEST:
        refuse(text, 1, f"the formula has {len(text):,} characters", f"{LONGEST:,} are allowed")
    return _Reader(text).whole()


def unknown(text: str, node: Node, known: tuple[str, ...]) -> Iterator[Invalid]:
    """Yield a refusal for each name that is none of the inputs known."""
    for one in named(node):
        if one.name not in known:
            near = get_close_matches(one.name, known, n=1)
            there = f"There are: {', '.join(known)}" if known else "Add the input"
            mend = f"Did you mean `{near[0]}`?" if near else there
            yield refusal(text, one.column, f"there is no input `{one.name}`", mend)


def refusal(text: str, column: int, why: str, mend: str) -> Invalid:
    """Return the error that says where a formula is wrong, and the mend."""
    said = text if len(text) <= 80 else f"{text[:77]}…"  # noqa: PLR2004 - one line
    return Invalid(
        formula=said, column=column, why=why, mend=f"{mend.rstrip('.?')}{_stop(mend)}"
    )


def _stop(mend: str) -> str:
    return "?" if mend.endswith("?") else "."


def refuse(text: str, column: int, why: str, mend: str) -> NoReturn:
    """Raise what `refusal` returns."""
    raise refusal(text, column, why, mend)


class _Reader:
    """Reads a formula once, from left to right; every method returns one part of the tree."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = [*_tokens(text), ("end", "", len(text) + 1)]
        self.at = 0
        self.depth = 0

    @property
    def token(self) -> tuple[str, str, int]:
        return self.tokens[self.at]

    def take(self, *signs: str) -> str:
        """Take the next sign if it is one of those, else nothing."""
        kind, said, _ = self.token
        if kind != "sign" or said not in signs:
            return ""
        self.at += 1
        return said

    def whole(self) -> Node:
        if self.token[0] == "end":
            refuse(self.text, 1, "the formula is empty", "Write one, as `orders * margin`")
        node = self.sum()
        kind, said, column = self.token
        if kind != "end":
            refuse(self.text, column, *_stray(kind, said))
        return node

    def sum(self) -> Node:
        column = self.token[2]
        terms = [(self.sign(), self.product())]
        while said := self.take("+", "-"):
            sign = 1 if said == "+" else -1
            terms.append((sign * self.sign(), self.product()))
        return terms[0][1] if terms[0][0] > 0 and len(terms) == 1 else Sum((*terms,), column)

    def sign(self) -> int:
        sign = 1
        while said := self.take("+", "-"):
            sign = -sign if said == "-" else sign
        return sign

    def product(self) -> Node:
        column = self.token[2]
        factors = [(1, self.factor())]
        while said := self.take("*", "/"):
            sign, power = self.sign(), 1 if said == "*" else -1
            factor = self.factor()
            factors.append((power, factor if sign > 0 else Sum(((-1, factor),), column)))
        return factors[0][1] if len(factors) == 1 else Product((*factors,), column)

    def factor(self) -> Node:
        kind, said, column = self.token
        if kind == "number":
            self.at += 1
            return Number(self.number(said, column), column)
        if kind == "name":
            self.at += 1
            return self.call(said, column) if self.token[1] == "(" else Name(said, column)
        if self.take("("):
            node = self.within(column)
            self.close(column)
            return node
        if kind == "end":
            refuse(self.text, column, "the formula breaks off", "Say what comes next")
        return refuse(self.text, column, *_stray(kind, said))

    def number(self, said: str, column: int) -> float:
        value = float(said)
        if not isfinite(value):
            refuse(self.text, column, f"{said} is too large a number", "Write a smaller one")
        return value

    def call(self, name: str, column: int) -> Node:
        if name not in CALLS:
            mend = "Only `min(a, b)` and `max(a, b)` can be called; write `*` to multiply"
            refuse(self.text, column, f"`{name}(` calls something", mend)
        self.take("(")
        args = [self.within(column)]
        while self.take(","):
            args.append(self.within(column))
        self.close(column)
        if len(args) == 1:
            refuse(self.text, column, f"`{name}` has one value", "Give it two, as `min(a, b)`")
        return Call(name, tuple(args), column)

    def within(self, column: int) -> Node:
        """Read what stands in parentheses; how deep they may lie is limited."""
        self.depth += 1
        if self.depth > DEEPEST:
            refuse(
                self.text,
                column,
                "parentheses stand in parentheses too deeply",
                "Take some out",
            )
        node = self.sum()
        self.depth -= 1
        return node

    def close(self, column: int) -> None:
        if not self.take(")"):
            kind, said, at = self.token
            if kind == "end":
                why = f"the parenthesis of column {column} is not closed"
                refuse(self.text, at, why, "Write `)`")
            refuse(self.text, at, *_stray(kind, said))


def _tokens(text: str) -> Iterator[tuple[str, str, int]]:
    """Yield the words of a formula: what kind, what it says, in which column."""
    for found in TOKEN.finditer(text.replace("\n", " ")):
        kind, column = str(found.lastgroup), found.start() + 1
        if kind != "space":
            yield kind, TYPED.get(found[0], found[0]), column


def _stray(kind: str, said: str) -> tuple[str, str]:
    """Return why something cannot stand where it does, and the mend."""
    if kind in {"name", "number"}:
        return f"`{said}` follows without a sign", f"Write `*` or `+` before `{said}`"
    if said in {"**", "^"}:
        return "there are no powers", "Multiply the value by itself"
    if said == ",":
        return "a comma stands outside of min and max", "Write 1000 and 0.5, without commas"
    if said == "%":
        return "`%` is no sign of a formula", "Write 0.05, or give the input the unit percent"
    if kind == "other":
        return f"{said!r} cannot stand in a formula", "Use names, numbers, + - * / and ( )"
    return f"`{said}` stands in the wrong place", "Write a name or a number before and after it"
