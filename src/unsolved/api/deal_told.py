"""What programs ask about opportunities and say of them, as version 1 of the API promises."""

from datetime import date, datetime
from typing import Annotated, Any, Self

from pydantic import BaseModel, Field

from unsolved.api.deal_whole import WholeOut
from unsolved.deals.changes import Action
from unsolved.deals.model import Cause, Outcome, Stage
from unsolved.deals.parts import PartKind
from unsolved.deals.queries.sought import Listed, Sort, Sought, Which

MOST_EDITS = 200


class ListedOut(BaseModel):
    """An opportunity in a list; the last three are null until they were worked out."""

    id: int
    name: str
    organisation_id: int
    organisation: str
    seller: str
    problem: str
    stage: Stage
    outcome: Outcome | None
    opened_on: date
    staged_on: date
    decided_on: date | None
    worth: float | None
    currency: str
    in_forecast: bool
    no_decision: float | None
    silence: str | None
    attention: str | None

    @classmethod
    def of(cls, one: Listed) -> Self:
        """Say it the way version 1 promised to."""
        own = ("problem", "silence", "attention")
        told = {name: getattr(one, name) for name in cls.model_fields if name not in own}
        return cls(
            **told,
            problem=one.problem_id,
            silence=one.silence or None,
            attention=one.headline or None,
        )


class AskedIn(BaseModel):
    """Which opportunities to return, and in which order."""

    which: Which = Which.OPEN
    seller: str = ""
    stage: Stage | None = None
    outcome: Outcome | None = None
    problem: str = ""
    organisation: Annotated[int | None, Field(ge=1, le=2**31)] = None
    q: str = Field("", description="Words in its name or in that of its organisation.")
    sort: Sort = Sort.ATTENTION
    limit: int = Field(50, ge=1, le=500)
    offset: int = Field(0, ge=0, le=100_000_000)

    def sought(self) -> Sought:
        """Say it in the words of the room."""
        return Sought(
            which=self.which,
            seller=self.seller,
            stage=self.stage,
            outcome=self.outcome,
            problem_id=self.problem,
            organisation_id=self.organisation,
            text=self.q,
            sort=self.sort,
        )


class OpenIn(BaseModel):
    """What an opportunity begins with; ``from_prospect`` brings its evidence along.

    Of several that are known of the organisation, ``name`` is only for one opened by hand.
    """

    organisation_id: int
    problem: str = ""
    from_prospect: bool = False
    name: str = ""
    seller: str = ""
    worth: float | None = None
    currency: str = "EUR"
    close_on: date | None = None


class EditIn(BaseModel):
    """A part that becomes another: new without a number, taken away without a part.

    With a number, fields that are left out stay as they are. The kind ``opportunity`` with the
    number 0 is the head.
    """

    kind: PartKind
    number: Annotated[int | None, Field(ge=0, le=2**31)] = None
    part: dict[str, Any] | None = None


class EditsIn(BaseModel):
    """Edits that are made in one go, in a few words and, if that is to be known, why."""

    edits: Annotated[list[EditIn], Field(min_length=1, max_length=MOST_EDITS)]
    what: Annotated[str, Field(max_length=300)] = ""
    why: Annotated[str, Field(max_length=2_000)] = ""


class MoveIn(BaseModel):
    """Where it goes; ``why`` lets it go on before the buyer did their part."""

    to: Stage
    why: Annotated[str, Field(max_length=2_000)] = ""


class ConcludeIn(BaseModel):
    """How it ended; only no decision has a cause."""

    outcome: Outcome
    cause: Cause | None = None
    why: Annotated[str, Field(max_length=2_000)] = ""


class DoneOut(BaseModel):
    """The action that did it, null where nothing changed, and what is now."""

    action: int | None
    opportunity: WholeOut


class ChangedOut(BaseModel):
    """One part before and after; null where there was or is none."""

    kind: PartKind
    number: int
    before: dict[str, Any] | None
    after: dict[str, Any] | None


class ActionOut(BaseModel):
    """Something that was done in one go."""

    id: int
    at: datetime
    by: str
    what: str
    why: str
    undoes: int | None
    undone_by: int | None
    changed: list[ChangedOut]

    @classmethod
    def of(cls, action: Action) -> Self:
        """Say it the way version 1 promised to."""
        return cls(
            id=action.id,
            at=action.at,
            by=action.by,
            what=action.what,
            why=action.why,
            undoes=action.undoes,
            undone_by=action.undone_by,
            changed=[
                ChangedOut(
                    kind=one.kind,
                    number=one.number,
                    before=dict(one.before) if one.before is not None else None,
                    after=dict(one.after) if one.after is not None else None,
                )
                for one in action.changed
            ],
        )
