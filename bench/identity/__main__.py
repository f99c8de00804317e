"""How well organisations and people are recognised; ``python -m bench.identity``.

The labelled records come in as from as many sources as there are records, into a database of
its own; then the product looks who is one, as `unsolved identity resolve` does.
"""

import argparse
from time import perf_counter

from bench.identity import corpus, febrl, mail, speed, through
from bench.identity.records import DEVELOPMENT, HELD_OUT, labelled
from bench.identity.scores import Score, told
from bench.tables import show

HEAD = (
    "records of",
    "half",
    "records",
    "true pairs",
    "merged",
    "precision (95 %)",
    "proposed",
    "recall, merged (95 %)",
    "recall with proposals (95 %)",
)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m bench.identity")
    parser.add_argument("--speed", type=int, default=100_000, help="organisations; 0 for none")
    asked = parser.parse_args()
    began = perf_counter()
    rows = []
    for name in ("organisations", "people"):
        for half in (DEVELOPMENT, HELD_OUT):
            records = [one for one in labelled(name) if one.half == half]
            score = through.measured(name, records)
            rows.append((name, half, *told(score)))
    show("Labelled records, brought in and looked through", HEAD, rows)
    shared = [
        (name, "-", *told(score)) for name, score in [*corpus.measured(), *mail.measured()]
    ]
    if shared:
        show("The shared texts, their numbers hidden", HEAD, shared)
    else:
        print("\nthe shared folder is not here: its texts are not measured")
    febrl.main()
    if asked.speed:
        speed.main(asked.speed)
    print(f"\n{perf_counter() - began:.0f} s in all")


__all__ = ["Score"]

if __name__ == "__main__":
    main()
