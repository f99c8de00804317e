"""In which sense a sentence is said, and the words that decided."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import make
from unsolved.evidence import Assertion, Facet, Speaker, Tense, sense_of

# «» marks the words that decided; none where a sentence speaks of now by default.
TENSES = [
    ("Shelves are empty.", Tense.NOW),
    ("«In 2000» the tool ordered too much.", Tense.PAST),
    ("The tool «had ordered» too much.", Tense.PAST),
    ("Since 2000 the tool has ordered too much.", Tense.NOW),
    ("Shelves are «no longer empty».", Tense.OVER),
    ("The «shortage is over».", Tense.OVER),
    ("The backlog «has been cleared».", Tense.OVER),
    ("The company «no longer has a backlog».", Tense.OVER),
    ("It is no longer able to deliver.", Tense.NOW),
    ("The «worst is behind» it.", Tense.OVER),
    ("Deliveries are «back to normal».", Tense.OVER),
]


@pytest.mark.parametrize(("marked", "tense"), TENSES)
def test_it_speaks_of_now_of_the_past_or_of_an_end(marked: str, tense: Tense):
    text = marked.replace("«", "").replace("»", "")

    sense = sense_of(make.evidence(Facet.PROBLEM, quote=text, on=date(2004, 6, 15)))

    assert sense.tense is tense
    assert bool(sense.tense_words) is ("«" in marked)
    for words in sense.tense_words:
        assert words.text in marked[marked.index("«") : marked.index("»")]


# «» marks how far the negation reaches; whether what it denies is trouble.
NEGATIONS = [
    ("There are «no shortages».", True),
    ("We did «not have any delays» in May.", True),
    ("It was finished «without drama».", True),
    ("We have «not seen significant disruptions».", True),
    ("There are «no spare parts».", False),
    ("It did «not work».", False),
    ("It ran «without a plan».", False),
    ("There are «no shortages» but parts are late.", True),
]


@pytest.mark.parametrize(("marked", "denies"), NEGATIONS)
def test_a_negation_reaches_so_far_and_denies_trouble_or_is_trouble(marked: str, denies: bool):
    text = marked.replace("«", "").replace("»", "")

    [negation] = sense_of(make.evidence(Facet.PROBLEM, quote=text)).negations

    assert negation.reach.text.startswith(marked[marked.index("«") + 1 : marked.index("»")])
    assert negation.denies is denies


def test_the_words_that_make_it_a_mere_possibility_are_given():
    might = make.evidence(
        Facet.PROBLEM, quote="We could run out of parts.", assertion=Assertion.HYPOTHETICAL
    )

    assert [words.text for words in sense_of(might).assertion_words] == ["could"]


def test_the_words_that_hand_the_word_over_are_given():
    told = make.evidence(
        Facet.PROBLEM, quote="The inquiry found gaps.", speaker=Speaker.THIRD_PARTY
    )

    assert [words.text for words in sense_of(told).speaker_words] == ["The inquiry found"]


def test_what_only_the_kind_of_document_says_has_no_words():
    own = make.evidence(Facet.PROBLEM, quote="Parts are late.")

    assert sense_of(own).speaker_words == sense_of(own).assertion_words == ()


@given(st.text(min_size=1, max_size=80), st.sampled_from(Assertion), st.sampled_from(Speaker))
def test_every_word_that_decided_stands_in_the_sentence(text, assertion, speaker):
    sense = sense_of(make.evidence(quote=text, assertion=assertion, speaker=speaker))

    words = [*sense.tense_words, *sense.assertion_words, *sense.speaker_words]
    words += [quote for n in sense.negations for quote in (n.words, n.reach)]
    for quote in words:
        assert text[quote.span.start : quote.span.end] == quote.text
