"""The commands about evidence, and the one that needs no database: ``evidence label``."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import IO, Any

import click

from unsolved import evidence as room
from unsolved import sources
from unsolved.cli.lazily import Lazily, Where
from unsolved.cli.workbench import PARTLY, READERS, Workbench, out, told
from unsolved.errors import Unreadable

BATCH = 512


COMMANDS: Mapping[str, Where] = {
    "confirm": Where("feedback", "confirm", "Say that a sentence is about a problem."),
    "dismiss": Where("feedback", "dismiss", "Say that a sentence is not about a problem."),
    "explain": Where(
        "explain",
        "explain",
        "Show which words, cues and neighbours made a label, and why it is about its problem.",
    ),
    "feedback": Where(
        "feedback",
        "feedback",
        "Show all that was confirmed and dismissed, in the order in which it was said.",
    ),
    "label": Where("evidence", "label", "Say what each sentence of a JSONL file says."),
    "list": Where(
        "sought",
        "list_evidence",
        "Show sentences of a sort: what they say, whether they are meant, by whom, of when.",
    ),
    "show": Where(
        "show", "piece", "Show a piece of evidence, and the words around it in its document."
    ),
    "undo": Where("feedback", "undo", "Take back what was said of a sentence and a problem."),
}


@click.group(cls=Lazily, table=COMMANDS)
def evidence() -> None:
    """Label sentences, show what stands behind a piece of evidence, and say if it is right."""


@click.command()
@click.argument("path", metavar="IN.jsonl", type=click.Path(exists=True, path_type=Path))
@click.option("--out", "target", required=True, type=click.Path(path_type=Path))
@click.option("--reader", "name", type=READERS, help="Who reads (settings: reader).")
@click.option("--yes", is_flag=True, help="Agree beforehand to asking the language model.")
@click.pass_context
def label(
    context: click.Context, path: Path, target: Path, name: str | None, yes: bool
) -> None:
    """Say what each sentence of a JSONL file says.

    A line holds {"id", "before": [..], "text", "after": [..], "kind": optional}; a kind is
    that of the document: filing, transcript, or as people call it (10-K, call). The answer
    {"id", "facets", "labels", "assertion", "fix"} stands on a line of OUT. Lines that cannot
    be read are named and left out, and the exit code is then 3; so it is when the reader llm
    could not ask about everything and the local answer had to stand.
    """
    bench: Workbench = context.obj.read_by(name)
    if target.exists() and target.samefile(path):
        raise click.UsageError("--out names the file that is read; name another")
    faults: list[Unreadable] = []
    unasked = 0
    if bench.settings.reader == "llm":
        done, unasked = _label_asking(bench, path, target, faults, yes=yes)
    else:
        done = _label_lines(path, target, bench.reader.label, faults)
    out.print(f"{done} sentences labelled by {bench.reader.name}, in {target}")
    for fault in faults:
        told.print(f"  {fault}")
    if faults or unasked:
        context.exit(PARTLY)


def _label_asking(
    bench: Workbench, path: Path, target: Path, faults: list[Unreadable], *, yes: bool
) -> tuple[int, int]:
    """Label by asking a language model; return how many sentences, and how many unasked."""
    from unsolved.cli import asking  # noqa: PLC0415 - an HTTP client

    with path.open("rb") as lines:
        head = [sentence for _, sentence in islice(_sentences(path, lines, []), BATCH)]
        share = lines.tell() / path.stat().st_size if head else 1.0
    reader = asking.agreed(bench.reader, [head], share=share, yes=yes)
    unasked = 0

    def label(sentences: Sequence[room.Sentence]) -> list[room.Label]:
        nonlocal unasked
        read = reader.read(sentences)
        unasked += read.unasked
        return read.labels

    try:
        done = _label_lines(path, target, label, faults)
    finally:
        asking.account(reader)
    if unasked:
        told.print(f"{unasked} sentences in doubt keep the label of the reader model")
    return done, unasked


def _label_lines(
    path: Path,
    target: Path,
    label: Callable[[Sequence[room.Sentence]], list[room.Label]],
    faults: list[Unreadable],
) -> int:
    done = 0
    with path.open("rb") as lines, target.open("w", encoding="utf-8") as answers:
        good = _sentences(path, lines, faults)
        while batch := list(islice(good, BATCH)):
            labels = label([sentence for _, sentence in batch])
            for (key, _), said in zip(batch, labels, strict=True):
                answers.write(json.dumps(_answer(key, said), ensure_ascii=False) + "\n")
            done += len(batch)
    return done


def _sentences(
    path: Path, lines: IO[bytes], faults: list[Unreadable]
) -> Iterator[tuple[Any, room.Sentence]]:
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            yield _sentence(path, number, line)
        except Unreadable as fault:
            faults.append(fault)


def _sentence(path: Path, number: int, line: bytes) -> tuple[Any, room.Sentence]:
    def fault(why: str, mend: str) -> Unreadable:
        return Unreadable(where=str(path), line=number, why=why, mend=mend)

    try:
        told = json.loads(line)
    except ValueError as error:
        why = f"not JSON in UTF-8 ({error})"
        raise fault(why, "Write one JSON object a line.") from error
    if not isinstance(told, dict):
        raise fault("not an object", 'Write {"id": …, "text": …}.')
    text, kind = told.get("text"), told.get("kind") or told.get("genre")
    if "id" not in told or not isinstance(text, str) or not text.strip():
        raise fault("id or text is missing", 'Give both: {"id": …, "text": …}.')
    around = told.get("before") or [], told.get("after") or []
    if not all(isinstance(p, list) and all(isinstance(t, str) for t in p) for p in around):
        raise fault("before and after must be lists of sentences", "Write [] when none.")
    if kind is not None and not isinstance(kind, str):
        raise fault("kind must be a text", 'Write "filing", "news" … or leave it out.')
    before, after = around
    kind = kind and (sources.kind_named(kind) or kind)
    return told["id"], room.Sentence(text, tuple(before[-2:]), tuple(after[:1]), kind)


def _answer(key: object, said: room.Label) -> dict[str, object]:
    return {
        "id": key,
        "facets": {facet.value: round(said.facets[facet], 4) for facet in room.Facet},
        "labels": [facet.value for facet in room.Facet if facet in said.labels],
        "assertion": said.assertion.value if said.assertion else None,
        "fix": said.fix.value if said.fix else None,
    }
