"""What a hostile page, server or file tries, and whether it gets through."""

from bench.hostile.ground import Attempt, Ground, Outcome, ground, judged

__all__ = ["Attempt", "Ground", "Outcome", "attempts", "ground", "judged"]


def attempts() -> list[Attempt]:
    """Return every attempt, in the order of the table."""
    from bench.hostile import addresses, answers, files, names  # noqa: PLC0415 (they need us)

    return [*addresses.ATTEMPTS, *names.ATTEMPTS, *answers.ATTEMPTS, *files.ATTEMPTS]
