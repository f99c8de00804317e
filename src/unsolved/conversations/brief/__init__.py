"""What to read before the call: what they want, lack and tried, every word with its quote."""

from unsolved.conversations.brief.asking import name as theme
from unsolved.conversations.brief.checking import added, uncited
from unsolved.conversations.brief.making import make
from unsolved.conversations.brief.model import (
    Asked,
    Avoided,
    Brief,
    Citation,
    Claim,
    Likeness,
    Opener,
    Other,
    Peer,
    Statement,
    Tried,
    Way,
)
from unsolved.conversations.brief.plain import facts
from unsolved.conversations.brief.telling import (
    WAYS,
    alone,
    markdown,
    nothing_found,
    sections,
    source,
    text,
)

__all__ = [
    "WAYS",
    "Asked",
    "Avoided",
    "Brief",
    "Citation",
    "Claim",
    "Likeness",
    "Opener",
    "Other",
    "Peer",
    "Statement",
    "Tried",
    "Way",
    "added",
    "alone",
    "facts",
    "make",
    "markdown",
    "nothing_found",
    "sections",
    "source",
    "text",
    "theme",
    "uncited",
]
