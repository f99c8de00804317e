from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from multiprocessing import active_children
from pathlib import Path

import pytest
from sqlalchemy import text

import unsolved
from tests import make
from unsolved import evidence
from unsolved.db import Sessions, transaction
from unsolved.evidence import Hands, Method, read_all
from unsolved.evidence.hands import MOST, outcomes
from unsolved.evidence.model import Unread
from unsolved.problems import load

TWO = Hands(processes=2, enough=0)
DOCUMENTS = Path(unsolved.__file__).parent / "casebook" / "documents"
STORIES = sorted(DOCUMENTS.rglob("*.md"))[:30]


@pytest.fixture(scope="module")
def cues() -> Method:
    return evidence.method("cues", load())


def told(number: int = 1) -> Unread:
    words = "Orders were late again. A new package was installed in May. It failed at once."
    return Unread(number, "news", "A letter", words)


def everything(sessions: Sessions) -> list[list[tuple[object, ...]]]:
    with transaction(sessions) as tx:
        return [
            [tuple(row) for row in tx.execute(text(f"select * from {table} order by 1, 2"))]
            for table in ("readings", "evidence", "matches")
        ]


def test_two_processes_find_what_one_finds_in_the_same_order(cues: Method):
    documents = [
        Unread(number, "news", path.stem, path.read_text("utf-8"))
        for number, path in enumerate(STORIES)
    ]

    alone = list(outcomes(documents, cues))

    assert list(outcomes(documents, cues, TWO)) == alone
    assert sum(len(one.evidence) for one in alone) > 50


def test_stopped_and_gone_on_by_other_hands_it_comes_to_the_same(
    sessions: Sessions, cues: Method
):
    make.bring(
        sessions,
        *(make.draft(told().text, about=f"Firm {n:02}", key=f"{n}") for n in range(40)),
    )
    stopped = list(islice(read_all(sessions, cues, TWO), 2))
    assert 0 < stopped[-1].left < 40
    assert not active_children()

    resumed = list(read_all(sessions, cues))
    first = everything(sessions)
    with transaction(sessions) as tx:
        tx.execute(text("delete from readings"))
        tx.execute(text("delete from evidence"))
    again = list(read_all(sessions, cues, TWO))

    assert resumed[-1] == again[-1] == evidence.Progress(documents=40, sentences=120, left=0)
    assert [len(rows) for rows in first] == [len(rows) for rows in everything(sessions)]
    assert [row[1:] for row in first[1]] == [row[1:] for row in everything(sessions)[1]]


@pytest.mark.parametrize("hands", [Hands(), TWO])
def test_an_error_says_which_document_it_arose_from(cues: Method, hands: Hands):
    wrong = replace(told(7), title=12)  # type: ignore[arg-type]  # none the matcher can read

    with pytest.raises(TypeError) as raised:
        list(outcomes([told(1), wrong, told(8)], cues, hands))

    assert raised.value.__notes__ == ["while reading document 7, 12"]
    assert not active_children()


def test_few_characters_are_read_in_this_process(cues: Method):
    reading = outcomes([told(1), told(2)], cues, Hands(processes=2))

    next(reading)

    assert not active_children()
    assert len(list(reading)) == 1


def test_a_reader_that_no_name_makes_reads_in_this_process():
    method = make.method()

    assert len(list(outcomes([told(1), told(2)], method, TWO))) == 2
    assert len(method.reader.seen) == 6  # type: ignore[attr-defined]


def test_documents_are_fetched_no_further_ahead_than_is_needed(cues: Method):
    fetched = []

    def shelf() -> Iterator[Unread]:
        for number in range(1, 200):
            fetched.append(number)
            yield told(number)

    reading = outcomes(shelf(), cues, TWO)
    next(reading)
    reading.close()

    assert len(fetched) <= 2 * MOST + 2
