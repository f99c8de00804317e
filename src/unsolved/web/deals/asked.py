"""Which opportunities the address of a list asks for, and the way back to the same list."""

from collections.abc import Iterable, Sequence
from typing import Annotated, Literal
from urllib.parse import parse_qsl, urlencode, urlsplit

from fastapi.responses import RedirectResponse
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from unsolved.deals.model import Outcome, Stage
from unsolved.deals.queries.sought import Sort, Sought, Which
from unsolved.web.deals.frame import SEE_OTHER

HERE = "/opportunities"
SORTS = {
    Sort.ATTENTION: "What deserves attention",
    Sort.WORTH: "Worth",
    Sort.AGE: "Longest open",
    Sort.NAME: "Name",
    Sort.RECENT: "Decided or changed last",
}
WHICH = {
    Which.OPEN: "Open",
    Which.DECIDED: "Decided",
    Which.DORMANT: "Dormant",
    Which.ALL: "All",
    Which.REMOVED: "Removed",
}
MOST_TOLD = 200


class Asked(BaseModel):
    """What the address of the list says; ``shape`` is how it is shown."""

    model_config = ConfigDict(frozen=True)

    which: Which = Which.OPEN
    seller: str = ""
    stage: Stage | Literal[""] = ""
    outcome: Outcome | Literal[""] = ""
    problem: str = ""
    q: str = ""
    sort: Sort = Sort.ATTENTION
    shape: Literal["list", "board"] = "list"
    page: Annotated[int, Field(ge=1, le=1_000_000)] = 1

    def sought(self) -> Sought:
        """Say it in the words of the room."""
        return Sought(
            which=self.which,
            seller=self.seller,
            stage=self.stage or None,
            outcome=self.outcome or None,
            problem_id=self.problem,
            text=self.q,
            sort=self.sort,
        )

    def address(self, **changes: object) -> str:
        """Return the shortest address that asks for the same, but for ``changes``."""
        told = self.told(**changes)
        return f"{HERE}?{urlencode(told)}" if told else HERE

    def told(self, **changes: object) -> dict[str, str]:
        """Return what is asked for, as it stands in an address; what is usual is left out."""
        asked = {**self.model_dump(mode="json", exclude_defaults=True), **changes}
        usual = {name: one.default for name, one in type(self).model_fields.items()}
        return {
            key: str(value)
            for key, value in asked.items()
            if value not in ("", None) and value != usual.get(key)
        }


def asked_in(address: str) -> Asked:
    """Return what an address of the list asks for; what is usual where it makes no sense."""
    try:
        return Asked.model_validate(dict(parse_qsl(urlsplit(address).query)))
    except ValidationError:
        return Asked()


def back_to(address: str, done: Iterable[int] = ()) -> RedirectResponse:
    """Go back to the list that an address asks for, which tells what was done."""
    told = ",".join(str(one) for one in [*done][:MOST_TOLD] if one)
    home = asked_in(address).address(**({"did": told} if told else {}))
    return RedirectResponse(home, SEE_OTHER)


def numbers_in(told: str) -> Sequence[int]:
    """Return the numbers of actions that an address names."""
    parts = [part for part in told.split(",") if part.isdecimal() and len(part) < 12]  # noqa: PLR2004
    return [int(part) for part in parts][:MOST_TOLD]
