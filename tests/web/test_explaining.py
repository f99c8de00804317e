"""A page says what made a label: words tinted by what they are worth, with the numbers."""

from fastapi.testclient import TestClient

from tests.make_world import World
from tests.web.reading import page, tenths
from unsolved.evidence import Facet, Part, Role, Span
from unsolved.web.explaining import Run, runs


def test_the_word_that_made_the_label_is_tinted_and_its_worth_is_written(
    reading: TestClient, world: World
):
    found = page(reading, f"/evidence/{world.failed}/why")

    [word] = found.all(".word")
    assert word.text.startswith("failed")
    assert tenths(word.one("sub").text) > 20
    assert word["class"] == "word for-3"


def test_what_weighs_for_a_problem_adds_up_as_shown(reading: TestClient, world: World):
    table = page(reading, f"/evidence/{world.said}/why").one(".weighed")

    parts = [tenths(weight.text) for weight in table.all("tbody .weight")]

    assert sum(parts) == tenths(table.one("tfoot .weight").text)


def test_beside_a_sentence_it_comes_as_a_fold_when_asked_for(reading: TestClient, world: World):
    fold = page(reading, f"/organisations/{world.acme}").one(f"#q{world.said} .why-fold div")

    part = page(reading, fold["hx-get"], htmx=True)

    assert fold["hx-get"] == fold_link(fold) == f"/evidence/{world.said}/why"
    assert part.has(".worded")
    assert not part.has("h1")


def fold_link(fold) -> str:
    return str(fold.one("a")["href"])


def test_where_nobody_reads_nothing_is_promised(client: TestClient, world: World):
    assert not page(client, f"/organisations/{world.acme}").has(".why-fold")
    assert client.get(f"/evidence/{world.said}/why").status_code == 409


def test_no_evidence_no_explanation(reading: TestClient):
    assert reading.get("/evidence/999/why").status_code == 404


def test_a_sentence_in_runs_is_the_sentence_again():
    text = "  It failed,  twice. "
    worth = dict.fromkeys(Facet, 1.2)
    parts = [
        Part(Role.WORD, "failed,", Span(5, 12), worth),
        Part(Role.WORD, "twice.", Span(14, 20), {**worth, Facet.FAILURE: -0.4}),
        Part(Role.KIND, "news", None, worth),
    ]

    found = list(runs(text, parts, Facet.FAILURE))

    assert "".join(run.text for run in found) == text
    assert [run.tint for run in found if run.tint] == ["for-2", "against-1"]


def test_what_is_worth_little_is_not_tinted():
    assert Run("the", 0.2).tint == ""
