"""What does each sentence of a talk do? A small model trained on labelled calls says."""

from collections.abc import Sequence

from unsolved.conversations.acts.network import Floats, Network, fingerprint, network
from unsolved.conversations.acts.rules import sentences, topic_of
from unsolved.conversations.acts.said import Act, ActReader, Said, Topic, TurnIn, heard_before

TOPICAL = frozenset({Act.QUESTION, Act.TELL, Act.PRESUME, Act.REFLECT, Act.INSIGHT})
"""Acts of sentences that can be about something."""

ORDER = (
    *(Act.QUESTION, Act.TELL, Act.PITCH, Act.PRESUME, Act.INSIGHT, Act.NAMES, Act.CLOSE),
    *(Act.REFLECT, Act.AGREE, Act.REJECT, Act.COURTESY),
)
"""The acts in the order of the network's numbers; topics are in that of `Topic`."""


class TrainedReader(ActReader):
    """Reads with the network that ships; sees what the other side said last."""

    def __init__(self, model: Network | None = None) -> None:
        self._model = model or network()

    @property
    def name(self) -> str:
        """How the reader is called in what is kept; changes with its weights."""
        return f"model {fingerprint()}"

    def read(self, line: str, before: Sequence[str] = ()) -> tuple[Said, ...]:
        """Return the sentences of a line, each with at least one act."""
        turn = TurnIn("", sentences(line))
        return tuple(self._turn(turn, tuple(before)))

    def read_call(self, turns: Sequence[TurnIn]) -> Sequence[Sequence[Said]]:
        """Return one `Said` for each sentence of each turn, in order."""
        heard = heard_before(turns)
        return [self._turn(turn, said) for turn, said in zip(turns, heard, strict=True)]

    def _turn(self, turn: TurnIn, heard: tuple[str, ...]) -> list[Said]:
        said = turn.sentences
        last = heard[-1] if heard else ""
        return [
            self._said(last, said[at - 1] if at else "", text) for at, text in enumerate(said)
        ]

    def _said(self, heard: str, before: str, text: str) -> Said:
        acts, topics = self._model.chances(self._model.logits(heard, before, text))
        chances = tuple((act, round(float(p), 4)) for act, p in zip(ORDER, acts, strict=True))
        over = acts >= self._model.threshold
        told = {act for act, is_so in zip(ORDER, over, strict=True) if is_so}
        if not told:
            told = {max(chances, key=lambda pair: pair[1])[0]}
        return Said(text, frozenset(told), _topic(text, told, topics), chances)


def _topic(text: str, told: set[Act], topics: Floats) -> Topic | None:
    """Return what a sentence is about: as the network says, or else as its words do.

    Earnings calls, of which most of its labels are, seldom speak of a theme outright.
    """
    if not told & TOPICAL:
        return None
    best = int(topics.argmax())
    return list(Topic)[best - 1] if best else topic_of(text, asks=Act.QUESTION in told)
