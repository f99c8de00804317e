"""Which sentences tell of the same try, what came of it, and what belongs to what.

The stories are invented. A line is a day, what the sentence says, and the sentence; a line that
begins with + stands in the same document as the one before. The letters: P problem, A attempt,
F failure, R resolved, C cause, Q consequence; t told by a third party, ? as a possibility.
"""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import make
from unsolved.evidence import Assertion, Evidence, Facet, FixKind, Quote, Span, Speaker
from unsolved.prospects import Attempt, Outcome, Prospect, Role, Rule

LETTERS = {
    "P": Facet.PROBLEM,
    "A": Facet.ATTEMPT,
    "F": Facet.FAILURE,
    "R": Facet.RESOLVED,
    "C": Facet.CAUSE,
    "Q": Facet.CONSEQUENCE,
}
KINDS = {"i": FixKind.INTERNAL, "o": FixKind.OUTSIDE, "r": FixKind.REORG}


def story(text: str) -> list[Evidence]:
    """Return what the lines say, the first line as the piece with id 1."""
    found: list[Evidence] = []
    for number, line in enumerate(text.strip().splitlines(), 1):
        goes_on = line.strip().startswith("+")
        day, says, quote = line.strip().lstrip("+ ").split(maxsplit=2)
        at = found[-1].quote.span.end + 1 if goes_on else 0
        piece = make.evidence(
            *(LETTERS[letter] for letter in says if letter in LETTERS),
            quote=quote,
            on=date.fromisoformat(day),
            id=number,
            document_id=found[-1].document_id if goes_on else number,
            fix=KINDS.get(says[-1], FixKind.VENDOR),
            speaker=Speaker.THIRD_PARTY if "t" in says else Speaker.ORGANISATION,
            assertion=Assertion.HYPOTHETICAL if "?" in says else Assertion.ACTUAL,
        )
        found.append(replace(piece, quote=Quote(quote, Span(at, at + len(quote)))))
    return found


def told(text: str) -> tuple[Attempt, ...]:
    return make.prospect(*story(text)).attempts


