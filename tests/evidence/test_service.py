from itertools import islice
from threading import Thread

import pytest

from tests import make
from unsolved import evidence, sources
from unsolved.db import Sessions, transaction
from unsolved.evidence import Evidence, Facet, Method, read_all, read_some
from unsolved.evidence.reading import read
from unsolved.problems import Library

TEXT = "Orders were late again. A new package was installed in May. It failed at once."


def everything(sessions: Sessions) -> list[Evidence]:
    with transaction(sessions) as tx:
        return [
            piece
            for known in sources.organisations(tx)
            for piece in evidence.of_organisation(tx, known.id)
        ]


def bring_many(sessions: Sessions, count: int) -> None:
    make.bring(sessions, *(make.draft(TEXT, about=f"Firm {n:02}") for n in range(count)))


def test_every_sentence_that_says_something_becomes_evidence(sessions, method: Method):
    make.bring(sessions, make.draft(TEXT))

    make.read(sessions, method)

    late, installed, failed = everything(sessions)
    assert late.labels == {Facet.PROBLEM}
    assert installed.labels == {Facet.ATTEMPT}
    assert failed.labels == {Facet.FAILURE}


def test_a_quote_is_what_its_document_says_at_its_place(sessions, method: Method):
    bring_many(sessions, 3)

    make.read(sessions, method)

    with transaction(sessions) as tx:
        for piece in everything(sessions):
            document = sources.document(tx, piece.document_id)
            assert document is not None
            span = piece.quote.span
            assert document.text[span.start : span.end] == piece.quote.text


def test_reading_twice_changes_nothing(sessions: Sessions, method: Method):
    bring_many(sessions, 20)
    make.read(sessions, method)
    before = everything(sessions)

    again = make.WordReader()
    make.read(sessions, Method(again, method.matcher))

    assert again.seen == []
    assert everything(sessions) == before


def test_stopped_between_batches_it_comes_to_the_same(sessions, method: Method):
    bring_many(sessions, 40)
    reader = make.WordReader()
    how = Method(reader, method.matcher)

    stopped = list(islice(read_all(sessions, how), 2))
    resumed = list(read_all(sessions, how))

    assert 0 < stopped[-1].left < 40
    assert (resumed[-1].documents, resumed[-1].left) == (40, 0)
    assert len(reader.seen) == 40 * 3
    assert len(everything(sessions)) == 40 * 3


class Stumbles(make.WordReader):
    """Reads some sentences, then fails as a killed process would."""

    def label(self, sentences):
        if len(self.seen) > 60:
            raise KeyboardInterrupt
        return super().label(sentences)


def test_killed_in_the_middle_of_a_batch_it_comes_to_the_same(sessions, method: Method):
    bring_many(sessions, 40)
    with pytest.raises(KeyboardInterrupt):
        make.read(sessions, Method(Stumbles(), method.matcher))

    make.read(sessions, method)

    uninterrupted, _ = read(TEXT, kind="news", title="A letter", method=method)
    assert [(p.quote, p.labels, p.matches) for p in everything(sessions)] == [
        (found.quote, found.label.labels, found.matches) for found in uninterrupted
    ] * 40


def test_a_reader_that_answers_differently_reads_again(sessions, method: Method):
    make.bring(sessions, make.draft(TEXT))
    make.read(sessions, method)

    other = make.WordReader({"again": Facet.URGENCY})
    make.read(sessions, Method(other, method.matcher))

    [piece] = everything(sessions)
    assert piece.labels == {Facet.URGENCY}
    assert len(other.seen) == 3


def test_a_changed_library_is_read_again(sessions, method: Method):
    make.bring(sessions, make.draft("The late pay has upset people here."))
    make.read(sessions, method)
    [before] = everything(sessions)

    changed = make.method(library=Library((make.problem("upset", "people"),)))
    make.read(sessions, changed)

    [after] = everything(sessions)
    assert set(before.matches) == {"bad_pay"}
    assert set(after.matches) == {"upset"}


def test_a_new_version_is_read_and_the_old_evidence_no_longer_counts(sessions, method):
    make.bring(sessions, make.draft("Orders were late again.", key="a"))
    make.read(sessions, method)

    make.bring(sessions, make.draft("The package failed at once.", key="a"))
    make.read(sessions, method)

    [piece] = everything(sessions)
    assert piece.labels == {Facet.FAILURE}


def test_two_readers_do_no_document_twice(sessions: Sessions, method: Method):
    bring_many(sessions, 48)
    readers = [Thread(target=make.read, args=(sessions, method)) for _ in range(2)]

    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()

    pieces = everything(sessions)
    assert len(pieces) == 48 * 3
    assert len({(piece.document_id, piece.quote.span) for piece in pieces}) == 48 * 3


def test_progress_counts_up_to_the_end(sessions: Sessions, method: Method):
    bring_many(sessions, 20)

    steps = list(read_all(sessions, method))

    assert [step.left for step in steps] == sorted((s.left for s in steps), reverse=True)
    assert (steps[0].left, steps[-1].left) == (20, 0)
    assert steps[-1].sentences == 60


def test_nothing_to_read_is_no_work(sessions: Sessions, method: Method):
    progress = read_some(sessions, method)

    assert (progress.documents, progress.left) == (0, 0)


def test_a_document_that_says_nothing_counts_as_read(sessions: Sessions, method: Method):
    make.bring(sessions, make.draft(""), make.draft("The weather was good all week."))

    assert make.read(sessions, method) == 2
    assert everything(sessions) == []


def test_words_shared_by_many_organisations_are_counted(sessions: Sessions, method: Method):
    bring_many(sessions, 3)
    make.read(sessions, method)
    statement = everything(sessions)[0].statement

    with transaction(sessions) as tx:
        assert evidence.sharing(tx, [statement]) == {statement: 3}
