"""What people say of a sentence changes where its organisation stands."""

import pytest

from tests import make
from unsolved import evidence, prospects, sources
from unsolved.db import Sessions, transaction
from unsolved.evidence import Evidence, Facet, Method, Verdict
from unsolved.prospects import Prospect, Wanted, assess_all, assess_one, weights

TEXT = "All the orders for spare parts were late again in May. Pay was wrong."


def assess(sessions: Sessions) -> int:
    """Assess whoever has changed, and return how many that were."""
    first, *_ = assess_all(sessions, make.LIBRARY, weights(), today=make.TODAY)
    return first


def prospect(sessions: Sessions, name: str = "Acme") -> Prospect:
    wanted = Wanted(problem_id="late_orders", search=name, with_eliminated=True)
    with transaction(sessions) as tx:
        [found] = prospects.ranked(tx, wanted, 9)
    return found


def pieces(sessions: Sessions, name: str = "Acme") -> list[Evidence]:
    with transaction(sessions) as tx:
        known = sources.called(tx, name)
        assert known is not None
        return evidence.of_organisation(tx, known.id)


def dismiss(sessions: Sessions) -> Evidence:
    piece = pieces(sessions)[0]
    with transaction(sessions) as tx:
        said = evidence.dismiss(tx, piece.id, "late_orders", now=make.SPRING)
        assess_one(tx, said.organisation_id, make.LIBRARY, weights(), today=make.TODAY)
    return said


@pytest.fixture
def read(sessions: Sessions, method: Method) -> Sessions:
    make.bring(
        sessions,
        make.draft(TEXT),
        make.draft(TEXT, about="Bolt"),
        make.draft("The weather was wrong.", about="Calm"),
    )
    make.read(sessions, method)
    assess(sessions)
    return sessions


def test_a_dismissed_sentence_is_no_reason_any_more(read: Sessions):
    before = prospect(read)

    said = dismiss(read)

    after = prospect(read)
    assert said.id in before.evidence
    assert after.evidence == ()
    assert all(r.evidence != said.id for belief in after.beliefs for r in belief.reasons)
    assert (after.eliminated or "").startswith("no sign found")


def test_what_is_taken_back_puts_the_prospect_back(read: Sessions):
    before = prospect(read)
    said = dismiss(read)

    with transaction(read) as tx:
        evidence.undo(tx, said.id, "late_orders")
        assess_one(tx, said.organisation_id, make.LIBRARY, weights(), today=make.TODAY)

    assert prospect(read) == before
    assert assess(read) == 0


def test_only_whom_feedback_touches_is_assessed_again(read: Sessions):
    dismiss(read)

    assert assess(read) == 1
    assert prospect(read, "Bolt").evidence == ()


def test_a_dismissed_sentence_does_not_go_on_with_the_story_of_the_others():
    clear = [make.evidence(Facet.PROBLEM, document_id=1) for _ in range(3)]
    unclear = make.evidence(
        Facet.FAILURE, matches={"late_orders": 0.0}, verdicts={"late_orders": Verdict.DISMISSED}
    )

    assert unclear.id not in make.prospect(*clear, unclear).evidence
