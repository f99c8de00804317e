"""What tells of a try, and whether two sentences tell of the same one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from unsolved.evidence import Facet, Tense, negations, resemblance, tense_of
from unsolved.prospects.fixes import Mention, lexicon, mention
from unsolved.prospects.links import Link, Rule
from unsolved.prospects.statements import Statement

TOLD = 0.3
"""A facet stated at least this strongly counts as told."""

CLEARLY = 0.4
"""A problem stated less strongly than this does not show that it persists."""

WINDOW = 400
"""What goes on from a sentence stands within so many characters after it."""

SAME_NAME, SAME_FIX, RETURN = 3650, 1100, 550
"""For how many days a name, a fix in other words, or "the system" still means the same."""

ALIKE = 0.5
"""Sentences that share this much of their words tell of the same (Jaccard)."""


@dataclass(frozen=True, slots=True)
class Telling:
    """A statement, and how it speaks of a fix."""

    said: Statement
    mention: Mention

    @property
    def place(self) -> tuple[date, int, int, int]:
        """Where it stands in the story; undated ones come first."""
        said = self.said
        return said.said_on or date.min, said.document, said.start, said.evidence

    def says(self, facet: Facet) -> bool:
        """Whether it says a facet, and means it."""
        return self.said.is_meant and self.said.says(facet) >= TOLD

    @property
    def complains(self) -> bool:
        """Whether it says that the problem is there at the time of writing."""
        said = self.said
        problem, resolved = said.says(Facet.PROBLEM), said.says(Facet.RESOLVED)
        if (
            not self.says(Facet.PROBLEM)
            or problem < CLEARLY
            or resolved > problem
            or said.is_history
        ):
            return False
        tense, _ = tense_of(said.quote, said.said_on)
        return tense is Tense.NOW and not any(n.denies for n in negations(said.quote))


def tellings(said: Iterable[Statement], own_names: Iterable[str]) -> list[Telling]:
    """Return statements with the fixes they speak of, in the order of the story."""
    found = list(said)
    names = sorted(lexicon((one.quote for one in found), own_names))
    told = [Telling(one, mention(one.quote, names)) for one in found]
    return sorted(told, key=lambda one: one.place)


def tie(new: Telling, told: Sequence[Telling]) -> Link | None:
    """Return why a sentence tells of the same try as those in ``told``, or None.

    The surest rule wins, and within a rule what is nearest.
    """
    named = {n for one in told for n in one.mention.names if n not in one.mention.makers}
    found = [
        (rank, distance(new, one), one, words)
        for one in told
        for rank, words in _rules(new, one, named)
    ]
    if not found:
        return None
    rank, _, one, words = min(found, key=lambda f: (f[0], f[1], f[2].place))
    return link(new, RULES[rank], one, words)


RULES = (Rule.NAME, Rule.FIX, Rule.FOLLOWS, Rule.NUMBERED, Rule.RETURNS, Rule.ALIKE)
"""By which two sentences tell of the same try, the surest first."""


def _rules(
    new: Telling, one: Telling, named: set[str]
) -> Iterable[tuple[int, tuple[str, ...]]]:
    apart = days(one, new)
    if new.mention.is_another and not one.mention.is_another:
        return
    names = _shared_names(new.mention, one.mention)
    if names and _within(apart, SAME_NAME):
        yield 0, names
    if _differ(new.mention, one.mention, named):
        return
    marks = _shared_marks(new.mention, one.mention)
    if marks and _within(apart, SAME_FIX):
        yield 1, marks
    if _goes_on(new, one):
        yield 2, ()
    if new.mention.is_another and _within(apart, SAME_FIX):
        yield 3, ()
    bare = _bare_things(new.mention, one.mention)
    if bare and _within(apart, RETURN):
        yield 4, bare
    if resemblance(new.said.quote, one.said.quote) >= ALIKE:
        yield 5, ()


def _shared_names(new: Mention, one: Mention) -> tuple[str, ...]:
    """Return the name that both are about, or that one is about and the other says made it.

    "Sentinel was started because Virtual Case File had failed" is about Sentinel.
    """
    if new.to_last_named and one.names:
        return ()
    both = {new.first, *new.makers} & {one.first, *one.makers} - {None}
    return tuple(name for name in new.names if name in both)


def _differ(new: Mention, one: Mention, named: set[str]) -> bool:
    """Whether two sentences speak of different fixes: other names, or other things."""
    if new.to_last_named and len(named) > 1:
        return True  # "that one" is the other one
    is_named = new.first is not None and new.first not in new.makers
    other_names = bool(is_named and named and new.first not in named)
    groups = bool(new.groups and one.groups and not new.groups & one.groups)
    marked = [thing.marks for thing in new.things if thing.marks]
    known = [thing.marks for thing in one.things if thing.marks]
    marks = bool(marked and known and not any(a & b for a in marked for b in known))
    return other_names or groups or (marks and not new.points_back)


def _shared_marks(new: Mention, one: Mention) -> tuple[str, ...]:
    shared = [
        a.words
        for a in new.things
        for b in one.things
        if a.marks & b.marks and (a.group == b.group or not (a.group and b.group))
    ]
    return tuple(dict.fromkeys(shared))


def _goes_on(new: Telling, one: Telling) -> bool:
    gap = characters(one, new)
    if gap is None or not 0 <= gap <= WINDOW:
        return False
    same_kind = new.said.fix is one.said.fix
    return new.mention.points_back or (same_kind and not new.mention.is_own)


def _bare_things(new: Mention, one: Mention) -> tuple[str, ...]:
    """Return the words of a sentence that says only "the system" where a system was told."""
    if set(new.names) - set(new.makers):
        return ()
    bare = (thing for thing in new.things if thing.group in one.groups and not thing.marks)
    return tuple(dict.fromkeys(thing.words for thing in bare))


def _within(apart: int | None, most: int) -> bool:
    return apart is None or abs(apart) <= most


def days(one: Telling, other: Telling) -> int | None:
    """Return how many days after one the other was said."""
    first, second = one.said.said_on, other.said.said_on
    return (second - first).days if first and second else None


def characters(one: Telling, other: Telling) -> int | None:
    """Return how many characters after the end of one the other begins, in one document."""
    if one.said.document != other.said.document:
        return None
    if other.said.start >= one.said.start:
        return max(other.said.start - one.said.end, 0)
    return min(other.said.end - one.said.start, 0)


def distance(one: Telling, other: Telling) -> tuple[int, int]:
    """Return how far apart two sentences stand, first in days, then in characters."""
    gap = characters(one, other)
    apart = days(one, other)
    return abs(apart) if apart is not None else 10**6, abs(gap) if gap is not None else 10**9


def link(new: Telling, rule: Rule, to: Telling | None, words: Sequence[str] = ()) -> Link:
    """Return that a sentence belongs to another by a rule, with how far apart they stand."""
    return Link(
        evidence=new.said.evidence,
        said_on=new.said.said_on,
        rule=rule,
        to=to.said.evidence if to and to.said.evidence != new.said.evidence else None,
        words=tuple(words),
        characters=characters(to, new) if to else None,
        days=days(to, new) if to else None,
    )
