"""Distils the judge into a network that is thirty times quicker and reads every sentence first.

A vector a token, two convolutions, the highest and the mean of the sentence and of the ones
beside it (Kim 2014, doi:10.3115/v1/D14-1181), and one hidden layer. It learns from labelled
sentences and from what the judge, with the quick reader added, makes of unlabelled ones (Hinton
et al. 2015, arXiv:1503.02531).
"""

import argparse
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from itertools import chain
from pathlib import Path

import numpy as np
import torch
from safetensors.numpy import load_file
from scipy.special import softmax
from sklearn.decomposition import PCA
from tokenizers import Tokenizer
from torch import Tensor, nn

from training.calibrate import truth
from training.corpus import draw, soft, texts
from training.data import ASSERTIONS, FACETS, FIXES, SEED, TOPICS, Labelled, apart, load
from training.minilm import Teacher
from unsolved.evidence.judge import judge
from unsolved.evidence.judging import Judging
from unsolved.evidence.model import Facet, Sentence
from unsolved.evidence.pieces import LONGEST
from unsolved.evidence.skim import KINDS, VECTOR

WIDTH = 128
HIDDEN = 256
HEADS = (len(FACETS), len(ASSERTIONS), len(FIXES))
TOPIC = len(TOPICS)
BATCH = 128
LABELLED = 1.5
"""What a labelled sentence counts beside one that the judge judged."""

LEFT_OUT = 0.15
"""How often what stands beside a sentence, and the kind of its document, are left out."""

SILENT = 0.2
"""Below this no facet is likely enough to ask who means it, or of what kind a fix is."""

RARE = {Facet.FAILURE: 2.0, Facet.RESOLVED: 2.0, Facet.URGENCY: 2.0}


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
        return self.rows(self.tokens(ids), ids)

    def vector(self, row: Tensor) -> Tensor:
        """Return the unit vectors of texts, from their rows."""
        return nn.functional.normalize(self.near(row), dim=1)

    def rows(self, tokens: Tensor, ids: Tensor) -> Tensor:
        """Return the row of each text, from the vectors of its tokens."""
        here = (ids != 0).unsqueeze(2).to(tokens.dtype)
        x = self.dropout(tokens) * here
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
    vector: np.ndarray
    """(sentences, VECTOR): what MiniLM makes of the sentence, reduced; nan where not asked."""
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

    def forward(
        self, own: Tensor, before: Tensor, after: Tensor, kind: Tensor
    ) -> tuple[Tensor, Tensor]:
        """Return logits, and the vector of each sentence."""
        row = self.body(own)
        with torch.no_grad():  # the body learns from own sentences; it halves the time
            beside = self.body(before), self.body(after)
        logits = self.top(row, *beside, kind)
        return logits, self.body.vector(row)


def loss_of(
    logits: Tensor, vectors: Tensor, lesson: Lesson, cut: np.ndarray, rare: Tensor
) -> Tensor:
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
    goal = torch.from_numpy(lesson.vector[cut])
    known = ~goal.isnan().any(1)
    if bool(known.any()):
        mine, aim = vectors[known], nn.functional.normalize(goal[known], dim=1)
        apart = nn.functional.mse_loss(mine @ mine.T, aim @ aim.T)
        loss = loss + 0.3 * (1 - (mine * aim).sum(1)).mean() + 2.0 * apart
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
            rows[cut] = model(*_inputs(lesson, cut))[0].numpy()
    return rows


def _inputs(lesson: Lesson, cut: np.ndarray, leave_out: float = 0.0) -> tuple[Tensor, ...]:
    dice = np.random.default_rng(int(cut[0]))
    beside, told = (dice.random(len(cut)) >= leave_out for _ in range(2))
    return (
        padded([lesson.own[n] for n in cut], LONGEST),
        padded(
            [lesson.before[n] if b else [] for n, b in zip(cut, beside, strict=True)], LONGEST
        ),
        padded(
            [lesson.after[n] if b else [] for n, b in zip(cut, beside, strict=True)], LONGEST
        ),
        torch.from_numpy(np.where(told, lesson.kind[cut], 0)),
    )


