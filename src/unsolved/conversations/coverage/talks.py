"""A transcript, or mails of one thread, become a talk."""

from collections.abc import Iterable, Sequence
from itertools import chain

from unsolved.conversations.coverage.cutting import cut
from unsolved.conversations.coverage.model import NOBODY, Medium, Talk, Turn
from unsolved.sources.mail import Mail
from unsolved.sources.mail.headers import bare_subject
from unsolved.sources.records import Part
from unsolved.sources.transcripts import Participant, Transcript
from unsolved.sources.transcripts.language import guessed

MOST_TURNS = 20_000
MOST_HOURS = 12
_UNTITLED = "A talk without a title"


def of_transcript(call: Transcript, *, title: str = "") -> Talk:
    """Return a call as a talk; ``title`` holds where the transcript has none."""
    turns = tuple(
        Turn(number, turn.speaker or NOBODY, turn.text, cut(turn.text), turn.start, turn.end)
        for number, turn in enumerate(call.turns[:MOST_TURNS])
    )
    return Talk(
        title=call.title or title or _UNTITLED,
        medium=Medium.CALL,
        turns=turns,
        day=call.day,
        language=call.language,
        organisation=call.organisation,
        people=call.participants,
        notes=tuple(_odd(call)),
    )


def of_mails(mails: Sequence[Mail]) -> Talk:
    """Return the mails of one thread as a talk, in the order in which they were sent."""
    known = [mail for mail in mails if mail.at]
    unknown = [mail for mail in mails if not mail.at]
    ordered = [*sorted(known, key=lambda mail: str(mail.at)), *unknown]
    written = [mail for mail in ordered if mail.own.strip()]
    turns = tuple(
        Turn(number, _writer(mail), mail.own, cut(mail.own), at=mail.at)
        for number, mail in enumerate(written[:MOST_TURNS])
    )
    subjects = [bare_subject(mail.subject)[0] and mail.subject for mail in ordered]
    first = next((mail.at for mail in ordered if mail.at), None)
    return Talk(
        title=next((subject for subject in subjects if subject), _UNTITLED),
        medium=Medium.MAIL,
        turns=turns,
        day=first.date() if first else None,
        language=guessed(turn.text for turn in turns),
        people=tuple(_people(ordered)),
        notes=_left_out(len(ordered) - len(written)),
    )


def _odd(call: Transcript) -> Iterable[str]:
    starts = [turn.start for turn in call.turns if turn.start is not None]
    if len(call.turns) > MOST_TURNS:
        yield f"only the first {MOST_TURNS:,} turns are read"
    if starts and starts != sorted(starts):
        yield "the times of the turns overlap; the order of the file is kept"
    if max(starts, default=0) > MOST_HOURS * 3600:
        yield f"its times say that it took longer than {MOST_HOURS} hours"
    if not call.speakers:
        yield "nobody says who speaks; the sides are guessed from what is said"


def _left_out(empty: int) -> tuple[str, ...]:
    return (f"{empty} mails without words of their own are left out",) if empty else ()


def _writer(mail: Mail) -> str:
    found = next(((name, at) for part, name, at in mail.people if part is Part.FROM), ("", ""))
    return found[0] or found[1] or NOBODY


def _people(mails: Iterable[Mail]) -> Iterable[Participant]:
    every = chain.from_iterable(mail.people for mail in mails)
    met: dict[str, Participant] = {}
    for _, name, address in every:
        if address and not (address in met and met[address].name):
            met[address] = Participant(name=name or address, email=address)
    return met.values()
