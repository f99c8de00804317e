"""Persona files: what ships, and what is said of one that is wrong."""

from pathlib import Path

import pytest

from unsolved.conversations.practice import (
    THEMES,
    called,
    load,
    parse,
    parsed,
    schema,
    shipped,
    to_yaml,
)
from unsolved.errors import NotFound, Unreadable

GOOD = """\
id: small
name: Ada Stone
role: manager
organisation: Stone and Son
trade: stone
size: 12 people
mood: calm
about: Cuts stone.
trust: 20
patience: 60
goals: [Cut faster.]
problems:
  - {name: slow saws, why: They are old., impact: We lose 10 orders a month.}
facts:
  - id: slow
    topic: issue
    trust: 0
    says: ["The saws are slow."]
  - id: old
    topic: why
    trust: 30
    after: [slow]
    says: ["The saws are old.", "Our saws are of 1980."]
secrets:
  - {id: sale, topic: urgency, trust: 70, says: ["I want to sell the firm."]}
speech:
  opening: ["Yes? Why do you call?"]
  doubt: ["Says who?"]
  pitch: ["No, thanks."]
  end: ["Goodbye."]
  next_step: ["Come by."]
"""


def test_six_buyers_ship_unlike_in_mood_and_trade_each_with_much_to_tell():
    found = shipped()

    assert len(found) == 6
    assert len({one.mood for one in found}) == len({one.trade for one in found}) == 6
    for one in found:
        assert len(one.facts) >= 25
        assert one.themes == THEMES
        assert one.attempts
        assert one.people
        assert one.public
        assert any(fact.is_secret for fact in one.facts)
        assert any(attempt.defended_by for attempt in one.attempts)


@pytest.mark.parametrize("persona", shipped(), ids=lambda one: one.id)
def test_a_buyer_written_to_a_file_reads_as_the_same(persona):
    assert parsed(to_yaml(persona)) == persona


def test_a_small_file_is_enough():
    persona = parsed(GOOD)

    assert [fact.id for fact in persona.facts] == ["slow", "old", "sale"]
    assert persona.facts[-1].is_secret


WRONG = [
    ("trust: 20", "trust: much", 9, "`trust` is text, where a number is expected"),
    ("trust: 20", "trust: 90", 9, "`trust` cannot be 90"),
    ("trust: 20", "trust: 2.5", 9, "no whole number"),
    ("patience: 60\n", "", 1, "`patience` is missing"),
    ("mood: calm", "mood:", 7, "`mood` is empty"),
    ("mood: calm", "moood: calm", 7, "there is no field `moood`"),
    ("topic: issue", "topic: problem", 16, "cannot be 'problem'"),
    ("id: old", "id: slow", 19, "the id `slow` stands on line 15 already"),
    ("after: [slow]", "after: [slo]", 22, "there is no fact `slo`"),
    ("after: [slow]", "after: [old]", 19, "waits for a fact that waits for it"),
    ("trust: 70", "trust: 50", 25, "a secret is told to everybody"),
    ("topic: issue", "topic: goals", None, "no fact tells of the problem itself"),
    ('says: ["The saws are slow."]', "says: []", 18, "`says` is an empty list"),
    ('says: ["The saws are slow."]', "says:", 18, "`says` is empty"),
    ("  end: [", "  ende: [", 30, "there is no field `ende`"),
    ("facts:\n", "facts: [\n", None, "this is not YAML"),
]


@pytest.mark.parametrize(("there", "instead", "line", "why"), WRONG)
def test_a_hole_is_told_with_its_line_and_the_mend(
    there: str, instead: str, line: int | None, why: str
):
    persona, wrong = parse(GOOD.replace(there, instead, 1), where="small.yaml")

    assert persona is None
    told = [one for one in wrong if why in one.why]
    assert told, [str(one) for one in wrong]
    assert line is None or told[0].line == line
    assert told[0].mend
    assert str(told[0]).startswith("small.yaml, line")


def test_all_that_is_wrong_is_told_at_once():
    text = GOOD.replace("mood: calm", "mood:").replace("trust: 20", "trust: x")

    with pytest.raises(Unreadable, match="1 more to mend") as caught:
        parsed(text)

    assert caught.value.line == 7
    assert "trust" in caught.value.__notes__[0]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "the file is empty"),
        (b"- a\n- b\n", "the file is a list"),
        (b"id: \xff\xfe", "this is not UTF-8"),
        (b"a: &a [*a]", "points to another place"),
        (b"a: " + b"[" * 5000, "too deeply"),
        (b"x" * 1_100_000, "larger than 1 MB"),
        (b"id: a\x00b", "a character that YAML does not allow"),
    ],
)
def test_what_is_no_persona_is_refused_and_never_crashes(
    tmp_path: Path, content: bytes, why: str
):
    path = tmp_path / "persona.yaml"
    path.write_bytes(content)

    with pytest.raises(Unreadable, match=why):
        load(path)


def test_a_file_that_is_not_there_is_told(tmp_path: Path):
    with pytest.raises(Unreadable, match="does not open"):
        load(tmp_path / "none.yaml")
    with pytest.raises(Unreadable, match="does not open"):
        load(tmp_path)


def test_a_name_mistyped_finds_its_neighbour():
    assert called("pump_parts").name == "Henrik Dahl"
    with pytest.raises(NotFound, match="pump_parts"):
        called("pump_part")


def test_the_schema_is_published_and_knows_every_moment():
    told = schema()

    assert str(told["$schema"]).startswith("https://json-schema.org/")
