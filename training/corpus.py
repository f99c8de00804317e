"""Sentences nobody labelled, from ``../shared``, and what the judge makes of them.

The quick network learns from these far more than from labels alone (Hinton et al. 2015,
arXiv:1503.02531). Sentences that the quick reader finds telling are drawn more often; no
organisation of the held-out fold is drawn.
"""

import gzip
import json
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from multiprocessing import Pool
from pathlib import Path
from typing import Any

import numpy as np

from training.data import HELD_OUT, KINDS, SEED, SHARED, TEXTS, document_key, folds, load
from unsolved.evidence.judge import Judge, judge
from unsolved.evidence.linear import linear_reader
from unsolved.evidence.model import Sentence
from unsolved.evidence.sentences import split, worth_reading

SHARE = {"call": 1.0, "10k": 0.6, "gao": 3.0}
"""How likely a sentence is drawn, by the kind of its text."""

AT_LEAST, TELLING = 0.15, 1.5
SHORTEST, LONGEST = 20, 600
EVERY = 10_000
EACH = 4
"""Sentences of a document that are drawn to see how documents are at large."""


@dataclass(frozen=True)
class Text:
    """The sentences of one document."""

    genre: str
    organisation: str
    lines: Sequence[str]

    def sentence(self, n: int) -> Sentence:
        """Return one with the ones beside it."""
        before, after = self.lines[max(0, n - 2) : n], self.lines[n + 1 : n + 2]
        return Sentence(self.lines[n], tuple(before), tuple(after), KINDS[self.genre])


def texts(shared: Path = SHARED) -> Iterator[Text]:
    """Yield every text of ``../shared/data/texts`` but those of held-out organisations."""
    items = load(shared, waves=0)
    held = {
        (item.genre, item.organisation)
        for item, fold in zip(items, folds(items), strict=True)
        if fold == HELD_OUT
    }
    with Pool() as pool:
        for text in pool.imap(_text, _rows(shared), chunksize=8):
            if text.lines and (text.genre, text.organisation) not in held:
                yield text


def _rows(shared: Path) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    for genre, names in TEXTS.items():
        for name in names:
            path = shared / "data" / "texts" / f"{name}.jsonl.gz"
            with gzip.open(path, "rt", encoding="utf-8") as lines:
                yield from ((genre, name, json.loads(line)) for line in lines)


def _text(row: tuple[str, str, Mapping[str, Any]]) -> Text:
    genre, name, told = row
    if genre == "call":
        return Text(genre, told["organisation"], told["lines"])
    body = told["text"]
    cut = (body[s.start : s.end] for s in split(body))
    lines = [" ".join(text.split()) for text in cut if worth_reading(text)]
    organisation = document_key(genre, name, told) if genre == "gao" else told["org"]
    return Text(genre, organisation, lines)


def draw(all_texts: Sequence[Text], count: int) -> list[Sentence]:
    """Return sentences drawn without replacement, telling ones more often."""
    places, weights = [], []
    for text in all_texts:
        sentences = [text.sentence(n) for n in range(len(text.lines))]
        reader = linear_reader()
        sure = reader.judging.probabilities(reader.logits(sentences)).max(1)
        for sentence, p in zip(sentences, sure.tolist(), strict=True):
            if SHORTEST <= len(sentence.text) <= LONGEST:
                places.append(sentence)
                weights.append(SHARE[text.genre] * (AT_LEAST + TELLING * p))
    chance = np.log(weights) + np.random.default_rng(SEED).gumbel(size=len(weights))
    return [places[n] for n in np.argsort(-chance)[:count]]


def at_large(shared: Path = SHARED) -> list[Sentence]:
    """Return sentences as they come, every document as likely."""
    dice = np.random.default_rng(SEED)
    found = []
    for text in texts(shared):
        chosen = dice.permutation(len(text.lines))[:EACH]
        found += [text.sentence(int(n)) for n in chosen]
    return found


def soft(sentences: Sequence[Sentence], folder: Path) -> np.ndarray:
    """Return the logits of the judge in ``folder`` plus its share of the quick reader's."""
    teacher: Judge = judge(folder)
    began, rows = time.monotonic(), []
    for at in range(0, len(sentences), EVERY):
        part = sentences[at : at + EVERY]
        rows.append(teacher.logits(part) + teacher.blend * linear_reader().logits(part))
        pace = (at + len(part)) / (time.monotonic() - began)
        print(f"judged {at + len(part)} of {len(sentences)}, {pace:.0f} a second", flush=True)
    return np.concatenate(rows)
