"""Makes talks for tests, from lines that say what each sentence does."""

import re
from datetime import UTC, date, datetime

from unsolved.conversations.acts import Act, RuleReader, Said, Topic
from unsolved.conversations.coverage import Coverage, Medium, Talk, Told, Turn, cover, coverage
from unsolved.conversations.coverage.cover import NOT_TOLD, SaidInTurns
from unsolved.conversations.coverage.cutting import cut
from unsolved.evidence import Span
from unsolved.problems import Problem

NOW = datetime(2026, 4, 1, tzinfo=UTC)
_LINE = re.compile(r"(\w+) \[(.*?)\] (.*)")


def labelled(lines: str) -> tuple[Talk, SaidInTurns]:
    """Return a talk of lines such as ``S [question goals] What do you want?``.

    Lines of one speaker in a row are the sentences of one turn.
    """
    turns: list[tuple[str, list[Said]]] = []
    for line in lines.strip().splitlines():
        found = _LINE.fullmatch(line.strip())
        assert found, line
        speaker, told, text = found.groups()
        words = told.split()
        topics = [Topic(word) for word in words if word in set(Topic)]
        acts = frozenset(Act(word) for word in words if word in set(Act))
        if not turns or turns[-1][0] != speaker:
            turns.append((speaker, []))
        turns[-1][1].append(Said(text, acts, topics[0] if topics else None))
    made, said = [], []
    for number, (speaker, sentences) in enumerate(turns):
        text = " ".join(one.text for one in sentences)
        spans, at = [], 0
        for one in sentences:
            spans.append(Span(at, at + len(one.text)))
            at += len(one.text) + 1
        made.append(Turn(number, speaker, text, tuple(spans)))
        said.append(tuple(sentences))
    talk = Talk(title="A call", medium=Medium.CALL, turns=tuple(made), language="en")
    return talk, tuple(said)


def covered(lines: str, problem: Problem | None = None) -> Coverage:
    """Return what is covered by labelled lines in which S sells and every other buys."""
    talk, said = labelled(lines)
    buyers = tuple(one for one in talk.speakers if one != "S")
    told = Told(seller=("S",) * ("S" in talk.speakers), buyer=buyers)
    return cover(talk, said, reader="labels", told=told, problem=problem)


def talk_of(*lines: str, day: date | None = None, language: str | None = "en") -> Talk:
    """Return a talk of lines such as ``Ann: We tried it.``."""
    turns = []
    for number, line in enumerate(lines):
        speaker, _, text = line.partition(": ")
        turns.append(Turn(number, speaker, text, cut(text)))
    return Talk(
        title="A call", medium=Medium.CALL, turns=tuple(turns), day=day, language=language
    )


def read(*lines: str, told: Told = NOT_TOLD) -> Coverage:
    """Return what the rules find covered in lines such as ``Ann: We tried it.``."""
    return coverage(talk_of(*lines), RuleReader(), told=told)
