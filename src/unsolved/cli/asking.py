"""What is asked of a language model: shown and agreed to before, accounted for after."""

from collections.abc import Sequence

import click

from unsolved.cli.workbench import Workbench, told
from unsolved.evidence import Reader, Sentence
from unsolved.evidence.language_model import (
    Estimate,
    LanguageModelReader,
    Ledger,
    Terms,
    ahead,
    estimate,
)

SAMPLE = 64
"""Documents from which the cost is judged."""


def agreed_to_read(bench: Workbench, *, yes: bool) -> LanguageModelReader:
    """Return a reader that may ask about the unread documents, once somebody has agreed."""
    next_up = ahead(bench.sessions, bench.method, SAMPLE)
    return agreed(bench.reader, next_up.documents, share=next_up.share, yes=yes)


def agreed(
    reader: Reader, documents: Sequence[Sequence[Sentence]], *, share: float, yes: bool
) -> LanguageModelReader:
    """Say what would be sent where and for how much; return a reader that may send it.

    Stops the command when nobody agrees. ``documents`` are a share of all there are.
    """
    assert isinstance(reader, LanguageModelReader)
    with told.status("counting what is in doubt"):
        likely = estimate(
            reader.terms,
            [reader.questions(document) for document in documents],
            sentences=sum(map(len, documents)),
            share=share,
        )
    _tell_before(reader.terms, likely, share)
    if likely.doubtful and not yes:
        click.confirm("Ask it?", abort=True, err=True)
    return reader.with_leave()


def account(reader: LanguageModelReader) -> None:
    """Say what was asked, what came of it and what it cost."""
    asking = reader.asking
    assert asking is not None
    ledger, refused = asking.ledger, asking.ledger.refused
    told.print(
        f"requests: {ledger.requests}; answers taken: {ledger.taken}, "
        f"refused: {refused.total()}"
    )
    for why, count in refused.most_common():
        told.print(f"  refused {count}: {why}")
    told.print(f"{_tokens(ledger)}; {_money(ledger.terms, ledger.cost)}")
    if asking.stopped:
        told.print(f"asking stopped: {asking.stopped}")


def _tell_before(terms: Terms, likely: Estimate, share: float) -> None:
    about = "" if share == 1 else f" (judged by the first {share:.0%} of the documents)"
    here = "on this machine" if terms.is_here else "NOT on this machine"
    told.print(
        f"{likely.doubtful} of {likely.sentences} sentences are in doubt{about}\n"
        f"asked would be: {terms.model} at {terms.address}, {here}\n"
        "sent would be: each of these sentences, up to two before and one after it, the kind "
        "of its document; no name or record beside what stands in them\n"
        f"about {likely.requests} requests, {likely.tokens.sent} tokens sent and "
        f"{likely.tokens.got} got; {_money(terms, likely.cost)}"
    )


def _tokens(ledger: Ledger) -> str:
    return f"{ledger.tokens.sent} tokens sent and {ledger.tokens.got} got"


def _money(terms: Terms, cost: float) -> str:
    if not terms.price_in and not terms.price_out:
        return "no price is set, so it counts as free"
    return f"cost {cost:.4f} of a budget of {terms.budget:.2f}"
