"""Read the lists down: they are the specification. «» marks each sentence that is expected."""

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unsolved.evidence.layout import is_heading, is_row
from unsolved.evidence.sentences import LONGEST, split, worth_reading

MARKED = [
    # abbreviations, initials, numbers
    "«Plant No. 3 closed in Jan. 2020.» «It never reopened.»",
    "«Mr. Hale and J. P. Ortega of Norden Inc. agreed.» «Dr. Lund did not.»",
    "«The U.S. unit lost 3.5 percent.» «Then it lost $1.2 million.»",
    "«We sold it to Norden Corp.» «The price was low.»",
    "«They had hired Hale & Co.» «Later they built it themselves.»",
    "«It cost approx. $3 bn. in two years.» «Lt. Gen. Brown signed, cf. Vol. 3, pp. 4-5.»",
    "«At 6 a.m. on Monday the system stopped, i.e. all of it.» «By 5 p.m. it was back.»",
    "«See Norden et al. 2009 and Sec. 12(b).» «Version 4.0 came late.»",
    "«Was the answer No. 7?» «No.» «We stopped!»",
    "«The plant (No. 3 of five) closed.» «We asked e.g. Norden.»\xa0«They did not answer.»",
    "«It was sold to Norden Inc.»\xa0«The price was low.»",
    # quotations, brackets, ellipses, footnotes
    "«“We tried twice.”» «“And?”» «He shrugged.»",
    "«It failed (badly).» «(Twice.)» «We left...» «We came back.»",
    "«It failed.[1] »«The board knew.»",
    "«the rollout failed.» «then we left.»",
    # wrapped lines are one sentence; a blank line always ends one
    "«We moved the plant to the new\nsystem of Norden Inc. and had to\ngo.» «Nobody\nknew.»",
    "«It was the first of the\nSystems of the\nNorden group that failed,\nAnd not the last.»",
    "«The old system was kept running while the\nnew one was tested»\n\n«Nobody was told.»",
    "«It ran on two\r\nsystems.»\r\n\r\n«Both failed.»",
    "«A page that ends»\f«Another begins.»",
    # headings
    "# «What went wrong»\n«The supplier left.»",
    "«Results of Operations»\n«Our margins fell for the third year because the line stopped.»",
    "«ITEM 7. RISKS»\n«We may not be able to finish the migration that we began last year.»",
    "«Background»\n«The agency began its third attempt in 2019.» «It ended it in 2021.»",
    # list items
    "«The causes:»\n- «the data were wrong»\n- «nobody trained those who\n  use it»\n- «time»",
    "• «We replaced the tool.»\n• «It failed again.»",
    "•\n«We replaced the tool.»\n•\n«It failed again.»",
    "(a) «The first programme was stopped.»\n(b) «The second is late.»",
    "«The risks are:» • «the first one;» • «the second.»",
    "☐\t«Written communications»\no\t«Other communications»",
    "1. «Hire a new supplier.»\n2. «Move the data.»",
    "«The firm has grown by a quarter since then\n- and it shows in every part of it.»",
    "«A. Hale left the company.» «J. Ortega stayed.»",
    # tables
    "«Sales rose.»\n«Net sales    1,200    1,100    9%»\n«Loss     (20)      (30)»\n«We left.»",
    "| «System | State» |\n|---|---|\n| «Payroll | late» |\n\n«Nothing else is late.»",
    "«Cash and its like $ 1,328»\n«Investments 2,110»\n«Goodwill (12)»\n«Everything else»",
    "«Payroll\t12\t14»\n«Stock\t9\t8»",
    "«Payroll»\t«We have tried to replace this system twice since 2015.» «Both failed.»",
    "«Overview ............. 12»\n«Risks ............. 15»",
    "«In 2019, 2020 and 2021 we had 3, 5 and 9\noutages.»",
]


