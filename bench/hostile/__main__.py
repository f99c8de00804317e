"""Makes every attempt and prints what came of it; fails if one gets through.

python -m bench.hostile
"""

import sys
from itertools import groupby

from bench.hostile import attempts, ground, judged


def main() -> int:
    """Print the table; return how many got through, at most one."""
    through = 0
    with ground() as here:
        for group, made in groupby(attempts(), key=lambda attempt: attempt.group):
            print(f"\n{group}")
            for attempt in made:
                outcome = judged(attempt, here)
                through += not outcome.is_refused
                word = "refused" if outcome.is_refused else "GOT THROUGH"
                print(f"  {attempt.name:42} {word}: {outcome.told}")
    print(f"\n{len(attempts())} attempts, {through} got through")
    return min(through, 1)


if __name__ == "__main__":
    sys.exit(main())
