"""What to ask, how to open, and who is alike."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

import unsolved
from tests import make, make_world
from unsolved import evidence, problems, prospects, sources
from unsolved.conversations import brief, drafts
from unsolved.conversations.acts import Topic
from unsolved.conversations.brief import asking, choosing, likeness, opening
from unsolved.conversations.brief.clause import clause, inside, stands_in
from unsolved.db import Sessions, transaction
from unsolved.evidence import Facet, Speaker
from unsolved.jobs import catch_up
from unsolved.problems import FailedFix, Question
from unsolved.prospects import Neighbour, Standing
from unsolved.sources.connectors.folder import Folder
from unsolved.sources.connectors.organisations_csv import OrganisationsCsv

CASEBOOK = Path(unsolved.__file__).parent / "casebook"


# Cutting


@pytest.mark.parametrize(
    ("text", "most", "cut"),
    [
        ("Orders were late.", 9, "Orders were late."),
        ("Orders\n  were late.", 9, "Orders were late."),
        ("Late again in May and June, and so on.", 7, "Late again in May and June …"),
        ("Nobody knew the day or the hour of it.", 8, "Nobody knew the day or the hour …"),
        ("a b c d e f g - h i j k l m", 9, "a b c d e f g …"),
        ("", 5, ""),
    ],
)  # fmt: skip
def test_a_quote_is_cut_where_it_can_be_cut(text, most, cut):
    assert clause(text, most) == cut
    assert not cut or stands_in(cut, text)


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("late", "Orders came late."),
        ("Orders … late", "Orders came too late."),
        ("He said \u2018no\u2019", 'He said "no".'),
        ("in two lines", "in two\n   lines"),
    ],
)
def test_words_that_were_cut_stand_in_their_text(words, text):
    assert stands_in(words, text)


@pytest.mark.parametrize(
    ("words", "text"),
    [("lost", "Orders came late."), ("late … Orders", "Orders came late."), ("…", "late")],
)
def test_words_that_were_not_cut_do_not(words, text):
    assert not stands_in(words, text)


def test_marks_inside_a_quote_become_single_ones():
    assert inside('She said: "It failed."') == "She said: \u2018It failed\u2019"


# Asking


def stated(*pieces):
    return tuple(choosing.statement(piece, make.TODAY) for piece in pieces)


def told(**themes):
    return asking.Told({Topic(name): said for name, said in themes.items()}, [])


def texts(asked, topic):
    return [one.text for one in asked if one.topic is topic]


def test_questions_come_in_the_order_of_a_talk():
    asked = asking.questions(make.problem(), told())

    order = [asking.ORDER.index(one.topic) for one in asked]
    assert order == sorted(order)
    assert {one.topic for one in asked} == set(asking.ORDER)
    assert len(asked) <= asking.MOST


def test_what_a_fresh_quote_answers_is_not_asked():
    goal = make.evidence(Facet.GOAL, quote="We want every order to leave on its day.")

    asked = asking.questions(make.problem(), told(goals=stated(goal)))

    assert not texts(asked, Topic.GOALS)


def test_what_was_said_long_ago_is_asked_about_again_in_its_own_words():
    goal = make.evidence(
        Facet.GOAL, quote="We want every order to leave on its day.", on=date(2020, 1, 1)
    )

    asked = asking.questions(make.problem(), told(goals=stated(goal)))

    (one,) = [one for one in asked if one.topic is Topic.GOALS]
    assert one.text == "Is this still the aim: “We want every order to leave on its day”?"
    assert one.citations[0].id == goal.id


@pytest.mark.parametrize(
    ("question", "quote", "answered"),
    [
        (
            "How many orders arrive late in a week?",
            "Some 40 orders arrive late in a week.",
            True,
        ),
        ("How many orders arrive late in a week?", "Orders arrive late every week.", False),
        ("Where do goods stop?", "The goods stop at the gate of the depot.", True),
        ("Where do goods stop?", "Nobody answers the telephone.", False),
        ("What?", "Anything.", False),
    ],
)
def test_a_question_is_answered_by_what_speaks_of_the_same(question, quote, answered):
    assert asking.is_answered(question, [quote]) is answered


def test_a_question_of_the_library_that_a_quote_answers_is_left_out():
    question = Question("size", "How many orders arrive late in a week?")
    problem = make.problem(questions=(question,))
    piece = make.evidence(Facet.PROBLEM, quote="Some 40 orders arrive late in a week.")

    asked = asking.questions(problem, told(issue=stated(piece)))

    assert question.text not in texts(asked, Topic.IMPACT)


def test_what_is_asked_on_top_is_not_asked_below():
    question = "What has been tried so far, and what came of it?"

    asked = asking.questions(make.problem(), told(), [question.upper()])

    assert question not in texts(asked, Topic.ATTEMPTS)


@pytest.mark.parametrize(
    ("theme", "text", "topic"),
    [
        ("attempts", "What came of it?", Topic.ATTEMPTS),
        ("Next step", "What would have to be true?", Topic.URGENCY),
        ("accountability", "Which reports reach the top?", Topic.PEOPLE),
        ("own words", "Why does it come back?", Topic.WHY),
        ("own words", "Who decides on it?", Topic.PEOPLE),
        ("own words", "Is the sky blue?", Topic.ISSUE),
    ],
)
def test_a_question_goes_to_its_theme_or_to_that_of_its_words(theme, text, topic):
    assert asking.topic_of(Question(theme, text)) is topic


def test_what_is_unknown_is_told_once():
    gaps = asking.gaps(told(), ["what it costs", "who decides and who took part"])

    assert "what it costs" not in gaps
    assert not any("who decides" in gap for gap in gaps)
    assert "why it happens" in gaps


# Opening


def clean(_: str) -> int:
    return 0


def test_the_presumption_is_a_guess_with_its_quote_and_a_question():
    piece = make.evidence(
        Facet.FAILURE,
        quote="The new order system failed on its first day.",
        on=date(2025, 3, 8),
    )

    opened = opening.research(Standing.TRIED_AND_FAILED, [piece], make.TODAY, clean)

    assert opened
    claim, opener = opened
    assert opener.text.startswith(
        "Your filing of 8 March 2025 says: “The new order system failed on its first day.”"
    )
    assert claim.text.startswith("I presume that")
    assert claim.text in opener.text
    assert opener.text.endswith("?")
    assert claim.citations[0].id == piece.id


def test_other_seeds_say_it_in_other_words():
    piece = make.evidence(Facet.FAILURE, quote="The new order system failed.")
    tried = Standing.TRIED_AND_FAILED

    found = [opening.research(tried, [piece], make.TODAY, clean, seed) for seed in range(6)]

    assert len({one[1].text for one in found if one}) > 3


def test_of_several_ways_the_first_without_a_fault_is_taken():
    piece = make.evidence(Facet.FAILURE, quote="The new order system failed.", kind="post")

    def faults(text: str) -> int:
        return int("says" in text)

    opened = opening.research(Standing.TRIED_AND_FAILED, [piece], make.TODAY, faults)

    assert opened
    assert opened[1].text.startswith("In your post of 1 March 2026 you wrote:")


@pytest.mark.parametrize("words", [3, 30, 300, 3000])
def test_an_opener_is_short_whatever_is_quoted(words):
    piece = make.evidence(Facet.FAILURE, quote=" ".join(["word"] * words))
    fix = FailedFix(" ".join(["fix"] * 15), " ".join(["why"] * 15))
    problem = make.problem(typical_failed_fixes=(fix,))

    opened = opening.research(Standing.HAS_IT, [piece], make.TODAY, clean)
    seen = opening.insight(problem, "retail", [piece], make.TODAY, clean)

    assert opened
    assert seen
    assert max(len(one.text.split()) for one in (opened[1], seen)) < 90


def test_an_insight_is_what_the_library_knows_of_fixes_then_causes_then_signs():
    problem = make.problem(
        typical_failed_fixes=(FailedFix("buy another one", "the data stays as it was"),)
    )
    caused = make.problem(causes=("nobody owns the data",))

    seen = [
        opening.insight(one, "", [], make.TODAY, clean)
        for one in (problem, caused, make.problem())
    ]

    texts = [one.text for one in seen if one]

    assert texts[0].startswith("We see one fix tried again and again: buy another one.")
    assert "nobody owns the data" in texts[1]
    assert "customers wait" in texts[2]
    assert opening.insight(None, "", [], make.TODAY, clean) is None


def test_a_resolved_problem_is_presumed_to_be_behind_them():
    piece = make.evidence(Facet.RESOLVED, quote="Orders leave on their day since May.")

    opened = opening.research(Standing.RESOLVED, [piece], make.TODAY, clean)

    assert opened
    assert "behind you" in opened[0].text


# Who is alike


def neighbour(number: int = 1, **but) -> Neighbour:
    facts = {
        "organisation_id": number,
        "name": f"Firm {number}",
        "industry": "Bakeries",
        "country": None,
        "employees": 200,
        "revenue": None,
        "standing": Standing.TRIED_AND_FAILED,
        "score": 10.0,
        **but,
    }
    return Neighbour(**facts)


@pytest.mark.parametrize(
    ("other", "reasons"),
    [
        ({}, ["same industry: Bakeries", "within a factor of 2 in employees: 200",
              "stands at the same point: tried and failed"]),
        ({"employees": 700},
         ["same industry: Bakeries", "stands at the same point: tried and failed"]),
        ({"employees": 350, "industry": "Toys", "standing": Standing.FIXING},
         ["within a factor of 2 in employees: 350"]),
        ({"industry": "Industrial bakeries", "employees": None},
         ["both in bakeries", "stands at the same point: tried and failed"]),
        ({"standing": Standing.IN_DENIAL},
         ["same industry: Bakeries", "within a factor of 2 in employees: 200",
          "nearly the same point: in denial"]),
    ],
)  # fmt: skip
def test_an_organisation_is_alike_for_reasons_that_are_told(other, reasons):
    (found,) = likeness.candidates(neighbour(), [neighbour(2, **other)])

    assert [one.text for one in found.alike] == reasons


@pytest.mark.parametrize(
    "other",
    [
        {"employees": 200_000},
        {"industry": "Toys", "employees": None},
        {"industry": None, "employees": None},
        {"organisation_id": 1},
        {"name": "Coca-Cola"},
    ],
)
def test_who_is_far_or_famous_or_like_it_in_nothing_is_not(other):
    from unsolved.conversations.drafts.rules.names import famous  # noqa: PLC0415

    assert not likeness.candidates(neighbour(), [neighbour(2, **other)], famous())


def test_sizes_are_compared_by_revenue_where_heads_are_not_counted():
    own = neighbour(industry=None, employees=None, revenue="EUR 1.2bn (2024)")
    near = neighbour(2, industry=None, employees=None, revenue="EUR 900 million")
    far = neighbour(3, industry=None, employees=None, revenue="EUR 90bn")
    foreign = neighbour(4, industry=None, employees=None, revenue="USD 1.2bn")

    found = likeness.candidates(own, [near, far, foreign])

    assert [one.neighbour.organisation_id for one in found] == [2]
    assert found[0].alike[0].text == "within a factor of 2 in revenue: EUR 900 million"


def test_one_reason_is_not_enough_and_four_peers_are(sessions: Sessions):
    with transaction(sessions) as tx:
        ids = []
        for number in range(8):
            employees = 200 + number if number < 6 else 900
            one = make_world.organisation(
                tx, f"Firm {number}", industry="Bakeries", employees=employees
            )
            standing = Standing.HAS_IT if number < 6 else Standing.RESOLVED
            make_world.prospect(tx, one, standing, [make_world.reason("x", 10 + number)])
            ids.append(one)

    with transaction(sessions) as tx:
        found = brief.make(tx, make.LIBRARY, ids[0], today=make.TODAY)

    assert [peer.name for peer in found.peers] == ["Firm 5", "Firm 4", "Firm 3", "Firm 2"]
    assert all(len(peer.alike) >= 2 for peer in found.peers)
    assert found.considered == 7


def test_whoever_tried_the_same_kind_of_fix_is_told_with_the_sentence(sessions: Sessions):
    world = make_world.world(sessions)
    with transaction(sessions) as tx:
        twin = make_world.organisation(tx, "Twin", industry="Retail", employees=1000)
        document = make_world.document(tx, twin, "In 2021 we hired help. It failed at once.")
        tried = make_world.evidence(tx, document, "In 2021 we hired help.", Facet.ATTEMPT)
        failed = make_world.evidence(tx, document, "It failed at once.", Facet.FAILURE)
        make_world.prospect(
            tx,
            twin,
            Standing.TRIED_AND_FAILED,
            [make_world.reason("x", 30)],
            evidence=[failed, tried],
            attempts=[
                {
                    "what": "", "kind": "vendor", "makers": [], "when": None, "spent": [],
                    "told": [make_world.link(tried, "tells of it first")], "against": None,
                    "outcome": "failed",
                    "reasons": [
                        make_world.link(failed, "speaks of the same fix", shows="failed")
                    ],
                }
            ],
        )  # fmt: skip

    with transaction(sessions) as tx:
        (peer,) = brief.make(tx, make.LIBRARY, world.acme, today=make.TODAY).peers

    assert peer.name == "Twin"
    assert peer.alike[-1].text == "tried a supplier\u2019s fix too, and it failed"
    assert peer.alike[-1].evidence == tried


def test_who_was_eliminated_or_merged_or_shows_no_sign_is_no_peer(sessions: Sessions):
    with transaction(sessions) as tx:
        own = make_world.organisation(tx, "Own", industry="Bakeries", employees=100)
        make_world.prospect(tx, own, Standing.HAS_IT, [make_world.reason("x", 9)])
        for name, standing, but, known in (
            ("Out", Standing.HAS_IT, {"eliminated": "too small"}, {}),
            ("Unseen", Standing.UNSEEN, {}, {}),
            ("Merged", Standing.HAS_IT, {}, {"merged_into_id": own}),
        ):
            one = make_world.organisation(tx, name, industry="Bakeries", employees=100, **known)
            make_world.prospect(tx, one, standing, [make_world.reason("x", 5)], **but)

    with transaction(sessions) as tx:
        assert not brief.make(tx, make.LIBRARY, own, today=make.TODAY).peers


# The casebook, read by the quick reader


@pytest.fixture(scope="module")
def casebook(tmp_path_factory: pytest.TempPathFactory):
    from unsolved.db import connect, engine_of  # noqa: PLC0415
    from unsolved.db.migrate import upgrade  # noqa: PLC0415

    sessions = connect(f"sqlite:///{tmp_path_factory.mktemp('casebook')}/c.sqlite")
    upgrade(engine_of(sessions))
    sources.add(sessions, OrganisationsCsv(CASEBOOK / "organisations.csv"), now=make.SPRING)
    folder = Folder(CASEBOOK / "documents", today=make.TODAY)
    sources.add(sessions, folder, now=make.SPRING)
    for _ in catch_up(sessions, evidence.method("cues", problems.load()), today=make.TODAY):
        pass
    yield sessions
    engine_of(sessions).dispose()


def test_no_brief_of_the_casebook_says_anything_without_its_quote(casebook):
    library = problems.load()
    with transaction(casebook) as tx:
        for known in sources.organisations(tx):
            for problem in library.problems:
                made = brief.make(
                    tx, library, known.id, today=make.TODAY, problem_id=problem.id
                )
                assert not brief.uncited(made), (known.name, problem.id)


@pytest.mark.parametrize("seed", range(3))
def test_every_opener_of_the_casebook_passes_the_linter(casebook, seed):
    library, found = problems.load(), 0
    with transaction(casebook) as tx:
        for known in sources.organisations(tx):
            made = brief.make(tx, library, known.id, today=make.TODAY, seed=seed)
            reader = drafts.reader(
                known.name, known.names, evidence.of_organisation(tx, known.id)
            )
            for one in made.openers:
                found += 1
                draft = drafts.Draft(
                    name="opener", source=one.text, text=one.text, body=(0, len(one.text))
                )
                for checked in drafts.lint([draft], reader=reader):
                    wrong = [finding.rule for finding in checked.findings if finding.fails]
                    assert not wrong, (known.name, wrong, one.text)
                assert len(one.text.split()) < 90
    assert found > 40


def test_every_sentence_that_is_printed_of_them_has_its_link(casebook):
    library = problems.load()
    with transaction(casebook) as tx:
        best = prospects.ranked(tx, prospects.Wanted(), 20)
        for one in best:
            made = brief.make(tx, library, one.organisation_id, today=make.TODAY)
            for section in brief.sections(made):
                for line in section.lines if section.about else ():
                    assert line.citations, (one.organisation, section.title, line.text)


def test_a_speaker_other_than_the_organisation_is_not_called_you():
    piece = make.evidence(Facet.FAILURE, quote="Orders failed.", speaker=Speaker.THIRD_PARTY)

    opened = opening.research(Standing.HAS_IT, [replace(piece, kind="news")], make.TODAY, clean)

    assert opened
    assert opened[1].text.startswith("A news report of 1 March 2026 says: “Orders failed.”")
