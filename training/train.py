"""One command that makes the weights again: ``python -m training.train``.

The quick reader needs scikit-learn and takes some minutes. Both networks also need torch,
transformers and a folder with MiniLM-L6, given as ``--base``; they take some two hours. What
matches and standings weigh is fitted afterwards: ``training.match``, ``training.standing``.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from training import linear
from training.data import SHARED, DataAbsent, apart, load

WEIGHTS = Path(__file__).resolve().parents[1] / "src" / "unsolved" / "evidence" / "weights"


def main(argv: Sequence[str] | None = None) -> int:
    """Train and keep the weights; return 1, with the reason printed, when there is no data."""
    parser = argparse.ArgumentParser(prog="training.train", description=__doc__)
    parser.add_argument("--shared", type=Path, default=SHARED, help="folder with the labels")
    parser.add_argument("--out", type=Path, default=WEIGHTS, help="where the weights go")
    parser.add_argument("--base", type=Path, help="folder with MiniLM-L6; trains the judge too")
    parser.add_argument("--work", type=Path, default=Path("build/training"), help="scratch")
    wanted = parser.parse_args(argv)
    try:
        items = load(wanted.shared)
    except DataAbsent as absent:
        print(absent)
        return 1
    print(f"{len(items)} labelled sentences")
    seen, _ = apart(items)
    retold = [item for item in seen if item.genre == "casebook"]
    np.savez_compressed(wanted.out / "linear.npz", **linear.fit([*seen, *retold, *retold]))
    print("linear.npz written")
    if wanted.base:
        _heavy(wanted.base, wanted.work, wanted.out)
    return 0


def _heavy(base: Path, work: Path, out: Path) -> None:
    from training import cascade, corpus, export, skim, transformer  # noqa: PLC0415 - torch

    transformer.main(["--base", str(base), "--out", str(work)])
    slow = export.main(["--base", str(base), "--trained", str(work), "--out", str(out)])
    skim.main(
        ["--base", str(base), "--judge", str(out), "--work", str(work), "--out", str(out)]
    )
    cascade.settle(out, corpus.at_large(), slow)


if __name__ == "__main__":
    raise SystemExit(main())
