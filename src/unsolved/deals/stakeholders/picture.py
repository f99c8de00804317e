"""The people of a deal as a map: power against stance, ties, and what marks each of them."""

from collections.abc import Iterable, Iterator, Mapping

from unsolved.deals.contacts import Contact, contacts
from unsolved.deals.model import InAttempt, Role, Situation, Stakeholder, Tie
from unsolved.deals.stakeholders.drawing import (
    Age,
    Box,
    Drawing,
    Figure,
    Line,
    Mark,
    MarkKind,
)
from unsolved.deals.stakeholders.group import FAILED
from unsolved.deals.stakeholders.labels import fitted, width
from unsolved.deals.stakeholders.placing import (
    Placed,
    placed_narrow,
    placed_wide,
    power_called,
    stance_called,
)
from unsolved.deals.stakeholders.routes import routed, routed_narrow
from unsolved.deals.stakeholders.rules import limits

PAD = 8.0
"""The room between the edge of a box and its words."""

NAME, WHAT, CONTACT, MARK = 13.5, 11.5, 11.5, 10.5
"""The sizes of the letters."""

BOLD = 1.08
"""How much wider bold letters are."""

ICON = 13.0
"""The width of a mark's shape, with the room after it."""

_BETWEEN = 7.0
_LINES = (19.0, 35.0, 50.5, 66.0)
_PARTS = {
    InAttempt.LED: "led",
    InAttempt.CHOSE: "chose",
    InAttempt.TOOK_PART: "took part",
    InAttempt.SUFFERED: "suffered",
    InAttempt.OPPOSED: "opposed",
}


def drawn(situation: Situation, *, is_narrow: bool = False) -> Drawing:
    """Return the map of people: where each stands, how ties run, and what marks them.

    The narrow one is for a phone: a person a line, by power, the stance marked on it.
    """
    deal = situation.opportunity
    people = dict(sorted(deal.stakeholders.items()))
    placed = placed_narrow(people) if is_narrow else placed_wide(people)
    known = contacts(situation)
    return Drawing(
        width=placed.width,
        height=placed.height,
        is_narrow=is_narrow,
        zones=placed.zones,
        columns=placed.columns,
        rows=placed.rows,
        figures=tuple(_figure(situation, number, placed, known[number]) for number in people),
        lines=tuple(_lines(situation, placed, is_narrow=is_narrow)),
    )


def ago(days: int) -> str:
    """Return how long ago something was.

    >>> ago(0), ago(1), ago(40), ago(400)
    ('today', 'yesterday', '40 days ago', '13 months ago')
    """
    near = {0: "today", 1: "yesterday"}
    if days in near:
        return near[days]
    month, year = 30.4, 120
    return f"{days} days ago" if days < year else f"{days / month:.0f} months ago"


def told(tie: Tie, people: Mapping[int, Stakeholder]) -> str:
    """Return a tie in a sentence; both must be among the people."""
    said = f"{people[tie.of].name} {_said(tie)} {people[tie.to].name}"
    return f"{said}, about {tie.about}" if tie.about.strip() else said


def _said(tie: Tie) -> str:
    return f"is {tie.sway.value}" if tie.sway.value.startswith("in ") else tie.sway.value


def _figure(situation: Situation, number: int, placed: Placed, contact: Contact) -> Figure:
    one = situation.opportunity.stakeholders[number]
    box = placed.boxes[number]
    age, heard = _contact(one, contact, situation)
    marks = tuple(_marks(situation, number, box))
    interest = next((m for m in marks if m.kind is MarkKind.INTEREST), None)
    room = box.width - 2 * PAD
    taken = box.right - interest.x + _BETWEEN if interest else PAD
    return Figure(
        number=number,
        box=box,
        name=fitted(one.name, room / BOLD, NAME),
        what=fitted(_what(one), box.width - PAD - taken, WHAT),
        contact=fitted(heard, room, CONTACT),
        age=age,
        marks=marks,
        says=says(situation, number, contact),
        stance=one.stance,
        power=one.power,
        stop=placed.stops.get(number),
    )


