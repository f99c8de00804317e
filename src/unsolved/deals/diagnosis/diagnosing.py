"""Puts the signs together: how likely is each of the five reasons, and do the signs tell?

A log-linear model: the score of a reason is its prior and what each sign weighs for it, added
up; probabilities are the exponentials of the scores over their sum (multinomial logit, McFadden
1974). The weights are stated judgement drawn a little towards written cases; they are already
tempered, so that what is added up is what is shown.
"""

from collections.abc import Callable, Iterable, Iterator
from math import exp, fsum

from unsolved.deals.diagnosis import course, fitting, money, people, words
from unsolved.deals.diagnosis.asking import questions
from unsolved.deals.diagnosis.catalogue import catalogue
from unsolved.deals.diagnosis.facts import Facts
from unsolved.deals.diagnosis.model import Cold, Diagnosis, Doubt, Likely, Sign
from unsolved.deals.model import Reason, Situation

LOOKS: tuple[Callable[[Facts], Iterator[Sign]], ...] = (
    people.of_power,
    people.of_change,
    people.of_stance,
    people.of_attempts,
    people.of_leanings,
    course.of_review,
    course.of_price_seen,
    course.of_progress,
    course.of_silence,
    money.of_fee,
    money.of_worth,
    money.of_way,
    fitting.of_fit,
    words.of_words,
    words.of_unheard,
    words.of_answers,
)


def diagnose(situation: Situation) -> Diagnosis:
    """Return how likely each of the five reasons is, with every sign, and what would tell.

    The order of facts does not matter. Nothing is said of the deal itself when no verdict is
    given: `Diagnosis.top` is then None, and ``doubts`` says why.
    """
    signs = signs_of(situation)
    return weighed(signs, is_cold=is_cold(situation))


def signs_of(situation: Situation) -> tuple[Sign, ...]:
    """Return every sign that is found, each once, those that say most first."""
    facts = Facts(situation)
    strongest: dict[str, Sign] = {}
    for look in LOOKS:
        for one in look(facts):
            known = strongest.get(one.id)
            strongest[one.id] = one if known is None else _joined(known, one)
    entries = catalogue().entries
    order = {
        id_: (-entries[id_].sharpness * one.strength, id_) for id_, one in strongest.items()
    }
    return tuple(sorted(strongest.values(), key=lambda one: order[one.id]))


def weighed(signs: Iterable[Sign], *, is_cold: bool | None = None) -> Diagnosis:
    """Return the diagnosis that signs make, whoever found them."""
    signs = tuple(signs)
    known = catalogue()
    scores = {cold: _reasons(cold, signs) for cold in Cold}
    chances = softmax({cold: fsum(r.weight for r in told) for cold, told in scores.items()})
    likely = tuple(
        Likely(cold=cold, probability=chances[cold], reasons=scores[cold])
        for cold in sorted(Cold, key=lambda one: (-chances[one], one.value))
    )
    found = {one.id for one in signs}
    return Diagnosis(
        likely=likely,
        signs=signs,
        doubts=tuple(_doubts(likely, signs, is_cold=is_cold)),
        questions=questions(chances, found),
        is_cold=is_cold,
        not_found=tuple(id_ for id_ in known.entries if id_ not in found),
    )


def softmax(scores: dict[Cold, float]) -> dict[Cold, float]:
    """Return probabilities that add up to one, from scores."""
    highest = max(scores.values())
    odds = {cold: exp(score - highest) for cold, score in scores.items()}
    total = fsum(odds.values())
    return {cold: value / total for cold, value in odds.items()}


def is_cold(situation: Situation) -> bool | None:
    """Return whether somebody's silence is unusual; None where no silence was counted."""
    if not situation.silences:
        return None
    return any(one.is_silent for one in situation.silences)


def _reasons(cold: Cold, signs: Iterable[Sign]) -> tuple[Reason, ...]:
    known = catalogue()
    told = [
        Reason(
            text=one.text,
            weight=known.entries[one.id].weights[cold] * one.strength,
            rule=one.id,
            ground=one.grounds[0] if one.grounds else None,
        )
        for one in signs
    ]
    prior = Reason("Before any sign", known.prior[cold], "prior")
    kept = (one for one in told if one.weight)
    return (prior, *sorted(kept, key=lambda one: (-abs(one.weight), one.rule)))


def _doubts(
    likely: tuple[Likely, ...], signs: tuple[Sign, ...], *, is_cold: bool | None
) -> Iterator[Doubt]:
    known = catalogue()
    sorts = {known.entries[one.id].sort for one in signs}
    first, second = likely[0], likely[1]
    if len(sorts) < known.sorts:
        yield Doubt.FEW
    if first.probability < known.least or first.probability - second.probability < known.apart:
        yield Doubt.CLOSE
    elif is_cold is False and first.probability < known.early:
        yield Doubt.EARLY


def _joined(known: Sign, other: Sign) -> Sign:
    """Return one sign for two of a kind: it weighs as the stronger, and tells of both."""
    first, second = sorted((known, other), key=lambda one: (-one.strength, one.text))
    return Sign(
        id=first.id,
        text=f"{first.text}; {second.text}",
        strength=first.strength,
        grounds=(*first.grounds, *second.grounds),
    )
