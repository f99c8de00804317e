"""The reader that asks a language model where the local one is unsure."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from unsolved.errors import Unasked
from unsolved.evidence.language_model.asking import Asking
from unsolved.evidence.language_model.doubt import Answer, doubtful, settled
from unsolved.evidence.language_model.kept import Kept
from unsolved.evidence.language_model.prompt import Question, fingerprint
from unsolved.evidence.language_model.terms import Terms
from unsolved.evidence.model import Label, Reader, Sentence

VERSION = "llm 1"
NOT_AGREED = "nobody has agreed to ask"


@dataclass(frozen=True, slots=True)
class Read:
    """Labels, and how many sentences are still in doubt because nobody could be asked."""

    labels: list[Label]
    unasked: int


class LanguageModelReader:
    """Reads with the local reader, then asks about what that is unsure of.

    Without ``asking`` nothing is sent anywhere: then only answers that are kept count.
    """

    def __init__(
        self, local: Reader, terms: Terms, kept: Kept, asking: Asking | None = None
    ) -> None:
        self._local, self._kept = local, kept
        self.terms, self.asking = terms, asking

    def with_leave(self) -> "LanguageModelReader":
        """Return the reader as it is once somebody has agreed: it asks."""
        asking = Asking(self.terms, self._kept)
        return LanguageModelReader(self._local, self.terms, self._kept, asking)

    @property
    def name(self) -> str:
        """How the reader is called."""
        return "llm"

    @property
    def fingerprint(self) -> str:
        """What changes exactly when an answer could: who is asked, and what in which words."""
        asked = (self.terms.model, f"{self.terms.band}", fingerprint())
        parts = (VERSION, self._local.fingerprint, *asked)
        return sha256("\n".join(parts).encode()).hexdigest()[:16]

    def label(self, sentences: Sequence[Sentence]) -> list[Label]:
        """Return one label a sentence, in order.

        Raises:
            Unasked: something is in doubt and asking has stopped; it says why.
        """
        read = self.read(sentences)
        if read.unasked:
            stopped = self.asking.stopped if self.asking else NOT_AGREED
            raise Unasked(sentences=read.unasked, why=stopped)
        return read.labels

    def read(self, sentences: Sequence[Sentence]) -> Read:
        """Return one label a sentence, in order; the local one where nobody could be asked."""
        local = self._local.label(sentences)
        asked = self._questions(sentences, local)
        if self.asking:
            self.asking.ask(self._open(asked))
        labels, unasked = list(local), 0
        for at, question in asked.items():
            answer = self._kept.get(question.digest(self.terms.model))
            unasked += answer is None
            if isinstance(answer, Answer):
                labels[at] = settled(local[at], question.doubt, answer)
        return Read(labels, unasked)

    def questions(self, sentences: Sequence[Sentence]) -> list[Question]:
        """Return what would be asked about some sentences, and has not been asked yet."""
        return self._open(self._questions(sentences, self._local.label(sentences)))

    def _questions(
        self, sentences: Sequence[Sentence], local: Sequence[Label]
    ) -> dict[int, Question]:
        """Return what is in doubt, by the place of the sentence."""
        return {
            at: Question(sentence, doubt)
            for at, (sentence, label) in enumerate(zip(sentences, local, strict=True))
            if (doubt := doubtful(label.facets, self.terms.band))
        }

    def _open(self, asked: dict[int, Question]) -> list[Question]:
        """Return what nobody has answered, each but once however often it stands there."""
        once = {question.digest(self.terms.model): question for question in asked.values()}
        return [one for digest, one in once.items() if self._kept.get(digest) is None]
