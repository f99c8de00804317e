"""Distils MiniLM into one vector a token, so that texts can be compared without a network.

After the idea of model2vec (https://github.com/MinishLab/model2vec): a token's first vector is
what MiniLM makes of the token alone, reduced by PCA. Then the vectors are fitted so that their
mean comes near what MiniLM makes of whole sentences.
"""

import argparse
import gzip
import json
import random
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from sklearn.decomposition import PCA
from tokenizers import Tokenizer
from torch import Tensor, nn
from transformers import AutoModel

from training.data import SEED, SHARED, load

CORPUS = (
    "data/texts/earnings_calls.jsonl.gz",
    "data/texts/annual_reports_1994_2023.jsonl.gz",
    "data/texts/audit_reports.jsonl.gz",
)
CLS, SEP = 101, 102
COMMON = 1e-3  # a token seen more often than this weighs less (Arora et al. 2017)
WIDTH = 256
CHUNK = 64


class Teacher:
    """MiniLM as it comes: a text becomes the mean of its tokens."""

    def __init__(self, folder: Path) -> None:
        self.body = AutoModel.from_pretrained(folder, add_pooling_layer=False).eval()
        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self.tokenizer.no_padding()
        self.tokenizer.enable_truncation(96)

    def vectors(self, rows: Sequence[Sequence[int]]) -> np.ndarray:
        """Return a vector for each row of tokens, special ones included."""
        order = sorted(range(len(rows)), key=lambda at: len(rows[at]))
        out = np.zeros((len(rows), self.body.config.hidden_size), dtype=np.float32)
        for at in range(0, len(order), CHUNK):
            cut = order[at : at + CHUNK]
            width = max(len(rows[n]) for n in cut)
            ids = torch.tensor([[*rows[n], *[0] * (width - len(rows[n]))] for n in cut])
            mask = torch.tensor(
                [[1] * len(rows[n]) + [0] * (width - len(rows[n])) for n in cut]
            )
            with torch.no_grad():
                hidden = self.body(input_ids=ids, attention_mask=mask).last_hidden_state
            weight = mask.unsqueeze(-1)
            out[cut] = ((hidden * weight).sum(1) / weight.sum(1)).numpy()
            if at % (CHUNK * 50) == 0:
                print(f"teacher {at}/{len(order)}", flush=True)
        return out


