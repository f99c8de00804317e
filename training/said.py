"""Teaches the reader of sentences in which no cue is heard: `python -m training.said`.

It learns from the invented sentences of ``training/deals/said.toml``, from those by which the
cues are tested, and that ordinary sentences are about nothing: those of ``training/plain.py``
that may be looked at, and real mails of ``../shared`` (no word of which is kept).
``tests/deals/diagnosis/oblique.toml`` is kept aside: how often it is right there is printed,
beside what the cues hear. ``--write`` keeps what it learnt.
"""

import argparse
import json
import tomllib
from collections import Counter
from math import log
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from training.plain import MAILS, TUNED, called, mailed, written
from unsolved.conversations.acts.words import stem
from unsolved.deals.diagnosis import Cold, entries, reading
from unsolved.deals.diagnosis.cues import Voice, heard
from unsolved.deals.diagnosis.words import UNSURE
from unsolved.evidence.embedding import embedding

ROOT = Path(__file__).parents[1]
SAID = ROOT / "training" / "deals" / "said.toml"
CUED = ROOT / "tests" / "deals" / "diagnosis" / "sentences.toml"
OBLIQUE = ROOT / "tests" / "deals" / "diagnosis" / "oblique.toml"
OUT = ROOT / "src" / "unsolved" / "deals" / "diagnosis" / "said.json"
INVERSE_PENALTY = 10.0
SEEN = 2
"""A stem must stand in so many sentences to be known."""

OURS = ("we-admit-limits", "we-talk-price", "not-known")
"""Signs in words that are not the buyer's."""


def main() -> None:
    """Teach, say how often it is right on what was kept aside, and write if asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true")
    if not MAILS.is_file():
        print(f"nothing taught: {MAILS} is not there")
        return
    told = learnt(
        [*sentences(), *ordinary()], [(one, reading.NEITHER) for one in mailed(TUNED)]
    )
    if parser.parse_args().write:
        OUT.write_text(json.dumps(told, ensure_ascii=False) + "\n", "utf-8")
        reading.taught.cache_clear()
    measure()


def sentences() -> list[tuple[str, str]]:
    """Return sentences with what they are about."""
    found = [
        (text, name)
        for name, texts in tomllib.loads(SAID.read_text("utf-8")).items()
        for text in texts
    ]
    for sign, told in tomllib.loads(CUED.read_text("utf-8")).items():
        found += [(text, reading.NEITHER) for text in told["not"]]
        if sign not in OURS:
            found += [(text, _of(sign)) for text in told["heard"]]
    return found


def ordinary() -> list[tuple[str, str]]:
    """Return sentences that are about none of the reasons."""
    texts = [*written(Voice.BUYER, TUNED), *called(Voice.BUYER, TUNED)]
    return [(text, reading.NEITHER) for text in texts]


def learnt(ours: list[tuple[str, str]], others: list[tuple[str, str]]) -> dict[str, Any]:
    """Return what the reader knows after these sentences, rounded as it is kept.

    The words that it knows are those of our own sentences.
    """
    texts, names = (
        [text for text, _ in (*ours, *others)],
        [name for _, name in (*ours, *others)],
    )
    rarity = _rarity([text for text, _ in ours])
    order = list(rarity)
    rows = np.zeros((len(texts), len(order)))
    for n, text in enumerate(texts):
        for one, value in reading.stems_of(text, rarity).items():
            rows[n, order.index(one)] = value
    vectors: NDArray[np.float64] = embedding().embed(texts).astype(np.float64)
    fit = LogisticRegression(C=INVERSE_PENALTY, max_iter=5000)
    fit.fit(np.hstack([vectors, rows]), names)
    width = vectors.shape[1]
    weights = dict(zip(fit.classes_.tolist(), np.round(fit.coef_, 3).tolist(), strict=True))
    return {
        "vectors": embedding().fingerprint,
        "rarity": rarity,
        "stems": {
            name: dict(zip(order, row[width:], strict=True)) for name, row in weights.items()
        },
        "vector": {name: row[:width] for name, row in weights.items()},
        "bias": dict(
            zip(fit.classes_.tolist(), np.round(fit.intercept_, 3).tolist(), strict=True)
        ),
    }


def measure() -> None:
    """Print how often the likeliest reason is right on the sentences kept aside.

    The reader speaks where it is surer than `UNSURE`, and only where no cue is heard.
    """
    known = entries()
    both = cues = spoken = rights = sure = total = 0
    for name, texts in tomllib.loads(OBLIQUE.read_text("utf-8")).items():
        for text, chances in zip(texts, reading.about(texts), strict=True):
            signs = [sign for sign, _ in heard(text, Voice.BUYER)]
            worth = {cold: sum(known[one].judged[cold] for one in signs) for cold in Cold}
            best = max(chances, key=lambda cold: chances[cold])
            by_cue = max(worth, key=lambda cold: worth[cold]) if signs else None
            is_sure = by_cue is None and chances[best] > UNSURE
            total += 1
            spoken += bool(signs)
            cues += by_cue is not None and by_cue.name.lower() == name
            sure += is_sure
            rights += is_sure and best.name.lower() == name
            both += (by_cue or best).name.lower() == name
    print(f"{total} sentences kept aside: a cue is heard in {spoken}, right in {cues};")
    print(f"else the reader speaks in {sure}, right in {rights}; if it always spoke: {both}")


def _of(sign: str) -> str:
    judged = entries()[sign].judged
    best = max(judged, key=lambda cold: judged[cold])
    is_yes = sign in {"said-yes", "fee-accepted"}
    return reading.NEITHER if is_yes else best.name.lower()


def _rarity(texts: list[str]) -> dict[str, float]:
    found = Counter(one for text in texts for one in {stem(w) for w in reading.words(text)})
    kept = sorted(one for one, n in found.items() if n >= SEEN)
    return {one: round(log((1 + len(texts)) / (1 + found[one])) + 1, 3) for one in kept}


if __name__ == "__main__":
    main()
