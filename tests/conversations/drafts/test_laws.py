from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conversations.drafts.bad import BAD
from tests.conversations.drafts.found import checked, findings
from tests.conversations.drafts.good import GOOD
from tests.conversations.drafts.phrases import FINDS
from unsolved.conversations import drafts
from unsolved.conversations.drafts import Choices, Kind
from unsolved.errors import Unreadable

RULES = drafts.rules()
PHRASES = [words for every in FINDS.values() for words in every]
JOINTS = [
    "\n\n",
    " ",
    "\n",
    "\r",
    "\n---\n",
    "\n> ",
    "!!! ",
    "\n- ",
    "\n<!-- x -->",
    "\u2019",
    "🙂 ",
]
pieces = st.one_of(st.sampled_from(PHRASES), st.sampled_from(JOINTS), st.text(max_size=12))
mails = st.one_of(
    st.sampled_from([*GOOD, *(text for _, text in BAD)]),
    st.lists(pieces, max_size=14).map("".join),
)
few = settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])


@few
@given(mails)
def test_a_place_cuts_the_words_it_claims_in_the_draft_and_in_the_file(text: str):
    for one in checked(text):
        lines = one.draft.source.split("\n")
        for finding in one.findings:
            assert one.draft.text[finding.start : finding.end] == finding.words
            assert 1 <= finding.line <= len(lines)
            shown = lines[finding.line - 1][finding.column - 1 :]
            assert shown.startswith(finding.words.split("\n")[0])


@few
@given(mails, st.sampled_from(sorted(RULES)))
def test_ignoring_a_rule_takes_away_exactly_what_it_found(text: str, rule: str):
    every = findings(text)

    assert findings(text, Choices(ignore=(rule,))) == [one for one in every if one.rule != rule]
    assert findings(text, Choices(select=(rule,))) == [one for one in every if one.rule == rule]


@few
@given(mails)
def test_mending_twice_is_mending_once_and_leaves_nothing_to_mend(text: str):
    once, _ = drafts.fix(drafts.parse("draft.txt", text, Kind.TEXT))
    twice, count = drafts.fix(once)

    assert twice.source == once.source
    assert count == 0
    assert len(once.source) <= len(text)
    assert not [
        finding.edit
        for one in drafts.lint_file(once)
        for finding in one.findings
        if finding.edit
    ]


@few
@given(mails)
def test_the_same_is_found_each_time_in_the_order_of_the_text(text: str):
    for one in checked(text):
        assert list(one.findings) == sorted(
            one.findings, key=lambda f: (f.start, f.end, f.rule, f.message)
        )
    assert findings(text) == findings(text)


@few
@given(st.text(max_size=400), st.sampled_from(list(Kind)))
def test_any_text_is_read_or_refused(text: str, kind: Kind):
    try:
        file = drafts.parse("any", text, kind)
    except Unreadable:
        return
    for one in drafts.lint_file(file):
        for finding in one.findings:
            assert one.draft.text[finding.start : finding.end] == finding.words