def fit(model: Skim, lesson: Lesson, *, epochs: int, rate: float = 2e-3) -> Iterator[int]:
    """Train, and yield the number of each epoch that is done."""
    steps = epochs * -(-len(lesson.own) // BATCH)
    optimizer = torch.optim.AdamW(model.parameters(), lr=rate, weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, max_lr=rate, total_steps=steps + 1, pct_start=0.1
    )
    weight = torch.tensor([RARE.get(facet, 1.0) for facet in FACETS])
    dice = random.Random(SEED)  # noqa: S311
    for epoch in range(epochs):
        model.train()
        began, losses = time.monotonic(), []
        for cut in order(lesson, dice):
            loss = loss_of(*model(*_inputs(lesson, cut, LEFT_OUT)), lesson, cut, weight)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            losses.append(loss.item())
        print(
            f"skim {epoch} loss {np.mean(losses):.4f} {time.monotonic() - began:.0f} s",
            flush=True,
        )
        yield epoch


class ShippedBody(nn.Module):
    """The body with its tokens in eight bits, and the vector beside the row."""

    def __init__(self, body: Body) -> None:
        super().__init__()
        table = body.tokens.weight.detach()
        scale = table.abs().amax(1).clamp(min=1e-6) / 127
        self.register_buffer("table", torch.round(table / scale[:, None]).to(torch.int8))
        self.register_buffer("scale", scale[:, None])
        self.body = body

    def forward(self, ids: Tensor) -> tuple[Tensor, Tensor]:
        """Return the row and the unit vector of each text."""
        row = self.body.rows(self.table[ids].float() * self.scale[ids], ids)
        return row, self.body.vector(row)


class ShippedTop(nn.Module):
    """The top without what only helped in training."""

    def __init__(self, top: Top) -> None:
        super().__init__()
        self.top = top

    def forward(self, own: Tensor, before: Tensor, after: Tensor, kind: Tensor) -> Tensor:
        """Return logits for facets, assertions and fixes."""
        return self.top(own, before, after, kind)[:, : sum(HEADS)]


def export(weights: Path, out: Path) -> None:
    """Write what ships: the body and the top in ONNX."""
    kept = torch.load(weights, weights_only=True)
    model = Skim(kept["body.tokens.weight"])
    model.load_state_dict(kept)
    model.eval()
    row = torch.zeros(8, 2 * WIDTH)
    _to_onnx(
        ShippedBody(model.body),
        (torch.ones(8, 16, dtype=torch.int64),),
        out / "skim.onnx",
        {"ids": {0: "texts", 1: "width"}},
        ["row", "vector"],
    )
    _to_onnx(
        ShippedTop(model.top),
        (row, row, row, torch.zeros(8, dtype=torch.int64)),
        out / "skim-top.onnx",
        {name: {0: "texts"} for name in ("own", "before", "after", "kind")},
        ["logits"],
    )


def _to_onnx(
    part: nn.Module,
    example: tuple[Tensor, ...],
    path: Path,
    inputs: dict[str, dict[int, str]],
    outputs: list[str],
) -> None:
    torch.onnx.export(
        part.eval(),
        example,
        str(path),
        input_names=list(inputs),
        output_names=outputs,
        dynamic_axes=inputs,
        opset_version=17,
        dynamo=False,
    )


def lesson(
    tokenizer: Tokenizer,
    sentences: Sequence[Sentence],
    facets: np.ndarray,
    weight: float,
    **known: np.ndarray,
) -> Lesson:
    """Return sentences as tokens; what is not among ``known`` is told of none of them."""

    def cut(texts: Sequence[str]) -> list[list[int]]:
        return [one.ids for one in tokenizer.encode_batch(texts, add_special_tokens=False)]

    def column(name: str, width: int) -> np.ndarray:
        nobody = np.full((len(sentences), width), np.nan)
        return np.asarray(known.get(name, nobody), dtype=np.float32)

    return Lesson(
        own=cut([s.text for s in sentences]),
        before=cut([s.before[-1] if s.before else "" for s in sentences]),
        after=cut([s.after[0] if s.after else "" for s in sentences]),
        kind=np.array([KINDS.index(s.kind or "") for s in sentences]),
        facets=facets.astype(np.float32),
        assertion=column("assertion", len(ASSERTIONS)),
        fix=column("fix", len(FIXES)),
        topics=column("topics", TOPIC),
        vector=column("vector", VECTOR),
        weight=np.full(len(sentences), weight, dtype=np.float32),
    )


def from_labels(tokenizer: Tokenizer, items: Sequence[Labelled]) -> Lesson:
    """Return labelled sentences as a lesson."""

    def one_of(value: object, among: Sequence[object]) -> list[float]:
        return [np.nan if value is None else float(value == one) for one in among]

    return lesson(
        tokenizer,
        [item.sentence for item in items],
        truth(items),
        LABELLED,
        assertion=np.array([one_of(item.assertion, ASSERTIONS) for item in items]),
        fix=np.array([one_of(item.fix, FIXES) for item in items]),
        topics=np.array([[float(t in item.topics) for t in TOPICS] for item in items]),
    )


def from_judge(
    tokenizer: Tokenizer, sentences: Sequence[Sentence], logits: np.ndarray, judging: Judging
) -> Lesson:
    """Return unlabelled sentences as a lesson, with what the judge makes of them."""
    first, second, third = np.split(logits, np.cumsum(HEADS)[:2], axis=1)
    sure = judging.probabilities(first)
    assertion, fix = softmax(second, axis=1), softmax(third, axis=1)
    assertion[sure.max(1) < SILENT] = np.nan
    fix[sure[:, [FACETS.index(Facet.ATTEMPT), FACETS.index(Facet.FAILURE)]].max(1) < SILENT] = (
        np.nan
    )
    return lesson(tokenizer, sentences, sure, 1.0, assertion=assertion, fix=fix)


def from_minilm(
    tokenizer: Tokenizer, sentences: Sequence[Sentence], vectors: np.ndarray
) -> Lesson:
    """Return sentences of which only the vector counts."""
    reduced = PCA(VECTOR, random_state=SEED).fit_transform(vectors)
    alone = [Sentence(s.text, kind=s.kind) for s in sentences]
    nothing = np.zeros((len(sentences), len(FACETS)))
    return lesson(tokenizer, alone, nothing, 0.0, vector=reduced)


def together(lessons: Sequence[Lesson]) -> Lesson:
    """Return several lessons as one."""
    lists = {"own", "before", "after"}
    parts = {
        field.name: [getattr(one, field.name) for one in lessons] for field in fields(Lesson)
    }
    whole = {
        name: list(chain.from_iterable(found)) if name in lists else np.concatenate(found)
        for name, found in parts.items()
    }
    return Lesson(**whole)


def first_tokens(base: Path) -> Tensor:
    """Return MiniLM's own vectors of its tokens, reduced."""
    kept = load_file(base / "model.safetensors")
    name = next(name for name in kept if "word_embeddings" in name)
    reduced = PCA(WIDTH, random_state=SEED).fit_transform(kept[name])
    first = torch.from_numpy((0.5 * reduced / reduced.std()).astype(np.float32))
    first[0] = 0.0
    return first


def main(argv: Sequence[str] | None = None) -> int:
    """Draw sentences, have them judged, train on them and the labels, and write what ships."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--base", type=Path, required=True, help="folder with MiniLM-L6")
    parser.add_argument("--judge", type=Path, required=True, help="folder with judge.onnx")
    parser.add_argument("--work", type=Path, required=True, help="scratch")
    parser.add_argument("--out", type=Path, required=True, help="where the weights go")
    parser.add_argument("--texts", type=int, default=60_000)
    parser.add_argument("--vectors", type=int, default=16_000)
    parser.add_argument("--epochs", type=int, default=6)
    wanted = parser.parse_args(argv)
    torch.manual_seed(SEED)
    torch.set_num_threads(1)
    tokenizer = Tokenizer.from_file(str(wanted.base / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    items = load()
    seen, _ = apart(items)
    drawn = draw(list(texts()), wanted.texts)
    logits = soft(drawn, wanted.judge)
    some = drawn[: wanted.vectors]
    teacher = Teacher(wanted.base)
    rows = [one.ids for one in teacher.tokenizer.encode_batch([s.text for s in some])]
    whole = together([
        from_labels(tokenizer, seen),
        from_judge(tokenizer, drawn, logits, judge(wanted.judge).judging),
        from_minilm(tokenizer, some, teacher.vectors(rows)),
    ])  # fmt: skip
    model = Skim(first_tokens(wanted.base))
    for _ in fit(model, whole, epochs=wanted.epochs):
        torch.save(model.state_dict(), wanted.work / "skim.pt")
    export(wanted.work / "skim.pt", wanted.out)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