def _what(one: Stakeholder) -> str:
    role = "role not known" if one.role is Role.UNKNOWN else one.role.value
    return one.title.strip() or role


def _contact(one: Stakeholder, contact: Contact, situation: Situation) -> tuple[Age, str]:
    if one.left_on is not None and one.left_on <= situation.today:
        return Age.LEFT, f"left {ago((situation.today - one.left_on).days)}"
    if contact.days is None:
        return Age.NEVER, "never spoken to"
    age = Age.LONG_AGO if contact.days > limits().long_ago else Age.LATELY
    return age, f"heard {ago(contact.days)}"


def _marks(situation: Situation, number: int, box: Box) -> Iterator[Mark]:
    """Yield the marks: an interest beside the title, the attempt and its defence below."""
    one = situation.opportunity.stakeholders[number]
    if one.interest.strip():
        word = "stake"
        x = box.right - PAD - ICON - width(word, MARK)
        yield Mark(kind=MarkKind.INTEREST, word=word, x=x, y=box.y + _LINES[1])
    x = box.x + PAD
    for kind, word in _words(situation, number):
        yield Mark(kind=kind, word=word, x=x, y=box.y + _LINES[3])
        x += ICON + width(word, MARK) + _BETWEEN


def _words(situation: Situation, number: int) -> Iterator[tuple[MarkKind, str]]:
    one = situation.opportunity.stakeholders[number]
    if one.in_attempt in _PARTS:
        yield MarkKind.ATTEMPT, _PARTS[one.in_attempt]
    if one.in_denial:
        yield MarkKind.DENIAL, "denies"
    elif _defends(situation, number):
        yield MarkKind.DENIAL, "defends"


def _defends(situation: Situation, number: int) -> bool:
    return any(
        number in attempt.defended_by
        for attempt in situation.opportunity.attempts.values()
        if attempt.came_of in FAILED
    )


def says(situation: Situation, number: int, contact: Contact) -> str:
    """Return all that the map tells of a person, for those who listen to it."""
    one = situation.opportunity.stakeholders[number]
    place = f"{power_called(one.power)}, {stance_called(one.stance)}"
    heard = _contact(one, contact, situation)[1]
    wrote = _waits(contact, situation)
    parts = [
        f"{one.name}{f', {one.title}' if one.title.strip() else ''}: {place}",
        "" if one.role is Role.UNKNOWN else one.role.value,
        f"{heard}{wrote}",
        *_told_of(situation, number),
    ]
    return ". ".join(" ".join(part.split()) for part in parts if part)


def _waits(contact: Contact, situation: Situation) -> str:
    """Return when we wrote without a sign since, if we did."""
    if contact.wrote_on is None:
        return ""
    if contact.sign_on is not None and contact.sign_on >= contact.wrote_on:
        return ""
    return f", we wrote {ago((situation.today - contact.wrote_on).days)}"


def _told_of(situation: Situation, number: int) -> Iterator[str]:
    one = situation.opportunity.stakeholders[number]
    if one.in_attempt in _PARTS:
        yield f"The earlier attempt: {one.in_attempt.value}"
    if one.in_denial:
        yield "Denies that it failed"
    elif _defends(situation, number):
        yield "Defends what failed"
    if one.interest.strip():
        yield f"Interest in keeping it: {one.interest}"
    if one.loses.strip():
        yield f"Would lose if nothing changed: {one.loses}"


def _lines(situation: Situation, placed: Placed, *, is_narrow: bool) -> Iterable[Line]:
    deal = situation.opportunity
    paths = (
        routed_narrow(deal.ties, placed.boxes, placed.width)
        if is_narrow
        else routed(deal.ties, placed.boxes, (placed.width, placed.height))
    )
    for number, path in paths.items():
        tie = deal.ties[number]
        both = (deal.stakeholders[tie.of], deal.stakeholders[tie.to])
        yield Line(
            number=number,
            sway=tie.sway,
            path=path,
            says=told(tie, deal.stakeholders),
            is_faint=any(o.left_on and o.left_on <= situation.today for o in both),
        )
