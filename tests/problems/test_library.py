import pickle
from pathlib import Path

import pytest

from unsolved.errors import Unreadable
from unsolved.problems import FailedFix, Problem, Question, load, parse, read

GOOD = """\
id: late_close
title: The books close late
statement: >
  The month is closed weeks
  after its end.
symptoms:
  - figures come late
terms: [ledger, month-end]
typical_failed_fixes:
  - fix: hire more staff
    why_it_fails: they key in the same entries
questions:
  attempts:
    - What did you try?
"""
GOOD_TOML = """\
id = "late_close"
title = "The books close late"
statement = '''The month is closed weeks
after its end.'''
symptoms = ["figures come late"]
terms = ["ledger", "month-end"]

[[typical_failed_fixes]]
fix = "hire more staff"
why_it_fails = "they key in the same entries"

[questions]
attempts = ["What did you try?"]
"""
PROBLEM = Problem(
    id="late_close",
    title="The books close late",
    statement="The month is closed weeks after its end.",
    symptoms=("figures come late",),
    terms=("ledger", "month-end"),
    typical_failed_fixes=(FailedFix("hire more staff", "they key in the same entries"),),
    questions=(Question("attempts", "What did you try?"),),
)

# What is done to the good file, and the line, the reason and the mend that a person is told.
# Read the list down: it is the specification.
BAD_YAML = [
    ("title: The", "title The", 3, "this is not YAML", "Check the spaces"),
    ("symptoms:", "symptoms: [", 7, "this is not YAML", "Check the spaces"),
    ("figures come late", "figures\x07 late", 7, "does not allow", "Take it out"),
    ("symptoms:", "symptom:", 6, "there is no field `symptom`", "Did you mean `symptoms`?"),
    ("symptoms:", "zzz:", 6, "there is no field `zzz`", "Known are: id, title,"),
    (
        "    why_it",
        "    why_fails: x\n    why_it",
        11,
        "no field `why_fails`",
        "`why_it_fails`?",
    ),
    (
        "title: The books close late\n",
        "",
        1,
        "`title` is missing",
        "Add it: the problem in one",
    ),
    (
        "    why_it_fails: they key in the same entries\n",
        "",
        10,
        "is missing in",
        "Add it: why",
    ),
    ("title: The books close late", "title:\n  - a", 2, "a list, where text", "single text"),
    ("title: The books close late", "title: 2024", 2, "a number, where text", "in quotes"),
    ("title: The books close late", "title: yes", 2, "yes or no, where text", "in quotes"),
    ("title: The books close late", "title: 2024-01-31", 2, "a date, where text", "in quotes"),
    ("title: The books close late", "title: !x y", 2, "something tagged !x", "in quotes"),
    ("title: The books close late", "title:", 2, "`title` is empty", "Write something"),
    ("title: The books close late", "title: ' '", 2, "`title` is empty", "Write something"),
    ("figures come late", "figures: late", 7, "entry 1` is a mapping", "in quotes if it has"),
    ("figures come late", "ok\n  - ''", 8, "entry 2` is empty", "Write something"),
    ("figures come", r'"\UFFFFFFFF"', 7, "the number of no character", "Type the character"),
    ("figures come late", r'"\uD800"', 7, "a character that is no text", "Type it anew"),
    ("attempts:", '"": [a]\n  attempts:', 13, "a name in `questions` is empty", "Write some"),
    ("[ledger, month-end]", "ledger", 8, "text, where a list is expected", "after a dash"),
    ("[ledger, month-end]", "{a: b}", 8, "a mapping, where a list", "Write a list."),
    ("[ledger, month-end]", "[]", 8, "`terms` is an empty list", "Add at least one entry"),
    ("  attempts:\n    -", "  -", 12, "a list, where a mapping", "Write names"),
    ("attempts:\n    - What", "attempts: What", 13, "`questions: attempts` is text", "a dash"),
    ("attempts:\n    - What did you try?", "{}", 12, "an empty mapping", "Write something"),
    ("id: late_close", "id: Late-Close", 1, "`id` cannot be 'Late-Close'", "small letter"),
    ("id: late_close", "id: 7up", 1, "`id` cannot be '7up'", "small letter"),
    ("terms:", "title: Again\nterms:", 8, "`title` stands here again", "Keep one"),
    ("terms:", "? [a]\n: b\nterms:", 8, "a name is expected", "Use a word"),
    ("[ledger, month-end]", "&a [x, *a]", 8, "*a points to another place", "Write out"),
    ("[ledger, month-end]", "[" * 99 + "]" * 99, 8, "too deeply", "Flatten"),
    ("did you try?", "now?\n---\nid: b", 15, "expected a single document", "Check the spaces"),
]
BAD_TOML = [
    ('"figures come late"]', '"figures come late"', 6, "this is not TOML", "square brackets"),
    ('id = "late_close"', "id = late_close", 1, "this is not TOML", "Put texts in quotes"),
    ("[questions]", "title = 'x'\n[questions]", 12, "no field `title`", "Known are: fix"),
    ("[questions]", "[question]", 12, "no field `question`", "Did you mean `questions`?"),
    ('"month-end"]', "\n  7,\n]", 7, "entry 2` is a number", "in quotes"),
    ('["figures come late"]', "[]", 5, "`symptoms` is an empty list", "Add at least one"),
    ('fix = "hire', 'fixx = "hire', 9, "no field `fixx`", "Did you mean `fix`?"),
    ('"What did you try?"', '"ok",\n  ""', 13, "entry 2` is empty", "Write something"),
    ('"The books close late"', "2024-01-31", 2, "a date, where text", "in quotes"),
    ('"The books close late"', "true", 2, "yes or no, where text", "in quotes"),
    ('"The books close late"', "9" * 9999, 1, "this is not TOML", "Put texts in quotes"),
    ('"The books close late"', "0x" + "f" * 9999, 2, "a number, where text", "in quotes"),
    ('["ledger", "month-end"]', "[" * 9999 + "]" * 9999, 1, "too deeply", "Flatten"),
]


