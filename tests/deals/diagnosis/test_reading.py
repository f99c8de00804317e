"""What a sentence without a cue is about."""

import tomllib
from pathlib import Path

from unsolved.deals.diagnosis import Cold
from unsolved.deals.diagnosis.reading import about, taught
from unsolved.evidence.embedding import embedding

OBLIQUE = tomllib.loads(Path(__file__).with_name("oblique.toml").read_text("utf-8"))
RIGHT = 0.6


def test_most_sentences_kept_aside_are_read_rightly():
    right = total = 0
    for name, texts in OBLIQUE.items():
        for chances in about(texts):
            right += max(chances, key=lambda cold: chances[cold]) is Cold[name.upper()]
            total += 1

    assert right >= RIGHT * total


def test_it_reads_with_the_vectors_that_it_was_taught_with():
    assert taught().vectors == embedding().fingerprint, "run training/said.py --write"


def test_of_two_words_nothing_is_said():
    assert about(["Thanks, Ann"]) == (dict.fromkeys(Cold, 0.0),)


def test_a_sentence_is_read_the_same_alone_and_among_others():
    texts = [text for texts in OBLIQUE.values() for text in texts]

    alone = [about([text])[0] for text in texts[:5]]

    assert list(about(texts)[:5]) == alone
