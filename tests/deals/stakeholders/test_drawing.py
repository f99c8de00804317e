"""On the map nobody stands on another, everybody inside, and ties run between the right two."""

import random
import re
from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.deals.stakeholders.people import deal, exchange, failed, met, person, tie
from tests.deals.worlds import TODAY
from unsolved.deals.model import InAttempt, Power, Situation, Stakeholder, Stance, Sway, Tie
from unsolved.deals.stakeholders import POWERS, STANCES, Age, MarkKind, drawn
from unsolved.deals.stakeholders.labels import fitted, width
from unsolved.deals.stakeholders.picture import BOLD, NAME, PAD

NUMBER = re.compile(r"-?\d+\.\d")
GROUPS = st.lists(
    st.builds(
        Stakeholder,
        name=st.text(min_size=1, max_size=60),
        title=st.text(max_size=60),
        power=st.sampled_from(Power),
        stance=st.sampled_from(Stance),
        in_attempt=st.sampled_from(InAttempt),
        in_denial=st.sampled_from([True, None]),
        interest=st.sampled_from(["", "a bonus"]),
        met_on=st.none() | st.dates(),
    ),
    max_size=16,
)


def tied(people: list[Stakeholder], chance: random.Random) -> Situation:
    numbers = range(1, len(people) + 1)
    pairs = [chance.sample(numbers, 2) for _ in range(20)] if len(numbers) > 1 else []
    ties = [Tie(of=of, to=to, sway=chance.choice(list(Sway))) for of, to in pairs]
    return deal(*people, ties=tuple(ties))


def points(path: str) -> list[tuple[float, float]]:
    found = [float(number) for number in NUMBER.findall(path)]
    return list(zip(found[::2], found[1::2], strict=True))


@pytest.mark.parametrize("is_narrow", [False, True])
@given(people=GROUPS, chance=st.randoms(use_true_random=False))
def test_nobody_stands_on_another_and_everybody_inside(
    is_narrow: bool, people: list[Stakeholder], chance: random.Random
):
    made = drawn(tied(people, chance), is_narrow=is_narrow)

    assert len(made.figures) == len(people)
    for one, other in combinations(made.figures, 2):
        assert not one.box.meets(other.box)
    for figure in made.figures:
        zone = next(
            z for z in made.zones if (z.stance, z.power) == (figure.stance, figure.power)
        )
        held = figure.stop or figure.box
        assert zone.box.holds(held.x, held.y)
        assert zone.box.holds(held.right, held.bottom)
        assert 0 <= figure.box.x <= figure.box.right <= made.width
        assert 0 <= figure.box.y <= figure.box.bottom <= made.height


@pytest.mark.parametrize("is_narrow", [False, True])
@given(people=GROUPS, chance=st.randoms(use_true_random=False))
def test_ties_stay_inside_and_end_at_the_two_whom_they_tie(
    is_narrow: bool, people: list[Stakeholder], chance: random.Random
):
    known = tied(people, chance)
    made = drawn(known, is_narrow=is_narrow)
    boxes = {figure.number: figure.box for figure in made.figures}

    assert len(made.lines) == len(known.opportunity.ties)
    for line in made.lines:
        path = points(line.path)
        ends = known.opportunity.ties[line.number]
        inside = path if line.sway is Sway.CONFLICT else [path[0], path[-1]]
        assert all(0 <= x <= made.width and 0 <= y <= made.height for x, y in inside)
        for (x, y), number in ((path[0], ends.of), (path[-1], ends.to)):
            box = boxes[number]
            assert box.x - 0.1 <= x <= box.right + 0.1
            assert box.y - 0.1 <= y <= box.bottom + 0.1


@given(GROUPS, st.randoms(use_true_random=False))
def test_marks_and_names_fit_into_their_box(people: list[Stakeholder], chance: random.Random):
    for figure in drawn(tied(people, chance)).figures:
        assert width(figure.name, NAME) * BOLD <= figure.box.width - 2 * PAD + 0.01
        for mark in figure.marks:
            assert figure.box.holds(mark.x, mark.y)
            assert mark.x + 13 + width(mark.word, 10.5) <= figure.box.right - PAD + 0.01


