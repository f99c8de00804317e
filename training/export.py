"""Turns the trained judge into what ships: ONNX in eight bits."""

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

from training.calibrate import judging, truth
from training.data import FACETS, Labelled, apart, load
from training.transformer import Judge
from unsolved.evidence.judging import HEADS
from unsolved.evidence.linear import linear_reader
from unsolved.evidence.tokens import encode

TAUGHT = 0.5
"""The share of the quick reader's logits in what the quick network is taught."""


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


def main(argv: Sequence[str] | None = None) -> np.ndarray:
    """Export, quantise, and keep the judge with how it teaches; return its held-out logits.

    A teacher's logits have a share of the quick reader's added. ``training/cascade.py`` then
    chooses how it judges.
    """
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--base", type=Path, required=True, help="folder with MiniLM-L6")
    parser.add_argument("--trained", type=Path, required=True, help="folder with judge.pt")
    parser.add_argument("--out", type=Path, required=True, help="where the weights go")
    wanted = parser.parse_args(argv)
    network = Judge(wanted.base)
    network.load_state_dict(torch.load(wanted.trained / "judge.pt", weights_only=True))
    full, small = wanted.trained / "full.onnx", wanted.out / "judge.onnx"
    to_onnx(network, full)
    to_int8(full, small)
    shutil.copy(wanted.base / "tokenizer.json", wanted.out / "tokenizer.json")
    held = apart(load(waves=0))[1]
    slow = run(small, wanted.out / "tokenizer.json", held)
    both = slow + TAUGHT * linear_reader().logits([item.sentence for item in held])
    kept = judging(both[:, : len(FACETS)], truth(held))
    np.savez_compressed(wanted.out / "judge.npz", **kept, blend=np.float32(TAUGHT))
    return slow


if __name__ == "__main__":
    main()
