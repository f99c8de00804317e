"""The written rules: «» marks the words a cue must find; the list is the specification."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unsolved.errors import Unreadable
from unsolved.evidence.cues import FOLDER, cue_reader, explain, rules
from unsolved.evidence.model import Assertion, Facet, FixKind, Sentence

SHOWS = [
    ("Our «top priority» is to cut lead times.", Facet.GOAL),
    ("The board «aims to» halve the number of late orders.", Facet.GOAL),
    ("The plant ran into «shortages» of trained welders.", Facet.PROBLEM),
    ("Deliveries «fell short» again in March.", Facet.PROBLEM),
    ("Orders went out late «because» two plants plan on different systems.", Facet.CAUSE),
    ("Margins were «hurt by» overtime.", Facet.CAUSE),
    ("The mistake «cost the company» a year's profit.", Facet.CONSEQUENCE),
    ("We hired drivers «to clear» the queue.", Facet.ATTEMPT),
    ("A «recovery plan» began in May.", Facet.ATTEMPT),
    ("«Despite the new tool», returns rose.", Facet.FAILURE),
    ("The «project was abandoned» after two years.", Facet.FAILURE),
    ("The backlog is «behind us».", Facet.RESOLVED),
    ("The regulator set a «deadline» in June.", Facet.URGENCY),
]

MEANT = [
    ("A strike disrupted deliveries and we suffered delays.", Assertion.ACTUAL),
    ("If we fail to hire, delays could harm our business.", Assertion.HYPOTHETICAL),
    ("A strike could cause delays.", Assertion.HYPOTHETICAL),
    ("It could rain, but we already suffer from delays and shortages.", Assertion.ACTUAL),
    ("We were unable to ship on time.", Assertion.ACTUAL),
]


@pytest.mark.parametrize(("marked", "facet"), SHOWS)
def test_a_cue_shows_its_facet_and_its_place(marked: str, facet: Facet):
    wanted = marked.partition("«")[2].partition("»")[0]
    text = marked.replace("«", "").replace("»", "")

    found = {text[fired.span.start : fired.span.end] for fired in explain(Sentence(text))
             if fired.means is facet}  # fmt: skip

    assert wanted.lower() in {words.lower() for words in found}


@pytest.mark.parametrize(("text", "assertion"), MEANT)
def test_modifiers_tell_what_is_so_from_what_might_be(text: str, assertion: Assertion):
    (label,) = cue_reader().label([Sentence(text)])

    assert label.assertion is assertion


def test_a_modal_verb_makes_it_hypothetical():
    said, feared = cue_reader().label(
        [
            Sentence("Shortages disrupted our plants."),
            Sentence("Shortages could disrupt our plants."),
        ]
    )

    assert (said.assertion, feared.assertion) == (Assertion.ACTUAL, Assertion.HYPOTHETICAL)


def test_a_negated_problem_is_none():
    (label,) = cue_reader().label([Sentence("There were no delays.")])

    assert label.labels == frozenset()
    assert label.assertion is None


def test_but_ends_what_is_negated():
    (label,) = cue_reader().label([Sentence("There were no delays, but shortages remain.")])

    assert Facet.PROBLEM in label.labels


def test_a_sentence_without_cues_gets_nothing():
    (label,) = cue_reader().label([Sentence("The meeting began at nine.")])

    assert set(label.facets.values()) == {0.0}
    assert explain(Sentence("The meeting began at nine.")) == []


def test_consultants_are_help_from_outside():
    (label,) = cue_reader().label([Sentence("We brought in consultants to fix the backlog.")])

    assert Facet.ATTEMPT in label.labels
    assert label.fix is FixKind.OUTSIDE


def test_every_explanation_quotes_the_sentence():
    text = "However, delays could harm our business if we fail to hire."

    assert {text[fired.span.start : fired.span.end] for fired in explain(Sentence(text))} >= {
        "delays",
        "could",
    }


def test_a_broken_pattern_is_refused_with_its_file(tmp_path: Path):
    for path in FOLDER.glob("*.toml"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    (tmp_path / "goal.toml").write_text(
        'threshold = 0.5\n[[cue]]\nname = "x"\nsure = 0.5\npatterns = ["("]\n'
    )

    with pytest.raises(Unreadable, match=r"goal\.toml"):
        rules(tmp_path)


@given(st.text(alphabet="could we delay,. but not fail 'ÄİSß", max_size=200))
def test_any_text_can_be_read(text: str):
    (label,) = cue_reader().label([Sentence(text)])

    assert all(0 <= p <= 1 for p in label.facets.values())
    assert set(label.facets) == set(Facet)
    assert (label.assertion is None) == (not label.labels)
    assert all(fired.span.end <= len(text) for fired in explain(Sentence(text)))
