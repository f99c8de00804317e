"""How a sentence, its neighbours and its kind of document become the tokens a model reads.

    [CLS] kind [SEP] before [SEP] text [SEP] after [SEP]

The sentence itself is of type 1 and everything else of type 0, so that a model can tell what
it is asked about from what merely stands beside it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from unsolved.evidence.model import Sentence

BEFORE, OWN, AFTER = 32, 96, 16  # the most tokens of each; longer texts lose the far end
CLS, SEP = 101, 102


class Encoding(Protocol):
    """What a tokenizer returns; the ids are all we need."""

    @property
    def ids(self) -> list[int]:
        """The tokens, as numbers."""


class Tokenizing(Protocol):
    """The one thing we ask of a tokenizer."""

    def encode(self, sequence: str, *, add_special_tokens: bool) -> Encoding:
        """Cut a text into tokens."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """Tokens with their types; 1 marks the sentence that is judged."""

    ids: tuple[int, ...]
    types: tuple[int, ...]


def encode(
    tokenizer: Tokenizing, sentence: Sentence, *, kind: str | None, context: bool = True
) -> Tokens:
    """Return the tokens of a sentence; without ``context`` its neighbours are left out."""

    def cut(texts: Sequence[str]) -> list[int]:
        return [
            n for text in texts for n in tokenizer.encode(text, add_special_tokens=False).ids
        ]

    before = cut(sentence.before[-1:] if context else ())[-BEFORE:]
    after = cut(sentence.after[:1] if context else ())[:AFTER]
    own = cut((sentence.text,))[:OWN]
    lead = [CLS, *cut((kind,) if kind else ()), SEP, *before, SEP]
    ids = (*lead, *own, SEP, *after, SEP)
    types = (*(0 for _ in lead), *(1 for _ in own), *(0 for _ in range(len(after) + 2)))
    return Tokens(ids, types)
