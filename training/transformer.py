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

from training.data import ASSERTIONS, FACETS, FIXES, SEED, TOPICS, Labelled, apart, load
from unsolved.evidence.model import Facet
from unsolved.evidence.tokens import encode

BATCH = 32
RARE = {Facet.FAILURE: 2.0, Facet.RESOLVED: 2.0, Facet.URGENCY: 2.0}
HEADS = (len(FACETS), len(ASSERTIONS), len(FIXES), len(TOPICS))
IGNORED = -100


@dataclass(frozen=True)
class Course:
    """A training: labels of up to which wave, how long, how fast, and what stays as it is."""

    name: str
    wave: int
    epochs: int
    rate: float
    frozen: int
    """Layers that stay as they are, once a first course has tuned them; it halves the time."""
    whole: bool
    """Whether every epoch reads the silent sentences too, or every other one of them."""


COURSES = (
    Course("first", wave=0, epochs=4, rate=8e-5, frozen=0, whole=True),
    Course("second", wave=2, epochs=3, rate=5e-5, frozen=3, whole=False),
)
KEPT = 0.85
"""How often the sentences beside a sentence, and the kind of its document, are shown."""


@dataclass(frozen=True, slots=True)
class Batch:
    """What the lowest layers made of the tokens, padded, and the answers that belong to it."""

    low: Tensor
    types: Tensor
    mask: Tensor
    facets: Tensor
    assertion: Tensor
    fix: Tensor
    topics: Tensor


class Judge(nn.Module):
    """MiniLM, and one linear layer over the mean of the sentence's own tokens and [CLS]."""

    def __init__(self, folder: Path, dropout: float = 0.1, frozen: int = 0) -> None:
        super().__init__()
        self.frozen = frozen
        self.body = AutoModel.from_pretrained(folder, add_pooling_layer=False)
        self.body.embeddings.word_embeddings.weight.requires_grad_(requires_grad=False)
        self.dropout = nn.Dropout(dropout)
        self.head = nn.Linear(2 * self.body.config.hidden_size, sum(HEADS))

    def forward(self, ids: Tensor, types: Tensor, mask: Tensor) -> Tensor:
        """Return one row of logits a sentence: facets, assertions, fixes, topics."""
        return self.high(self.low(ids, types, mask, 0), types, mask, 0)

    def low(self, ids: Tensor, types: Tensor, mask: Tensor, layers: int) -> Tensor:
        """Return what the lowest ``layers`` make of the tokens."""
        hidden = self.body.embeddings(input_ids=ids, token_type_ids=types)
        return self._through(hidden, mask, 0, layers)

    def high(self, hidden: Tensor, types: Tensor, mask: Tensor, layers: int) -> Tensor:
        """Return the logits, from what the lowest ``layers`` made."""
        hidden = self._through(hidden, mask, layers, len(self.body.encoder.layer))
        own = (types * mask).unsqueeze(-1).to(hidden.dtype)
        mean = (hidden * own).sum(1) / own.sum(1).clamp(min=1.0)
        return self.head(self.dropout(torch.cat([hidden[:, 0], mean], dim=-1)))

    def _through(self, hidden: Tensor, mask: Tensor, first: int, last: int) -> Tensor:
        unseen = (1.0 - mask[:, None, None, :].to(hidden.dtype)) * -1e9
        for layer in self.body.encoder.layer[first:last]:
            hidden = layer(hidden, attention_mask=unseen)
        return hidden


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


def collate(items: Sequence[Labelled], low: Sequence[Tensor], types: Sequence[Tensor]) -> Batch:
    """Pad a batch to its longest sentence."""

    def choice(value: Any, among: Sequence[Any]) -> int:
        return IGNORED if value is None else among.index(value)

    pad = nn.utils.rnn.pad_sequence
    return Batch(
        low=pad([one.float() for one in low], batch_first=True),
        types=pad(list(types), batch_first=True),
        mask=pad([torch.ones_like(one) for one in types], batch_first=True),
        facets=torch.tensor([[float(f in item.facets) for f in FACETS] for item in items]),
        assertion=torch.tensor([choice(item.assertion, ASSERTIONS) for item in items]),
        fix=torch.tensor([choice(item.fix, FIXES) for item in items]),
        topics=torch.tensor([[float(t in item.topics) for t in TOPICS] for item in items]),
    )


@dataclass(frozen=True)
class Shelf:
    """Sentences with what the layers that stay as they are make of them, worked out once."""

    items: Sequence[Labelled]
    low: Sequence[Tensor]
    types: Sequence[Tensor]

    @classmethod
    def of(
        cls, model: Judge, items: Sequence[Labelled], tokenizer: Tokenizer, *, whole: bool
    ) -> "Shelf":
        """Run the lowest layers; unless ``whole``, context and kind are at times left out."""
        dice = random.Random(SEED)  # noqa: S311 - not a secret
        read = []
        for item in items:
            kind = item.sentence.kind if whole or dice.random() < KEPT else None
            context = whole or dice.random() < KEPT
            read.append(encode(tokenizer, item.sentence, kind=kind, context=context))
        low: list[Tensor] = [torch.empty(0)] * len(items)
        model.eval()
        order = sorted(range(len(items)), key=lambda at: len(read[at].ids))
        for cut in (order[at : at + BATCH] for at in range(0, len(order), BATCH)):
            ids = _padded([read[n].ids for n in cut])
            types = _padded([read[n].types for n in cut])
            mask = _padded([[1] * len(read[n].ids) for n in cut])
            with torch.no_grad():
                hidden = model.low(ids, types, mask, model.frozen).half()
            for n, row in zip(cut, hidden, strict=True):
                low[n] = row[: len(read[n].ids)].clone()
        return cls(items, low, [torch.tensor(one.types) for one in read])

    def batch(self, cut: Sequence[int]) -> Batch:
        """Return some of it, padded."""
        return collate(
            [self.items[n] for n in cut],
            [self.low[n] for n in cut],
            [self.types[n] for n in cut],
        )

    def cuts(self, chosen: Sequence[int], dice: random.Random) -> list[list[int]]:
        """Return batches of sentences of like length, in random order."""
        order = sorted(chosen, key=lambda at: len(self.types[at]) + 8 * dice.random())
        cuts = [order[at : at + BATCH] for at in range(0, len(order), BATCH)]
        dice.shuffle(cuts)
        return cuts


