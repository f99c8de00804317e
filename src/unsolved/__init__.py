"""Finds organisations that have a problem you solve, know it, tried to fix it and failed."""

__version__ = "0.1.0"
