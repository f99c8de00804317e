"""What of a reply counts, and what asking costs, without a wire."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.evidence.endpoint import terms
from unsolved.errors import Invalid
from unsolved.evidence import Assertion, Facet, FixKind, Label, Sentence
from unsolved.evidence.language_model import Kept
from unsolved.evidence.language_model.answers import Judged, Refusal, judged
from unsolved.evidence.language_model.doubt import Answer, doubtful, settled
from unsolved.evidence.language_model.prompt import Question, names, request
from unsolved.evidence.language_model.terms import Tokens

TEXT = 'Orders were late, and "nobody" knew why.'
ASKED = names([Question(Sentence(TEXT), frozenset({Facet.PROBLEM, Facet.CAUSE}))] * 2)

words = st.sampled_from([*Facet, *Assertion, *FixKind, "s1", "s2", "s3", TEXT, "late", "", "."])
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | words | st.text(max_size=9),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["answers", "id", "facets", "facet", "quote", "assertion", "fix"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)
nearly = st.fixed_dictionaries(
    {
        "id": words | anything,
        "facets": st.lists(
            st.fixed_dictionaries({"facet": words | anything, "quote": words | anything}),
            max_size=3,
        )
        | anything,
        "assertion": words | anything,
        "fix": words | anything,
    }
)
replies = (
    st.text()
    | anything.map(json.dumps)
    | st.lists(nearly | anything, max_size=4).map(lambda items: json.dumps({"answers": items}))
)
probabilities = st.floats(0, 1).map(lambda p: round(p, 4))
locals_ = st.builds(
    lambda facets, said, assertion, fix: Label(
        facets=facets,
        labels=said,
        assertion=assertion if said else None,
        fix=fix if said & {Facet.ATTEMPT, Facet.FAILURE} else None,
    ),
    st.fixed_dictionaries(dict.fromkeys(Facet, probabilities)),
    st.frozensets(st.sampled_from(Facet)),
    st.sampled_from(Assertion),
    st.sampled_from(FixKind),
)
answers = st.builds(
    Answer,
    st.frozensets(st.sampled_from(Facet)),
    st.none() | st.sampled_from(Assertion),
    st.none() | st.sampled_from(FixKind),
)


@given(replies)
def test_whatever_comes_back_is_an_answer_of_ours_or_a_refusal(reply: str):
    said = judged(reply, ASKED)

    if isinstance(said, Judged):
        assert set(said.answers) == set(ASKED)
        for answer in said.answers.values():
            assert isinstance(answer, Answer | Refusal)
            if isinstance(answer, Answer):
                assert answer.said <= {Facet.PROBLEM, Facet.CAUSE}


@given(st.text(min_size=1))
def test_a_quote_counts_only_when_it_stands_in_the_sentence(quote: str):
    item = {
        "id": "s1",
        "facets": [{"facet": "problem", "quote": quote}],
        "assertion": "actual",
        "fix": None,
    }

    said = judged(json.dumps({"answers": [item]}), ASKED)

    assert isinstance(said, Judged)
    counts = quote in TEXT and any(letter.isalnum() for letter in quote)
    assert isinstance(said.answers["s1"], Answer) == counts


@given(locals_, st.floats(0, 0.5), answers)
def test_a_settled_label_is_whole_and_moves_only_what_was_in_doubt(
    local: Label, band: float, answer: Answer
):
    doubt = doubtful(local.facets, band)

    label = settled(local, doubt, answer)

    assert all(0 <= p <= 1 for p in label.facets.values())
    assert (label.assertion is None) == (not label.labels)
    assert (label.fix is None) == (not label.labels & {Facet.ATTEMPT, Facet.FAILURE})
    for facet in set(Facet) - doubt:
        assert label.facets[facet] == local.facets[facet]
        assert (facet in label.labels) == (facet in local.labels)


@given(st.text(), st.lists(st.text(), max_size=2))
def test_a_sentence_arrives_whole_and_as_data(text: str, before: list[str]):
    asked = names([Question(Sentence(text, tuple(before)), frozenset({Facet.GOAL}))])

    body = json.loads(request("small", asked, {}))

    told = json.loads(body["messages"][1]["content"])
    assert [(one["text"], one["before"]) for one in told["sentences"]] == [(text, before)]


@given(st.dictionaries(st.text("abcdef0123456789", min_size=32, max_size=32), answers))
def test_answers_kept_are_answers_found(
    tmp_path_factory: pytest.TempPathFactory, found: dict[str, Answer]
):
    path = tmp_path_factory.mktemp("kept") / "answers.jsonl"

    Kept(path).keep(found)

    again = Kept(path)
    assert {digest: again.get(digest) for digest in found} == found


def test_a_line_that_somebody_spoilt_is_passed_over(tmp_path: Path):
    path = tmp_path / "answers.jsonl"
    Kept(path).keep({"a": Refusal.QUOTE})
    with path.open("a", encoding="utf-8") as file:
        file.write('[]\n{"question": "b", "said": ["lie"]}\n\n{"question": "a"')

    kept = Kept(path)

    assert (kept.get("a"), kept.get("b")) == (Refusal.QUOTE, None)


def test_a_cost_is_tokens_times_their_prices():
    on = terms("http://localhost/v1", price_in=2.5, price_out=10.0)

    assert on.cost(Tokens(1_000_000, 500_000)) == pytest.approx(7.5)


FAR = {"url": "https://models.example/v1"}
WRONG = [
    ({"url": ""}, "llm_url"),
    ({"url": "localhost:11434"}, "llm_url"),
    ({"url": "file:///etc/passwd"}, "llm_url"),
    ({"url": "http://[bad/v1"}, "llm_url"),
    ({"url": "http://me:secret@localhost/v1"}, "llm_url"),
    ({"url": "http://localhost/v1?key=secret"}, "llm_url"),
    ({"url": "http://localhost/\r\nx: y"}, "llm_url"),
    ({"url": "http://localhost:99999/v1"}, "llm_url"),
    ({"model": " "}, "llm_model"),
    ({"key": "sk-secret\r\nx: y"}, "llm_key"),
    ({**FAR, "price_in": None}, "llm_price_in"),
    ({"url": "http://models.example/v1", "key": "sk-secret"}, "llm_url"),
]


@pytest.mark.parametrize(("but", "setting"), WRONG)
def test_terms_that_cannot_work_are_refused_by_the_setting_and_show_no_secret(
    but: dict[str, object], setting: str
):
    with pytest.raises(Invalid, match=setting) as error:
        terms(**{"url": "http://localhost/v1", **but})  # type: ignore[arg-type]

    assert "secret" not in str(error.value)


@pytest.mark.parametrize(
    ("url", "is_here"),
    [
        ("http://localhost:11434/v1", True),
        ("http://127.0.0.1:8080/v1/", True),
        ("http://[::1]:8080/v1/chat/completions", True),
        ("http://192.168.1.7/v1", False),
        ("https://localhost.example/v1", False),
    ],
)
def test_terms_say_whether_the_endpoint_is_on_this_machine(url: str, is_here: bool):
    on = terms(url)

    assert on.is_here == is_here
    assert on.address.endswith("/v1/chat/completions")