@pytest.mark.parametrize(("good", "bad", "line", "why", "mend"), BAD_YAML)
def test_a_bad_yaml_file_is_refused_with_line_and_mend(good, bad, line, why, mend):
    assert good in GOOD

    problem, wrong = parse(GOOD.replace(good, bad, 1), where="a.yaml")

    assert problem is None
    assert any(
        w.where == "a.yaml" and w.line == line and why in w.why and mend in w.mend
        for w in wrong
    ), [str(w) for w in wrong]


@pytest.mark.parametrize(("good", "bad", "line", "why", "mend"), BAD_TOML)
def test_a_bad_toml_file_is_refused_with_line_and_mend(good, bad, line, why, mend):
    assert good in GOOD_TOML

    problem, wrong = parse(GOOD_TOML.replace(good, bad, 1), where="a.toml")

    assert problem is None
    assert any(w.line == line and why in w.why and mend in w.mend for w in wrong), [
        str(w) for w in wrong
    ]


@pytest.mark.parametrize("text", ["", "# nothing but a remark\n", "---\n"])
def test_an_empty_file_is_told_what_it_needs(text):
    problem, [error] = parse(text, where="a.yaml")

    assert problem is None
    assert error.why == "the file is empty"
    assert "`symptoms`" in error.mend


def test_yaml_and_toml_say_the_same():
    assert parse(GOOD, where="a.yaml") == (PROBLEM, [])
    assert parse(GOOD_TOML, where="a.toml") == (PROBLEM, [])


def test_all_that_is_wrong_is_told_at_once_and_from_top_to_bottom():
    text = "id: X\ntitle: 5\nstatment: a\nsymptoms: []\n"

    _, wrong = parse(text)

    assert [w.line for w in wrong] == [1, 1, 2, 3, 4]


def test_a_file_names_no_python_object():
    _, wrong = parse("title: !!python/object/apply:os.getcwd []\n")

    assert "`title` is a list, where text is expected" in {w.why for w in wrong}


def test_a_folder_is_read_in_order_of_ids_whatever_its_files_are_called(tmp_path: Path):
    (tmp_path / "a.yml").write_text(GOOD.replace("late_close", "zebra"), encoding="utf-8")
    (tmp_path / "b.toml").write_text(GOOD_TOML, encoding="utf-8")
    (tmp_path / "README.md").write_text("not a problem", encoding="utf-8")

    library = load(tmp_path)

    assert [p.id for p in library.problems] == ["late_close", "zebra"]


def test_a_single_file_is_a_library_too(tmp_path: Path):
    file = tmp_path / "a.yaml"
    file.write_text("\ufeff" + GOOD.replace("\n", "\r\n"), encoding="utf-8")

    assert load(file).problems == (PROBLEM,)


def test_two_files_cannot_share_an_id(tmp_path: Path):
    (tmp_path / "a.yaml").write_text(GOOD, encoding="utf-8")
    (tmp_path / "b.yaml").write_text("# again\n" + GOOD, encoding="utf-8")

    problems, [error] = read(tmp_path)

    assert problems == [PROBLEM]
    assert (error.where, error.line) == (str(tmp_path / "b.yaml"), 2)
    assert str(tmp_path / "a.yaml") in error.why
    assert error.mend == "Give one of the two another id."


def test_a_file_that_is_not_utf_8_says_on_which_line(tmp_path: Path):
    file = tmp_path / "a.yaml"
    file.write_bytes(b"id: late\ntitle: caf\xe9\n")

    _, [error] = read(file)

    assert str(error) == f"{file}, line 2: this is not UTF-8. Save the file as UTF-8."


def test_good_files_are_read_beside_bad_ones(tmp_path: Path):
    (tmp_path / "a.yaml").write_text("title: [", encoding="utf-8")
    (tmp_path / "b.yaml").write_text(GOOD, encoding="utf-8")

    problems, wrong = read(tmp_path)

    assert problems == [PROBLEM]
    assert [w.where for w in wrong] == [str(tmp_path / "a.yaml")]


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("nowhere", "there is no such file or folder"),
        ("empty", "there is no problem file in this folder"),
        ("notes.txt", "this does not look like a problem file"),
    ],
)
def test_a_path_without_problems_says_why(tmp_path: Path, name, why):
    (tmp_path / "empty").mkdir()
    (tmp_path / "notes.txt").touch()

    with pytest.raises(Unreadable) as caught:
        load(tmp_path / name)

    assert caught.value.where == str(tmp_path / name)
    assert caught.value.why == why


def test_load_raises_the_first_fault_and_carries_the_others(tmp_path: Path):
    file = tmp_path / "a.yaml"
    file.write_text("id: X\ntitle: 5\nstatement: a\nsymptoms: []\n", encoding="utf-8")

    with pytest.raises(Unreadable) as caught:
        load(file)

    assert caught.value.line == 1
    assert "2 more to mend" in caught.value.mend
    assert len(caught.value.__notes__) == 2
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)
