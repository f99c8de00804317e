"""What is simple and gets there a little: rankings to compare ours with."""

import re
from collections.abc import Mapping
from collections.abc import Set as AbstractSet

from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.metrics import average_precision_score

from unsolved.evidence.match import fragments, term_pattern
from unsolved.problems import Library, Problem

Ranking = Mapping[str, float]

FAILURE = re.compile(
    r"\b(?:fail\w*|abandon\w*|cancel\w*|scrapp?ed|delay\w*|overr[au]n\w*|over budget|behind "
    r"schedule|late|problems?|trouble\w*|disrupt\w*|outages?|defects?|backlogs?|shortages?|"
    r"missed|unable|still|again|despite|not work\w*|did not|could not|wr(?:itten|ote) off)\b",
    re.IGNORECASE,
)


def by_keywords(texts: Mapping[str, str], problem: Problem) -> Ranking:
    """Return, for each organisation, mentions of the problem times words of failure."""
    terms = term_pattern(problem.terms)
    return {
        name: float(len(terms.findall(text)) * len(FAILURE.findall(text)))
        for name, text in texts.items()
    }


def by_tfidf(texts: Mapping[str, str], library: Library) -> Mapping[str, Ranking]:
    """Return, by problem, how near each organisation's documents are to its description."""
    names = list(texts)
    described = ["\n".join([*fragments(p), *p.terms]) for p in library.problems]
    vectors = TfidfVectorizer(stop_words="english", sublinear_tf=True)
    rows = vectors.fit_transform([*(texts[name] for name in names), *described])
    near = (rows[: len(names)] @ rows[len(names) :].T).toarray()
    return {
        problem.id: dict(zip(names, near[:, at].tolist(), strict=True))
        for at, problem in enumerate(library.problems)
    }


def average_precision(ranking: Ranking, wanted: AbstractSet[str]) -> float | None:
    """Return the average precision of a ranking, or None when nobody is wanted."""
    if not wanted & set(ranking):
        return None
    names = list(ranking)
    true = [name in wanted for name in names]
    return float(average_precision_score(true, [ranking[name] for name in names]))


def mean(values: list[float | None]) -> float | None:
    """Return the mean of what is there."""
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else None
