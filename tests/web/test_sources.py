import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from tests import make, make_world
from tests.make_world import World
from tests.web.reading import page
from unsolved import sources
from unsolved.app import make_app
from unsolved.db import Sessions, transaction
from unsolved.http import Doing
from unsolved.jobs.importing import begin, import_tables, looked_at
from unsolved.sources.crm import Told
from unsolved.sources.tables import SourceRow
from unsolved.sources.vault import Vault, new_key

VAULT = Vault(new_key())


@pytest.fixture
def visited() -> list[int]:
    return []


@pytest.fixture
def doing(
    sessions: Sessions,
    world: World,  # noqa: ARG001 (made)
    visited: list[int],
    tmp_path: Path,
) -> Iterator[TestClient]:
    """The door to a small world in which sources can be visited."""
    deeds = Doing(
        visit=visited.append,
        seal=VAULT.close,
        uploads=tmp_path / "uploads",
        look=lambda path, settings: looked_at(sessions, path, Told.of(settings)),
        begin=lambda path, _: begin(sessions, path, make.SPRING),
        take=lambda path, settings, previews, dry: import_tables(
            sessions, path, settings, previews, clock=lambda: make.SPRING, dry=dry
        ),
    )
    app = make_app(sessions, make.LIBRARY, make_world.READING, doing=deeds)
    with TestClient(app, raise_server_exceptions=False, follow_redirects=False) as client:
        yield client


def feed(sessions: Sessions, **settings: str) -> int:
    told = {"address": "https://news.example/feed", **settings}
    with transaction(sessions) as tx:
        return sources.remember(tx, "news", "feed", told, every=60)


def post(client: TestClient, where: str, **form: object) -> str:
    answer = client.post(where, data={name: str(text) for name, text in form.items()})
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


def test_the_page_of_a_source_tells_how_it_is(doing: TestClient, sessions: Sessions):
    one = feed(sessions)
    with transaction(sessions) as tx:
        sources.failed(tx, one, make.SPRING, "the line broke", is_final=False)

    found = page(doing, f"/sources/{one}")

    assert found.one("h1").text == "news"
    assert "the line broke" in found.one(".failing").text
    assert "https://news.example/feed" in found.one(".pairs").text
    assert "every hour" in found.one(".pairs").text


def test_a_visit_is_started_from_the_page(
    doing: TestClient, sessions: Sessions, visited: list[int]
):
    one = feed(sessions)

    assert post(doing, f"/sources/{one}/visit").startswith(f"/sources/{one}")
    assert visited == [one]


def test_without_a_network_the_page_says_which_command_visits(
    client: TestClient, sessions: Sessions
):
    one = feed(sessions)

    assert "unsolved sync 'news'" in page(client, f"/sources/{one}").text
    assert client.post(f"/sources/{one}/visit").status_code == 409


def test_a_source_is_paused_and_goes_on(doing: TestClient, sessions: Sessions):
    one = feed(sessions)

    post(doing, f"/sources/{one}/pause")
    assert "paused" in page(doing, f"/sources/{one}").one(".lede").text
    post(doing, f"/sources/{one}/resume")
    assert "paused" not in page(doing, f"/sources/{one}").one(".lede").text


def test_a_source_is_read_again_from_a_day(doing: TestClient, sessions: Sessions):
    one = feed(sessions)

    post(doing, f"/sources/{one}/reread", since="2026-01-31")

    with transaction(sessions) as tx:
        assert str(sources.to_go_on_with(tx, one)["since"]) == "2026-01-31"
    assert doing.post(f"/sources/{one}/reread", data={"since": "soon"}).status_code == 422


def test_what_was_removed_can_be_brought_back_from_the_list(
    doing: TestClient, sessions: Sessions
):
    one = feed(sessions)

    where = post(doing, f"/sources/{one}/remove")
    notice = page(doing, where).one(".notice")
    assert "news is removed" in notice.text
    assert doing.get(f"/sources/{one}").status_code == 404

    post(doing, notice["action"])
    assert page(doing, f"/sources/{one}").one("h1").text == "news"


def test_an_import_is_undone_and_brought_back_on_the_page(
    doing: TestClient, sessions: Sessions
):
    make.bring(sessions, make.draft("Late again.", key="z"))
    with transaction(sessions) as tx:
        shelf = sources.source_called(tx, "shelf")

    form = page(doing, f"/sources/{shelf}").one("#imports tbody form")
    post(doing, form["action"], source=shelf)
    assert "undone" in page(doing, f"/sources/{shelf}").one("#imports tbody").text

    form = page(doing, f"/sources/{shelf}").one("#imports tbody form")
    post(doing, form["action"], source=shelf)
    assert "undone" not in page(doing, f"/sources/{shelf}").one("#imports tbody").text


def test_all_that_could_not_be_read_comes_as_a_table(doing: TestClient, sessions: Sessions):
    bad = [
        sources.Refusal("t.csv", "no date", "write one", line, "Close, date")
        for line in range(2, 502)
    ]
    make.bring(sessions, *bad)
    with transaction(sessions) as tx:
        shelf = sources.source_called(tx, "shelf")

    shown = page(doing, f"/sources/{shelf}")
    assert len(shown.all(".refusals:not(.imports) tbody tr")) == 200
    assert "All 500 as a table" in shown.text
    rows = list(csv.reader(io.StringIO(doing.get(f"/sources/{shelf}/refusals.csv").text)))
    assert rows[0] == ["place", "line", "field", "why", "mend"]
    assert rows[-1] == ["t.csv", "501", "Close, date", "no date", "write one"]
    assert len(rows) == 501


