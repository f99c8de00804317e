"""The page before the call: nothing on it about an organisation but with its quote."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests import make, make_world
from tests.make_world import World
from unsolved.conversations import brief
from unsolved.conversations.acts import Topic
from unsolved.conversations.brief import Brief, Citation, Claim, Likeness, Peer, Statement, Way
from unsolved.db import Sessions, transaction
from unsolved.errors import NotFound
from unsolved.evidence import Facet, Speaker
from unsolved.problems import FailedFix, Library, Question
from unsolved.prospects import Standing

LIBRARY = Library(
    (
        make.problem(
            goals_it_blocks=("every order on its day",),
            typical_failed_fixes=(
                FailedFix("buy another order system", "the data stays as it was"),
            ),
            causes=("nobody owns the item data",),
            questions=(
                Question("attempts", "What came of the last order system?"),
                Question("size", "How many orders arrive late in a week?"),
                Question("whatever", "Who decides on the next step?"),
            ),
        ),
        make.problem("bad_pay", "pay", title="Pay is wrong"),
    )
)


@pytest.fixture
def world(sessions: Sessions) -> World:
    return make_world.world(sessions)


def made(sessions: Sessions, organisation: int, **but) -> Brief:
    asked = {"today": make.TODAY, **but}
    with transaction(sessions) as tx:
        return brief.make(tx, LIBRARY, organisation, **asked)


def said(sessions: Sessions, organisation: int, text: str, **but) -> int:
    """Have a document say one sentence of a facet, and return the evidence."""
    facets = but.pop("facets", [Facet.PROBLEM])
    facts = {"published_on": date(2026, 3, 1), **but}
    with transaction(sessions) as tx:
        document = make_world.document(tx, organisation, text, **facts)
        return make_world.evidence(tx, document, text, *facets)


def stand(
    sessions: Sessions, name: str, standing: Standing, texts: Sequence[Any], **but
) -> int:
    """Make an organisation that stands somewhere, by the sentences of as many documents."""
    known = but.pop("known", {})
    with transaction(sessions) as tx:
        organisation = make_world.organisation(tx, name, **known)
    ids = [
        said(sessions, organisation, text, facets=facets, **more)
        for text, facets, more in texts
    ]
    with transaction(sessions) as tx:
        make_world.prospect(
            tx, organisation, standing, [make_world.reason("so", 20)], evidence=ids, **but
        )
    return organisation


# What it is made of


def test_a_statement_cannot_be_made_without_a_quote():
    with pytest.raises(TypeError):
        Statement("Orders are late.", None)  # type: ignore[arg-type]


def test_a_statement_cannot_say_what_its_quote_does_not():
    piece = make.evidence(Facet.PROBLEM, quote="Orders are late.")

    with pytest.raises(ValueError, match="not in its quote"):
        Statement("Orders are lost.", Citation.of(piece, make.TODAY))


def test_a_claim_needs_a_quote():
    with pytest.raises(ValueError, match="needs a quote"):
        Claim("It failed.", ())


def test_nobody_is_listed_as_alike_without_a_reason():
    with pytest.raises(ValueError, match="in what"):
        Peer(organisation_id=1, name="Bolt", standing=Standing.HAS_IT, alike=())


@pytest.mark.parametrize(
    ("on", "age"),
    [
        (date(2026, 3, 1), ""),
        (date(2025, 4, 1), ""),
        (date(2025, 3, 1), "over a year old"),
        (date(2020, 1, 1), "6 years old"),
        (date(2027, 1, 1), ""),
        (None, "undated"),
    ],
)
def test_what_is_older_than_a_year_is_marked_with_its_age(on, age):
    cited = Citation.of(make.evidence(Facet.PROBLEM, on=on), make.TODAY)

    assert cited.age == age
    assert cited.is_old is bool(age)


# The page of one who tried and failed


def test_the_page_has_its_parts_from_the_evidence(sessions: Sessions, world: World):
    found = made(sessions, world.acme)

    assert found.standing is Standing.TRIED_AND_FAILED
    assert found.unknowns == ("who decided",)
    assert found.next_question == "Who chose the system?"
    assert found.short[0].words.startswith("Orders arrive late")
    assert found.tried[0].claim.text == (
        "A supplier\u2019s fix, “new order system”, “2020”: failed"
    )
    assert {one.citation.id for one in found.because} == {world.said, world.tried, world.failed}
    assert found.presumption
    assert [one.way for one in found.openers] == [Way.RESEARCH, Way.INSIGHT]


def test_every_statement_stands_in_its_document(sessions: Sessions, world: World):
    found = made(sessions, world.acme)

    for statement in found.statements:
        span = statement.citation.quote.span
        assert make_world.LETTER[span.start : span.end] == statement.citation.quote.text
    assert brief.uncited(found) == []


def test_markup_of_a_quote_stays_words(sessions: Sessions, world: World):
    written = brief.markdown(made(sessions, world.acme), "http://here")

    assert r"\<script\>alert(1)\</script\>" in written
    assert f"(http://here/documents/{world.letter}?at={world.said}#e{world.said})" in written


def test_plain_text_numbers_its_sources(sessions: Sessions, world: World):
    written = brief.text(made(sessions, world.acme))

    head, _, sources = written.partition("\nSources\n")
    assert "[1]" in head
    assert "A letter, 1 March 2026" in sources
    assert "Orders arrive late" in head


def test_what_comes_first_is_what_is_not_known(sessions: Sessions, world: World):
    written = brief.markdown(made(sessions, world.acme))

    order = [
        *("Before anything else", "Where they fall short", "What they tried"),
        *("What we may presume", "What causes us to say so", "Ways to open"),
        *("Organisations like this one", "What we do not know", "What to ask"),
        "What not to say yet",
    ]
    places = [written.index(f"## {title}") for title in order]
    assert places == sorted(places)
    assert written.index("**Ask next:** Who chose the system?") < places[1]


def test_what_they_tried_is_not_to_be_proposed(sessions: Sessions, world: World):
    avoided = made(sessions, world.acme).avoided

    assert [one.what for one in avoided[:4]] == [
        *("the product", "a demo, a trial or a proof of concept", "a price"),
        "famous customers",
    ]
    assert "new order system" in avoided[4].what
    assert world.tried in {one.id for one in avoided[4].citations}
    assert avoided[5].what == "buy another order system"


def test_other_problems_are_one_click_away(sessions: Sessions, world: World):
    with transaction(sessions) as tx:
        make_world.prospect(
            tx, world.acme, Standing.HAS_IT, [make_world.reason("x", 5)], problem="bad_pay"
        )

    best, other = made(sessions, world.acme), made(sessions, world.acme, problem_id="bad_pay")

    assert best.problem_id == "late_orders"
    assert [one.problem_id for one in best.others] == ["bad_pay"]
    assert other.problem_id == "bad_pay"
    assert [one.problem_id for one in other.others] == ["late_orders"]


def test_the_best_problem_is_one_that_is_not_eliminated(sessions: Sessions, world: World):
    with transaction(sessions) as tx:
        make_world.prospect(
            tx,
            world.acme,
            Standing.RESOLVED,
            [make_world.reason("x", 99)],
            problem="bad_pay",
            eliminated="resolved",
        )

    assert made(sessions, world.acme).problem_id == "late_orders"


# Where little is known


def test_no_sign_is_said_as_such_and_leaves_the_questions(sessions: Sessions, world: World):
    found = made(sessions, world.calm)

    written = brief.markdown(found)
    assert "No sign found in 2 documents, 40 sentences." in written
    assert "**Eliminated:** no sign found" in written
    assert found.presumption is None
    assert not list(found.statements)
    assert [one.way for one in found.openers] == [Way.INSIGHT]
    topics = {one.topic for one in found.questions}
    assert {Topic.ISSUE, Topic.WHY, Topic.IMPACT, Topic.ATTEMPTS} <= topics
    assert brief.uncited(found) == []


def test_where_nothing_is_told_no_question_takes_an_attempt_for_granted(
    sessions: Sessions, world: World
):
    asked = made(sessions, world.calm).questions

    first = next(one for one in asked if one.topic is Topic.ATTEMPTS)
    assert first.text == "What has been tried so far, and what came of it?"


def test_one_that_was_never_assessed_gets_a_page_too(sessions: Sessions, world: World):
    with transaction(sessions) as tx:
        newcomer = make_world.organisation(tx, "Newcomer")

    found = made(sessions, newcomer)

    assert found.standing is None
    assert "Nothing has been read about it yet." in brief.text(found)
    assert found.next_question
    assert brief.uncited(found) == []
    assert world.acme


def test_one_without_evidence_for_a_problem_it_was_not_assessed_on(
    sessions: Sessions, world: World
):
    found = made(sessions, world.bolt, problem_id="bad_pay")

    assert found.title == "Pay is wrong"
    assert not found.is_seen


@pytest.mark.parametrize("asked", ["late", "", "LATE_ORDERS"])
def test_a_problem_that_is_not_there_is_told(sessions: Sessions, world: World, asked: str):
    with pytest.raises(NotFound, match="bad_pay"):
        made(sessions, world.acme, problem_id=asked)


def test_an_organisation_that_is_not_there_is_told(sessions: Sessions):
    with pytest.raises(NotFound, match="4711"):
        made(sessions, 4711)


# What causes us to say so


def test_answers_come_from_different_documents(sessions: Sessions):
    told = (
        "Orders of the depot were late by nine days.",
        "Customers in the north wait for spare parts since spring.",
        "The carrier returned half of all parcels unopened.",
        "Nobody could say where the pallets had gone.",
    )
    texts: list[Any] = [(text, [Facet.PROBLEM], {}) for text in told]
    organisation = stand(sessions, "Depot", Standing.HAS_IT, texts)

    because = made(sessions, organisation).because

    assert len({one.citation.document_id for one in because}) == len(because) == 3


def test_answers_are_never_twice_the_same_words(sessions: Sessions):
    texts: list[Any] = [
        ("Orders are late in every depot.", [Facet.PROBLEM], {"key": f"k{n}"}) for n in (1, 2)
    ]
    organisation = stand(sessions, "Depot", Standing.HAS_IT, texts)

    assert len(made(sessions, organisation).because) == 1


def test_what_is_denied_is_no_answer(sessions: Sessions):
    texts: list[Any] = [
        ("There were no late orders and no complaints at all this year.", [Facet.PROBLEM], {}),
        ("Orders of the depot were late by nine days.", [Facet.PROBLEM], {}),
    ]
    organisation = stand(sessions, "Depot", Standing.HAS_IT, texts)

    because = made(sessions, organisation).because

    assert [one.words for one in because] == ["Orders of the depot were late by nine days."]


def test_our_own_notes_are_not_quoted_to_the_buyer(sessions: Sessions):
    texts: list[Any] = [
        ("They told me that orders are late again.", [Facet.PROBLEM], {"kind": "note"})
    ]
    organisation = stand(sessions, "Depot", Standing.HAS_IT, texts)

    found = made(sessions, organisation)

    assert found.because
    assert all(not one.citations for one in found.openers)
    assert found.presumption is None


# The check itself


def test_a_page_that_claims_more_than_its_quotes_is_found_out(sessions: Sessions, world: World):
    found = made(sessions, world.acme)
    cited = found.openers[0].citations

    forged = [
        replace(found, openers=(replace(found.openers[0], text="You lost “nine million”."),)),
        replace(found, openers=(replace(found.openers[0], text="You lost 9 shops."),)),
        replace(found, openers=(replace(found.openers[0], text="You fail.", citations=()),)),
        replace(found, gaps=("Acme has no plan.",)),
        replace(
            found,
            because=(Statement(found.because[0].words, cited[0], gloss="Bolt bought Acme."),)
            if found.because[0].citation == cited[0]
            else (replace(found.because[0], gloss="Bolt bought Acme."),),
        ),
        replace(
            found,
            peers=(
                Peer(
                    organisation_id=2,
                    name="Bolt",
                    standing=Standing.HAS_IT,
                    alike=(Likeness("tried a programme too"),),
                ),
            ),
        ),
    ]

    for one in forged:
        assert len(brief.uncited(one)) == 1, one


@pytest.mark.parametrize(
    ("sentence", "quote", "more"),
    [
        ("Orders came late.", "The orders came late in May.", ()),
        ("Orders came late in 40 shops.", "Orders came late.", ("40", "shops")),
        ("Orders came late in Leeds.", "Orders came late.", ("Leeds",)),
        ("Orders never came late.", "Orders came late.", ("no",)),
        ("Orders came late.", "Orders no longer came late.", ("(a “not” is left out)",)),
        ("Orders came late twice as often.", "Orders came late.", ("twice",)),
        ("Two orders came late.", "Orders came late.", ("two",)),
    ],
)
def test_a_paraphrase_may_phrase_and_not_add(sentence, quote, more):
    assert brief.added(sentence, quote) == more


def test_who_speaks_decides_whose_document_it_is(sessions: Sessions):
    with transaction(sessions) as tx:
        organisation = make_world.organisation(tx, "Depot")
        text = "Orders of the depot were late by nine days."
        document = make_world.document(tx, organisation, text, kind="filing")
        one = make_world.evidence(
            tx, document, text, Facet.PROBLEM, speaker=Speaker.THIRD_PARTY
        )
        make_world.prospect(
            tx, organisation, Standing.HAS_IT, [make_world.reason("x", 9)], evidence=[one]
        )

    opener = made(sessions, organisation).openers[0].text

    assert opener.startswith("A filing of 1 March 2026 says: “Orders of the depot")
