"""Which objects of HubSpot belong to which."""

from collections.abc import Sequence

from unsolved.sources.cells import text_of
from unsolved.sources.connectors.hubspot.client import Client, Json, NotAllowed, results_of
from unsolved.sources.connectors.hubspot.naming import not_allowed
from unsolved.sources.model import Refusal

MOST = 1000  # objects whose links one request may read


class Linked:
    """Asks for links; what may not be read is told once, in ``refusals``, and left out."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._denied: set[tuple[str, str]] = set()
        self.refusals: list[Refusal] = []

    def of(self, name: str, to: str, ids: Sequence[str]) -> dict[str, list[str]]:
        """Return what each object is linked to, the primary one first."""
        if (name, to) in self._denied:
            return {}
        try:
            found = self._ask(name, to, ids)
        except NotAllowed as error:
            self._denied.add((name, to))
            scope = str(error.facts.get("scopes") or f"crm.objects.{to}.read")
            self.refusals.append(not_allowed(f"links from {name} to {to}", scope))
            return {}
        return {id_: [key for _, _, key in sorted(told)] for id_, told in found.items()}

    def _ask(
        self, name: str, to: str, ids: Sequence[str]
    ) -> dict[str, set[tuple[bool, int, str]]]:
        found: dict[str, dict[str, bool]] = {}
        path = f"/crm/v4/associations/{name}/{to}/batch/read"
        waiting = [{"id": id_} for id_ in ids]
        while waiting:
            asked, waiting = waiting[:MOST], waiting[MOST:]
            told = self._client.post(path, {"inputs": asked}, accept={404}).told
            for one in results_of(told):
                begin = one.get("from")
                id_ = str(begin.get("id")) if isinstance(begin, dict) else ""
                by = found.setdefault(id_, {})
                for link in _objects(one.get("to")):
                    if other := text_of(link.get("toObjectId")):
                        by[other] = by.get(other, False) or _is_primary(link)
                more = {"id": id_, "after": _after(one)}
                if more["after"] and more not in asked:
                    waiting.append(more)
        return {
            id_: {(not first, len(key), key) for key, first in by.items()}
            for id_, by in found.items()
        }


def _after(told: Json) -> str:
    paging = told.get("paging")
    following = paging.get("next") if isinstance(paging, dict) else None
    return (text_of(following.get("after")) or "") if isinstance(following, dict) else ""


def _objects(told: object) -> list[Json]:
    return [one for one in told if isinstance(one, dict)] if isinstance(told, list) else []


def _is_primary(link: Json) -> bool:
    types = _objects(link.get("associationTypes"))
    return any(str(one.get("label") or "").casefold() == "primary" for one in types)
