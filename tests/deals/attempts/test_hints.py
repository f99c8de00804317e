"""Words hint at why something failed; the hints are shown with their words."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from unsolved.deals.attempts import hinted, likely_whys
from unsolved.deals.model import Attempt, Basis, Ground, Why

SAID = yaml.safe_load(Path(__file__).with_name("whys.yaml").read_text("utf-8"))


def right(group):
    """Return how many reasons were hinted at rightly, wrongly, and not at all."""
    rightly = wrongly = missed = 0
    for one in SAID[group]:
        found = {why.value for why in hinted(one["text"])}
        wanted = set(one["whys"])
        rightly += len(found & wanted)
        wrongly += len(found - wanted)
        missed += len(wanted - found)
    return rightly, wrongly, missed


@pytest.mark.parametrize("group", SAID)
def test_a_hint_is_seldom_wrong(group):
    rightly, wrongly, _ = right(group)

    assert rightly / (rightly + wrongly) >= 0.9


@pytest.mark.parametrize("group", ["tuned", "case"])
def test_plain_words_are_understood(group):
    rightly, _, missed = right(group)

    assert rightly / (rightly + missed) >= 0.9


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("It crashed every week.", Why.TECHNOLOGY),
        ("Nobody owned it.", Why.MANAGEMENT),
        ("We didn't test it.", Why.EXECUTION),
        ("It was rushed.", Why.EXECUTION),
        ("The works council was against it.", Why.POLITICS),
        ("It was not politics.", None),
        ("It never crashed.", None),
        ("The rollout was fine.", None),
        ("", None),
    ],
)
def test_what_is_denied_is_no_hint(text, why):
    assert list(hinted(text)) == ([why] if why else [])


def test_hints_say_where_their_words_stand():
    quote = Ground(basis=Basis.EVIDENCE, quote="Nobody owned the project.", document_id=3)
    tried = Attempt(
        what="a portal", why_text="It crashed, and crashed again.", grounds=(quote,)
    )

    technology, management = likely_whys(tried)

    assert technology.words == ("crashed", "crashed")
    assert technology.ground.basis is Basis.NOTED
    assert (management.words, management.ground) == (("Nobody owned",), quote)


def test_a_hint_changes_nothing_of_the_attempt():
    tried = Attempt(what="a portal", why_text="It crashed.")

    likely_whys(tried)

    assert tried.whys == ()


@given(st.text(max_size=200))
def test_whatever_the_text_the_words_stand_in_it(text):
    for words in hinted(text).values():
        assert all(word in text for word in words)