# Which lines tell of each attempt, and what came of it.
GOLD = {
    "a name joins sentences over years": (
        """
        2001-03-01 A We began the Harbour project to bring orders under one roof.
        2003-03-01 AF The Harbour project was stopped.
        """,
        [({1, 2}, "failed")],
    ),
    "a name in another sentence's first place keeps two tries apart": (
        """
        2001-03-01 A We installed the Harbour system.
        2004-03-01 A We installed the Quay system because Harbour was too slow.
        """,
        [({1}, "under way"), ({2}, "under way")],
    ),
    "what goes on in the next sentence is the same try": (
        """
        2001-03-01 A We hired a logistics firm for the night shift.
        +2001-03-01 F It did not work.
        """,
        [({1}, "failed")],
    ),
    "two tries in two sentences stay two": (
        """
        2001-03-01 A We built a second depot in Ohio.
        +2001-03-01 A We bought planning software for all orders.
        """,
        [({1}, "under way"), ({2}, "under way")],
    ),
    "the fix by another head and the same mark": (
        """
        2001-03-01 A We introduced an order system.
        2002-03-01 F The order package never ran for more than a day.
        """,
        [({1, 2}, "failed")],
    ),
    "another mark is another fix": (
        """
        2001-03-01 A We introduced an order system.
        2001-09-01 A We introduced a payroll system.
        2002-03-01 F The order system was thrown away.
        """,
        [({1, 3}, "failed"), ({2}, "under way")],
    ),
    "the bare word comes back to the latest of its group": (
        """
        2001-03-01 A We built a warehouse near the port.
        2001-06-01 A We bought a picking package.
        2002-03-01 F The package had to be taken out again.
        """,
        [({1}, "under way"), ({2}, "failed")],
    ),
    "a further try begins anew and tells on the one before": (
        """
        2001-03-01 A We introduced an order system.
        2004-03-01 A A second attempt at an order system has begun.
        """,
        [({1}, "persists"), ({2}, "under way")],
    ),
    "both sentences of a second try are one": (
        """
        2001-03-01 A We introduced an order system.
        2004-03-01 A A second attempt with new software has begun.
        2005-03-01 F The second attempt has been put off for a year.
        """,
        [({1}, "persists"), ({2}, "failed")],
    ),
    "the problem stated again after the fix": (
        """
        2001-03-01 P Orders arrive late.
        +2001-03-01 A We opened a depot for small parcels.
        2003-03-01 P Deliveries reach the shops days after they are due.
        """,
        [({2}, "persists")],
    ),
    "the problem stated once, before the fix, is no sign that it failed": (
        """
        2001-03-01 P Orders arrive late.
        2002-03-01 A We opened a depot for small parcels.
        """,
        [({2}, "under way")],
    ),
    "a problem that is over does not persist": (
        """
        2001-03-01 A We opened a depot for small parcels.
        2003-03-01 P Orders are no longer late.
        """,
        [({1}, "under way")],
    ),
    "a problem that is denied does not persist": (
        """
        2001-03-01 A We opened a depot for small parcels.
        2003-03-01 P There are no delays in our deliveries.
        """,
        [({1}, "under way")],
    ),
    "a look back does not persist": (
        """
        2001-03-01 A We opened a depot for small parcels.
        2003-03-01 P In 2000 every third order arrived late.
        """,
        [({1}, "under way")],
    ),
    "a mere possibility is no failure": (
        """
        2001-03-01 A We opened a depot for small parcels.
        2002-03-01 F? The depot could fail to open in time.
        """,
        [({1}, "under way")],
    ),
    "it says that it is resolved, and nobody says otherwise": (
        """
        2001-03-01 A We installed the Harbour system.
        2002-03-01 R Since the Harbour system went live orders arrive on time.
        """,
        [({1, 2}, "resolved")],
    ),
    "it says that it is resolved, and later evidence says otherwise": (
        """
        2001-03-01 A We installed the Harbour system.
        2002-03-01 R Since the Harbour system went live orders arrive on time.
        2004-03-01 Pt Customers wait three weeks for their orders.
        """,
        [({1, 2}, "denied")],
    ),
    "it says that it is resolved while a third party says otherwise": (
        """
        2001-03-01 A We installed the Harbour system.
        2002-03-01 R Since the Harbour system went live orders arrive on time.
        2002-03-01 Ft Auditors found that the Harbour system had failed at its task.
        """,
        [({1, 2, 3}, "denied")],
    ),
    "who says itself later that it failed denies no more": (
        """
        2001-03-01 A We installed the Harbour system.
        2002-03-01 R Since the Harbour system went live orders arrive on time.
        2004-03-01 F We have given the Harbour system up.
        """,
        [({1, 2, 3}, "failed")],
    ),
    "a third party's praise that comes too early is no denial": (
        """
        2001-03-01 A We installed the Harbour system.
        2002-03-01 Rt Inspectors call the Harbour system a success.
        2004-03-01 P Every second order arrives late.
        """,
        [({1, 2}, "persists")],
    ),
    "resolved after it had failed": (
        """
        2001-03-01 A We installed the Harbour system.
        2001-09-01 F The Harbour system stood still for weeks.
        2002-03-01 R The Harbour system now does what it should.
        """,
        [({1, 2, 3}, "resolved")],
    ),
    "a failure that names no fix goes to the only attempt before it": (
        """
        2001-03-01 A We brought in outside drivers.
        2002-03-01 F All that came to nothing.
        """,
        [({1}, "failed")],
    ),
    "a failure many years later is not of that attempt": (
        """
        2001-03-01 A We brought in outside drivers.
        2009-03-01 F All that came to nothing.
        """,
        [({1}, "under way")],
    ),
    "a failed try is a try though nobody told that it began": (
        """
        2001-03-01 F The Harbour project was abandoned.
        """,
        [({1}, "failed")],
    ),
    "one that fails under its maker's name": (
        """
        2001-03-01 A The Harbour system was built by Brightwater.
        2002-03-01 F The contract with Brightwater was ended early.
        """,
        [({1, 2}, "failed")],
    ),
    "what was made long ago persists in the document that tells of it": (
        """
        2005-03-01 A In 2001 we installed the Harbour system.
        +2005-03-01 P Orders are late every week.
        """,
        [({1}, "persists")],
    ),
    "a further try that tells of the failed one is not itself failed": (
        """
        2001-03-01 A We installed the Harbour system.
        2005-03-01 AF After the Harbour system was given up, another attempt has begun.
        """,
        [({1}, "persists"), ({2}, "under way")],
    ),
}


