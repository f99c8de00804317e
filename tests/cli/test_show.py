import json

from tests.cli.conftest import Run
from unsolved.prospects import Standing


def test_prospects_are_listed_for_every_problem(filled: Run):
    result = filled("prospects", "--all")

    assert result.exit_code == 0
    assert "(erp_replacement)" in result.output
    assert "Acme Foods" in result.output


def test_all_lists_every_organisation_with_the_reason_of_the_eliminated(filled: Run):
    result = filled("prospects", "--problem", "erp_replacement", "--json", "--all")

    told = {one["organisation"]: one for one in json.loads(result.output)}
    assert set(told) == {"Acme Foods", "Bolt"}
    assert told["Bolt"]["eliminated"].startswith("no sign found (1 documents,")
    assert told["Acme Foods"]["score"] > told["Bolt"]["score"]


def test_json_gives_each_quote_its_place(filled: Run, letters):
    result = filled("prospects", "--problem", "erp_replacement", "--json", "--all")

    [acme] = [one for one in json.loads(result.output) if one["organisation"] == "Acme Foods"]
    assert acme["evidence"]
    for piece in acme["evidence"]:
        assert piece["end"] - piece["start"] == len(piece["quote"])
        assert piece["document"] == "acme/2025.md"
        assert piece["date"] == "2025-03-01"
        assert piece["facets"]
    assert 0 < acme["probability"] <= 1
    assert acme["standing"] in {standing.value for standing in Standing}
    assert abs(sum(part["weight"] for part in acme["parts"]) - acme["score"]) < 0.01
    assert letters.is_dir()


def test_a_problem_that_is_not_known_is_told_with_those_that_are(filled: Run):
    result = filled("prospects", "--problem", "erp")

    assert result.exit_code == 1
    assert "erp_replacement" in result.output


def test_an_unknown_standing_is_refused(filled: Run):
    assert filled("prospects", "--standing", "angry").exit_code == 2


def test_where_nothing_was_added_it_says_what_to_do(run: Run):
    result = run("prospects", "--problem", "erp_replacement")

    assert result.exit_code == 0
    assert "unsolved add FOLDER" in result.output


def test_an_organisation_is_found_by_any_spelling(filled: Run):
    result = filled("organisation", "ACME FOODS INC.")

    assert result.exit_code == 0
    assert "Acme Foods" in result.output
    assert "erp_replacement" in result.output


def test_an_organisation_as_json_has_a_prospect_a_problem(filled: Run):
    told = json.loads(filled("organisation", "Acme Foods", "--json").output)

    assert (told["organisation"], told["industry"]) == ("Acme Foods", "Food")
    assert len(told["prospects"]) == 5


def test_a_mistyped_organisation_is_answered_with_one_like_it(filled: Run):
    result = filled("organisation", "Acme Foodz")

    assert result.exit_code == 1
    assert "Acme Foods" in result.output


def test_a_piece_of_evidence_is_shown_in_its_place(filled: Run):
    told = json.loads(filled("organisation", "Acme Foods", "--json").output)
    piece = next(p for one in told["prospects"] for p in one["evidence"])

    result = filled("evidence", "show", str(piece["id"]))

    assert result.exit_code == 0
    assert f"characters {piece['start']}-{piece['end']}" in result.output
    assert f"»{piece['quote']}«" in result.output


def test_evidence_that_is_not_there_is_told(run: Run):
    result = run("evidence", "show", "7")

    assert result.exit_code == 1
    assert "There is no such thing. (evidence=7)" in result.output


def test_help_names_every_command(run: Run):
    result = run("--help")

    for name in ("demo", "init", "add", "read", "prospects", "organisation", "problems",
                 "evidence", "export", "serve"):  # fmt: skip
        assert f"\n  {name} " in result.output


def test_a_command_that_does_not_exist_is_refused(run: Run):
    assert run("guess").exit_code == 2


def test_evidence_is_listed_by_how_it_is_meant_and_by_whom(filled: Run):
    everything = filled("evidence", "list", "--organisation", "Acme Foods", "--json")
    nothing = filled("evidence", "list", "--assertion", "hypothetical")

    told = [json.loads(line) for line in everything.output.splitlines()]
    assert {(one["assertion"], one["speaker"]) for one in told} == {("actual", "organisation")}
    assert {"tense", "tense_words", "negations", "amounts", "periods"} <= set(told[0])
    assert not nothing.output
    assert filled("evidence", "list", "--speaker", "organisation", "--limit", "1").output
    assert filled("evidence", "list", "--speaker", "third party").output == ""
    assert filled("evidence", "list", "--organisation", "Nobody").exit_code == 1
