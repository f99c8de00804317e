from math import fsum

import pytest
from fastapi.testclient import TestClient

from tests.make_world import World


def test_an_explanation_has_a_worth_a_word_and_a_match_that_adds_up(
    reading: TestClient, world: World
):
    told = reading.get(f"/api/v1/evidence/{world.said}/explanation").json()

    worth = {part["text"]: part["worth"]["problem"] for part in told["parts"]}
    assert max(worth, key=lambda word: worth[word]) == "late,"
    late = next(one for one in told["matches"] if one["problem"] == "late_orders")
    assert fsum(late["parts"].values()) == pytest.approx(late["log_odds"])
    assert late["terms"] == ["orders"]


def test_where_nobody_reads_nothing_can_be_explained(client: TestClient, world: World):
    assert client.get(f"/api/v1/evidence/{world.said}/explanation").status_code == 409


def test_no_evidence_no_explanation(reading: TestClient):
    assert reading.get("/api/v1/evidence/999/explanation").status_code == 404
