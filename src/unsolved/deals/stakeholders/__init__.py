"""Who has a say: the map of people, what is missing on it, what they agree on and do not."""

from unsolved.deals.contacts import Contact, contacts
from unsolved.deals.stakeholders.drawing import (
    Age,
    Box,
    Drawing,
    Figure,
    Label,
    Line,
    Mark,
    MarkKind,
    Zone,
)
from unsolved.deals.stakeholders.group import Group, group_of
from unsolved.deals.stakeholders.picture import ago, drawn, says, told
from unsolved.deals.stakeholders.placing import POWERS, STANCES, power_called, stance_called
from unsolved.deals.stakeholders.rules import Rule, known_rules
from unsolved.deals.stakeholders.telling import Gap, gaps
from unsolved.deals.stakeholders.views import (
    Agreement,
    Camp,
    Point,
    Theme,
    Verdict,
    agreement,
)

__all__ = [
    "POWERS",
    "STANCES",
    "Age",
    "Agreement",
    "Box",
    "Camp",
    "Contact",
    "Drawing",
    "Figure",
    "Gap",
    "Group",
    "Label",
    "Line",
    "Mark",
    "MarkKind",
    "Point",
    "Rule",
    "Theme",
    "Verdict",
    "Zone",
    "ago",
    "agreement",
    "contacts",
    "drawn",
    "gaps",
    "group_of",
    "known_rules",
    "listed",
    "power_called",
    "says",
    "stance_called",
    "told",
]