@pytest.mark.parametrize("name", GOLD)
def test_attempts_are_told_apart_and_have_their_outcome(name: str):
    lines, expected = GOLD[name]

    found = told(lines)

    assert [({link.evidence for link in a.told}, a.outcome.value) for a in found] == expected


def test_every_reason_says_by_which_rule_and_how_far_apart():
    [attempt] = told(GOLD["the problem stated again after the fix"][0])

    assert attempt.against is not None
    assert (attempt.against.evidence, attempt.against.rule) == (1, Rule.NEAREST)
    [reason] = attempt.reasons
    assert (reason.evidence, reason.rule, reason.days) == (3, Rule.AGAIN, 730)
    assert reason.shows is Outcome.PERSISTS


def test_a_denial_gives_the_claim_and_what_contradicts_it():
    lines = GOLD["it says that it is resolved, and later evidence says otherwise"][0]

    [attempt] = told(lines)

    denied = [link for link in attempt.reasons if link.shows is Outcome.DENIED]
    assert {(link.evidence, link.rule) for link in denied} == {(2, Rule.CLAIM), (3, Rule.LATER)}


def test_a_statement_made_again_is_a_reason_where_it_is_made_again():
    [attempt] = told("""
        2001-03-01 P Orders from the northern depot arrive late.
        2002-03-01 A We installed the Harbour system.
        2003-03-01 P Orders from the northern depot arrive late.
    """)

    assert [(link.evidence, link.days) for link in attempt.reasons] == [(3, 365)]


MAKERS = [
    ("We installed a system supplied by Brightwater.", "A", ("vendor", "Brightwater")),
    ("We hired Accenture to mend the depots.", "Ao", ("consultant", "Accenture")),
    ("Outside consultants look at every order.", "Ao", ("consultant", None)),
    ("Our own engineers rewrote the order system.", "Ai", ("own people", None)),
    ("The regulator ordered us to open a second depot.", "A", ("ordered by a regulator", None)),
    ("The rules were rewritten.", "Ai", ("own people", None)),
    ("Experts sent by the government run the depots.", "Ar", ("the authorities", None)),
]  # fmt: skip


@pytest.mark.parametrize(("quote", "says", "maker"), MAKERS)
def test_who_made_it_is_read_off_the_sentence_or_the_kind_of_fix(quote, says, maker):
    [attempt] = told(f"2001-03-01 {says} {quote}")

    assert maker in [(m.role.value, m.name) for m in attempt.makers]


def test_what_it_cost_is_told_apart_from_what_was_lost():
    [attempt] = told("""
        2001-03-01 A The Harbour system was installed at a cost of $12 million.
        2002-03-01 F The Harbour system made us lose sales of $30 million.
    """)

    assert [(s.amount.least, s.evidence) for s in attempt.spent] == [(12e6, 1)]


def test_when_it_was_made_is_what_its_sentence_names():
    [attempt] = told("2005-03-01 A In May 2003 we installed the Harbour system.")

    assert attempt.when is not None
    assert (attempt.when.first, attempt.when.words) == (date(2003, 5, 1), "May 2003")


def test_causes_and_consequences_belong_to_the_nearest_statement_of_the_problem():
    prospect = make.prospect(
        *story("""
        2001-03-01 P Orders arrive late.
        +2001-03-01 C The old programs do not talk to each other.
        +2001-03-01 Q It cost us $4 million in May.
        2002-03-01 PQ Late orders cost two customers.
        2003-03-01 C Nobody is in charge of the depots.
    """)
    )

    first, second, loose = prospect.complaints
    assert [(link.evidence, link.rule) for link in first.causes] == [(2, Rule.NEAREST)]
    assert [(link.evidence, link.rule) for link in first.consequences] == [(3, Rule.NEAREST)]
    assert [(link.evidence, link.rule) for link in second.consequences] == [(4, Rule.SENTENCE)]
    assert loose.evidence is None
    assert [(link.evidence, link.rule) for link in loose.causes] == [(5, Rule.WHOLE)]


