"""A call as its transcript tells it: who spoke, when, and in which words."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from unsolved.sources.transcripts.names import name_words

BETWEEN = "\n\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant:
    """Somebody who was on the call, whether or not they spoke.

    ``is_ours`` is what the recorder says about their side, if it says anything.
    """

    name: str = ""
    email: str | None = None
    title: str | None = None
    is_ours: bool | None = None


@dataclass(frozen=True, slots=True)
class Turn:
    """What one speaker said in one go; seconds are on the clock of the recording.

    ``speaker`` is None where nobody says who it was; ``text`` is one paragraph.
    """

    speaker: str | None
    text: str
    start: float | None = None
    end: float | None = None

    @property
    def written(self) -> str:
        """The turn as it stands in a document."""
        return f"{self.speaker}: {self.text}" if self.speaker else self.text


@dataclass(frozen=True, slots=True, kw_only=True)
class Transcript:
    """One call.

    ``recorder`` is the format it was read in; ``key`` what the recorder calls the call;
    ``held_on`` the day, where only that is known; ``language`` is told when
    ``language_is_told``, else guessed, else None.
    """

    recorder: str
    turns: tuple[Turn, ...]
    key: str | None = None
    title: str | None = None
    started_at: datetime | None = None
    held_on: date | None = None
    told_seconds: float | None = None
    language: str | None = None
    language_is_told: bool = False
    organisation: str | None = None
    participants: tuple[Participant, ...] = ()

    @property
    def speakers(self) -> tuple[str, ...]:
        """Who spoke, in the order in which they first did."""
        return tuple(dict.fromkeys(turn.speaker for turn in self.turns if turn.speaker))

    @property
    def words(self) -> Mapping[str, int]:
        """How many words each speaker said; those of nobody in particular under ``""``."""
        count: Counter[str] = Counter()
        for turn in self.turns:
            count[turn.speaker or ""] += len(turn.text.split())
        return count

    @property
    def seconds(self) -> float | None:
        """How long it was: as told, or up to the last that was said."""
        if self.told_seconds is not None:
            return self.told_seconds
        moments = [
            moment for turn in self.turns for moment in (turn.start, turn.end)
            if moment is not None
        ]  # fmt: skip
        return max(moments, default=None)

    @property
    def day(self) -> date | None:
        """The day it was held, where it began."""
        return self.started_at.date() if self.started_at else self.held_on

    @property
    def text(self) -> str:
        """All of it as a document: ``Name: words``, a blank line between two turns."""
        return BETWEEN.join(turn.written for turn in self.turns)

    def places(self) -> tuple[int, ...]:
        """Return where in `text` the words of each turn begin."""
        found, at = [], 0
        for turn in self.turns:
            written = turn.written
            found.append(at + len(written) - len(turn.text))
            at += len(written) + len(BETWEEN)
        return tuple(found)

    def participant(self, speaker: str) -> Participant | None:
        """Return who a speaker is, by name, else by an address that is made of the name."""
        wanted = name_words(speaker)
        for one in self.participants:
            if one.name and name_words(one.name) == wanted:
                return one
        by_address = [
            one for one in self.participants
            if one.email and wanted
            and "".join(name_words(one.email.partition("@")[0])) == "".join(wanted)
        ]  # fmt: skip
        return by_address[0] if len(by_address) == 1 else None
