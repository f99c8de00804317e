"""Trains the reader of acts: ``python -m training.acts --base MINILM``.

MiniLM, tuned on the labelled sentences of real calls and of our own, and a logistic regression
on pieces of words beside it. A fifth of the sentences is shown once more without capitals and
marks, as automatic transcripts write them. Calls are kept whole: ten real ones are a test and
never seen, others calibrate. Written are ``acts.onnx`` in eight bits, ``words.npz``, and
``acts.npz`` with what turns their numbers into probabilities.
"""

import argparse
import json
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch
from sklearn.linear_model import LogisticRegression
from tokenizers import Tokenizer
from torch import Tensor, nn
from transformers import AutoModel

from training.export import to_int8
from training.linear import matrix, rarity, weighed
from training.turns import ACTS, HELD_OUT, LABELS, TOPICS, calls, labels
from unsolved.conversations.acts.network import WEIGHTS, beside, encoded
from unsolved.evidence import Sentence
from unsolved.evidence.tokens import Tokens

TRAIN = ("turns-1.jsonl", "turns-2.jsonl", "turns-adjudicated-train.jsonl")
TEST = ("turns-1.jsonl", "turns-held-out-more.jsonl", "turns-adjudicated-held-out.jsonl")
"""Files of labels; the later ones hold where an id stands in several."""

OWN = Path(__file__).parent / "calls"
TOKENS = Path("src/unsolved/evidence/weights/tokenizer.json")
RARE = 0.1
SEED, BATCH, RATE, PLAIN = 5, 32, 6e-5, 0.2
FROZEN = ("embeddings", "encoder.layer.0.", "encoder.layer.1.")
"""What stays as MiniLM has it: words mean in calls what they mean elsewhere."""

DEV = 6
"""Every so many-th call calibrates."""


@dataclass(frozen=True)
class Item:
    """A sentence with what stands around it, and its labels."""

    call: str
    heard: str
    before: str
    text: str
    acts: frozenset[str]
    topic: str | None
    is_real: bool


class Reader(nn.Module):
    """MiniLM with a head for acts and one for topics, over the sentence's own tokens."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.body = AutoModel.from_pretrained(folder, add_pooling_layer=False)
        width = 2 * self.body.config.hidden_size
        self.drop = nn.Dropout(0.1)
        self.head = nn.Linear(width, len(ACTS) + len(TOPICS) + 1)

    def forward(self, ids: Tensor, types: Tensor, mask: Tensor) -> Tensor:
        """Return logits: acts, then no topic, then topics."""
        hidden = self.body(
            input_ids=ids, token_type_ids=types, attention_mask=mask
        ).last_hidden_state
        own = (mask * types).unsqueeze(-1).float()
        mean = (hidden * own).sum(1) / own.sum(1).clamp(min=1)
        return self.head(self.drop(torch.cat([hidden[:, 0], mean], 1)))


class Whole(nn.Module):
    """The reader as it ships: nothing is padded."""

    def __init__(self, reader: Reader) -> None:
        super().__init__()
        self.reader = reader

    def forward(self, ids: Tensor, types: Tensor) -> Tensor:
        """Return the logits of one sentence."""
        return self.reader(ids, types, torch.ones_like(ids))


def main() -> None:
    """Train, calibrate, export, and print what the test says."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--base", type=Path, help="MiniLM; without it, what was tuned before")
    asked.add_argument("--epochs", type=int, default=2)
    asked.add_argument("--out", type=Path, default=WEIGHTS)
    options = asked.parse_args()
    random.seed(SEED)
    torch.manual_seed(SEED)
    real, own = list(real_items()), list(own_items())
    held = set(json.loads((LABELS / HELD_OUT).read_text("utf-8")))
    names = sorted({item.call for item in real} - held) + sorted({item.call for item in own})
    dev_calls = set(names[::DEV])
    train = [i for i in (*real, *own) if i.call not in held | dev_calls]
    dev = [item for item in (*real, *own) if item.call in dev_calls]
    train += [plainly(item) for item in train if random.random() < PLAIN]  # noqa: S311
    print(f"{len(train)} to learn from, {len(dev)} to calibrate", flush=True)
    options.out.mkdir(parents=True, exist_ok=True)
    if options.base:
        tokenizer = Tokenizer.from_file(str(TOKENS))
        tokenizer.no_padding()
        tokenizer.no_truncation()
        reader = Reader(options.base)
        fit(reader, train, tokenizer, options.epochs)
        export(reader, options.out)
    np.savez_compressed(options.out / "words.npz", **words(train))
    calibrate(options.out, dev)


