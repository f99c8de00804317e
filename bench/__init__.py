"""Measurements of the product, each a script that prints a table."""
