"""Fine-tunes MiniLM to read sentences, for every facet, assertion and fix kind at once.

Needs torch and transformers; the starting weights are read from a folder given by hand.
"""

import argparse
import json
import math
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from transformers import AutoModel

from training.data import (
    ASSERTIONS,
    FACETS,
    FIXES,
    HELD_OUT,
    SEED,
    TOPICS,
    Labelled,
    folds,
    load,
)
from unsolved.evidence.model import Facet
from unsolved.evidence.tokens import Tokens, encode

BATCH = 32
RARE = {Facet.FAILURE: 2.0, Facet.RESOLVED: 2.0, Facet.URGENCY: 2.0}
HEADS = (len(FACETS), len(ASSERTIONS), len(FIXES), len(TOPICS))
IGNORED = -100
WAVES = (1, 2, 2, 2)
"""An epoch each: the labels of up to that wave."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Padded tokens and the answers that belong to them."""

    ids: Tensor
    types: Tensor
    mask: Tensor
    facets: Tensor
    assertion: Tensor
    fix: Tensor
    topics: Tensor


class Judge(nn.Module):
    """MiniLM, and one linear layer over the mean of the sentence's own tokens and [CLS]."""

    def __init__(self, folder: Path, dropout: float = 0.1) -> None:
        super().__init__()
        self.body = AutoModel.from_pretrained(folder, add_pooling_layer=False)
        self.body.embeddings.word_embeddings.weight.requires_grad_(requires_grad=False)
        self.dropout = nn.Dropout(dropout)
        self.head = nn.Linear(2 * self.body.config.hidden_size, sum(HEADS))

    def forward(self, ids: Tensor, types: Tensor, mask: Tensor) -> Tensor:
        """Return one row of logits a sentence: facets, assertions, fixes, topics."""
        hidden = self.body(
            input_ids=ids, attention_mask=mask, token_type_ids=types
        ).last_hidden_state
        own = (types * mask).unsqueeze(-1).to(hidden.dtype)
        mean = (hidden * own).sum(1) / own.sum(1).clamp(min=1.0)
        return self.head(self.dropout(torch.cat([hidden[:, 0], mean], dim=-1)))


def loss_of(logits: Tensor, batch: Batch, weight: Tensor) -> Tensor:
    """Return the loss; assertion and fix count only where the labelling gives one."""
    facets, assertion, fix, topics = logits.split(HEADS, dim=1)
    cross = nn.functional.cross_entropy
    binary = nn.functional.binary_cross_entropy_with_logits
    loss = binary(facets, batch.facets, pos_weight=weight)
    loss = loss + 0.1 * binary(topics, batch.topics)
    if bool((batch.assertion != IGNORED).any()):
        loss = loss + 0.15 * cross(assertion, batch.assertion, ignore_index=IGNORED)
    if bool((batch.fix != IGNORED).any()):
        loss = loss + 0.05 * cross(fix, batch.fix, ignore_index=IGNORED)
    return loss


def collate(items: Sequence[Labelled], tokens: Sequence[Tokens]) -> Batch:
    """Pad a batch to its longest sentence."""
    width = max(len(one.ids) for one in tokens)

    def pad(rows: list[list[int]]) -> Tensor:
        return torch.tensor([row + [0] * (width - len(row)) for row in rows])

    def choice(value: Any, among: Sequence[Any]) -> int:
        return IGNORED if value is None else among.index(value)

    return Batch(
        ids=pad([list(one.ids) for one in tokens]),
        types=pad([list(one.types) for one in tokens]),
        mask=pad([[1] * len(one.ids) for one in tokens]),
        facets=torch.tensor([[float(f in item.facets) for f in FACETS] for item in items]),
        assertion=torch.tensor([choice(item.assertion, ASSERTIONS) for item in items]),
        fix=torch.tensor([choice(item.fix, FIXES) for item in items]),
        topics=torch.tensor([[float(t in item.topics) for t in TOPICS] for item in items]),
    )


def batches(
    items: Sequence[Labelled], tokenizer: Tokenizer, dice: random.Random
) -> Iterator[Batch]:
    """Yield batches of sentences of like length; context and kind are now and then left out."""
    read = []
    for item in items:
        whole = dice.random() < 0.85
        kind = item.sentence.kind if dice.random() < 0.85 else None
        read.append(encode(tokenizer, item.sentence, kind=kind, context=whole))
    order = sorted(range(len(items)), key=lambda at: len(read[at].ids) + 8 * dice.random())
    cuts = [order[at : at + BATCH] for at in range(0, len(order), BATCH)]
    dice.shuffle(cuts)
    for cut in cuts:
        yield collate([items[at] for at in cut], [read[at] for at in cut])


def logits_of(model: Judge, items: Sequence[Labelled], tokenizer: Tokenizer) -> np.ndarray:
    """Return the logits of every item, in order."""
    model.eval()
    tokens = [encode(tokenizer, item.sentence, kind=item.sentence.kind) for item in items]
    order = sorted(range(len(items)), key=lambda at: len(tokens[at].ids))
    rows = np.zeros((len(items), sum(HEADS)), dtype=np.float32)
    with torch.no_grad():
        for at in range(0, len(order), BATCH):
            cut = order[at : at + BATCH]
            batch = collate([items[n] for n in cut], [tokens[n] for n in cut])
            rows[cut] = model(batch.ids, batch.types, batch.mask).numpy()
    return rows


