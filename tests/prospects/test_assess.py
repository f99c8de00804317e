"""A prospect says what it is made of, what is not known, and why it is none."""

from dataclasses import replace
from datetime import date
from itertools import islice

from tests import make
from unsolved import evidence, prospects, sources
from unsolved.db import Sessions, transaction
from unsolved.evidence import Assertion, Facet, Method
from unsolved.prospects import Outcome, Prospect, Standing, Wanted, assess_all, weights
from unsolved.sources import OrganisationDraft

LATE = """
Orders were late again. Many orders were late in May too.
A new package was installed for all orders.
"""
FAILED = """
The package for orders failed at once. The repair of all orders failed in May.
A third try with the orders has failed too. Orders were late again for all of us.
"""


def assess(sessions: Sessions) -> list[int]:
    return list(assess_all(sessions, make.LIBRARY, weights(), today=make.TODAY))


def everyone(sessions: Sessions, problem: str = "late_orders") -> list[Prospect]:
    with transaction(sessions) as tx:
        return prospects.ranked(tx, Wanted(problem_id=problem, with_eliminated=True), 100)


def test_nothing_read_is_said_as_such():
    prospect = make.prospect(documents_read=0, sentences_read=0)

    assert prospect.eliminated == "nothing read about it yet"


def test_no_sign_found_is_said_with_how_much_was_read():
    prospect = make.prospect(documents_read=3, sentences_read=41)

    assert prospect.eliminated == "no sign found (3 documents, 41 sentences read)"


def test_a_mere_possibility_is_eliminated_as_such():
    prospect = make.prospect(make.evidence(Facet.PROBLEM, assertion=Assertion.HYPOTHETICAL))

    assert prospect.eliminated
    assert prospect.eliminated.startswith("named only as a possibility or of others")


def test_who_failed_is_not_eliminated_and_ranks_above_who_only_has_it():
    has = make.prospect(*[make.evidence(Facet.PROBLEM) for _ in range(3)])
    failed = make.prospect(*[make.evidence(Facet.PROBLEM, Facet.FAILURE) for _ in range(3)])

    assert failed.eliminated is None
    assert failed.score > has.score


def test_an_old_story_costs_points_and_is_asked_about():
    pieces = [make.evidence(Facet.PROBLEM, Facet.FAILURE, on=date(2025, 3, 1))] * 3

    fresh = make.prospect(*pieces, today=date(2025, 4, 1))
    old = make.prospect(*pieces, today=date(2027, 4, 1))

    assert old.score < fresh.score
    assert "how it stands since 2025-03-01" in old.unknowns


def test_an_attempt_is_told_with_what_came_of_it():
    tried = make.evidence(Facet.ATTEMPT, on=date(2025, 3, 1))
    failed = make.evidence(Facet.FAILURE, on=date(2026, 3, 1))

    [attempt] = make.prospect(tried, failed).attempts

    assert (attempt.evidence, attempt.first_on) == (tried.id, date(2025, 3, 1))
    assert (attempt.outcome, attempt.reasons[0].evidence) == (Outcome.FAILED, failed.id)


def test_an_attempt_with_the_problem_stated_again_says_so():
    tried = make.evidence(Facet.ATTEMPT, on=date(2025, 3, 1))
    again = make.evidence(Facet.PROBLEM, on=date(2026, 3, 1))

    [attempt] = make.prospect(tried, again).attempts

    assert attempt.outcome is Outcome.PERSISTS


def test_what_is_not_known_is_listed_and_asked():
    prospect = make.prospect(make.evidence(Facet.PROBLEM), make.evidence(Facet.ATTEMPT))

    assert "who decides and who took part in earlier attempts" in prospect.unknowns
    assert prospect.next_question


def test_every_organisation_gets_a_prospect_a_problem(sessions: Sessions, method: Method):
    make.bring(sessions, make.draft(FAILED, about="Acme"), OrganisationDraft(name="Bolt"))
    make.read(sessions, method)

    assess(sessions)

    acme, bolt = everyone(sessions)
    assert (acme.organisation, acme.standing) == ("Acme", Standing.TRIED_AND_FAILED)
    assert (bolt.organisation, bolt.eliminated) == ("Bolt", "nothing read about it yet")
    assert len(everyone(sessions, "bad_pay")) == 2


