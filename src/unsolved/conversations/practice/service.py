"""What can be done in practice: begin a call, say a line, end it, and begin the same again."""

from dataclasses import replace
from datetime import datetime
from typing import Any, cast

from sqlalchemy import CursorResult, insert, update
from sqlalchemy.orm import Session

from unsolved.conversations.acts import ActReader
from unsolved.conversations.practice import queries
from unsolved.conversations.practice.debrief import debrief
from unsolved.conversations.practice.kept import persona_told, state_told, turn_told
from unsolved.conversations.practice.model import Persona
from unsolved.conversations.practice.phrasing import Phraser
from unsolved.conversations.practice.queries import Run
from unsolved.conversations.practice.state import Ending
from unsolved.conversations.practice.tables import PracticeRunRow, PracticeTurnRow
from unsolved.conversations.practice.talk import RULES, Talk, begun, said
from unsolved.db import Sessions, transaction
from unsolved.errors import Conflict, Invalid, NotFound

LONGEST = 4_000
"""Characters of a line; who talks on is cut off here."""

LONGEST_NAME = 80
MOST_SEED = 2**31 - 1


def begin(  # noqa: PLR0913 (each is a fact about the call)
    tx: Session,
    persona: Persona,
    seed: int,
    seller: str,
    *,
    now: datetime,
    reader: ActReader = RULES,
    worded_by: str | None = None,
) -> int:
    """Begin a call, and return its id.

    Raises:
        Invalid: the seller has no name, or the seed is none.
    """
    name = " ".join(seller.split())
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        mend = f"Say who practises, in at most {LONGEST_NAME} letters."
        raise Invalid(seller=seller[:LONGEST_NAME], mend=mend)
    if not 0 <= seed <= MOST_SEED:
        raise Invalid(seed=seed, mend=f"A seed is a number from 0 to {MOST_SEED}.")
    talk = begun(persona, seed)
    row = PracticeRunRow(
        seller=name,
        persona_id=persona.id,
        persona=persona_told(persona),
        seed=seed,
        opening=talk.opening,
        reader=reader.name,
        worded_by=worded_by,
        begun_at=now,
        ended_at=None,
        ending=None,
        themes=len(persona.themes),
        **_standing(talk),
    )
    tx.add(row)
    tx.flush()
    return row.id


def say(
    sessions: Sessions,
    run_id: int,
    line: str,
    *,
    now: datetime,
    reader: ActReader = RULES,
    phraser: Phraser | None = None,
) -> Talk:
    """Say a line, keep it with the answer, and return the talk.

    The buyer, and a language model that words for it, think outside of any transaction.

    Raises:
        NotFound: there is no such call.
        Conflict: it is over, or a line was said in it meanwhile.
    """
    with transaction(sessions) as tx:
        before = _found(tx, run_id)
    if before.talk.is_over:
        raise Conflict(practice=run_id, why="the talk is over", mend="repeat it")
    talk = said(
        before.talk,
        line.replace("\x00", "")[:LONGEST],
        reader,
        phraser if before.worded_by else None,
    )
    with transaction(sessions) as tx:
        _moved_on(tx, run_id, talk, len(before.talk.turns), now)
        turn = turn_told(talk.turns[-1])
        tx.execute(insert(PracticeTurnRow).values(run_id=run_id, said_at=now, **turn))
    return talk


def end(tx: Session, run_id: int, *, now: datetime) -> Run:
    """End a call without another word; one that is over stays as it is.

    Raises:
        NotFound: there is no such call.
        Conflict: a line was said in it meanwhile.
    """
    found = _found(tx, run_id)
    if found.talk.is_over:
        return found
    state = replace(found.talk.state, ended=Ending.GOODBYE, waits=False)
    talk = replace(found.talk, state=state)
    _moved_on(tx, run_id, talk, len(talk.turns), now)
    return replace(found, talk=talk, ended_at=now)


def again(tx: Session, run_id: int, *, now: datetime) -> int:
    """Begin the same call again: the same buyer, the same seed; return its id.

    Raises:
        NotFound: there is no such call.
    """
    found = _found(tx, run_id)
    talk = found.talk
    return begin(tx, talk.persona, talk.seed, found.seller, now=now, worded_by=found.worded_by)


def _found(tx: Session, run_id: int) -> Run:
    found = queries.run(tx, run_id)
    if found is None:
        raise NotFound(practice=run_id)
    return found


def _moved_on(tx: Session, run_id: int, talk: Talk, after: int, now: datetime) -> None:
    """Write how the talk stands, unless somebody said something after that turn."""
    ended = talk.state.ended
    done = tx.execute(
        update(PracticeRunRow)
        .where(
            PracticeRunRow.id == run_id,
            PracticeRunRow.turns == after,
            PracticeRunRow.ended_at.is_(None),
        )
        .values(
            ending=ended.value if ended else None,
            ended_at=now if ended else None,
            **_standing(talk),
        )
    )
    if cast("CursorResult[Any]", done).rowcount != 1:
        raise Conflict(practice=run_id, why="something was said meanwhile", mend="look again")


def _standing(talk: Talk) -> dict[str, Any]:
    looked = debrief(talk)
    return {
        "state": state_told(talk.state),
        "turns": len(talk.turns),
        "score": looked.score,
        "trust": talk.state.trust,
        "covered": looked.covered,
    }
