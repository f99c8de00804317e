"""What do we solve? The library of problems: files in, values out, and a lint of the whole.

A problem is a YAML or TOML file of the shape in `problem.schema.json`; five ship with us.
"""

from unsolved.problems.check import Finding, Grade, check
from unsolved.problems.library import load, parse, read, to_yaml
from unsolved.problems.model import (
    CostForRole,
    CostModel,
    CostQuantity,
    FailedFix,
    Insight,
    Library,
    Problem,
    Question,
)
from unsolved.problems.shape import schema

__all__ = [
    "CostForRole",
    "CostModel",
    "CostQuantity",
    "FailedFix",
    "Finding",
    "Grade",
    "Insight",
    "Library",
    "Problem",
    "Question",
    "check",
    "load",
    "parse",
    "read",
    "schema",
    "to_yaml",
]
