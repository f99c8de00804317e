"""Lints the mails written for it: ``python -m bench.mails``.

A bad mail counts as found when a rule is told, as an error or a warning, that its writer named
(P101 and P102 are one family: the product before the problem). A good mail is flagged when
anything is told as an error or a warning. What the file says of a mail's kind is told to the
linter: that a reply answers, and which mails go before a follow-up (the labels demand it; the
last row is without). ``--misses`` prints every miss, so that it can be read.
"""

import argparse
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
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
    asked.add_argument("--half", choices=["odd", "even"], help="only ids with such a number")
    options = asked.parse_args()
    bad, good = (list(_half(_mails(name), options.half)) for name in ("bad", "good"))
    missed = [mail for mail in bad if not _right(mail)]
    quiet = [mail for mail in bad if not _found(mail)]
    main_rule = [mail for mail in bad if not _right({**mail, "expect": mail["expect"][:1]})]
    flagged = [mail for mail in good if _found(mail)]
    untold = [mail for mail in good if _failing(_draft(mail))]
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
            ["good, flagged, kind untold", len(untold), 100 * len(untold) / len(good)],
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


def _half(mails: Iterator[Mail], half: str | None) -> Iterator[Mail]:
    wanted = {None: (0, 1), "even": (0,), "odd": (1,)}[half]
    return (mail for mail in mails if int(mail["id"][1:]) % 2 in wanted)


def _found(mail: Mail) -> set[str]:
    draft = _draft(mail)
    if mail["kind"] == "reply":
        return _failing(replace(draft, is_reply=True))
    before = [_by_id()[known] for known in mail.get("after", ())]
    return _failing(*(_draft(known) for known in before), draft)


def _draft(mail: Mail) -> drafts.Draft:
    text = f"Subject: {mail['subject']}\n\n{mail['text']}\n"
    [draft] = drafts.parse(f"{mail['id']}.txt", text, drafts.Kind.TEXT).drafts
    return draft


@cache
def _by_id() -> Mapping[str, Mail]:
    return {mail["id"]: mail for mail in _mails("good")}


def _failing(*sequence: drafts.Draft) -> set[str]:
    """Return what is told as an error or a warning in the last mail of a sequence."""
    ordered = [replace(draft, order=order) for order, draft in enumerate(sequence)]
    return {finding.rule for finding in drafts.lint(ordered)[-1].findings if finding.fails}


def _right(mail: Mail) -> bool:
    found = {FAMILY.get(rule, rule) for rule in _found(mail)}
    return bool(found & {FAMILY.get(rule, rule) for rule in mail["expect"]})


def _share(wrong: Sequence[Mail], of: Sequence[Mail]) -> float:
    return 100 * (1 - len(wrong) / len(of))


if __name__ == "__main__":
    main()
