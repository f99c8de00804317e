"""Opportunities are opened by hand, from a prospect and from a CRM; what lies around one."""

import pytest
from fastapi.testclient import TestClient

from tests import make
from tests.deals.crm.records import call, deal, person, place, sync
from tests.deals.known import whole
from tests.deals.talks import told
from tests.deals.worlds import ME, opened
from tests.make_world import World
from tests.web.reading import page
from unsolved.conversations.coverage import FactKind
from unsolved.db import Sessions, transaction
from unsolved.deals.model import Outcome, Stage
from unsolved.deals.queries import lists
from unsolved.deals.queries.sought import Listed, Sought, Which
from unsolved.deals.service import Taking, take_deals
from unsolved.problems import Library

FORM = {"organisation": "Acme", "problem_id": "late_orders", "worth": "80k", "currency": "usd"}


def box(sessions: Sessions, key: str) -> str:
    """Return what the box beside a deal says."""
    return ":".join(map(str, place(sessions, key)))


def all_of(sessions: Sessions) -> list[Listed]:
    with transaction(sessions) as tx:
        return lists.listed(tx, Sought(which=Which.ALL), 200)


def test_one_is_opened_by_hand(client: TestClient, sessions: Sessions):
    answer = client.post("/opportunities", data=FORM)
    (one,) = all_of(sessions)

    assert answer.url.path == f"/opportunities/{one.id}"
    assert (one.name, one.worth, one.currency) == ("Acme: Orders arrive late", 80_000, "USD")
    assert one.in_forecast


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"organisation": ""}, "with which organisation"),
        ({"organisation": "Bol"}, "no organisation is called"),
        ({"worth": "much"}, "no number"),
        ({"currency": "euro"}, "three letters"),
        ({"close_on": "soon"}, "close_on"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(
    client: TestClient, sessions: Sessions, wrong: dict[str, str], said: str
):
    answer = client.post("/opportunities", data={**FORM, "name": "Mine <b>", **wrong})

    assert answer.status_code == 422
    assert said in answer.text
    assert 'value="Mine &lt;b&gt;"' in answer.text
    assert not all_of(sessions)


def test_a_name_that_is_nearly_right_is_suggested_and_a_new_one_can_be_added(
    client: TestClient, sessions: Sessions
):
    near = client.post("/opportunities", data={**FORM, "organisation": "Bol"})
    typing = client.get("/opportunities/organisations?organisation=Bol")
    client.post("/opportunities", data={**FORM, "organisation": "Umbra", "is_new": "yes"})

    assert "organisation=Bolt" in near.text
    assert '<option value="Bolt">' in typing.text
    assert [one.organisation for one in all_of(sessions)] == ["Umbra"]


def test_a_prospect_becomes_one_with_its_evidence_and_only_once(
    client: TestClient, sessions: Sessions, world: World
):
    form = {"organisation": world.acme, "problem": "late_orders"}
    first = client.post("/opportunities/from-prospect", data=form)
    again = client.post("/opportunities/from-prospect", data=form)
    (one,) = all_of(sessions)
    with transaction(sessions) as tx:
        known = whole(tx, one.id)

    assert first.url.path == again.url.path == f"/opportunities/{one.id}"
    assert known.attempts[1].grounds[0].quote == "In 2020 we installed a new order system."
    assert known.attachments[1].document_id == world.letter


def test_the_page_of_an_organisation_opens_one_and_lists_it(client: TestClient, world: World):
    address = f"/organisations/{world.acme}"
    before = page(client, address)
    form = {"organisation": world.acme, "problem": "late_orders"}
    client.post("/opportunities/from-prospect", data=form)
    after = page(client, address)

    assert before.one(".case form.opens button")["value"] == "late_orders"
    assert "Its opportunity" in after.text
    assert after.one("#opportunities-title + ul li a")["href"].startswith("/opportunities/")


def test_the_list_of_prospects_leads_to_what_is_open(client: TestClient, world: World):
    before = page(client, "/prospects")
    form = {"organisation": world.acme, "problem": "late_orders"}
    client.post("/opportunities/from-prospect", data=form)
    after = page(client, "/prospects")

    assert len(before.all("tr.row form.opens")) == 2
    assert len(after.all("tr.row form.opens")) == 1
    assert "Its opportunity" in after.text


def test_deals_of_a_crm_are_shown_with_what_they_become(client: TestClient, sessions: Sessions):
    lost = deal("d2", is_closed=True, lost_reason="Budget was <cut>")
    sync(sessions, deal("d1", name="Deal <one>"), lost, deal("d3", about=None))
    opened_ones = page(client, "/opportunities/crm")
    all_ones = page(client, "/opportunities/crm?where=")

    assert len(opened_ones.all("tr.row")) == 2
    assert "problem: Orders arrive late" in opened_ones.text
    assert "no decision, budget" in all_ones.text
    assert "does not say with which organisation" in all_ones.text
    assert not all_ones.all("tr.row one, tr.row cut")


def test_selected_deals_are_taken_up_and_those_left_say_why(
    client: TestClient, sessions: Sessions
):
    sync(sessions, deal("d1"), deal("d2", is_closed=True, lost_reason="Price"))
    form = {"deal": [box(sessions, "d1"), box(sessions, "d2")], "problem": "-"}
    answer = client.post("/opportunities/crm/take-up?where=", data=form)
    (one,) = all_of(sessions)

    assert "1 opportunity opened" in answer.text
    assert "the CRM does not say how" in answer.text
    assert (one.deal_key, one.problem_id) == ("d1", "")


def test_one_deal_leads_to_its_page_and_its_problem_is_the_likeliest(
    client: TestClient, sessions: Sessions
):
    sync(sessions, deal("d1"))
    answer = client.post("/opportunities/crm/take-up", data={"deal": box(sessions, "d1")})
    (one,) = all_of(sessions)

    assert answer.url.path == f"/opportunities/{one.id}"
    assert one.problem_id == "late_orders"


def test_how_a_deal_was_lost_is_said_by_a_person(client: TestClient, sessions: Sessions):
    sync(sessions, deal("d2", is_closed=True))
    form = {"deal": box(sessions, "d2"), "outcome": "lost to a competitor"}
    client.post("/opportunities/crm/take-up", data=form)

    assert all_of(sessions)[0].outcome is Outcome.LOST_COMPETITOR


def test_all_open_deals_are_taken_up_some_at_a_time(client: TestClient, sessions: Sessions):
    sync(sessions, *(deal(f"d{n}") for n in range(105)))
    first = client.post("/opportunities/crm/take-up", data={"how": "all"})
    client.post("/opportunities/crm/take-up", data={"how": "all"})

    assert "5 more can be taken up" in first.text
    assert len(all_of(sessions)) == 105


@pytest.mark.parametrize("told", ["1", "x:d1", ":d1", "1:", "9" * 30 + ":d1"])
def test_what_is_no_deal_is_refused_in_place(client: TestClient, told: str):
    assert client.post("/opportunities/crm/take-up", data={"deal": told}).status_code == 422


def test_a_deal_can_be_an_opportunity_that_is_here(client: TestClient, sessions: Sessions):
    one = opened(sessions)
    sync(sessions, deal("d1"))
    assert "It is “Acme: late orders”" in client.get("/opportunities/crm").text

    client.post(
        "/opportunities/crm/link", data={"deal": box(sessions, "d1"), "opportunity": one}
    )
    with transaction(sessions) as tx:
        assert whole(tx, one).head.deal_key == "d1"


def test_where_the_crm_differs_is_shown_and_settled(client: TestClient, sessions: Sessions):
    sync(sessions, deal())
    where = place(sessions, "d1")
    with transaction(sessions) as tx:
        (one,) = take_deals(tx, [where], Taking(), Library(()), ME).opened
    changed = {"name": "A deal", "worth": "120000", "currency": "EUR", "seller": "Ada"}
    form = {
        **changed,
        "in_forecast": "yes",
        "opened_on": "2026-02-01",
        "close_on": "2026-06-30",
    }
    client.post(f"/opportunities/{one}/parts/opportunity/0", data=form)
    shown = page(client, f"/opportunities/{one}/material").text
    everywhere = page(client, "/opportunities/crm/differences").text
    client.post(f"/opportunities/{one}/crm/settle", data={"held": "worth", "whose": "ours"})

    assert "your CRM says 90,000 EUR; here 120,000 EUR" in shown
    assert "your CRM says 90,000 EUR; here 120,000 EUR" in everywhere
    assert "Your CRM says otherwise" not in page(client, f"/opportunities/{one}/material").text
    with transaction(sessions) as tx:
        assert whole(tx, one).head.worth == 120_000


def test_the_material_of_a_deal_is_what_they_told_documents_and_activities(
    client: TestClient, sessions: Sessions
):
    one = opened(sessions)
    make.bring(sessions, make.draft("Orders are <late>.", about="Acme", title="A <letter>"))
    sync(sessions, call("c1", person("Ines")))
    with transaction(sessions) as tx:
        facts = told(tx)
    base = f"/opportunities/{one}/material"
    before = page(client, base)
    client.post(f"{base}/facts/{facts[FactKind.NAME]}", data={"taken": "a person with a say"})
    client.post(
        f"{base}/facts/{facts[FactKind.NUMBER]}", data={"taken": "a quantity of the cost"}
    )
    documents = before.all("form.put-to")
    client.post(documents[0]["action"], data={"why": "it tells of it"})
    after = page(client, base)

    assert [len(part.all(".facts-heard li")) for part in (before, after)] == [5, 4]
    assert "Frau Jankowski" in before.text
    assert "a call" in before.one(".activities").text
    assert "it tells of it" in after.one("#documents + ul").text
    with transaction(sessions) as tx:
        assert [p.name for p in whole(tx, one).stakeholders.values()] == ["Frau Jankowski"]
        assert whole(tx, one).head.stage is Stage.PROVOKE