def test_a_cause_in_another_document_belongs_where_the_same_thing_is_named():
    prospect = make.prospect(
        *story("""
        2001-03-01 P Orders on the Harbour system arrive late.
        2002-03-01 C The Harbour system was never tested.
    """)
    )

    [complaint] = prospect.complaints
    assert (complaint.evidence, complaint.causes[0].rule) == (1, Rule.NAMES)


WORDS = (
    "the", "Harbour", "system", "order", "installed", "a", "second", "attempt", "It", "failed",
    "depot", "Brightwater", "by", "built", "no", "longer", "late", "2001", "$5", "million",
)  # fmt: skip


@st.composite
def pieces(draw: st.DrawFn) -> Evidence:
    facets = draw(st.sets(st.sampled_from(Facet), min_size=1, max_size=3))
    piece = make.evidence(
        *sorted(facets),
        quote=" ".join(draw(st.lists(st.sampled_from(WORDS), min_size=2, max_size=9))),
        on=draw(st.none() | st.dates(date(2000, 1, 1), date(2006, 1, 1))),
        document_id=draw(st.integers(1, 4)),
        speaker=draw(st.sampled_from(Speaker)),
        assertion=draw(st.sampled_from([Assertion.ACTUAL, Assertion.HYPOTHETICAL])),
        fix=draw(st.none() | st.sampled_from(FixKind)),
    )
    start = draw(st.integers(0, 3000))
    quote = piece.quote.text
    return replace(piece, quote=Quote(quote, Span(start, start + len(quote))))


MANY = st.lists(pieces(), max_size=10)


def linked(prospect: Prospect) -> list[int]:
    links = [
        link
        for attempt in prospect.attempts
        for link in (*attempt.told, *attempt.reasons, attempt.against)
        if link
    ]
    links += [link for c in prospect.complaints for link in (*c.causes, *c.consequences)]
    named = [m.evidence for a in prospect.attempts for m in a.makers if m.evidence]
    named += [spent.evidence for a in prospect.attempts for spent in a.spent]
    named += [c.evidence for c in prospect.complaints if c.evidence]
    return [*named, *(x for link in links for x in (link.evidence, link.to) if x)]


@settings(deadline=None)
@given(MANY)
def test_every_link_is_to_a_sentence_that_was_read(found: list[Evidence]):
    assert set(linked(make.prospect(*found))) <= {piece.id for piece in found}


@settings(deadline=None)
@given(MANY)
def test_no_sentence_speaks_for_two_outcomes_of_an_attempt(found: list[Evidence]):
    for attempt in make.prospect(*found).attempts:
        speaking = [link.evidence for link in attempt.reasons]
        assert len(speaking) == len(set(speaking))
        assert attempt.reasons[0].shows is attempt.outcome


@settings(deadline=None)
@given(MANY)
def test_no_sentence_tells_of_two_attempts(found: list[Evidence]):
    attempts = make.prospect(*found).attempts

    telling = [link.evidence for attempt in attempts for link in attempt.told]
    assert len(telling) == len(set(telling))


@settings(deadline=None, max_examples=50)
@given(MANY, st.randoms(use_true_random=False))
def test_the_order_in_which_evidence_arrives_does_not_matter(found: list[Evidence], chance):
    shuffled = list(found)
    chance.shuffle(shuffled)

    one, other = make.prospect(*found), make.prospect(*shuffled)

    assert (one.attempts, one.complaints) == (other.attempts, other.complaints)


def test_the_roles_in_the_file_are_those_we_know():
    assert {role.value for role in Role} == {
        "own people",
        "vendor",
        "consultant",
        "ordered by a regulator",
        "the authorities",
    }
