import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unsolved.errors import Invalid
from unsolved.problems.formula import divisors, names, told
from unsolved.problems.formula_reader import parse

FORMULAS = st.recursive(
    st.sampled_from(["a", "b", "price", "class", "2", "0.5"]),
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from("+-*/"), inner).map(lambda t: f"({''.join(t)})"),
        inner.map(lambda text: f"-{text}"),
        st.tuples(st.sampled_from(["min", "max"]), inner, inner).map(
            lambda t: f"{t[0]}({t[1]}, {t[2]})"
        ),
    ),
    max_leaves=8,
)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a*b + c/d - 2*(e+f)", "a × b + c / d - 2 × (e + f)"),
        ("a − b ÷ c · d", "a - b / c × d"),
        ("-a + b", "-a + b"),
        ("a - -b", "a + b"),
        ("a * -b", "a × (-b)"),
        ("1 / (a*b)", "1 / (a × b)"),
        ("max(a, b, 0) * 1.5e3", "max(a, b, 0) × 1500"),
        ("class * import", "class × import"),
        ("Aufträge\n* marge", "Aufträge × marge"),
    ],
)
def test_a_formula_is_read_as_people_write_it(text, said):
    assert told(parse(text)) == said


@pytest.mark.parametrize(
    ("text", "column", "why", "mend"),
    [
        ("", 1, "is empty", "Write one"),
        ("  ", 1, "is empty", "Write one"),
        ("__import__('os').system('x')", 1, "`__import__(` calls something", "Only `min"),
        ("orders.__class__", 7, "'.' cannot stand", "Use names"),
        ("a[0]", 2, "'[' cannot stand", "Use names"),
        ("lambda: a", 7, "':' cannot stand", "Use names"),
        ("a ** 999999999", 3, "there are no powers", "Multiply"),
        ("a ^ 2", 3, "there are no powers", "Multiply"),
        ("a b", 3, "`b` follows without a sign", "Write `*`"),
        ("2a", 2, "`a` follows without a sign", "Write `*`"),
        ("1,000 * a", 2, "a comma stands outside", "Write 1000"),
        ("5% * a", 2, "`%` is no sign", "unit percent"),
        ("a +", 4, "breaks off", "Say what"),
        ("(a + b", 7, "of column 1 is not closed", "Write `)`"),
        ("a + b)", 6, "`)` stands in the wrong place", "before and after"),
        ("min(a)", 1, "`min` has one value", "Give it two"),
        ("9e999", 1, "too large", "smaller"),
        ("a = b", 3, "'=' cannot stand", "Use names"),
        ("'a'", 1, "cannot stand", "Use names"),
        ("a\x00", 2, "cannot stand", "Use names"),
    ],
)
def test_what_is_no_formula_is_refused_with_its_column_and_a_mend(text, column, why, mend):
    with pytest.raises(Invalid) as caught:
        parse(text)

    facts = caught.value.facts
    assert facts["column"] == column
    assert why in str(facts["why"])
    assert mend in str(facts["mend"])


@pytest.mark.parametrize(
    "text",
    [
        "(" * 1_000_000,
        "(" * 900 + "a" + ")" * 900,
        "-" * 1_000_000,
        "a+" * 1_000_000,
        "9" * 10**6,
    ],
    ids=["open", "deep", "minus", "long", "digits"],
)
def test_a_hostile_formula_is_refused_at_once(text):
    began = time.perf_counter()

    with pytest.raises(Invalid):
        parse(text)

    assert time.perf_counter() - began < 0.5


def test_a_long_sum_within_the_limit_is_read():
    text = "+".join(["a"] * 900)

    assert names(parse(text)) == ("a",)
    assert told(parse(text)).count("a") == 900


def test_what_is_divided_by_is_known():
    found = [told(one) for one in divisors(parse("a / (b - c) + max(d / e, 2 / (f / g))"))]

    assert found == ["b - c", "e", "f / g", "g"]


@given(FORMULAS)
def test_a_formula_that_is_told_reads_as_the_same(text: str):
    said = told(parse(text))

    assert told(parse(said)) == said


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused_with_a_column_it_has(text: str):
    wrong = None
    try:
        parse(text)
    except Invalid as error:
        wrong = error.facts

    assert wrong is None or 1 <= int(str(wrong["column"])) <= len(text) + 1
    assert wrong is None or (wrong["why"] and wrong["mend"])
