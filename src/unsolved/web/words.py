"""How values are written on a page."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from math import floor
from urllib.parse import urlsplit

from unsolved.evidence import Amount, Evidence, Facet, amounts_in
from unsolved.prospects import Reason, Standing
from unsolved.web.passages import PAGE

# What a sentence is shown as when it says several things: the later in the story, the sooner.
ORDER = (
    Facet.FAILURE,
    Facet.RESOLVED,
    Facet.ATTEMPT,
    Facet.PROBLEM,
    Facet.CONSEQUENCE,
    Facet.CAUSE,
    Facet.URGENCY,
    Facet.GOAL,
)

# Whom to call first comes first.
STANDINGS = (
    Standing.TRIED_AND_FAILED,
    Standing.IN_DENIAL,
    Standing.FIXING,
    Standing.HAS_IT,
    Standing.UNAWARE,
    Standing.RESOLVED,
    Standing.UNSEEN,
)


def percent(probability: float) -> str:
    """Return a probability in per cent, never as a certainty.

    >>> percent(0.874), percent(0.9991), percent(0.002)
    ('87%', '>99%', '<1%')
    """
    if probability > 0.99:  # noqa: PLR2004 (the page's own limits)
        return ">99%"
    return "<1%" if probability < 0.01 else f"{probability:.0%}"  # noqa: PLR2004


def number(value: float) -> str:
    """Return a count with its thousands set apart.

    >>> number(1234567)
    '1,234,567'
    """
    return f"{value:,}"


def plural(value: int, one: str, many: str = "") -> str:
    """Return a count with its noun.

    >>> plural(1, "document"), plural(1200, "piece of evidence", "pieces of evidence")
    ('1 document', '1,200 pieces of evidence')
    """
    return f"{number(value)} {one if value == 1 else many or one + 's'}"


def day(value: date | None) -> str:
    """Return a day as people say it.

    >>> day(date(2019, 5, 3)), day(None)
    ('3 May 2019', 'undated')
    """
    return f"{value.day} {value:%b %Y}" if value else "undated"


def moment(value: datetime) -> str:
    """Return a moment to the minute.

    >>> from datetime import UTC
    >>> moment(datetime(2019, 5, 3, 7, 4, tzinfo=UTC))
    '3 May 2019, 07:04 UTC'
    """
    return f"{day(value)}, {value:%H:%M} {value.tzname()}"


def slug(value: str) -> str:
    """Return a word that can be a class or an id.

    >>> slug("tried and failed")
    'tried-and-failed'
    """
    return value.replace(" ", "-")


def sized(size: int) -> str:
    """Return a number of characters as people say it.

    >>> sized(900), sized(45_200), sized(3_210_000)
    ('900 characters', '45 thousand characters', '3.2 million characters')
    """
    if size < 1_000:  # noqa: PLR2004
        return f"{size} characters"
    if size < 1_000_000:  # noqa: PLR2004
        return f"{size / 1_000:.0f} thousand characters"
    return f"{size / 1_000_000:.1f} million characters"


def place(evidence: Evidence) -> str:
    """Return the address of a sentence in its document."""
    # The first page of a document is never shorter than half a page's limit.
    later = evidence.quote.span.start >= PAGE // 2
    at = f"?at={evidence.id}" if later else ""
    return f"/documents/{evidence.document_id}{at}#e{evidence.id}"


def ordered(labels: Iterable[Facet]) -> list[Facet]:
    """Return facets in the order in which they matter on a page."""
    return sorted(labels, key=ORDER.index)


def amounts(evidence: Evidence) -> tuple[Amount, ...]:
    """Return the amounts in a sentence."""
    return amounts_in(evidence.quote.text)


def chief(evidence: Evidence) -> Facet:
    """Return the facet by which a piece of evidence is shown."""
    return min(evidence.labels, key=ORDER.index, default=Facet.PROBLEM)


def foremost(evidence: Evidence) -> str:
    """Return the problem that a sentence is most likely about, whatever was said of it since.

    It is empty when the sentence is about none, as far as we know.
    """
    known = evidence.untaught or evidence.matches
    return max(known, key=lambda problem: known[problem], default="")


def web_address(origin: str) -> bool:
    """Whether an origin is an address that a browser may safely be sent to.

    >>> web_address("https://example.org/a"), web_address("javascript:alert(1)")
    (True, False)
    """
    try:
        parts = urlsplit(origin.strip())
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.netloc)


def summed(reasons: Iterable[Reason], total: float) -> list[tuple[Reason, str]]:
    """Return each reason with its weight as shown, such that they add up to the total shown.

    Each weight is rounded up or down by the method of largest remainders, so that nobody who
    adds up what stands on the page gets another number.

    >>> thirds = [Reason("a", 1 / 3), Reason("b", 1 / 3), Reason("c", 1 / 3)]
    >>> [shown for _, shown in summed(thirds, 1.0)]
    ['+0.4', '+0.3', '+0.3']
    """
    parts = list(reasons)
    return list(zip(parts, _in_tenths([part.weight for part in parts], total), strict=True))


def added(parts: Iterable[tuple[str, float]], total: float) -> list[tuple[str, str]]:
    """Return each name with its worth as shown, such that they add up as in `summed`.

    What is worth nothing is left out.
    """
    named = [(name, worth) for name, worth in parts if worth]
    shown = _in_tenths([worth for _, worth in named], total)
    return [(name, text) for (name, _), text in zip(named, shown, strict=True)]


def in_steps(weights: Sequence[float], total: float, steps: int) -> list[int]:
    """Return weights in whole steps, so many of which are one, that add up to the total's.

    >>> in_steps([0.125, 0.125, 0.25], 0.5, 100)
    [13, 12, 25]
    """
    whole = [floor(weight * steps) for weight in weights]
    left = round(total * steps) - sum(whole)
    by_remainder = sorted(range(len(weights)), key=lambda at: whole[at] - weights[at] * steps)
    for at in by_remainder[: max(left, 0)]:
        whole[at] += 1
    return whole


def _in_tenths(weights: Sequence[float], total: float) -> list[str]:
    return [signed(ten / 10) for ten in in_steps(weights, total, 10)]


def signed(value: float) -> str:
    """Return a weight with its sign, to a tenth.

    >>> signed(1.25), signed(-0.5), signed(0.01)
    ('+1.2', '\u22120.5', '0.0')
    """
    tenth = round(value, 1)
    if tenth == 0:
        return "0.0"
    return f"+{tenth:.1f}" if tenth > 0 else f"\N{MINUS SIGN}{-tenth:.1f}"


def points(value: float) -> str:
    """Return a score to a tenth.

    >>> points(71.349)
    '71.3'
    """
    return f"{round(value * 10) / 10:.1f}".replace("-", "\N{MINUS SIGN}")


def interval(minutes: int) -> str:
    """Return how long that is.

    >>> interval(15), interval(60), interval(2880)
    ('15 minutes', 'hour', '2 days')
    """
    for size, word in ((24 * 60, "day"), (60, "hour")):
        if minutes % size == 0:
            return word if minutes == size else f"{minutes // size} {word}s"
    return "minute" if minutes == 1 else f"{minutes} minutes"


def money(value: float, currency: str = "EUR") -> str:
    """Return an amount in full, without cents.

    >>> money(1234567.8, "EUR"), money(-40, "USD")
    ('1,234,568 EUR', '-40 USD')
    """
    return f"{value:,.0f} {currency}"
