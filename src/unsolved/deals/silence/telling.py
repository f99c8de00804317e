"""A silence in words, such as a seller would say them."""

from unsolved.deals.model import Channel, Silence

FEW = 3
"""Answers under which what is said of a person is mostly what is known of others."""

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_TENS = {
    20: "twenty", 30: "thirty", 40: "forty", 50: "fifty", 60: "sixty", 70: "seventy",
    80: "eighty", 90: "ninety", 100: "a hundred", 200: "two hundred", 500: "five hundred",
    1000: "a thousand",
}  # fmt: skip
_SHARES = ((9, 10), (4, 5), (3, 4), (2, 3), (1, 2), (2, 5), (1, 3))
_NEVER_MIND = 0.95
_HOUR, _DAY = 1 / 24, 1.0


def said(silence: Silence, name: str) -> str:
    """Return a silence in a sentence: what is usual, how long it lasts, how unusual that is.

    Days are working days. With few answers it says so, and what it goes by instead.
    """
    usual = days_in_words(silence.usual_days)
    what = of_what(silence.channel)
    if silence.waiting_since is None:
        tail = f"; {silence.note}" if silence.note else ""
        return f"usually {what} in {usual}{tail}" if silence.replies else silence.note
    length = silent_in_words(silence.days)
    odds = one_in(silence.probability)
    if silence.replies == 0:
        return f"{name} has not {_done(silence)} yet, {length}: with others, {odds}"
    if silence.replies < FEW:
        times = ("once", "twice")[silence.replies - 1]
        return f"{name} {_done(silence)} {times} so far; like others, {length}: {odds}"
    return f"usually {what} in {usual}, {length}: {odds}"


def one_in(chance: float) -> str:
    """Return a probability as people say it.

    >>> one_in(0.025), one_in(0.09), one_in(0.66), one_in(0.99)
    ('one in forty', 'one in eleven', 'two in three', 'no wonder')
    """
    if chance >= _NEVER_MIND:
        return "no wonder"
    if chance > 0.28:  # noqa: PLR2004 - one in three is the nearest from here on
        top, bottom = min(_SHARES, key=lambda share: abs(share[0] / share[1] - chance))
        return f"{_NUMBERS[top]} in {_NUMBERS[bottom]}"
    if chance < 1 / 1000:
        return "fewer than one in a thousand"
    of = round(1 / chance)
    if of < len(_NUMBERS):
        return f"one in {_NUMBERS[of]}"
    if of <= 15:  # noqa: PLR2004 - from here on in tens
        return f"one in {('eleven', 'twelve', 'thirteen', 'fourteen', 'fifteen')[of - 11]}"
    return f"one in {_TENS[min(_TENS, key=lambda number: abs(number - of))]}"


def days_in_words(days: float) -> str:
    """Return working days with the digits that matter, or hours.

    >>> days_in_words(1.24), days_in_words(9.2), days_in_words(0.2), days_in_words(1.0)
    ('1.2 days', '9 days', '5 hours', '1 day')
    """
    if days < _DAY - _HOUR / 2:
        hours = max(1, round(days * 24))
        return "1 hour" if hours == 1 else f"{hours} hours"
    number = f"{days:.1f}".removesuffix(".0") if days < 5 else f"{days:,.0f}"  # noqa: PLR2004
    return f"{number} day" if number == "1" else f"{number} days"


def silent_in_words(days: float) -> str:
    """Return how long somebody has been silent, in whole working days where there are some."""
    return f"silent for {days:.0f}" if days >= 2 else f"silent for {days_in_words(days)}"  # noqa: PLR2004


def times_in_words(done: int, of: int) -> str:
    """Return how often somebody answered.

    >>> times_in_words(3, 4), times_in_words(1, 1), times_in_words(0, 0)
    ('answered 3 of 4 times', 'answered the one time', 'was not asked')
    """
    if of == 0:
        return "was not asked"
    if of == 1:
        return "answered the one time" if done else "did not answer the one time"
    return f"answered {done} of {of} times"


def of_what(channel: Channel) -> str:
    """Return what somebody does who shows a sign of life in a channel."""
    return {
        Channel.MAIL: "answers",
        Channel.CALL: "speaks with us again",
        Channel.MEETING: "meets us again",
    }[channel]


def _done(silence: Silence) -> str:
    return {
        Channel.MAIL: "answered",
        Channel.CALL: "spoken with us again",
        Channel.MEETING: "met us again",
    }[silence.channel]
