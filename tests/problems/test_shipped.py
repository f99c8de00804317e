"""The libraries that we ship, and the schema that we publish."""

import json
import re
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
import yaml

import unsolved.problems
from unsolved.problems import FailedFix, Library, Problem, check, load, parse, schema, to_yaml

HOME = Path(unsolved.problems.__file__).parent
REPOSITORY = Path(__file__).parents[2]
LIBRARIES = {"shipped": HOME / "shipped", "bench": REPOSITORY / "bench" / "problems"}
FILES = [file for folder in LIBRARIES.values() for file in sorted(folder.glob("*.yaml"))]
SCHEMA = json.loads((HOME / "problem.schema.json").read_text(encoding="utf-8"))
TYPES: dict[str, Any] = {
    "object": dict,
    "array": list,
    "string": str,
    "number": (int, float),
}
LATER = ("cost", "insights")
"""Fields that a library need not have: those of the bench were written before."""


A = {"name": "a", "what": "b", "unit": "money / year"}


def accepts(rule: dict[str, Any], value: Any) -> bool:
    """The part of JSON Schema that our schema uses, written from its specification."""
    if "$ref" in rule:
        rule = rule | SCHEMA["$defs"][rule["$ref"].removeprefix("#/$defs/")]
    if not isinstance(value, TYPES[rule["type"]]):
        return False
    if rule["type"] == "string":
        return bool(re.search(rule["pattern"], value))
    if rule["type"] == "number":
        return not isinstance(value, bool)
    if rule["type"] == "array":
        return len(value) >= rule["minItems"] and all(accepts(rule["items"], v) for v in value)
    known, rest = rule.get("properties", {}), rule["additionalProperties"]
    rules = [(known.get(key, rest), v) for key, v in value.items()]
    needed = set(rule.get("required", ())).union(
        *(others for key, others in rule.get("dependentRequired", {}).items() if key in value)
    )
    return (
        needed <= set(value)
        and len(value) >= rule.get("minProperties", 0)
        and all(rule and accepts(rule, v) for rule, v in rules)
    )


@pytest.mark.parametrize("folder", LIBRARIES.values(), ids=LIBRARIES)
def test_a_library_of_ours_passes_its_own_check(folder: Path):
    assert check(load(folder)) == ()


def test_the_library_without_a_path_is_the_one_we_ship():
    ids = [problem.id for problem in load().problems]

    assert ids == [file.stem for file in sorted(LIBRARIES["shipped"].glob("*.yaml"))]
    assert load() == load(LIBRARIES["shipped"])


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_file_of_ours_fits_the_published_schema(file: Path):
    assert accepts(SCHEMA, yaml.safe_load(file.read_text(encoding="utf-8")))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_file_of_ours_points_editors_at_the_schema(file: Path):
    first = file.read_text(encoding="utf-8").partition("\n")[0]
    pointed = first.removeprefix("# yaml-language-server: $schema=")

    assert (file.parent / pointed).resolve() == HOME / "problem.schema.json"


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_problem_of_ours_says_something_in_every_field(file: Path):
    [problem] = load(file).problems

    asked = [field.name for field in fields(problem) if field.name not in LATER]
    assert all(getattr(problem, name) for name in asked)
    assert 15 <= len(problem.terms) <= 40
    assert problem.id == file.stem


@pytest.mark.parametrize("problem", load().problems, ids=lambda problem: problem.id)
def test_every_problem_we_ship_has_a_cost_and_four_insights_with_a_year(problem: Problem):
    assert problem.cost is not None
    assert all(one.question and one.low is not None for one in problem.cost.inputs)
    assert {name for role in problem.cost.per_role for name in role.inputs} <= {
        one.name for one in problem.cost.inputs
    }
    assert 4 <= len(problem.insights) <= 6
    assert len({one.text for one in problem.insights}) == len(problem.insights)


@pytest.mark.parametrize(
    "change",
    [
        {"id": "Late"},
        {"title": None},
        {"title": ["a"]},
        {"symptoms": []},
        {"symptoms": [""]},
        {"terms": "ledger"},
        {"extra": "x"},
        {"questions": {}},
        {"questions": {"why": []}},
        {"typical_failed_fixes": [{"fix": "x"}]},
        {"typical_failed_fixes": [{"fix": "x", "why_it_fails": "y", "more": "z"}]},
        {"cost": {"formula": "a", "inputs": []}},
        {"cost": {"formula": "a", "inputs": [{"name": "A", "what": "b", "unit": "money"}]}},
        {"cost": {"formula": "a", "inputs": [A | {"low": 1, "likely": 2}]}},
        {"cost": {"formula": "a", "inputs": [A | {"low": "1", "likely": 2, "high": 3}]}},
        {"insights": [{"text": "a"}]},
        {"insights": [{"text": "a", "source": "somebody"}]},
        {"insights": [{"text": "a", "source": "b, 2024", "url": "javascript:alert(1)"}]},
    ],
)
def test_what_the_schema_refuses_we_refuse(change: dict[str, object]):
    facts = yaml.safe_load(FILES[0].read_text(encoding="utf-8")) | change

    problem, wrong = parse(yaml.safe_dump(facts))

    assert not accepts(SCHEMA, facts)
    assert problem is None
    assert wrong


def test_the_schema_has_the_fields_of_a_problem_in_their_order():
    published = SCHEMA["properties"]

    assert list(published) == [field.name for field in fields(Problem)]
    fix = published["typical_failed_fixes"]["items"]["properties"]
    assert list(fix) == [field.name for field in fields(FailedFix)]


def test_the_schema_that_is_published_is_the_one_we_read_by():
    assert schema() == SCHEMA
    assert all(field["description"].endswith(".") for field in SCHEMA["properties"].values())


def test_the_page_on_the_format_tells_every_field_and_its_example_is_sound():
    page = (REPOSITORY / "docs" / "problem-format.md").read_text(encoding="utf-8")
    [yaml_example, toml_example] = re.findall(r"```(?:yaml|toml)\n(.*?)```", page, re.DOTALL)

    problem, wrong = parse(yaml_example, where="example.yaml")

    assert wrong == []
    assert problem is not None
    assert check(Library((problem,))) == ()
    assert parse(toml_example, where="example.toml") == (problem, [])
    assert parse(to_yaml(problem)) == (problem, [])
    for name, field in SCHEMA["properties"].items():
        assert f"| `{name}` |" in page
        assert field["description"] in page
