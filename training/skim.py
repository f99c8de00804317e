"""Distils the judge into a network that is thirty times quicker and reads every sentence first.

A vector a token, two convolutions, the highest and the mean of the sentence and of the ones beside
it (Kim 2014, doi:10.3115/v1/D14-1181), and one hidden layer. It learns from labelled sentences
and from what the judge, with the quick reader added, makes of unlabelled ones (Hinton et al.
2015, arXiv:1503.02531).
"""

import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn

from training.data import ASSERTIONS, FACETS, FIXES, SEED, TOPICS
from unsolved.evidence.skim import KINDS, LONGEST, NEAR, VECTOR

WIDTH = 128
HIDDEN = 256
HEADS = (len(FACETS), len(ASSERTIONS), len(FIXES))
TOPIC = len(TOPICS)
BATCH = 128


class Body(nn.Module):
    """Tokens of texts in, one row a text out: (texts, 2 x width)."""

    def __init__(self, first: Tensor, dropout: float = 0.1) -> None:
        super().__init__()
        width = first.shape[1]
        self.tokens = nn.Embedding.from_pretrained(first, freeze=False, padding_idx=0)
        self.one = nn.Linear(3 * width, width)
        self.two = nn.Linear(3 * width, width)
        self.near = nn.Linear(2 * width, VECTOR)
        self.dropout = nn.Dropout(dropout)

    def forward(self, ids: Tensor) -> Tensor:
        """Return the highest and the mean over the tokens of each text."""
        here = (ids != 0).unsqueeze(2).to(self.tokens.weight.dtype)
        x = self.dropout(self.tokens(ids)) * here
        x = x + torch.relu(self.one(threes(x))) * here
        x = x + torch.relu(self.two(threes(self.dropout(x)))) * here
        count = here.sum(1)
        mean = x.sum(1) / count.clamp(min=1.0)
        highest = (x + (here - 1.0) * 1e4).amax(1)
        return torch.cat([highest * (count > 0).to(x.dtype), mean], dim=1)


def threes(x: Tensor) -> Tensor:
    """Return each token with the ones on its left and right: a convolution's view."""
    wide = nn.functional.pad(x, (0, 0, 1, 1))
    return torch.cat([wide[:, :-2], x, wide[:, 2:]], dim=2)


class Top(nn.Module):
    """Rows of a sentence, of the ones beside it and the kind in; logits out."""

    def __init__(self, width: int, dropout: float = 0.2) -> None:
        super().__init__()
        self.own = nn.Linear(2 * width, HIDDEN)
        self.before = nn.Linear(2 * width, HIDDEN)
        self.after = nn.Linear(2 * width, HIDDEN)
        self.kind = nn.Embedding(len(KINDS), HIDDEN)
        self.deep = nn.Linear(HIDDEN, HIDDEN)
        self.dropout = nn.Dropout(dropout)
        self.head = nn.Linear(HIDDEN, sum(HEADS) + TOPIC)

    def forward(self, own: Tensor, before: Tensor, after: Tensor, kind: Tensor) -> Tensor:
        """Return facets, assertions, fixes and topics, a row a sentence."""
        x = self.own(own) + self.before(before) + self.after(after) + self.kind(kind)
        x = self.dropout(torch.relu(x))
        x = self.dropout(x + torch.relu(self.deep(x)))
        return self.head(x)


@dataclass(frozen=True)
class Lesson:
    """Sentences as tokens, with what they should come out as; -1 and nan where nobody knows."""

    own: list[list[int]]
    before: list[list[int]]
    after: list[list[int]]
    kind: np.ndarray
    facets: np.ndarray
    """(sentences, facets): probabilities."""
    assertion: np.ndarray
    """(sentences, assertions): probabilities, nan where it has none."""
    fix: np.ndarray
    topics: np.ndarray
    weight: np.ndarray


def padded(rows: Sequence[Sequence[int]], most: int) -> Tensor:
    """Return rows of tokens, cut at ``most`` and filled with nought."""
    width = max(1, min(most, max(map(len, rows))))
    out = np.zeros((len(rows), width), dtype=np.int64)
    for at, row in enumerate(rows):
        cut = row[:width]
        out[at, : len(cut)] = cut
    return torch.from_numpy(out)


