"""Mails become conversations.

After https://www.jwz.org/doc/threading.html: a mail belongs with those that it names in
``References`` and ``In-Reply-To``, also where some of them are missing. Subjects join only
where nothing is named, and then with care: an answer (``Re:``, ``Fwd:``) joins mails of the
same subject that share two people with it, or all, and are at most ninety days away. What
comes out does not depend on the order of what goes in.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from unsolved.sources.mail.headers import bare_subject

APART = timedelta(days=90)
NEIGHBOURS = 50  # mails of one subject that are looked at, back in time
SHARED = 2
_LAST = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Threaded:
    """What must be known of a mail to find its conversation; ``people`` are addresses."""

    id: str
    in_reply_to: str | None = None
    references: Sequence[str] = ()
    subject: str = ""
    at: datetime | None = None
    people: frozenset[str] = frozenset()

    @property
    def parents(self) -> tuple[str, ...]:
        """The mails before it, the oldest first, itself left out."""
        named = (*self.references, self.in_reply_to)
        return tuple(dict.fromkeys(one for one in named if one and one != self.id))


def threads(mails: Iterable[Threaded]) -> dict[str, str]:
    """Return the root of the conversation of each mail, by its id.

    The root is the mail that nothing comes before, which may be one that is only named. Of
    several, as where two conversations were joined, it is the earliest.
    """
    by_id = _one_each(mails)
    sets = _Sets()
    children: set[str] = set()
    for mail in by_id.values():
        chain = (*mail.parents, mail.id)
        for before, after in pairwise(chain):
            sets.join(before, after)
            children.add(after)
    for one, other in _by_subject(by_id.values()):
        sets.join(one.id, other.id)
        children.add(other.id)
    together: dict[str, list[str]] = defaultdict(list)
    for name in sets.names | by_id.keys():
        together[sets.of(name)].append(name)
    roots = {top: _root(names, children, by_id) for top, names in together.items()}
    return {name: roots[sets.of(name)] for name in by_id}


class _Sets:
    """Names that belong together (a union-find)."""

    def __init__(self) -> None:
        self._above: dict[str, str] = {}

    @property
    def names(self) -> set[str]:
        return set(self._above)

    def of(self, name: str) -> str:
        """Return which name stands for all that belong to this one."""
        top = name
        while (above := self._above.get(top, top)) != top:
            top = above
        while (above := self._above.get(name, name)) != top:
            self._above[name] = top
            name = above
        return top

    def join(self, one: str, other: str) -> None:
        """Put two names together."""
        for name in (one, other):
            self._above.setdefault(name, name)
        self._above[self.of(other)] = self.of(one)


def _one_each(mails: Iterable[Threaded]) -> dict[str, Threaded]:
    """Return the mails by their ids; of copies that differ, the same one in whatever order."""
    found: dict[str, Threaded] = {}
    for mail in mails:
        known = found.get(mail.id)
        if known is None or _rank(mail) < _rank(known):
            found[mail.id] = mail
    return dict(sorted(found.items()))


def _rank(mail: Threaded) -> tuple[object, ...]:
    told = (tuple(mail.references), mail.in_reply_to or "", mail.subject)
    return (mail.at or _LAST, *told, sorted(mail.people))


def _by_subject(mails: Iterable[Threaded]) -> Iterable[tuple[Threaded, Threaded]]:
    """Yield an earlier mail and an answer to it that names none."""
    alike: dict[str, list[tuple[Threaded, bool]]] = defaultdict(list)
    for mail in mails:
        bare, is_answer = bare_subject(mail.subject)
        if bare and mail.people and mail.at is not None:
            alike[bare].append((mail, is_answer and not mail.parents))
    for some in alike.values():
        some.sort(key=lambda one: (one[0].at or _LAST, one[0].id))
        for number, (mail, is_lost) in enumerate(some):
            if not is_lost:
                continue
            for earlier, _ in reversed(some[max(0, number - NEIGHBOURS) : number]):
                if _belong(earlier, mail):
                    yield earlier, mail
                    break


def _belong(earlier: Threaded, mail: Threaded) -> bool:
    if earlier.at is None or mail.at is None or mail.at - earlier.at > APART:
        return False
    fewest = min(len(earlier.people), len(mail.people), SHARED)
    return len(earlier.people & mail.people) >= fewest


def _root(names: Sequence[str], children: set[str], by_id: Mapping[str, Threaded]) -> str:
    tops = [name for name in names if name not in children] or list(names)

    def age(name: str) -> tuple[datetime, str]:
        mail = by_id.get(name)
        return (mail.at if mail and mail.at else _LAST), name

    return min(tops, key=age)
