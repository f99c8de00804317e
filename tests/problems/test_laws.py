"""What holds of any problem, and of any file at all."""

from hypothesis import given
from hypothesis import strategies as st

from tests.problems.test_library import GOOD, GOOD_TOML
from unsolved.problems import (
    CostForRole,
    CostModel,
    CostQuantity,
    FailedFix,
    Insight,
    Problem,
    Question,
    parse,
    to_yaml,
)

WORDS = st.text(st.characters(categories=["L", "N", "P", "S", "Zs"]), min_size=1).map(
    lambda text: " ".join(text.split())
)
TEXT = WORDS.filter(bool)
TEXTS = st.lists(TEXT, max_size=3).map(tuple)
RANGES = st.lists(st.floats(-1e12, 1e12), min_size=3, max_size=3).map(sorted)
QUANTITIES = st.builds(
    lambda name, what, question, three: CostQuantity(
        name=name,
        what=what,
        unit="money / year",
        question=question,
        **dict(zip(("low", "likely", "high"), three or (None,) * 3, strict=True)),
    ),
    st.from_regex(r"[a-z][a-z0-9_]{0,5}", fullmatch=True),
    TEXT,
    st.just("") | TEXT,
    st.none() | RANGES,
)
COSTS = st.builds(
    lambda inputs, roles: CostModel(
        " + ".join(one.name for one in inputs),
        tuple(inputs),
        tuple(CostForRole(role, means, (inputs[0].name,)) for role, means in roles),
    ),
    st.lists(QUANTITIES, min_size=1, max_size=3, unique_by=lambda one: one.name),
    st.lists(st.tuples(TEXT, TEXT), max_size=2),
)
INSIGHTS = st.builds(
    Insight,
    text=TEXT,
    source=TEXT.map(lambda text: f"{text}, 2024"),
    industries=TEXTS,
    roles=TEXTS,
    url=st.sampled_from(["", "https://example.org/a"]),
)
PROBLEMS = st.builds(
    Problem,
    id=st.from_regex(r"[a-z][a-z0-9_]{0,9}", fullmatch=True),
    title=TEXT,
    statement=TEXT,
    symptoms=st.lists(TEXT, min_size=1, max_size=3).map(tuple),
    terms=TEXTS,
    goals_it_blocks=TEXTS,
    causes=TEXTS,
    consequences=TEXTS,
    typical_failed_fixes=st.lists(st.builds(FailedFix, TEXT, TEXT), max_size=2).map(tuple),
    roles_who_feel_it=TEXTS,
    questions=st.dictionaries(TEXT, st.lists(TEXT, min_size=1, max_size=2), max_size=2).map(
        lambda themes: tuple(
            Question(t, asked) for t, texts in themes.items() for asked in texts
        )
    ),
    good_outcome=TEXTS,
    not_to_be_confused_with=TEXTS,
    cost=st.none() | COSTS,
    insights=st.lists(INSIGHTS, max_size=2).map(tuple),
)


@given(PROBLEMS)
def test_a_problem_that_is_written_reads_as_it_was(problem: Problem):
    assert parse(to_yaml(problem)) == (problem, [])


@given(st.text(), st.sampled_from(["a.yaml", "a.toml"]))
def test_any_text_at_all_is_read_or_refused_with_a_line_that_it_has(text: str, where: str):
    problem, wrong = parse(text, where=where)

    assert (problem is None) == bool(wrong)
    for error in wrong:
        assert error.line is not None
        assert 1 <= error.line <= len(text.splitlines()) + 1
        assert error.mend


@given(st.data())
def test_a_good_file_with_a_piece_torn_out_is_read_or_refused(data: st.DataObject):
    text, where = data.draw(st.sampled_from([(GOOD, "a.yaml"), (GOOD_TOML, "a.toml")]))
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))

    problem, wrong = parse(text[:start] + text[end:], where=where)

    assert (problem is None) == bool(wrong)