def real_items() -> Iterator[Item]:
    """Yield the labelled sentences of real calls."""
    held = set(json.loads((LABELS / HELD_OUT).read_text("utf-8")))
    train, test = _merged(TRAIN), _merged(TEST)
    for call, items in calls().items():
        known = test if call in held else train
        spoken: list[tuple[int, str, str]] = [(i.turn, i.speaker, i.text) for i in items]
        for at, item in enumerate(items):
            if item.key in known:
                acts, topic = known[item.key]
                around = _around(spoken, at)
                yield Item(call, *around, acts=acts, topic=topic, is_real=True)


def own_items() -> Iterator[Item]:
    """Yield the sentences of the calls that were written for this."""
    for path in sorted(OWN.glob("*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            told = json.loads(line)
            flat = [
                (number, turn["speaker"], sentence)
                for number, turn in enumerate(told["turns"])
                for sentence in turn["sentences"]
            ]
            spoken = [(number, who, sentence["text"]) for number, who, sentence in flat]
            for at, (_, _, sentence) in enumerate(flat):
                acts, topic = frozenset(sentence["acts"]), sentence.get("topic")
                around = _around(spoken, at)
                yield Item(told["id"], *around, acts=acts, topic=topic, is_real=False)


def plainly(item: Item) -> Item:
    """Return an item as an automatic transcript would write it: no capitals, no marks."""
    return replace(
        item,
        heard=bare(item.heard),
        before=bare(item.before),
        text=bare(item.text),
    )


def bare(text: str) -> str:
    """Return a text without capitals and marks."""
    return re.sub(r"[^\w\s'%$-]", "", text).lower()


def fit(reader: Reader, items: Sequence[Item], tokenizer: Tokenizer, epochs: int) -> None:
    """Tune the reader."""
    tokens = [encoded(tokenizer, i.heard, i.before, i.text) for i in items]
    acts = torch.tensor([[act in i.acts for act in ACTS] for i in items], dtype=torch.float32)
    topics = torch.tensor([TOPICS.index(i.topic) + 1 if i.topic else 0 for i in items])
    share = acts.mean(0)
    weight = ((1 - share) / share.clamp(min=1e-3)).clamp(1, 3)
    binary, single = nn.BCEWithLogitsLoss(pos_weight=weight), nn.CrossEntropyLoss()
    steps = epochs * (len(items) // BATCH + 1)
    for name, part in reader.body.named_parameters():
        part.requires_grad = not name.startswith(FROZEN)
    chosen = torch.optim.AdamW(
        [
            {"params": [p for p in reader.body.parameters() if p.requires_grad], "lr": RATE},
            {"params": reader.head.parameters(), "lr": 1e-3},
        ],
        weight_decay=0.01,
    )
    slope = torch.optim.lr_scheduler.LambdaLR(
        chosen, lambda n: min(1, n / (0.1 * steps)) * max(0.0, (steps - n) / steps)
    )
    for epoch in range(epochs):
        reader.train()
        lost = 0.0
        for number, rows in enumerate(_batches([len(t.ids) for t in tokens]), 1):
            logits = reader(*_padded([tokens[row] for row in rows]))
            loss = binary(logits[:, : len(ACTS)], acts[rows])
            loss = loss + 0.3 * single(logits[:, len(ACTS) :], topics[rows])
            chosen.zero_grad()
            loss.backward()
            chosen.step()
            slope.step()
            lost += loss.item()
            if number % 50 == 0:
                print(f"epoch {epoch}, step {number}: {lost / number:.3f}", flush=True)


@dataclass(frozen=True)
class _Beside:
    """What `training.linear.matrix` looks at."""

    sentence: Sentence


def words(items: Sequence[Item]) -> dict[str, np.ndarray]:
    """Fit a logistic regression an act on the pieces of words."""
    counts = matrix([_Beside(beside(i.heard, i.before, i.text)) for i in items])
    rare = rarity(counts)
    rows = weighed(counts, rare)
    heads = []
    for act in ACTS:
        truth = np.array([act in item.acts for item in items])
        balance = "balanced" if truth.mean() < RARE else None
        heads.append(
            LogisticRegression(C=8, max_iter=200, class_weight=balance).fit(rows, truth)
        )
    weights = np.stack([head.coef_[0] for head in heads], axis=1)
    scales = np.maximum(np.abs(weights).max(0), 1e-9) / 127
    return {
        "weights": np.round(weights / scales).astype(np.int8),
        "scales": scales.astype(np.float32),
        "bias": np.array([head.intercept_[0] for head in heads], dtype=np.float32),
        "rarity": rare.astype(np.float16),
    }


def export(reader: Reader, folder: Path) -> None:
    """Write the reader in eight bits."""
    full = folder / "full.onnx"
    example = (
        torch.tensor([[101, 102, 102, 2000, 102, 102]]),
        torch.tensor([[0, 0, 0, 1, 0, 0]]),
    )
    torch.onnx.export(
        Whole(reader).eval(),
        example,
        str(full),
        input_names=["ids", "types"],
        output_names=["logits"],
        dynamic_axes={"ids": {0: "batch", 1: "width"}, "types": {0: "batch", 1: "width"}},
        opset_version=17,
        dynamo=False,
    )
    to_int8(full, folder / "acts.onnx")
    for path in folder.glob("full*"):
        path.unlink()


def calibrate(folder: Path, items: Sequence[Item]) -> None:
    """Fit how logits become probabilities, and from which on an act is told (Platt, 1999)."""
    from unsolved.conversations.acts.network import Network  # noqa: PLC0415 (it reads the file)

    np.savez(
        folder / "acts.npz",
        slope=np.ones((2, len(ACTS)), dtype=np.float32),
        start=np.zeros(len(ACTS), dtype=np.float32),
        threshold=np.full(len(ACTS), 0.5, dtype=np.float32),
    )
    network = Network(folder)
    logits = np.array([network.logits(i.heard, i.before, i.text) for i in items])
    slope, start, threshold = [], [], []
    for at, act in enumerate(ACTS):
        truth = np.array([act in item.acts for item in items])
        weigh = np.where([item.is_real for item in items], 1.0, 0.5)
        both = logits[:, [at, at - len(ACTS)]]
        fitted = LogisticRegression(C=10).fit(both, truth, sample_weight=weigh)
        chance = fitted.predict_proba(both)[:, 1]
        slope.append(fitted.coef_[0])
        start.append(fitted.intercept_[0])
        threshold.append(_best(chance))
        print(f"{act}: {truth.sum()} of {len(items)}, from {threshold[-1]:.2f} on", flush=True)
    np.savez(
        folder / "acts.npz",
        slope=np.array(slope, dtype=np.float32).T,
        start=np.array(start, dtype=np.float32),
        threshold=np.array(threshold, dtype=np.float32),
    )


def _best(chance: np.ndarray) -> float:
    """Return the threshold of the best F1 that the probabilities lead us to expect.

    Lipton, Elkan and Naryanaswamy, 2014: no label is looked at, so no lucky sentence decides.
    """
    order = np.sort(chance)[::-1]
    hits = np.cumsum(order)
    expected = 2 * hits / (np.arange(1, len(order) + 1) + order.sum())
    return float(np.clip(order[expected.argmax()], 0.1, 0.6))


def _merged(files: Sequence[str]) -> dict[str, tuple[frozenset[str], str | None]]:
    merged: dict[str, tuple[frozenset[str], str | None]] = {}
    for name in files:
        if (LABELS / name).is_file():
            merged.update(labels(name))
    return merged


def _around(spoken: Sequence[tuple[int, str, str]], at: int) -> tuple[str, str, str]:
    """Return what the other side said last, the sentence before, and the sentence."""
    turn, who, text = spoken[at]
    heard = next(
        (said for number, by, said in reversed(spoken[:at]) if number != turn and by != who), ""
    )
    before = spoken[at - 1][2] if at and spoken[at - 1][0] == turn else ""
    return heard, before, text


def _batches(lengths: Sequence[int]) -> list[list[int]]:
    order = list(range(len(lengths)))
    random.shuffle(order)
    wide = BATCH * 20
    parts = [
        sorted(order[n : n + wide], key=lengths.__getitem__) for n in range(0, len(order), wide)
    ]
    flat = [row for part in parts for row in part]
    rows = [flat[n : n + BATCH] for n in range(0, len(flat), BATCH)]
    random.shuffle(rows)
    return rows


def _padded(rows: Sequence[Tokens]) -> tuple[Tensor, Tensor, Tensor]:
    width = max(len(row.ids) for row in rows)
    ids = torch.zeros(len(rows), width, dtype=torch.long)
    types, mask = torch.zeros_like(ids), torch.zeros_like(ids)
    for at, row in enumerate(rows):
        size = len(row.ids)
        ids[at, :size] = torch.tensor(row.ids)
        types[at, :size] = torch.tensor(row.types)
        mask[at, :size] = 1
    return ids, types, mask


if __name__ == "__main__":
    main()
