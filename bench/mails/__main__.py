"""Lints the mails written for it: ``python -m bench.mails``.

A bad mail counts as found when a rule is told, as an error or a warning, that its writer named
(P101 and P102 are one family: the product before the problem). A good mail is flagged when
anything is told as an error or a warning. Every miss is printed, so that it can be read.
"""

import argparse
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from bench.tables import show
from unsolved.conversations import drafts

HERE = Path(__file__).parent
FAMILY = {"P102": "P101"}
Mail = Mapping[str, Any]


def main() -> None:
    """Lint both sets and print the table, and the mails it got wrong."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--misses", action="store_true", help="print them")
    options = asked.parse_args()
    bad, good = list(_mails("bad")), list(_mails("good"))
    missed = [mail for mail in bad if not _right(mail)]
    quiet = [mail for mail in bad if not _found(mail)]
    main_rule = [mail for mail in bad if not _right({**mail, "expect": mail["expect"][:1]})]
    flagged = [mail for mail in good if _found(mail)]
    show(
        "Mails written by someone who had not seen the rules",
        ["of", "mails", "share in %"],
        [
            ["bad, flagged with a right rule", len(bad) - len(missed), _share(missed, bad)],
            [
                "bad, flagged with its main rule",
                len(bad) - len(main_rule),
                _share(main_rule, bad),
            ],
            ["bad, flagged at all", len(bad) - len(quiet), _share(quiet, bad)],
            ["good, flagged", len(flagged), 100 * len(flagged) / len(good)],
        ],
    )
    if options.misses:
        for mail in missed:
            print(
                f"\n{mail['id']} {mail['expect']} told {sorted(_found(mail))}\n{mail['text']}"
            )
        for mail in flagged:
            print(f"\n{mail['id']} told {sorted(_found(mail))}\n{mail['text']}")


def _mails(name: str) -> Iterator[Mail]:
    for line in (HERE / f"{name}.jsonl").read_text("utf-8").splitlines():
        yield json.loads(line)


def _found(mail: Mail) -> set[str]:
    text = f"Subject: {mail['subject']}\n\n{mail['text']}\n"
    file = drafts.parse(f"{mail['id']}.txt", text, drafts.Kind.TEXT)
    return {
        finding.rule
        for checked in drafts.lint_file(file)
        for finding in checked.findings
        if finding.fails
    }


def _right(mail: Mail) -> bool:
    found = {FAMILY.get(rule, rule) for rule in _found(mail)}
    return bool(found & {FAMILY.get(rule, rule) for rule in mail["expect"]})


def _share(wrong: Sequence[Mail], of: Sequence[Mail]) -> float:
    return 100 * (1 - len(wrong) / len(of))


if __name__ == "__main__":
    main()