class Skim(nn.Module):
    """Body and top together, as they are trained."""

    def __init__(self, first: Tensor) -> None:
        super().__init__()
        self.body = Body(first)
        self.top = Top(first.shape[1])

    def forward(self, own: Tensor, before: Tensor, after: Tensor, kind: Tensor) -> Tensor:
        """Return logits."""
        return self.top(self.body(own), self.body(before), self.body(after), kind)


def loss_of(logits: Tensor, lesson: Lesson, cut: np.ndarray, rare: Tensor) -> Tensor:
    """Return the loss of a batch; what nobody knows counts for nothing."""
    weight = torch.from_numpy(lesson.weight[cut]).unsqueeze(1)
    facets, assertion, fix, topics = logits.split([*HEADS, TOPIC], dim=1)
    aim = torch.from_numpy(lesson.facets[cut])
    binary = nn.functional.binary_cross_entropy_with_logits
    loss = (binary(facets, aim, reduction="none", pos_weight=rare) * weight).mean()
    for raw, told, share in ((assertion, lesson.assertion, 0.15), (fix, lesson.fix, 0.05)):
        goal = torch.from_numpy(told[cut])
        known = ~goal.isnan().any(1)
        if bool(known.any()):
            cross = nn.functional.cross_entropy(raw[known], goal[known], reduction="none")
            loss = loss + share * (cross * weight[known, 0]).mean()
    goal = torch.from_numpy(lesson.topics[cut])
    known = ~goal.isnan().any(1)
    if bool(known.any()):
        loss = loss + 0.1 * binary(topics[known], goal[known])
    return loss


def order(lesson: Lesson, dice: random.Random) -> Iterator[np.ndarray]:
    """Yield batches of sentences of like length, in random order."""
    lengths = np.array([min(LONGEST, len(row)) for row in lesson.own])
    by = np.argsort(lengths + np.array([6 * dice.random() for _ in lengths]))
    cuts = [by[at : at + BATCH] for at in range(0, len(by), BATCH)]
    dice.shuffle(cuts)
    yield from cuts


def logits_of(model: Skim, lesson: Lesson) -> np.ndarray:
    """Return the logits of every sentence, in order."""
    model.eval()
    rows = np.zeros((len(lesson.own), sum(HEADS) + TOPIC), dtype=np.float32)
    with torch.no_grad():
        for cut in order(lesson, random.Random(SEED)):  # noqa: S311
            rows[cut] = model(*_inputs(lesson, cut)).numpy()
    return rows


def _inputs(lesson: Lesson, cut: np.ndarray, leave_out: float = 0.0) -> tuple[Tensor, ...]:
    beside = np.random.default_rng(int(cut[0])).random(len(cut)) >= leave_out
    return (
        padded([lesson.own[n] for n in cut], LONGEST),
        padded([lesson.before[n] if b else [] for n, b in zip(cut, beside, strict=True)], NEAR),
        padded([lesson.after[n] if b else [] for n, b in zip(cut, beside, strict=True)], NEAR),
        torch.from_numpy(lesson.kind[cut]),
    )


def fit(
    model: Skim, lesson: Lesson, *, epochs: int, rate: float = 2e-3, rare: Sequence[float]
) -> Iterator[int]:
    """Train, and yield the number of each epoch that is done."""
    steps = epochs * -(-len(lesson.own) // BATCH)
    optimizer = torch.optim.AdamW(model.parameters(), lr=rate, weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, max_lr=rate, total_steps=steps + 1, pct_start=0.1
    )
    weight = torch.tensor(rare)
    dice = random.Random(SEED)  # noqa: S311
    for epoch in range(epochs):
        model.train()
        began, losses = time.monotonic(), []
        for cut in order(lesson, dice):
            loss = loss_of(model(*_inputs(lesson, cut, 0.1)), lesson, cut, weight)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            losses.append(loss.item())
        print(f"skim {epoch} loss {np.mean(losses):.4f} {time.monotonic() - began:.0f} s", flush=True)
        yield epoch
