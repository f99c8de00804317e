"""A gracious answer to no decision: it thanks, frees them and keeps the door open."""

from datetime import date

from unsolved.deals.contacts import contacts
from unsolved.deals.insights import first_name
from unsolved.deals.model import Cause, Situation, Stakeholder, Stance
from unsolved.deals.no_decision.people import present
from unsolved.deals.no_decision.weights import told_in

LONGEST = 60
"""Characters of a title that still reads well inside a sentence."""

_PARTS = ("thanks", "frees", "door", "asks")
_ORDER = (Stance.FOR, Stance.NEUTRAL, Stance.UNKNOWN, Stance.DOUBTS, Stance.AGAINST)


def answer(situation: Situation, cause: Cause) -> str:
    """Return a mail that answers a decision which was not made, in the words of the seller."""
    return parting(situation, cause.value)


def parting(situation: Situation, why: str) -> str:
    """Return the mail of ``answers.toml`` for a cause, or for letting go, filled in.

    It is to whom we know best, and signed by the seller.
    """
    texts = told_in("answers")
    known = situation.organisation
    facts = {
        "organisation": known.name if known else situation.opportunity.head.name,
        "subject": _subject(situation),
    }
    paragraphs = (texts[why][part].format(**facts) for part in _PARTS)
    to = addressee(situation)
    greeting = texts["greeting"].format(name=first_name(to.name)) if to else texts["nobody"]
    sign = f"{texts['sign']}\n{situation.opportunity.head.seller}".rstrip()
    return "\n\n".join([greeting, *paragraphs, sign])


def _subject(situation: Situation) -> str:
    """Return the problem as one can speak of it in a sentence."""
    title = situation.problem.title if situation.problem else ""
    return f'"{title}"' if 0 < len(title) <= LONGEST else "this"


def addressee(situation: Situation) -> Stakeholder | None:
    """Return who is written to: of those we have met the one most for it, heard last."""
    here, known = present(situation.opportunity.stakeholders), contacts(situation)
    ordered = sorted(
        here,
        key=lambda one: (
            not (known[one].is_met or here[one].person_id),
            _ORDER.index(here[one].stance),
            -(known[one].sign_on or date.min).toordinal(),
            one,
        ),
    )
    return here[ordered[0]] if ordered else None
