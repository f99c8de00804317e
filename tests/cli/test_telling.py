"""Attempts and complaints as facts and in lines."""

from datetime import date

import pytest

from tests import make
from unsolved.cli.telling import attempt_facts, complaint_facts, sense_facts, show_links
from unsolved.evidence import Facet

TRIED = make.evidence(
    Facet.ATTEMPT,
    quote="In 2004 the Harbour system, supplied by Brightwater, cost $12 million.",
    on=date(2005, 3, 1),
)
FAILED = make.evidence(
    Facet.FAILURE, quote="The Harbour system was stopped.", on=date(2006, 3, 1)
)
STATED = make.evidence(
    Facet.PROBLEM, Facet.CONSEQUENCE, quote="Late orders cost customers.", on=date(2007, 3, 1)
)
KNOWN = {piece.id: piece for piece in (TRIED, FAILED, STATED)}


def test_an_attempt_tells_what_who_when_what_it_cost_and_what_came_of_it():
    [attempt] = make.prospect(*KNOWN.values()).attempts

    told = attempt_facts(attempt, KNOWN)

    assert (told["what"], told["outcome"], told["first_on"]) == (
        "Harbour",
        "failed",
        "2005-03-01",
    )
    assert told["makers"][0]["name"] == "Brightwater"
    assert told["when"]["words"] == "2004"
    assert [spent["least"] for spent in told["spent"]] == [12e6]
    assert {reason["shows"] for reason in told["reasons"]} == {"failed", "persists"}
    for link in (*told["told"], *told["reasons"]):
        assert link["quote"] == KNOWN[link["evidence"]].quote.text


def test_a_consequence_is_told_under_its_statement():
    [complaint] = make.prospect(*KNOWN.values()).complaints

    told = complaint_facts(complaint, KNOWN)

    assert told["quote"] == STATED.quote.text
    assert told["consequences"][0]["rule"] == "says so in the same sentence"


def test_lines_give_the_outcome_with_every_reason(capsys: pytest.CaptureFixture[str]):
    show_links(make.prospect(*KNOWN.values()), KNOWN)

    told = capsys.readouterr().out
    assert "Harbour (vendor), vendor Brightwater, 2004, $12 million: failed" in told
    assert "failed, names the same thing (Harbour), 12 months later" in told
    assert "persists, the problem is stated again, 2 years later" in told


def test_a_sentence_is_told_with_the_words_that_decided():
    told = sense_facts(
        make.evidence(quote="In 2004 there were no delays.", on=date(2005, 3, 1))
    )

    assert (told["tense"], told["denies"]) == ("past", True)
    assert told["tense_words"] == [{"words": "2004", "start": 3, "end": 7}]
    assert told["negations"][0]["words"] == "no delays"
    assert told["periods"][0]["last"] == "2004-12-31"