def test_a_source_is_added_on_a_page_made_from_what_its_kind_must_be_told(
    doing: TestClient, sessions: Sessions
):
    form = page(doing, "/sources/new/imap").one("form.asking")
    assert form.one("[name=password]")["type"] == "password"

    where = post(
        doing,
        form["action"],
        host="imap.acme.example",
        user="ann",
        password="open sesame",
        every=15,
        name="mailbox",
    )

    shown = page(doing, where)
    assert shown.one("h1").text == "mailbox"
    assert "open sesame" not in shown.text
    with transaction(sessions) as tx:
        row = tx.query(SourceRow).filter_by(name="mailbox").one()
        assert row.secret
        assert b"open sesame" not in row.secret
        assert VAULT.open(row.secret) == {"password": "open sesame"}
        assert (row.every, row.settings) == (15, {"host": "imap.acme.example", "user": "ann"})


def test_what_is_missing_is_told_and_what_was_typed_stays(doing: TestClient):
    answer = doing.post("/sources/new/imap", data={"user": "ann", "password": "open sesame"})

    assert answer.status_code == 422
    assert "host" in answer.text
    assert 'value="ann"' in answer.text
    assert "open sesame" not in answer.text


def test_a_page_may_not_name_files_of_this_machine(doing: TestClient, sessions: Sessions):
    answer = doing.post("/sources/new/folder", data={"path": "/etc"})

    assert answer.status_code == 422
    with transaction(sessions) as tx:
        assert sources.source_called(tx, "/etc") is None
    assert "unsolved source add folder" in page(doing, "/sources/new/folder").text


def test_every_kind_has_its_form_and_an_unknown_one_has_none(doing: TestClient):
    kinds = page(doing, "/sources/new").all(".kinds a")

    assert len(kinds) == 8
    for kind in kinds:
        assert page(doing, kind["href"]).has("form.asking")
    assert doing.get("/sources/new/carrier-pigeon").status_code == 404
    assert doing.post("/sources/new/carrier-pigeon", data={}).status_code == 404


def test_what_a_source_says_is_shown_and_not_run(doing: TestClient, sessions: Sessions):
    one = feed(sessions, organisation="<script>alert(1)</script>")

    assert not page(doing, f"/sources/{one}").has("dd script")


DEALS = """Deal Name,Amount,Close Date,Deal Stage,Associated Company
Portal,"1,200.50",2026-03-31,Won,Acme
Pump,lots,2026-04-01,Open,Bolt
"""


def upload(client: TestClient, text: str, name: str = "deals.csv") -> str:
    answer = client.post("/import", files={"file": (name, text.encode())})
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


def test_a_table_is_shown_as_it_was_taken_for_tried_and_imported(
    doing: TestClient, sessions: Sessions
):
    where = upload(doing, DEALS)
    shown = page(doing, where)
    assert "deals" in shown.one("section strong").text
    amount = shown.one("select[name=field-1] option[selected]")
    assert amount["value"] == "amount"

    tried = doing.post(where, data={"what": "try", "object": "deals"})
    assert "2 records would come new" in tried.text
    with transaction(sessions) as tx:
        assert not [one for one in sources.sources(tx) if one.kind == "crm-file"]

    at = post(doing, where, what="import", object="deals")
    assert [count.text for count in page(doing, at).all(".counts dd")][:2] == ["0", "2"]
    assert "Amount" in page(doing, at).one(".refusals:not(.imports) tbody").text


def test_what_a_column_means_is_mended_on_the_page_and_remembered(doing: TestClient):
    where = upload(doing, "Thing,Money\nPortal,12\nPump,13\nPipe,14\n")
    form = {"object": "deals", "was": "deals", "what": "look"}
    columns = {"column-0": "Thing", "field-0": "name", "column-1": "Money", "field-1": "amount"}

    mended = doing.post(where, data={**form, **columns})
    assert mended.status_code == 200, mended.text
    post(doing, where, **{**form, **columns, "what": "import"})

    again = page(doing, upload(doing, "Thing,Money\nOther,15\n"))
    assert again.one("select[name=field-1] option[selected]")["value"] == "amount"


def test_what_is_no_table_is_told(doing: TestClient):
    answer = doing.post("/import", files={"file": ("song.mp3", b"la")})
    assert answer.status_code == 422
    assert "song.mp3 is no table" in answer.text

    nothing = page(doing, upload(doing, ""))
    assert "deals.csv" in nothing.text
    assert doing.get("/import/../../etc").status_code == 404
    assert doing.get("/import/0123").status_code == 404


def test_a_name_from_outside_stays_in_its_folder(doing: TestClient, tmp_path: Path):
    upload(doing, DEALS, "../../../evil.csv")

    [kept] = (tmp_path / "uploads").rglob("*.csv")
    assert kept.name == "evil.csv"
