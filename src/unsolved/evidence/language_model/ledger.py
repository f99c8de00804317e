"""What asking will cost, and what it has cost."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from unsolved.evidence.language_model.answers import Judged, Refusal
from unsolved.evidence.language_model.prompt import Question, longest, names, request
from unsolved.evidence.language_model.terms import Terms, Tokens

BATCH = 8
"""Sentences in a request."""

BYTES_A_TOKEN = 4  # of English, for the estimate; the budget counts a token for every byte
TOKENS_AN_ANSWER = 60


@dataclass(frozen=True, slots=True)
class Estimate:
    """What asking would take: sentences in doubt, requests, tokens and their cost."""

    sentences: int
    doubtful: int
    requests: int
    tokens: Tokens
    cost: float


@dataclass
class Ledger:
    """What has been asked, what came of it and what it cost; and whether the next may be."""

    terms: Terms
    requests: int = 0
    tokens: Tokens = field(default_factory=Tokens)
    taken: int = 0
    refused: Counter[Refusal] = field(default_factory=Counter)

    @property
    def cost(self) -> float:
        """What has been spent."""
        return self.terms.cost(self.tokens)

    def affords(self, worst: Tokens) -> bool:
        """Whether the budget bears a request even if it costs all it may."""
        return self.cost + self.terms.cost(worst) <= self.terms.budget

    def note(self, tokens: Tokens | None) -> None:
        """Write down a request, and what it took if it took anything."""
        self.requests += 1
        self.tokens += tokens or Tokens()

    def count(self, said: Judged) -> None:
        """Write down what of a reply was taken and what refused."""
        refused = [why for why in said.answers.values() if isinstance(why, Refusal)]
        self.refused.update([*refused, *[Refusal.STRAY] * said.strays])
        self.taken += len(said.answers) - len(refused)


def worst(body: bytes, questions: int) -> Tokens:
    """Return the most tokens a request may take: no tokenizer makes more than one a byte."""
    return Tokens(len(body), longest(questions))


def estimate(
    terms: Terms, documents: Sequence[Sequence[Question]], *, sentences: int, share: float
) -> Estimate:
    """Return what asking would take, from the questions of some documents.

    ``share`` is how much of everything these are, in (0, 1].
    """
    bodies = [
        len(request(terms.model, names(batch), {}))
        for questions in documents
        for batch in batches(questions)
    ]
    asked = sum(map(len, documents))
    tokens = Tokens(
        round(sum(bodies) / BYTES_A_TOKEN / share), round(asked * TOKENS_AN_ANSWER / share)
    )
    return Estimate(
        sentences=round(sentences / share),
        doubtful=round(asked / share),
        requests=round(len(bodies) / share),
        tokens=tokens,
        cost=terms.cost(tokens),
    )


def batches(questions: Sequence[Question]) -> list[Sequence[Question]]:
    """Return the questions in groups, one a request."""
    return [questions[at : at + BATCH] for at in range(0, len(questions), BATCH)]