def texts(count: int, shared: Path = SHARED) -> list[str]:
    """Return sentences to fit on: the labelled ones and a sample of the corpus."""
    pool = []
    for name in CORPUS:
        with gzip.open(shared / name, "rt", encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                parts = row["lines"] if "lines" in row else _parts(row["text"])
                pool += [part.strip() for part in parts]
    pool = sorted({text for text in pool if 40 < len(text) < 320})
    chosen = random.Random(SEED).sample(pool, min(count, len(pool)))  # noqa: S311
    return [item.sentence.text for item in load(shared)] + chosen


def _parts(text: str) -> list[str]:
    return text.replace(". ", ".\n").splitlines()


def distil(teacher: Teacher, rows: Sequence[Sequence[int]], width: int) -> np.ndarray:
    """Return the first vectors: each token alone through the teacher, reduced and weighed."""
    size = teacher.tokenizer.get_vocab_size()
    alone = teacher.vectors([(CLS, token, SEP) for token in range(size)])
    first = PCA(width, random_state=SEED).fit_transform(alone).astype(np.float32)
    count = np.bincount([n for row in rows for n in row[1:-1]], minlength=size) + 0.1
    share = count / count.sum()
    return first * (COMMON / (COMMON + share))[:, None].astype(np.float32)


def fitted(first: np.ndarray, rows: Sequence[Sequence[int]], goal: np.ndarray) -> np.ndarray:
    """Return vectors whose means come near ``goal``, starting from ``first``."""
    torch.manual_seed(SEED)
    bag = nn.EmbeddingBag.from_pretrained(torch.tensor(first), freeze=False, mode="sum")
    aim = nn.functional.normalize(torch.tensor(goal))
    optimizer = torch.optim.Adam(bag.parameters(), lr=2e-3)
    epochs, size = 12, 256
    schedule = torch.optim.lr_scheduler.LinearLR(optimizer, 1.0, 0.05, epochs)
    for epoch in range(epochs):
        total = 0.0
        for cut in torch.randperm(len(rows)).split(size):
            chosen = [list(rows[n][1:-1]) or [0] for n in cut.tolist()]
            starts = torch.tensor([0, *np.cumsum([len(row) for row in chosen])[:-1].tolist()])
            ids = torch.tensor([n for row in chosen for n in row])
            loss = _distance(nn.functional.normalize(bag(ids, starts)), aim[cut])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(cut)
        schedule.step()
        print(f"fit {epoch} loss {total / len(rows):.4f}", flush=True)
    return bag.weight.detach().numpy()


def _distance(mine: Tensor, aim: Tensor) -> Tensor:
    """Return how far texts lie from their goals, and how unlike the distances between them."""
    near = (1 - (mine * aim).sum(1)).mean()
    return near + 3.0 * nn.functional.mse_loss(mine @ mine.T, aim @ aim.T)


def means(vectors: np.ndarray, rows: Sequence[Sequence[int]]) -> np.ndarray:
    """Return the unit vector of each row of tokens."""
    summed = np.stack([vectors[list(row[1:-1])].sum(0) for row in rows])
    return summed / np.maximum(np.linalg.norm(summed, axis=1, keepdims=True), 1e-9)


def save(vectors: np.ndarray, path: Path) -> None:
    """Keep the vectors in eight bits a number, with one scale a token."""
    scale = np.maximum(np.abs(vectors).max(1), 1e-6) / 127
    packed = np.round(vectors / scale[:, None]).astype(np.int8)
    np.savez_compressed(path, vectors=packed, scales=scale.astype(np.float16))


def main(argv: Sequence[str] | None = None) -> int:
    """Distil, fit, say how near the result is to MiniLM, and keep it."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--base", type=Path, required=True, help="folder with MiniLM-L6")
    parser.add_argument("--out", type=Path, required=True, help="the .npz to write")
    parser.add_argument("--width", type=int, default=WIDTH)
    parser.add_argument("--texts", type=int, default=15_000)
    wanted = parser.parse_args(argv)
    torch.set_num_threads(1)
    teacher = Teacher(wanted.base)
    lines = texts(wanted.texts)
    rows = [one.ids for one in teacher.tokenizer.encode_batch(lines)]
    whole = teacher.vectors(rows)
    kept = np.arange(len(rows)) % 10 != 0
    reduced = PCA(wanted.width, random_state=SEED).fit(whole[kept])
    first = distil(teacher, rows, wanted.width)
    near = [row for row, keep in zip(rows, kept, strict=True) if keep]
    told = [row for row, keep in zip(rows, kept, strict=True) if not keep]
    last = fitted(first, near, reduced.transform(whole[kept]).astype(np.float32))
    exact = whole[~kept] / np.linalg.norm(whole[~kept], axis=1, keepdims=True)
    for name, vectors in (("distilled", first), ("fitted", last)):
        print(name, agreement(means(vectors, told), exact))
    save(last, wanted.out)
    return 0


def agreement(mine: np.ndarray, theirs: np.ndarray) -> str:
    """Return how alike two ways of comparing texts are, on texts neither was fitted to."""
    ours, goal = mine @ mine.T, theirs @ theirs.T
    np.fill_diagonal(ours, -1)
    np.fill_diagonal(goal, -1)
    upper = np.triu_indices(len(ours), 1)
    ranks = [np.argsort(np.argsort(matrix[upper])) for matrix in (ours, goal)]
    rank = np.corrcoef(*ranks)[0, 1]
    top = np.argsort(-ours, axis=1)[:, :10]
    hit = np.mean((top == goal.argmax(1)[:, None]).any(1))
    return f"rank correlation {rank:.3f}; MiniLM's nearest is among our ten nearest {hit:.3f}"


if __name__ == "__main__":
    raise SystemExit(main())
