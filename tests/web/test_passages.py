from hypothesis import given
from hypothesis import strategies as st

from tests import make
from unsolved.evidence import Evidence, Facet, Quote, Span
from unsolved.web.passages import page_of, pages, pieces


@st.composite
def texts(draw: st.DrawFn) -> tuple[str, list[Evidence]]:
    text = draw(st.text(alphabet="ab <&\n", min_size=1, max_size=120))
    ends = st.integers(0, len(text))
    spans = draw(st.lists(st.tuples(ends, ends), max_size=6))
    known = [make.evidence(Facet.PROBLEM, quote="x") for start, end in spans if start != end]
    cut = [Quote.cut(text, Span(min(s), max(s))) for s in spans if s[0] != s[1]]
    return text, [_with(piece, quote) for piece, quote in zip(known, cut, strict=True)]


def _with(piece: Evidence, quote: Quote) -> Evidence:
    facts = {name: getattr(piece, name) for name in Evidence.__dataclass_fields__}
    return Evidence(**{**facts, "quote": quote})


@given(texts())
def test_pages_and_pieces_together_are_the_text(world: tuple[str, list[Evidence]]):
    text, known = world

    spans = pages(text, known, limit=20)

    assert "".join(p.text for span in spans for p in pieces(text, known, span)) == text


@given(texts())
def test_every_quote_begins_once_on_the_page_that_is_found_for_it(
    world: tuple[str, list[Evidence]],
):
    text, known = world
    spans = pages(text, known, limit=20)

    for piece in known:
        page = spans[page_of(spans, piece.quote.span.start)]
        begun = [p for p in pieces(text, known, page) if piece in p.begin]
        assert len(begun) == 1


@given(texts())
def test_the_pieces_under_a_quote_are_its_words(world: tuple[str, list[Evidence]]):
    text, known = world

    found = pieces(text, known, Span(0, len(text)))

    for piece in known:
        assert "".join(p.text for p in found if piece in p.under) == piece.quote.text
