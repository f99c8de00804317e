"""``python -m unsolved``."""

from unsolved.cli import cli

if __name__ == "__main__":
    cli(prog_name="unsolved")