def _padded(rows: Sequence[Sequence[int]]) -> Tensor:
    width = max(map(len, rows))
    return torch.tensor([[*row, *(0 for _ in range(width - len(row)))] for row in rows])


def logits_of(model: Judge, shelf: Shelf) -> np.ndarray:
    """Return the logits of every item, in order."""
    model.eval()
    rows = np.zeros((len(shelf.items), sum(HEADS)), dtype=np.float32)
    with torch.no_grad():
        for cut in shelf.cuts(range(len(shelf.items)), random.Random(SEED)):  # noqa: S311
            one = shelf.batch(cut)
            rows[cut] = model.high(one.low, one.types, one.mask, model.frozen).numpy()
    return rows


def fit(
    model: Judge,
    shelf: Shelf,
    lessons: Sequence[Sequence[int]],
    *,
    rate: float,
    kept: Path,
) -> Iterator[tuple[int, float]]:
    """Train, an epoch a lesson, and after each yield its number and mean loss.

    What a stopped training left in ``kept`` is gone on with.
    """
    sizes = [math.ceil(len(items) / BATCH) for items in lessons]
    steps = sum(sizes)
    body = list(model.body.encoder.layer[model.frozen :].parameters())
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
        dice = random.Random(SEED + epoch)  # noqa: S311 - shuffling
        began = time.monotonic()
        model.train()
        losses = []
        cuts = shelf.cuts(lessons[epoch], dice)
        for done, batch in enumerate(map(shelf.batch, cuts), 1):
            raw = model.high(batch.low, batch.types, batch.mask, model.frozen)
            loss = loss_of(raw, batch, weight)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(body, 1.0)
            optimizer.step()
            schedule.step()
            losses.append(loss.item())
            if done % 20 == 0:
                pace = (time.monotonic() - began) / done
                loss = float(np.mean(losses[-20:]))
                print(f"step {done}/{len(cuts)} loss {loss:.3f} {pace:.2f} s/step", flush=True)
        state = {"model": model.state_dict(), "optimizer": optimizer.state_dict()}
        torch.save({**state, "epoch": epoch}, kept)
        yield epoch, float(np.mean(losses))


def lesson(
    items: Sequence[Labelled], wave: int, epoch: int, *, whole: bool = False
) -> list[int]:
    """Return what an epoch reads: all that say something, and every other one of the rest."""
    known = [n for n, item in enumerate(items) if item.wave <= wave]
    if whole:
        return known
    silent = [n for n in known if not items[n].facets]
    return [n for n in known if items[n].facets] + silent[epoch % 2 :: 2]


def main(argv: Sequence[str] | None = None) -> int:
    """Fine-tune on all folds but one, and keep weights and logits after each epoch.

    Two courses: all of MiniLM on the labels that were given, then, from there, its upper half
    on these and the ones that were added.
    """
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--base", type=Path, required=True, help="folder with MiniLM-L6")
    parser.add_argument("--out", type=Path, required=True, help="where to keep the weights")
    parser.add_argument("--threads", type=int, default=2, help="1 when the machine is busy")
    wanted = parser.parse_args(argv)
    torch.manual_seed(SEED)
    torch.set_num_threads(wanted.threads)
    items = load()
    kept, held = apart(items)
    tokenizer = Tokenizer.from_file(str(wanted.base / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    print(json.dumps({"train": len(kept), "held out": len(held)}), flush=True)
    model, truth = Judge(wanted.base), np.array([[f in i.facets for f in FACETS] for i in held])
    for course in COURSES:
        out = wanted.out / course.name
        out.mkdir(parents=True, exist_ok=True)
        model.frozen = course.frozen
        lessons = [
            lesson(kept, course.wave, n, whole=course.whole) for n in range(course.epochs)
        ]
        shelf = Shelf.of(model, kept, tokenizer, whole=False)
        asked = Shelf.of(model, held, tokenizer, whole=True)
        print(f"{course.name}: the layers that stay are done", flush=True)
        for epoch, loss in fit(model, shelf, lessons, rate=course.rate, kept=out / "state.pt"):
            logits = logits_of(model, asked)
            np.save(out / f"logits-{epoch}.npy", logits)
            print(f"epoch {epoch} loss {loss:.3f} {precisions(truth, logits)}", flush=True)
    torch.save(model.state_dict(), wanted.out / "judge.pt")
    return 0


def precisions(truth: np.ndarray, logits: np.ndarray) -> str:
    """Return the average precision of each facet, in words."""
    from sklearn.metrics import average_precision_score  # noqa: PLC0415 - slow to import

    found = [average_precision_score(truth[:, n], logits[:, n]) for n in range(len(FACETS))]
    named = " ".join(f"{f.value} {p:.3f}" for f, p in zip(FACETS, found, strict=True))
    return f"{named} | seven {np.mean(found[:7]):.3f}"


if __name__ == "__main__":
    raise SystemExit(main())
