"""What do we solve? The library of problems: files in, values out, and a lint of the whole."""

from unsolved.problems.library import load, parse, read, to_yaml
from unsolved.problems.model import FailedFix, Library, Problem, Question

__all__ = [
    "FailedFix",
    "Library",
    "Problem",
    "Question",
    "load",
    "parse",
    "read",
    "to_yaml",
]
