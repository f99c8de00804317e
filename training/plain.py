"""How often a sign is heard where none is meant: `python -m training.plain`.

Counts, on ordinary sentences (``training/deals/plain.toml``), on what is said in our own calls
that went on as calls do (``training/calls``), and on real business mails where these are there,
how many signs of a cold shoulder are heard in a hundred sentences: by cue, and by the reader of
words without one. ``--tuned`` prints which, of the sentences that may be looked at; of the
others only figures are told.
"""

import argparse
import gzip
import json
import random
import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from email import message_from_string
from typing import Any

from bench.world import ROOT
from training.data import SHARED
from unsolved.deals.diagnosis.cues import Voice, heard, sentences
from unsolved.deals.diagnosis.reading import about
from unsolved.deals.diagnosis.words import UNSURE

PLAIN = ROOT / "training" / "deals" / "plain.toml"
CALLS = ROOT / "training" / "calls"
MAILS = SHARED / "data" / "mail" / "enron.jsonl.gz"
TUNED, ASIDE = "tuned", "aside"
PARTS: Mapping[str, tuple[str, ...]] = {
    TUNED: ("average", "experts"),
    ASIDE: ("buyers-lead", "interrogators"),
}
"""Calls of which nobody says a harsh word; the others end early, or quarrel, or decide."""

TELLING_ACTS, TELLING_TOPICS = {"reject", "close"}, {"alternatives"}
"""What a buyer may say in such a call that is a sign after all."""

DRAWN, SEED, LONGEST = 900, 7, 1500
"""So many mails are drawn, and read up to so many characters: half tuned, half aside."""

FEWEST, MOST = 4, 40
"""Words of a sentence of a mail; shorter and longer ones are seldom sentences."""

COMMON = 12
_FORWARDED = re.compile(r"-----Original|-{10,} Forwarded")
_LETTERS = re.compile(r"[a-z]{3}")


def main() -> None:
    """Count, and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tuned", action="store_true")
    for voice in (Voice.BUYER, Voice.OURS):
        for part in PARTS:
            show(f"{voice}, ordinary sentences, {part}", written(voice, part), voice)
            show(f"{voice}, calls, {part}", called(voice, part), voice)
    for part in PARTS if MAILS.is_file() else ():
        show(f"real mails, {part}", mailed(part), Voice.BUYER)
    if parser.parse_args().tuned:
        for voice in (Voice.BUYER, Voice.OURS):
            for text in (*written(voice, TUNED), *called(voice, TUNED)):
                if signs := [name for name, _ in heard(text, voice)]:
                    print(f"{', '.join(signs)}: {text}")


def show(name: str, texts: Sequence[str], voice: Voice) -> None:
    """Print how many signs are heard in a hundred of these sentences, and which."""
    found = Counter(sign for text in texts for sign, _ in heard(text, voice))
    by_cue, by_reading = 100 * sum(found.values()) / len(texts), 100 * read(texts, voice)
    print(f"{name}: {len(texts)} sentences; a hundred of them hold {by_cue:.1f} by cue,")
    print(f"  {by_reading:.1f} by reading; {dict(found.most_common(COMMON))}")


def read(texts: Sequence[str], voice: Voice) -> float:
    """Return the share of sentences without a cue that are read as about a reason."""
    if voice is not Voice.BUYER:
        return 0.0
    rest = [text for text in texts if not any(True for _ in heard(text, voice))]
    return sum(max(one.values()) > UNSURE for one in about(rest)) / len(texts)


def written(voice: Voice, part: str) -> list[str]:
    """Return the ordinary sentences of one side."""
    told: list[str] = tomllib.loads(PLAIN.read_text("utf-8"))[voice.value][part]
    return told


def called(voice: Voice, part: str) -> list[str]:
    """Return what one side says in our calls, but for what is a sign after all."""
    return [one["text"] for one in _called(voice, part) if is_plain(one)]


def is_plain(told: Mapping[str, Any]) -> bool:
    """Whether a sentence, as labelled, tells of nothing that would turn a buyer away."""
    return not TELLING_ACTS & set(told["acts"]) and told["topic"] not in TELLING_TOPICS


def mailed(part: str) -> list[str]:
    """Return sentences of real mails; the same each time."""
    with gzip.open(MAILS, "rt", encoding="utf-8") as packed:
        lines = packed.read().splitlines()
    random.Random(SEED).shuffle(lines)  # noqa: S311 - a sample, no secret
    half = DRAWN // 2
    drawn = lines[:half] if part == TUNED else lines[half:DRAWN]
    return [one for line in drawn for one in _sentences(json.loads(line)["text"])]


def _called(voice: Voice, part: str) -> Iterator[Mapping[str, Any]]:
    for name in PARTS[part]:
        for line in (CALLS / f"{name}.jsonl").read_text("utf-8").splitlines():
            call = json.loads(line)
            for turn in call["turns"]:
                if (turn["speaker"] in call["seller"]) == (voice is Voice.OURS):
                    yield from turn["sentences"]


def _sentences(mail: str) -> Iterator[str]:
    text = message_from_string(mail).get_payload()
    if not isinstance(text, str):
        return
    for found in sentences(_FORWARDED.split(text)[0][:LONGEST]):
        one = " ".join(found.split())
        if FEWEST <= len(one.split()) <= MOST and _LETTERS.search(one) and "@" not in one:
            yield one


if __name__ == "__main__":
    main()
