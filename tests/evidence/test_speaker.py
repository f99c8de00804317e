import pytest

from unsolved.evidence import Speaker
from unsolved.evidence.speaker import speaker

# Who speaks depends on the kind of the document and, at times, on the sentence.
SENTENCES = [
    ("We missed our dates.", "filing", Speaker.ORGANISATION),
    ("Deliveries slipped twice.", "transcript", Speaker.ORGANISATION),
    ("You will clear a backlog.", "job advert", Speaker.ORGANISATION),
    ("Deliveries slipped twice.", "news", Speaker.THIRD_PARTY),
    ("Deliveries slipped twice.", "audit", Speaker.THIRD_PARTY),
    ("Deliveries slipped twice.", None, Speaker.THIRD_PARTY),
    ("The company said it had missed its dates.", "news", Speaker.ORGANISATION),
    ("According to the company, orders were late.", "news", Speaker.ORGANISATION),
    ("Chief executive Ann Lee admitted the delay.", "news", Speaker.ORGANISATION),
    ("“We got it wrong,” she added.", "news", Speaker.ORGANISATION),
    ("The department acknowledged the backlog.", "audit", Speaker.ORGANISATION),
    ("Analysts said the company had missed its dates.", "news", Speaker.THIRD_PARTY),
    ("The inquiry found that nobody was in charge.", "filing", Speaker.THIRD_PARTY),
    ("Auditors concluded that pay was wrong.", "transcript", Speaker.THIRD_PARTY),
]


@pytest.mark.parametrize(("text", "kind", "who"), SENTENCES)
def test_who_says_it(text: str, kind: str | None, who: Speaker):
    assert speaker(text, kind) is who
