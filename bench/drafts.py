"""How long 1,000 mails take to lint, and how often each rule finds: `python -m bench.drafts`.

The mails are those written for the tests, over and over, each with words of its own so that no
two are the same. ``--folder PATH`` lints the mails of a folder instead.
"""

import argparse
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.conversations.drafts.bad import BAD
from tests.conversations.drafts.good import GOOD
from unsolved.conversations import drafts

MAILS = 1_000


def written(folder: Path) -> list[Path]:
    """Write 1,000 mails into a folder, and return their paths."""
    known = [*GOOD, *(text for _, text in BAD)]
    paths = []
    for number in range(MAILS):
        path = folder / f"mail-{number:04}.txt"
        path.write_text(f"{known[number % len(known)]}\nP.S. No. {number}.\n", "utf-8")
        paths.append(path)
    return paths


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        folder = asked.folder or Path(made)
        if not asked.folder:
            written(folder)
        paths = [path for batch in drafts.batches([folder]) for path in batch.paths]
        begun = time.perf_counter()
        found = [
            one
            for path in paths
            for one in drafts.lint_file(drafts.read(path.name, path.read_bytes()))
        ]
        inside = time.perf_counter() - begun
        begun = time.perf_counter()
        command = [sys.executable, "-m", "unsolved", "lint", str(folder), "--format", "json"]
        subprocess.run(command, stdout=subprocess.DEVNULL, check=False)
        whole = time.perf_counter() - begun
    print(f"{len(found)} mails, {inside:.2f} s; as a command, start to end, {whole:.2f} s")
    counts = Counter(finding.rule for one in found for finding in one.findings)
    for rule in drafts.rules().values():
        print(f"{rule.id}  {rule.name:26} {counts[rule.id]:6}")


if __name__ == "__main__":
    main()
