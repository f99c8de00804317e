"""Who drafts mean: somebody we know, or somebody new."""

from collections.abc import Iterable, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from unsolved.sources.identity import name_key
from unsolved.sources.model import OrganisationDraft
from unsolved.sources.records import PersonDraft, RecordDraft
from unsolved.sources.service.organisations import identify
from unsolved.sources.service.people import Whom, meet
from unsolved.sources.tables import MergeRow, OrganisationRow, ProposalRow

MOST_REMEMBERED = 200_000


class Identities:
    """Finds or makes organisations and people for one visit, and remembers whom it found.

    What it remembers holds until somebody merges or parts two: then it asks anew.
    """

    def __init__(self, visit: int, source: int) -> None:
        self._visit, self._source = visit, source
        self._organisations: dict[OrganisationDraft, int] = {}
        self._people: dict[Whom, int] = {}
        self._merges: tuple[int, int, int] | None = None

    def begin(self, tx: Session) -> None:
        """Start on a transaction."""
        row = tx.execute(select(func.count(MergeRow.id), func.count(MergeRow.undone_at))).one()
        parted = select(func.count(ProposalRow.id)).where(ProposalRow.are_one.is_(False))
        merges = (row[0], row[1], tx.scalar(parted) or 0)
        if merges != self._merges or len(self._people) > MOST_REMEMBERED:
            self._organisations.clear()
            self._people.clear()
        self._merges = merges

    def organisation(self, tx: Session, draft: OrganisationDraft) -> int:
        """Return whose the draft is: known by a number, a name or a domain, or somebody new.

        What the draft says and we did not know is written down; what we know already stays.
        """
        if draft not in self._organisations:
            self._identify(tx, [draft])
        return self._organisations[draft]

    def person(self, tx: Session, draft: PersonDraft, organisation: int | None) -> int:
        """Return who the draft is: known by an address, or by name where they work."""
        whom = self._whom(tx, draft, organisation)
        if whom not in self._people:
            self._people.update(meet(tx, [whom], self._source))
        return self._people[whom]

    def organisations(self, tx: Session, drafts: Iterable[OrganisationDraft]) -> None:
        """Find all of them at once, so that `organisation` need not ask for each."""
        self._identify(tx, dict.fromkeys(drafts))

    def prepare(self, tx: Session, records: Sequence[RecordDraft]) -> None:
        """Find everybody whom records name, all at once."""
        told = [record.organisation for record in records if record.organisation]
        people = [
            person
            for record in records
            for person in (record.person, *(person for _, person in record.people))
            if person
        ]
        told += [person.organisation for person in people if person.organisation]
        self._identify(tx, dict.fromkeys(told))
        whom: dict[Whom, None] = {}
        for record in records:
            at = record.organisation and self._organisations[record.organisation]
            if record.person:
                whom[self._whom(tx, record.person, at or None)] = None
            for _, person in record.people:
                whom[self._whom(tx, person, None)] = None
        new = [one for one in whom if one not in self._people]
        self._people.update(meet(tx, new, self._source))

    def _whom(self, tx: Session, draft: PersonDraft, organisation: int | None) -> Whom:
        if draft.organisation is not None:
            organisation = self.organisation(tx, draft.organisation)
        return draft, organisation

    def _identify(self, tx: Session, drafts: Iterable[OrganisationDraft]) -> None:
        new = [draft for draft in drafts if draft not in self._organisations]
        if not new:
            return
        self._organisations.update(identify(tx, new, self._visit))
        for draft in new:
            if draft.parent and name_key(draft.parent) != name_key(draft.name):
                parent = self.organisation(tx, OrganisationDraft(name=draft.parent))
                row = tx.get_one(OrganisationRow, self._organisations[draft])
                if row.parent_id is None and parent != row.id:
                    row.parent_id = parent
