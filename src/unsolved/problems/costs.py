"""The cost model of a problem file: is it sound, and which values does it hold?

Its shape has been checked by then. Here it is what the words say to each other: a formula that
names its inputs, ranges that rise, and units that come out as money over time.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import asdict

from unsolved.errors import Invalid
from unsolved.problems.formula import names
from unsolved.problems.formula_reader import parse, unknown
from unsolved.problems.model import CostForRole, CostModel, CostQuantity
from unsolved.problems.nodes import Fault, Node
from unsolved.problems.unit_words import ANY

RANGE = ("low", "likely", "high")


def cost_faults(node: Node, *, with_units: bool) -> Iterator[Fault]:
    """Yield what is wrong with a cost model that has the right shape.

    ``with_units`` says whether the units are worked out too, which takes a third of a second
    when it is first done.
    """
    inputs = node.fields["inputs"].entries
    found = [*_twice(inputs), *_ranges(inputs), *_roles(node)]
    formula = node.fields["formula"]
    try:
        tree = parse(_tidy(formula))
    except Invalid as error:
        yield from (*found, _fault(formula, error))
        return
    known = tuple(_tidy(one.fields["name"]) for one in inputs)
    found += [_fault(formula, error) for error in unknown(_tidy(formula), tree, known)]
    found += [_unused(one) for one in inputs if _tidy(one.fields["name"]) not in names(tree)]
    yield from found
    if with_units and not found:
        yield from _units(node)


def cost_from(node: Node) -> CostModel:
    """Make a cost model of a tree that has the right shape."""
    roles = node.fields["per_role"].entries if "per_role" in node.fields else ()
    return CostModel(
        _tidy(node.fields["formula"]),
        tuple(_quantity(one.fields) for one in node.fields["inputs"].entries),
        tuple(
            CostForRole(_text(one, "role"), _text(one, "means"), _texts(one, "inputs"))
            for one in roles
        ),
    )


def cost_as_told(cost: CostModel) -> dict[str, object]:
    """Return a cost model as the mapping that a file would have of it."""
    told: dict[str, object] = {"formula": cost.formula}
    told["inputs"] = [
        {name: value for name, value in asdict(one).items() if value not in {None, ""}}
        for one in cost.inputs
    ]
    if cost.per_role:
        told["per_role"] = [
            {"role": one.role, "means": one.means}
            | ({"inputs": list(one.inputs)} if one.inputs else {})
            for one in cost.per_role
        ]
    return told


def _tidy(node: Node) -> str:
    return " ".join(node.text.split())


def _text(node: Node, name: str) -> str:
    return _tidy(node.fields[name]) if name in node.fields else ""


def _texts(node: Node, name: str) -> tuple[str, ...]:
    return tuple(map(_tidy, node.fields[name].entries)) if name in node.fields else ()


def _quantity(fields: Mapping[str, Node]) -> CostQuantity:
    node = Node("a mapping", 0, fields=fields)
    low, likely, high = (float(fields[name].text) if name in fields else None for name in RANGE)
    return CostQuantity(
        name=_text(node, "name"),
        what=_text(node, "what"),
        unit=_text(node, "unit"),
        question=_text(node, "question"),
        low=low,
        likely=likely,
        high=high,
    )


def _fault(node: Node, error: Invalid) -> Fault:
    facts = error.facts
    place = f" (column {facts['column']})" if "column" in facts else ""
    return Fault(node.line, f"{facts['why']}{place}", str(facts["mend"]))


def _twice(inputs: tuple[Node, ...]) -> Iterator[Fault]:
    counts = Counter(_tidy(one.fields["name"]) for one in inputs)
    for one in inputs:
        name = _tidy(one.fields["name"])
        if counts[name] > 1:
            counts[name] = 0  # told once
            yield Fault(one.line, f"the input `{name}` stands there twice", "Rename one.")


def _ranges(inputs: tuple[Node, ...]) -> Iterator[Fault]:
    for one in inputs:
        if "low" not in one.fields:
            continue
        low, likely, high = (float(one.fields[name].text) for name in RANGE)
        if not low <= likely <= high:
            why = f"`{_tidy(one.fields['name'])}` does not rise: {low:g}, {likely:g}, {high:g}"
            yield Fault(one.fields["low"].line, why, "Put the least first and the most last.")


def _roles(node: Node) -> Iterator[Fault]:
    known = {_tidy(one.fields["name"]) for one in node.fields["inputs"].entries}
    for role in node.fields["per_role"].entries if "per_role" in node.fields else ():
        for one in role.fields["inputs"].entries if "inputs" in role.fields else ():
            if _tidy(one) not in known:
                mend = f"There are: {', '.join(sorted(known))}."
                yield Fault(one.line, f"there is no input `{_tidy(one)}`", mend)


def _unused(node: Node) -> Fault:
    why = f"the formula does not name the input `{_tidy(node.fields['name'])}`"
    return Fault(node.line, why, "Use it there, or take it out.")


def _units(node: Node) -> Iterator[Fault]:
    from unsolved.problems.units import scales  # noqa: PLC0415 - pint, only to check a file

    cost = cost_from(node)
    try:
        scales(parse(cost.formula), {one.name: one.unit for one in cost.inputs}, ANY)
    except Invalid as error:
        lines = {
            _text(one, "unit"): one.fields["unit"] for one in node.fields["inputs"].entries
        }
        yield _fault(lines.get(str(error.facts.get("unit")), node.fields["formula"]), error)
