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
from tokenizers import Tokenizer
from torch import Tensor, nn

from training import linear
from training.calibrate import judging, truth
from training.data import HELD_OUT, folds, load
from training.transformer import Judge
from unsolved.evidence.judging import HEADS
from unsolved.evidence.linear import LinearReader
from unsolved.evidence.tokens import encode

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
    items = load()
    fold = folds(items)
    held = [item for item, where in zip(items, fold, strict=True) if where == HELD_OUT]
    seen = [item for item, where in zip(items, fold, strict=True) if where != HELD_OUT]
    tokenizer = Tokenizer.from_file(str(wanted.base / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    session = onnxruntime.InferenceSession(str(small))
    logits = []
    for item in held:
        tokens = encode(tokenizer, item.sentence, kind=item.sentence.kind)
        feed = {"ids": np.array([tokens.ids]), "types": np.array([tokens.types])}
        logits.append(session.run(None, feed)[0][0])
    quick = LinearReader(linear.fit(seen), "screen")
    sure = quick.judging.probabilities(quick.logits([item.sentence for item in held]))
    passed = screen(sure, truth(held))
    print(f"screen {passed}: {np.mean(sure.max(1) < passed):.3f} of the sentences stop there")
    kept = {**judging(np.array(logits), truth(held)), "screen": np.float32(passed)}
    np.savez_compressed(wanted.out / "judge.npz", **kept)
    shutil.copy(small, wanted.out / "judge.onnx")
    shutil.copy(wanted.base / "tokenizer.json", wanted.out / "tokenizer.json")
    print(kept, small.stat().st_size)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
