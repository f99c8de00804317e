"""MiniLM as it comes: what the vectors of the quick network are taught by."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from transformers import AutoModel

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
