"""Two numbers that a sentence compares, and whether they move the way it says."""

import re
from collections.abc import Iterator

from unsolved.conversations.drafts.cutting import Sentence

SMALL = 20  # below it a bare number may be a rank, of which the lower one is the better
_UNIT = r"(?:\s?(?:%|percent\b|per\scent\b|million\b|billion\b|bn\b))?"
_SUM = rf"[$\u20ac\u00a3]?(?:\d+(?:[.,]\d+)*){_UNIT}"
_WAS = re.compile(
    rf"(?<![\w.,])(?P<now>{_SUM})(?![\w])[^.!?;:\d]{{0,50}}?"
    rf"\b(?P<how>down|up)\s(?:again\s)?from\s(?:only\s|just\s)?(?P<then>{_SUM})(?!\w)"
)
_WENT = re.compile(
    r"\b(?P<how>fell|falls?|fallen|dropped|declined|decreased|shrank|sank|down"
    r"|rose|risen|rises?|grew|grown|climbed|increased|up)"
    rf"\sfrom\s(?P<then>{_SUM})(?!\w)[^.!?;:\d]{{0,30}}?\bto\s(?P<now>{_SUM})(?!\w)"
)
_FALLS = re.compile(r"fall|fell|drop|declin|decreas|shrank|sank|down")
_RANKS = re.compile(r"\b(?:rank\w*|place\w*|position|league|rating|out of)\b")
_THOUSANDS = re.compile(r"\d{1,3}(?:[.,]\d{3})+")


def contradictions(one: Sentence) -> Iterator[tuple[int, int, str]]:
    """Yield comparisons of two numbers that move the other way, with what is wrong."""
    if " from " not in one.low.replace("\n", " ") or _RANKS.search(one.low):
        return
    for pattern in (_WAS, _WENT):
        for found in pattern.finditer(one.low):
            now, then = amount(found["now"]), amount(found["then"])
            if now is None or then is None or (now[1] != then[1] and then[1]):
                continue
            is_bare = not now[1] and "," not in found["now"]
            if is_bare and (max(now[0], then[0]) < SMALL or _is_year(now[0], then[0])):
                continue
            falls = _FALLS.match(found["how"]) is not None
            if now[0] != then[0] and (now[0] > then[0]) is falls:
                way = "above" if falls else "below"
                yield *found.span(), f"{found['now']} is {way} {found['then']}"


def amount(told: str) -> tuple[float, str] | None:
    """Return a number and what it counts in; None where it can be read in two ways.

    >>> amount("41,000"), amount("4.1 percent"), amount("1,2")
    ((41000.0, ''), (4.1, 'percent'), None)
    """
    found = re.match(r"\D?([\d.,]+)\s?(.*)", told)
    if not found:
        return None
    digits, unit = found[1], "percent" if found[2] in {"%", "per cent"} else found[2]
    if _THOUSANDS.fullmatch(digits):
        return float(re.sub(r"\D", "", digits)), unit
    return None if "," in digits or digits.count(".") > 1 else (float(digits), unit)


def _is_year(*numbers: float) -> bool:
    return any(1900 <= number < 2100 for number in numbers)  # noqa: PLR2004