def test_against_stands_left_of_for_and_who_decides_above_who_has_no_say():
    made = drawn(
        deal(
            person("Ada", Power.DECIDES, Stance.AGAINST),
            person("Bob", Power.NONE, Stance.FOR),
            person("Cy", Power.UNKNOWN, Stance.UNKNOWN),
        )
    )

    ada, bob, cy = (figure.box for figure in made.figures)
    assert ada.right < bob.x
    assert bob.right < cy.x
    assert ada.bottom < bob.y
    assert bob.bottom < cy.y
    assert [label.x for label in made.columns] == sorted(label.x for label in made.columns)


def test_there_is_a_place_for_every_stance_and_power_even_on_an_empty_map():
    for is_narrow in (False, True):
        made = drawn(deal(), is_narrow=is_narrow)
        assert [(z.stance, z.power) for z in made.zones] == [
            (stance, power) for power in POWERS for stance in STANCES
        ]
        assert all(zone.box.width > 20 and zone.box.height > 20 for zone in made.zones)


def test_two_ties_between_the_same_two_are_drawn_apart():
    ties = (tie(1, 2), tie(2, 1), tie(1, 2, Sway.REPORTS_TO))
    made = drawn(deal(met("Ada"), met("Bob", stance=Stance.AGAINST), ties=ties))

    assert len({tuple(sorted(points(line.path))) for line in made.lines}) == 3


def test_a_tie_runs_round_somebody_who_stands_between():
    people = (
        met("Ada", stance=Stance.AGAINST),
        met("Bob", stance=Stance.DOUBTS),
        met("Cy", stance=Stance.NEUTRAL),
    )
    made = drawn(deal(*people, ties=(tie(1, 3, Sway.CONFLICT),)))

    between = made.figures[1].box
    assert not any(between.holds(x, y) for x, y in points(made.lines[0].path))


def test_marks_and_the_last_sign_are_told_in_words_too():
    ada = person(
        "Ada", Power.DECIDES, in_attempt=InAttempt.LED, in_denial=True, interest="a bonus",
        person_id=7,
    )  # fmt: skip
    known = deal(ada, attempts=(failed(),), exchanges=(exchange(40, 7),))

    figure = drawn(known).figures[0]

    assert {mark.kind: mark.word for mark in figure.marks} == {
        MarkKind.INTEREST: "stake",
        MarkKind.ATTEMPT: "led",
        MarkKind.DENIAL: "denies",
    }
    assert (figure.age, figure.contact) == (Age.LONG_AGO, "heard 40 days ago")
    for words in ("decides, for", "led it", "Denies that it failed", "a bonus"):
        assert words in figure.says


def test_who_left_and_whom_nobody_spoke_with_are_told_apart():
    made = drawn(deal(met("Ada", left_on=TODAY), person("Bob")))

    assert [(f.age, f.contact) for f in made.figures] == [
        (Age.LEFT, "left today"),
        (Age.NEVER, "never spoken to"),
    ]


def test_the_same_people_are_drawn_the_same_whatever_their_order():
    ties = (tie(1, 2), tie(2, 3, Sway.CONFLICT))
    known = deal(met("Ada"), met("Bob", Power.BLOCKS), met("Cy"), ties=ties)
    people = list(known.opportunity.stakeholders.items())[::-1]
    turned = replace(
        known.opportunity,
        stakeholders=dict(people),
        ties=dict(list(known.opportunity.ties.items())[::-1]),
    )

    assert drawn(replace(known, opportunity=turned)) == drawn(known)


@given(st.text(max_size=80), st.floats(20, 300))
def test_a_label_is_no_wider_than_its_room(text: str, room: float):
    assert width(fitted(text, room, 13), 13) <= max(room, width("…", 13))
