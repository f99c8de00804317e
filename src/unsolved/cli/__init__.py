"""Every command, in the order a newcomer needs them."""

import os

# Before numpy is loaded: with one thread a product is the same on every machine's cores, and
# ours are too small to gain by more.
for _name in ("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS"):
    os.environ.setdefault(_name, "1")

from unsolved.cli.main import cli  # noqa: E402

__all__ = ["cli"]