def fit(
    model: Judge,
    lessons: Sequence[Sequence[Labelled]],
    tokenizer: Tokenizer,
    *,
    rate: float,
    kept: Path,
) -> Iterator[tuple[int, float]]:
    """Train, an epoch a lesson, and after each yield its number and mean loss.

    What a stopped training left in ``kept`` is gone on with.
    """
    sizes = [math.ceil(len(items) / BATCH) for items in lessons]
    steps = sum(sizes)
    body = [p for p in model.body.parameters() if p.requires_grad]
    groups = [{"params": body, "lr": rate}, {"params": model.head.parameters(), "lr": 1e-3}]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / (0.1 * steps), (steps - step) / (0.9 * steps))
    )
    weight = torch.tensor([RARE.get(facet, 1.0) for facet in FACETS])
    first = 0
    if kept.is_file():
        left = torch.load(kept, weights_only=True)
        model.load_state_dict(left["model"])
        optimizer.load_state_dict(left["optimizer"])
        first = left["epoch"] + 1
        for _ in range(sum(sizes[:first])):
            schedule.step()
    for epoch in range(first, len(lessons)):
        items = lessons[epoch]
        dice = random.Random(SEED + epoch)  # noqa: S311 - shuffling
        began, done = time.monotonic(), 0
        model.train()
        losses = []
        for batch in batches(items, tokenizer, dice):
            loss = loss_of(model(batch.ids, batch.types, batch.mask), batch, weight)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(body, 1.0)
            optimizer.step()
            schedule.step()
            losses.append(loss.item())
            done += 1
            if done % 20 == 0:
                pace = (time.monotonic() - began) / done
                print(f"step {done}/{sizes[epoch]} loss {np.mean(losses[-20:]):.3f} {pace:.2f} s/step",
                      flush=True)  # fmt: skip
        state = {"model": model.state_dict(), "optimizer": optimizer.state_dict()}
        torch.save({**state, "epoch": epoch}, kept)
        yield epoch, float(np.mean(losses))


def lesson(items: Sequence[Labelled], wave: int, epoch: int) -> list[Labelled]:
    """Return what an epoch reads: all that say something, and every other one of the rest."""
    known = [item for item in items if item.wave <= wave]
    silent = [item for item in known if not item.facets]
    return [item for item in known if item.facets] + silent[epoch % 2 :: 2]


def main(argv: Sequence[str] | None = None) -> int:
    """Fine-tune on all folds but one, and keep weights and logits after each epoch."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--base", type=Path, required=True, help="folder with MiniLM-L6")
    parser.add_argument("--out", type=Path, required=True, help="where to keep the weights")
    parser.add_argument("--waves", type=int, nargs="+", default=WAVES, help="labels an epoch")
    parser.add_argument("--start", type=Path, help="judge.pt to begin with, instead of the base")
    parser.add_argument("--stop", type=int, help="leave after so many epochs; run again to go on")
    parser.add_argument("--rate", type=float, default=8e-5)
    parser.add_argument("--fold", type=int, default=HELD_OUT)
    parser.add_argument("--threads", type=int, default=2, help="1 when the machine is busy")
    wanted = parser.parse_args(argv)
    torch.manual_seed(SEED)
    torch.set_num_threads(wanted.threads)
    wanted.out.mkdir(parents=True, exist_ok=True)
    items = load()
    fold = folds(items)
    kept = [item for item, number in zip(items, fold, strict=True) if number != wanted.fold]
    held = [item for item, number in zip(items, fold, strict=True) if number == wanted.fold]
    tokenizer = Tokenizer.from_file(str(wanted.base / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    model = Judge(wanted.base)
    print(json.dumps({"train": len(kept), "held out": len(held)}), flush=True)
    truth = np.array([[f in item.facets for f in FACETS] for item in held])
    if wanted.start:
        model.load_state_dict(torch.load(wanted.start, weights_only=True))
    lessons = [lesson(kept, wave, n) for n, wave in enumerate(wanted.waves)]
    state = wanted.out / "state.pt"
    for epoch, loss in fit(model, lessons, tokenizer, rate=wanted.rate, kept=state):
        logits = logits_of(model, held, tokenizer)
        torch.save(model.state_dict(), wanted.out / "judge.pt")
        np.save(wanted.out / f"logits-{epoch}.npy", logits)
        print(f"epoch {epoch} loss {loss:.3f} {precisions(truth, logits)}", flush=True)
        if wanted.stop and epoch + 1 >= wanted.stop:
            break
    return 0


def precisions(truth: np.ndarray, logits: np.ndarray) -> str:
    """Return the average precision of each facet, in words."""
    from sklearn.metrics import average_precision_score  # noqa: PLC0415 - slow to import

    found = [average_precision_score(truth[:, n], logits[:, n]) for n in range(len(FACETS))]
    named = " ".join(f"{f.value} {p:.3f}" for f, p in zip(FACETS, found, strict=True))
    return f"{named} | seven {np.mean(found[:7]):.3f}"


if __name__ == "__main__":
    raise SystemExit(main())
