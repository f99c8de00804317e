"""Turns the trained judge into what ships: ONNX in eight bits, and its judging."""

import argparse
import shutil
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnxruntime
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process
from sklearn.metrics import average_precision_score
from tokenizers import Tokenizer
from torch import Tensor, nn

from training import linear
from training.calibrate import judging, truth
from training.data import FACETS, HELD_OUT, Labelled, folds, load
from training.transformer import Judge
from unsolved.evidence.judging import HEADS
from unsolved.evidence.linear import LinearReader
from unsolved.evidence.tokens import encode

BLENDS = (0.0, 0.25, 0.5, 0.75, 1.0)
LOST = 0.02  # the share of labelled sentences that the screen may lose


class Shipped(nn.Module):
    """The judge without what only helped in training."""

    def __init__(self, judge: Judge) -> None:
        super().__init__()
        self.judge = judge

    def forward(self, ids: Tensor, types: Tensor) -> Tensor:
        """Return logits for facets, assertions and fixes; nothing is padded."""
        return self.judge(ids, types, torch.ones_like(ids))[:, :HEADS]


def to_onnx(judge: Judge, path: Path) -> None:
    """Write the judge in full precision."""
    example = (
        torch.tensor([[101, 102, 102, 2000, 102, 102]]),
        torch.tensor([[0, 0, 0, 1, 0, 0]]),
    )
    torch.onnx.export(
        Shipped(judge).eval(),
        example,
        str(path),
        input_names=["ids", "types"],
        output_names=["logits"],
        dynamic_axes={"ids": {0: "batch", 1: "width"}, "types": {0: "batch", 1: "width"}},
        opset_version=17,
        dynamo=False,
    )


def to_int8(full: Path, small: Path) -> None:
    """Write the judge in eight bits, embeddings too.

    Seven bits are used of the eight: without VNNI a processor adds pairs of products in
    sixteen bits, and they could run over.
    """
    ready = full.with_suffix(".ready.onnx")
    quant_pre_process(str(full), str(ready), skip_symbolic_shape=True)
    quantize_dynamic(
        str(ready),
        str(small),
        op_types_to_quantize=["MatMul", "Gather"],
        per_channel=True,
        reduce_range=True,
        weight_type=QuantType.QInt8,
    )


def screen(quick: np.ndarray, true: np.ndarray) -> float:
    """Return the surest probability at which the quick reader may answer "nothing" alone."""
    highest = np.sort(quick.max(1)[true.any(1)])
    return float(np.floor(highest[int(LOST * len(highest))] * 1000) / 1000)


def parts() -> tuple[list[Labelled], list[Labelled]]:
    """Return the sentences that were trained on, and the held-out ones."""
    items = load()
    fold = folds(items)
    seen = [item for item, where in zip(items, fold, strict=True) if where != HELD_OUT]
    return seen, [item for item, where in zip(items, fold, strict=True) if where == HELD_OUT]


def run(judge: Path, tokens: Path, items: Sequence[Labelled]) -> np.ndarray:
    """Return the logits of the judge as it ships."""
    tokenizer = Tokenizer.from_file(str(tokens))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    session = onnxruntime.InferenceSession(str(judge))
    rows = []
    for item in items:
        read = encode(tokenizer, item.sentence, kind=item.sentence.kind)
        feed = {"ids": np.array([read.ids]), "types": np.array([read.types])}
        rows.append(session.run(None, feed)[0][0])
    return np.array(rows)


def precision(logits: np.ndarray, true: np.ndarray) -> float:
    """Return the mean average precision of the seven facets."""
    return float(np.mean([average_precision_score(true[:, n], logits[:, n]) for n in range(7)]))


def keep(
    seen: Sequence[Labelled], held: Sequence[Labelled], tokens: Path, judge: Path, out: Path
) -> None:
    """Fit the quick reader on the same organisations, calibrate on the others, write all."""
    arrays = linear.fit(seen)
    quick = LinearReader(arrays, "screen")
    true = truth(held)
    rough = quick.logits([item.sentence for item in held])[:, : len(FACETS)]
    exact = run(judge, tokens, held)[:, : len(FACETS)]
    found = {blend: precision(exact + blend * rough, true) for blend in BLENDS}
    print("mean average precision by blend", found, "quick alone", precision(rough, true))
    blend = max(found, key=lambda one: found[one])
    sure = quick.judging.probabilities(rough)
    passed = min(screen(sure, true), float(quick.judging.thresholds.min()))
    stop = sure.max(1) < passed
    print(f"screen {passed}: {stop.mean():.3f} of the sentences stop there")
    print(f"{stop[true.any(1)].mean():.3f} of the labelled ones are lost")
    kept = judging(exact + blend * rough, true)
    print(kept)
    extra = {"screen": np.float32(passed), "blend": np.float32(blend)}
    np.savez_compressed(out / "judge.npz", **kept, **extra)
    np.savez_compressed(out / "linear.npz", **arrays)
    shutil.copy(judge, out / "judge.onnx")
    shutil.copy(tokens, out / "tokenizer.json")


def main(argv: Sequence[str] | None = None) -> int:
    """Export, quantise, calibrate on the held-out organisations, and keep the result."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--base", type=Path, required=True, help="folder with MiniLM-L6")
    parser.add_argument("--trained", type=Path, required=True, help="folder with judge.pt")
    parser.add_argument("--out", type=Path, required=True, help="where the weights go")
    wanted = parser.parse_args(argv)
    judge = Judge(wanted.base)
    judge.load_state_dict(torch.load(wanted.trained / "judge.pt", weights_only=True))
    full, small = wanted.trained / "full.onnx", wanted.trained / "judge.onnx"
    to_onnx(judge, full)
    to_int8(full, small)
    keep(*parts(), wanted.base / "tokenizer.json", small, wanted.out)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
