"""Processes that work beside this one, and how many threads each of them may use."""

import multiprocessing
import os


def threads() -> int:
    """Return how many threads a reader may use here: one in a worker, else one a core."""
    return 1 if multiprocessing.parent_process() else os.cpu_count() or 1