def test_what_is_kept_is_what_was_thought(sessions: Sessions, method: Method):
    make.bring(sessions, make.draft(LATE, key="a"), make.draft(FAILED, key="b"))
    make.read(sessions, method)
    assess(sessions)

    [kept] = everyone(sessions)

    with transaction(sessions) as tx:
        [known] = sources.organisations(tx)
        pieces = evidence.of_organisation(tx, known.id)
        documents, sentences = evidence.amount_read(tx, known.id)
    assert kept == make.prospect(
        *pieces, organisation=known, documents_read=documents, sentences_read=sentences
    )


def test_assessing_twice_changes_nothing(sessions: Sessions, method: Method):
    make.bring(sessions, make.draft(FAILED))
    make.read(sessions, method)
    assess(sessions)
    before = everyone(sessions)

    assert assess(sessions) == [0]
    assert everyone(sessions) == before


def test_new_evidence_brings_an_eliminated_organisation_back(sessions, method: Method):
    make.bring(sessions, make.draft("The weather was good all week."))
    make.read(sessions, method)
    assess(sessions)
    [before] = everyone(sessions)

    make.bring(sessions, make.draft(FAILED))
    make.read(sessions, method)
    assess(sessions)

    [after] = everyone(sessions)
    assert before.eliminated == "no sign found (1 documents, 1 sentences read)"
    assert (after.eliminated, after.standing) == (None, Standing.TRIED_AND_FAILED)


def test_only_who_has_changed_is_assessed_again(sessions: Sessions, method: Method):
    make.bring(sessions, *(make.draft(LATE, about=f"Firm {n}") for n in range(5)))
    make.read(sessions, method)
    assess(sessions)

    make.bring(sessions, make.draft(FAILED, about="Firm 3"))
    make.read(sessions, method)

    assert assess(sessions)[0] == 1


def test_stopped_between_batches_the_rest_is_assessed_next_time(sessions, method: Method):
    make.bring(sessions, *(make.draft(LATE, about=f"Firm {n}") for n in range(150)))
    make.read(sessions, method)

    list(islice(assess_all(sessions, make.LIBRARY, weights(), today=make.TODAY), 2))

    assert assess(sessions)[0] == 50
    assert len(everyone(sessions)) == 100
    with transaction(sessions) as tx:
        assert (
            prospects.count(tx, Wanted(problem_id="late_orders", with_eliminated=True)) == 150
        )


def test_changed_weights_assess_everyone_again(sessions: Sessions, method: Method):
    make.bring(sessions, make.draft(LATE))
    make.read(sessions, method)
    assess(sessions)
    sections = {**weights().sections, "has": {**weights().sections["has"], "start": -9.0}}

    other = replace(weights(), sections=sections)
    left = list(assess_all(sessions, make.LIBRARY, other, today=make.TODAY))

    assert left[0] == 1
    assert everyone(sessions)[0].standing is Standing.UNSEEN


def test_prospects_are_filtered_and_sorted_as_asked(sessions: Sessions, method: Method):
    for name, industry, text in (
        ("Acme", "Tools", FAILED),
        ("Bolt", "Toys", LATE),
        ("Cog", "Tools", "The weather was good all week."),
    ):
        about = OrganisationDraft(name=name, industry=industry)
        make.bring(sessions, make.draft(text, organisation=about))
    make.read(sessions, method)
    assess(sessions)

    def names(**wanted: object) -> list[str]:
        with transaction(sessions) as tx:
            found = prospects.ranked(tx, Wanted(problem_id="late_orders", **wanted), 9)  # type: ignore[arg-type]
        return [prospect.organisation for prospect in found]

    assert names() == ["Acme", "Bolt"]
    assert names(with_eliminated=True, sort="name") == ["Acme", "Bolt", "Cog"]
    assert names(industry="Toys") == ["Bolt"]
    assert names(search="ac") == ["Acme"]
    assert names(standings=(Standing.TRIED_AND_FAILED,)) == ["Acme"]
    with transaction(sessions) as tx:
        counts = prospects.per_standing(tx, Wanted(problem_id="late_orders"))
    assert sum(counts.values()) == 2


def test_the_evidence_that_tells_of_the_standing_stands_first():
    stated = make.evidence(Facet.PROBLEM, on=date(2026, 1, 1))
    failed = make.evidence(Facet.FAILURE, on=date(2026, 2, 1))

    prospect = make.prospect(stated, failed)

    assert prospect.standing is Standing.TRIED_AND_FAILED
    assert prospect.evidence[0] == failed.id
