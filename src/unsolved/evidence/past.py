"""Does a sentence look back on something that was so before the time of writing?

A report of 2006 that says "in 2000 the tool ordered too many shoes" tells history; it does not
say that the tool orders too many shoes now. The cues are explicit years before the year of
writing, phrases such as "five years earlier", and the pluperfect (after the *historical*
modifier of ConText, Harkema et al. 2009, doi:10.1016/j.jbi.2009.05.002).
"""

import re
from datetime import date

from unsolved.evidence.model import Span

_YEAR = re.compile(r"\b(19[5-9]\d|20\d\d)\b")
_NOW = re.compile(
    r"\b(?:now|today|still|currently|so far|this (?:year|month|week|quarter)|is|are|has|have|"
    r"remains?|continues?|will|we're|it's)\b",
    re.IGNORECASE,
)
_SINCE = re.compile(r"\b(?:since|from|between)\s+(?:\w+\s+)?(?:19|20)\d\d\b", re.IGNORECASE)
_THEN = re.compile(
    r"\b(?:(?:years?|months|decades?) (?:ago|earlier|before)|at (?:the|that) time|back then|"
    r"in those days|formerly|previously|once (?:was|were|had)|used to|in the past|"
    r"last (?:year|autumn|fall|spring|summer|winter)|a year (?:ago|earlier)|the year before|"
    r"had (?:\w+ly |already |just |never |not |once )?"
    r"(?:been|\w+ed|\w+en|begun|gone|made|put|taken|lost|left|come|become|led|found|run)|"
    r"(?:years?|months) (?:later|after)|recall(?:s|ed|ing)?|"
    r"the (?:last|previous|earlier|first|former) "
    r"(?:try|attempt|programme|program|project|effort))\b",
    re.IGNORECASE,
)


def looks_back(text: str, said_on: date | None) -> bool:
    """Return whether a sentence tells of an earlier time than that of its document.

    >>> looks_back("In 2000 the planning engine ordered too much.", date(2004, 6, 15))
    True
    >>> looks_back("The planning engine orders too much.", date(2004, 6, 15))
    False
    >>> looks_back("Since 2000 the planning engine has ordered too much.", date(2004, 6, 15))
    False
    """
    return bool(past_words(text, said_on))


def past_words(text: str, said_on: date | None) -> list[Span]:
    """Return the places of the words by which a sentence looks back, none if it does not."""
    then = [Span(*found.span()) for found in _THEN.finditer(text)]
    if then:
        return then
    if said_on is None or _SINCE.search(text):
        return []
    years = list(_YEAR.finditer(text))
    if not years or max(int(year[1]) for year in years) >= said_on.year:
        return []
    return [Span(*year.span()) for year in years]


def speaks_of_now(text: str) -> bool:
    """Return whether a sentence speaks of the time of writing, and so ends a look back.

    >>> speaks_of_now("The depots are not fully in operation.")
    True
    >>> speaks_of_now("It took more than two years to make up the money.")
    False
    """
    return bool(_NOW.search(text))