@pytest.mark.parametrize("marked", MARKED)
def test_sentences_end_where_a_reader_would_end_them(marked: str):
    text = re.sub("[«»]", "", marked)

    found = [text[span.start : span.end] for span in split(text)]

    assert found == [sentence.strip() for sentence in re.findall("«(.*?)»", marked, re.DOTALL)]


WRITTEN = st.lists(
    st.sampled_from(
        [
            *(
                "We tried. ",
                "it failed",
                "Inc.",
                "U.S. ",
                "No. 3 ",
                "Mr. ",
                "J. ",
                "?!",
                "...",
                "(a) ",
            ),
            *(
                "\n",
                "\n\n",
                "\r\n",
                "\f",
                "\t",
                " ",
                "      ",
                "|",
                "- ",
                "• ",
                "# ",
                "1. ",
                "---",
            ),
            *(
                "\u2028",
                "\x85",
                "1,234 ",
                "“",
                "”",
                ")",
                "[1] ",
                "Results of Operations",
                "é\u0301",
            ),
        ]
    ),
    max_size=60,
).map("".join)


@given(WRITTEN | st.text(max_size=200))
def test_sentences_are_trimmed_in_order_and_apart(text: str):
    spans = split(text)

    assert all(a.end <= b.start for a, b in pairwise(spans))
    assert all(text[s.start : s.end] == text[s.start : s.end].strip() != "" for s in spans)


@given(WRITTEN | st.text(max_size=200))
def test_no_word_is_lost(text: str):
    spans = split(text)

    gaps = zip(
        [0, *(s.end for s in spans)], [*(s.start for s in spans), len(text)], strict=True
    )
    for start, end in gaps:
        for word in re.findall(r"[^\W_]+", text[start:end]):
            assert re.fullmatch(r"\d{1,3}|[A-Za-z]|[ivxIVX]{1,5}", word), word


@given(WRITTEN)
def test_no_sentence_crosses_a_blank_line(text: str):
    for span in split(text):
        assert not re.search(r"\n[ \t]*\n", text[span.start : span.end])


@given(
    st.sampled_from(["word ", "a!?", "Mr. ", "1,", "no stop; but ", "(", "Inc. "]),
    st.integers(1, 2000),
)
def test_no_sentence_is_longer_than_the_bound(piece: str, times: int):
    assert all(span.end - span.start <= LONGEST for span in split(piece * times))


def test_a_long_sentence_is_cut_at_a_pause():
    text = "we tried one thing and then another; " * 60

    assert {text[span.end - 1] for span in split(text)} == {";"}


def test_a_text_longer_than_the_window_is_cut_as_if_it_were_short():
    sentence = "Plant No. 3 of Norden Inc. was moved to the new system. "

    assert len(split(sentence * 2000)) == 2000


@pytest.mark.parametrize(
    "text",
    [
        "We tried to replace the system twice.",
        "The agency has not met its own deadline since 2014",
        "• Costs rose by 40% in a year.",
        "IT costs at Norden Inc. keep growing.",
        "'It didn't work,' she said.",
        "Orders arrive late again.",
    ],
)
def test_running_text_is_worth_reading(text: str):
    assert worth_reading(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "12",
        "- 12 -",
        "Page 3 of 10",
        "Net sales      1,200    1,100    9%",
        "Payroll\t12\t14",
        "MANAGEMENT'S DISCUSSION AND ANALYSIS OF RESULTS",
        "Results of Operations and Financial Condition",
        "[Home](https://a.example) [About](https://b.example) and https://c.example is here",
        "Yes, we did.",
        "==== ==== ==== ====",
    ],
)
def test_what_is_no_running_text_is_not(text: str):
    assert not worth_reading(text)


def test_a_heading_is_short_and_without_a_stop():
    assert is_heading("Results of Operations")
    assert not is_heading("Results of Operations.")
    assert not is_heading("the results of operations")
    assert not is_heading("We were late with everything")


def test_a_row_has_cells_or_columns():
    assert is_row("Payroll | late")
    assert is_row("1,200 1,100 900")
    assert not is_row("In 2019, 2020 and 2021 we had 3")
