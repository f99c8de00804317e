"""A buyer made from a call that was held: what was told there can be heard again."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from unsolved.conversations.acts import Act, ActReader, RuleReader, Said, Topic, TurnIn
from unsolved.conversations.acts.words import count
from unsolved.conversations.coverage.model import Side, Talk
from unsolved.conversations.coverage.sides import Told, sides
from unsolved.conversations.coverage.talks import of_transcript
from unsolved.conversations.practice.model import Fact, Persona, Quoted
from unsolved.errors import Unreadable
from unsolved.sources.transcripts import Transcript

TRUST, PATIENCE = 25, 65
FEWEST, MOST = 5, 60  # words of a sentence that tells something and can be said again
EACH = 8
"""Facts of one theme."""

LAST = 60
"""The trust that what was told last takes; what was told first takes none."""

LANGUAGE = "en"
TELLING = {Act.TELL}
NOT_TOLD = {Act.QUESTION, Act.PITCH, Act.CLOSE, Act.COURTESY, Act.NAMES}


def persona_from_transcript(
    transcript: Transcript, *, buyer: str = "", where: str = "", reader: ActReader | None = None
) -> Persona:
    """Return a buyer who knows what was said on the buyer's side of a call.

    ``buyer`` names who that is; without it, it is heard from what is said. The sooner
    something was told, the less trust it takes to hear it.

    Raises:
        Unreadable: the call is not in English, or nobody tells anything in it.
        Invalid: nobody in it is called like the buyer.
    """
    place = where or transcript.title or "the call"
    language = transcript.language
    if language and not language.lower().startswith(LANGUAGE):
        why = f"the call is in another language ({language})"
        raise Unreadable(where=place, why=why, mend="Practice understands English only.")
    talk = of_transcript(transcript, title=place)
    turns = [TurnIn(turn.speaker, turn.sentences) for turn in talk.turns]
    read = (reader or RuleReader()).read_call(turns)
    found = sides(talk, read, Told(buyer=(buyer,) if buyer else ()))
    facts = tuple(_facts(talk, read, found.of_turns))
    if not facts:
        why = "nobody on the buyer's side tells anything of the eight themes"
        mend = "Name the buyer (--buyer NAME), or take another call."
        raise Unreadable(where=place, why=why, mend=mend)
    named = buyer or next(iter(found.speakers(talk, Side.BUYER)), "")
    person = transcript.participant(named) if named else None
    when = f" of {talk.day:%d %B %Y}" if talk.day else ""
    return Persona(
        id="call",
        name=named or "The buyer",
        role=(person.title if person else None) or "the buyer",
        organisation=transcript.organisation or "as in the call",
        trade="as in the call",
        size="size not known",
        mood="as in the call",
        about=f"Made from the call “{talk.title}”{when}: {len(facts)} sentences that the buyer "
        f"said there. The sides are known {found.how}.",
        trust=TRUST,
        patience=PATIENCE,
        facts=facts,
        origin="call",
    )


def _facts(
    talk: Talk, read: Sequence[Sequence[Said]], of_turns: Sequence[Side | None]
) -> Iterator[Fact]:
    """Yield what the buyer told, with the trust it takes by when it was told."""
    told = list(_told(read, of_turns))
    of_theme: dict[Topic, int] = defaultdict(int)
    said: set[str] = set()
    last = max(len(talk.turns) - 1, 1)
    for turn, number, text, topic in told:
        if of_theme[topic] == EACH or text.lower() in said:
            continue
        of_theme[topic] += 1
        said.add(text.lower())
        yield Fact(
            id=f"t{turn}_{number}",
            topic=topic,
            says=(text,),
            trust=round(LAST * turn / last),
            quoted=Quoted(text, talk.title, talk.day),
        )


def _told(
    read: Sequence[Sequence[Said]], of_turns: Sequence[Side | None]
) -> Iterator[tuple[int, int, str, Topic]]:
    """Yield the buyer's sentences that tell something, with what they are about.

    A sentence that does not show it is about what was asked.
    """
    asked: Topic | None = None
    for turn, (sentences, side) in enumerate(zip(read, of_turns, strict=True)):
        if side is not Side.BUYER:
            topics = [one.topic for one in sentences if Act.QUESTION in one.acts]
            asked = topics[-1] if topics else None
            continue
        for number, one in enumerate(sentences):
            if not one.acts & TELLING or one.acts & NOT_TOLD:
                continue
            if not FEWEST <= count(one.text) <= MOST:
                continue
            topic = one.topic if one.topic not in {None, Topic.EVIDENCE} else asked
            if topic is not None and topic is not Topic.EVIDENCE:
                yield turn, number, one.text, topic
