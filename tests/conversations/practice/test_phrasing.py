"""A language model words what was decided, over a real line, and cannot add or leave out."""

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest

from unsolved.conversations.practice import Spoken, begun, called, said
from unsolved.conversations.practice.phrasing import LanguageModelPhraser, checked
from unsolved.evidence.language_model import Terms

COLD = called("cold_store")
PARTS = (
    Spoken("Fair enough."),
    Spoken("Returns cost us 1.9 million euros last year, and Piotr knows it.", "money"),
)

REFUSED = [
    ("", "empty"),
    ("Fair enough. Returns cost us 2.9 million euros last year, and Piotr knows it.", "figure"),
    ("Returns cost us 1.9 million euros in twelve weeks, and Piotr knows it.", "figure"),
    ("Returns cost us 1.9 million euros last year, and Ewa knows it.", "name"),
    ("Returns cost us 1.9 million euros last year because lists are old; Piotr knows.", "word"),
    ("Returns did not cost us 1.9 million euros last year, and Piotr knows it.", "denies"),
    ("Returns cost us 1.9 million euros last year, and Piotr knows it. Why?", "asks"),
    ("Fair enough.", "leaves out"),
    ("Returns cost us 1.9 million euros last year, Piotr knows it. " * 9, "longer"),
]


@pytest.mark.parametrize(("text", "why"), REFUSED)
def test_a_wording_that_goes_beyond_or_leaves_out_is_refused(text: str, why: str):
    found = checked(text, PARTS, COLD)

    assert found
    assert why in found


@pytest.mark.parametrize(
    "text",
    [
        "Fair enough. Returns cost us 1.9 million euros last year, and Piotr knows it.",
        "Well, fair enough. Last year returns did cost us 1.9 million euros. Piotr knows it.",
    ],
)
def test_a_wording_that_says_the_same_passes(text: str):
    assert checked(text, PARTS, COLD) is None


def test_every_answer_of_ours_passes_its_own_check():
    talk = begun(COLD, 4)
    for line in ("I read in your annual report of March 2025 of returns.", "What goes wrong?"):
        talk = said(talk, line)
        assert checked(talk.turns[-1].answer, talk.state.spoken, COLD) is None


class _Model(BaseHTTPRequestHandler):
    answers: list[str]
    asked: list[dict[str, object]]

    def do_POST(self) -> None:
        length = int(self.headers["content-length"])
        self.asked.append(json.loads(self.rfile.read(length)))
        choice = {"message": {"content": self.answers.pop(0)}, "finish_reason": "stop"}
        body = json.dumps({"choices": [choice]}).encode()
        self.send_response(200)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def model() -> Iterator[tuple[LanguageModelPhraser, type[_Model]]]:
    kind = type("Model", (_Model,), {"answers": [], "asked": []})
    server = HTTPServer(("127.0.0.1", 0), kind)
    thread = Thread(target=server.serve_forever)
    thread.start()
    url = f"http://127.0.0.1:{server.server_port}/v1"
    yield LanguageModelPhraser(Terms(url=url, model="m", seconds=5)), kind
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_model_words_an_answer_and_its_inventions_are_not_said(model):
    phraser, asked = model
    line = "I read in your annual report of March 2025 that deliveries came back."
    ours = said(begun(COLD, 4), line)
    asked.answers += [
        f"Well, {ours.turns[0].answer}",
        "We lose 40 million and Ewa is to blame.",
    ]

    good = said(begun(COLD, 4), line, phraser=phraser)
    bad = said(begun(COLD, 4), line, phraser=phraser)

    assert good.turns[0].answer == f"Well, {ours.turns[0].answer}"
    assert good.state == ours.state
    assert bad == ours
    sent = json.dumps(asked.asked)
    untold = [fact.says[0] for fact in COLD.facts if fact.id not in ours.state.told]
    assert not any(text in sent for text in untold)


def test_without_an_answer_ours_stands():
    phraser = LanguageModelPhraser(Terms(url="http://127.0.0.1:9/v1", model="m", seconds=2))

    assert said(begun(COLD, 1), "Hello.", phraser=phraser) == said(begun(COLD, 1), "Hello.")
