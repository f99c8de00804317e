"""What a person fixed is understood, kept and found again; nonsense is told with its field."""

import pytest

from unsolved.errors import Invalid
from unsolved.sources.crm import Mapping, Object, Told
from unsolved.sources.crm.naming import signature

MAPPING = Mapping(
    object=Object.DEALS,
    columns={"Vorhaben": "name", "Wert": "amount", "Notiz": ""},
    layout="any",
    dates="day-first",
    numbers="comma",
    timezone="Europe/Berlin",
    signature=signature(["Vorhaben", "Wert", "Notiz"]),
)


def test_a_mapping_comes_back_from_its_text():
    assert Mapping.from_json(MAPPING.to_json()) == MAPPING


def test_a_table_is_recognised_by_its_head():
    assert signature(["Deal Name", "AMOUNT"]) == signature(["deal_name", "Amount"])
    assert signature(["Deal Name", "Amount"]) != signature(["Amount", "Deal Name"])


def test_a_kept_mapping_holds_for_its_own_table_only():
    told = Told.of({"mapping": MAPPING.to_json()})

    assert told.for_table(MAPPING.signature).object is Object.DEALS
    assert told.for_table(MAPPING.signature).dates == "day-first"
    assert told.for_table("another").object is None


def test_what_is_told_now_goes_before_what_was_kept():
    told = Told.of({"mapping": f"[{MAPPING.to_json()}]", "dates": "month-first"})

    assert told.for_table(MAPPING.signature).dates == "month-first"
    assert told.for_table(MAPPING.signature).columns == MAPPING.columns


@pytest.mark.parametrize(
    "text",
    [
        "Deal, big = name, Wert = amount, Notiz = -",
        "Deal, big=name\nWert=amount\nNotiz=",
        "Deal, big = name; Wert = amount; Notiz = ",
    ],
)
def test_columns_are_told_in_a_line_or_several(text: str):
    told = Told.of({"mapping": text})

    assert dict(told.columns)["Wert"] == "amount"
    assert dict(told.columns)["Notiz"] == ""
    assert "name" in told.columns.values()


@pytest.mark.parametrize(
    ("told", "thing"),
    [("deals", Object.DEALS), ("Companies", Object.ORGANISATIONS), ("person", Object.PEOPLE)],
)
def test_an_object_may_be_called_as_people_call_it(told: str, thing: Object):
    assert Told.of({"object": told}).object is thing


@pytest.mark.parametrize(
    ("settings", "field"),
    [
        ({"layout": "sugar"}, "layout"),
        ({"object": "invoices"}, "object"),
        ({"dates": "year-first"}, "dates"),
        ({"numbers": "dot"}, "numbers"),
        ({"encoding": "utf-99"}, "encoding"),
        ({"timezone": "Mars/Olympus"}, "timezone"),
        ({"timezone": "../etc/passwd"}, "timezone"),
        ({"mapping": "just words"}, "mapping"),
        ({"mapping": "A = nothing_such"}, "mapping"),
        ({"mapping": "A = amount", "object": "people"}, "mapping"),
        ({"mapping": "{"}, "mapping"),
        ({"mapping": "[1]"}, "mapping"),
        ({"mapping": '{"object": "deals", "columns": {"a": "b"}}'}, "mapping"),
    ],
)
def test_what_means_nothing_is_told_with_its_field(settings: dict[str, str], field: str):
    with pytest.raises(Invalid) as caught:
        Told.of(settings)

    assert caught.value.facts["field"] == field
    assert caught.value.facts["mend"]
