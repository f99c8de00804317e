from datetime import UTC, datetime

import pytest

from tests import make
from unsolved import evidence, sources
from unsolved.db import Session, Sessions, transaction
from unsolved.errors import SourceDown
from unsolved.sources import Draft, OrganisationDraft, Refusal, Source

LATER = datetime(2026, 5, 1, tzinfo=UTC)
REFUSAL = Refusal(place="b.pdf", why="it is empty", mend="Send it again.")


def only_source(tx: Session) -> Source:
    [source] = sources.sources(tx)
    return source


def test_what_is_new_is_kept_with_whom_it_is_about(sessions: Sessions):
    added = make.bring(sessions, make.draft(about="Acme"), make.draft(about="Bolt"))

    assert (added.new, added.changed, added.unchanged, added.refusals) == (2, 0, 0, ())
    with transaction(sessions) as tx:
        assert [one.name for one in sources.organisations(tx)] == ["Acme", "Bolt"]


def test_adding_again_changes_nothing(sessions: Sessions):
    found = make.draft()
    make.bring(sessions, found)

    added = make.bring(sessions, found)

    assert (added.new, added.changed, added.unchanged) == (0, 0, 1)
    with transaction(sessions) as tx:
        assert len(sources.versions(tx, "shelf", found.key)) == 1


def test_a_changed_document_becomes_a_new_version_and_the_old_one_stays(sessions: Sessions):
    make.bring(sessions, make.draft("Orders were late.", key="a"))

    added = make.bring(sessions, make.draft("Orders are early.", key="a"))

    assert (added.new, added.changed) == (0, 1)
    with transaction(sessions) as tx:
        old, new = sources.versions(tx, "shelf", "a")
    assert (old.version, old.is_current, old.text) == (1, False, "Orders were late.")
    assert (new.version, new.is_current, new.text) == (2, True, "Orders are early.")


def test_an_old_quote_still_points_into_the_old_version(sessions: Sessions, method):
    make.bring(sessions, make.draft("All is well here. Orders were late again.", key="a"))
    make.read(sessions, method)

    make.bring(sessions, make.draft("Now for something else entirely.", key="a"))
    make.read(sessions, method)

    with transaction(sessions) as tx:
        old, new = sources.versions(tx, "shelf", "a")
        [piece] = evidence.of_document(tx, old.id)
        assert evidence.of_document(tx, new.id) == []
    span = piece.quote.span
    assert old.text[span.start : span.end] == piece.quote.text == "Orders were late again."


def test_a_change_of_what_is_said_about_it_is_a_change(sessions: Sessions):
    make.bring(sessions, make.draft(key="a", title="A letter"))

    added = make.bring(sessions, make.draft(key="a", title="A complaint"))

    assert added.changed == 1


def test_the_original_is_kept_byte_for_byte(sessions: Sessions):
    make.bring(sessions, make.draft(key="a", original=b"\xff\x00raw", media_type="x/y"))

    with transaction(sessions) as tx:
        [kept] = sources.versions(tx, "shelf", "a")
        assert sources.original(tx, kept.id) == (b"\xff\x00raw", "x/y")


SAME = [
    ("Lamb Weston Holdings, Inc.", "LAMB WESTON"),
    ("The Hershey Company", "Hershey"),
    ("Nestlé S.A.", "Nestle SA"),
    ("Haribo GmbH & Co. KG", "haribo"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_names_that_differ_in_form_are_one_organisation(sessions, one: str, other: str):
    make.bring(sessions, make.draft(about=one), make.draft(about=other))

    with transaction(sessions) as tx:
        [known] = sources.organisations(tx)
        assert known.name == one
        assert sources.called(tx, other) == known


def test_a_shared_domain_or_further_name_makes_one_organisation(sessions: Sessions):
    make.bring(
        sessions,
        OrganisationDraft(name="Acme", domain="https://www.acme.com/", names=("ACM",)),
        OrganisationDraft(name="Acme Europe", domain="acme.com", industry="Tools"),
        OrganisationDraft(name="acm", country="Norway"),
    )

    with transaction(sessions) as tx:
        [known] = sources.organisations(tx)
    assert (known.domain, known.industry, known.country) == ("acme.com", "Tools", "Norway")
    assert set(known.names) == {"ACM", "Acme Europe"}


def test_what_is_known_of_an_organisation_is_not_overwritten(sessions: Sessions):
    make.bring(sessions, OrganisationDraft(name="Acme", industry="Tools"))

    make.bring(sessions, OrganisationDraft(name="Acme", industry="Toys", employees=9))

    with transaction(sessions) as tx:
        [known] = sources.organisations(tx)
    assert (known.industry, known.employees) == ("Tools", 9)


def test_bad_ones_do_not_stop_the_good(sessions: Sessions):
    added = make.bring(sessions, make.draft(), REFUSAL, make.draft())

    assert (added.new, added.refusals) == (2, (REFUSAL,))


def test_refusals_are_kept_and_replaced_by_those_of_the_next_visit(sessions: Sessions):
    other = Refusal(place="c.csv", line=4, why="no name", mend="Give one.")
    make.bring(sessions, REFUSAL)
    with transaction(sessions) as tx:
        assert only_source(tx).refusals == (REFUSAL,)

    make.bring(sessions, other)

    with transaction(sessions) as tx:
        assert only_source(tx).refusals == (other,)


def test_a_source_tells_when_it_was_visited_and_what_that_brought(sessions: Sessions):
    make.bring(sessions, make.draft(key="a"), make.draft(key="b"))

    shelf = make.Shelf([make.draft("Changed.", key="a")])
    sources.add(sessions, shelf, now=LATER)

    with transaction(sessions) as tx:
        source = only_source(tx)
    assert (source.visited_at, source.documents) == (LATER, 2)
    assert (source.new, source.changed, source.unchanged) == (0, 1, 0)


class Breaks(make.Shelf):
    """A connector whose line breaks after what is on its shelf."""

    def fetch(self):
        yield from self.finds
        raise SourceDown(source=self.name)


def test_what_came_before_a_source_broke_off_is_kept(sessions: Sessions):
    many: list[Draft | OrganisationDraft | Refusal] = [make.draft() for _ in range(60)]

    with pytest.raises(SourceDown):
        sources.add(sessions, Breaks(many), now=LATER)

    added = sources.add(sessions, make.Shelf(many), now=LATER)
    assert added.new + added.unchanged == 60
    assert added.unchanged >= 50


def test_progress_is_told_as_it_goes(sessions: Sessions):
    heard: list[int] = []
    shelf = make.Shelf([make.draft() for _ in range(60)])

    sources.add(sessions, shelf, now=LATER, progress=heard.append)

    assert heard == [50, 60]


def test_an_organisation_without_a_name_cannot_be_made():
    with pytest.raises(ValueError, match="needs a name"):
        OrganisationDraft(name="  ")
