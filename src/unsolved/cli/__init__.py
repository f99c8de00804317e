"""Every command, in the order a newcomer needs them."""

from unsolved.cli.main import cli

__all__ = ["cli"]
