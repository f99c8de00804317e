"""Job adverts are read from what a page tells machines."""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime

import pytest

from tests.sources.web_server import Page, Served, Web, html, page, web
from unsolved.errors import Invalid
from unsolved.sources import Draft, Kind, Refusal
from unsolved.sources.connector import Find, Visit
from unsolved.sources.kinds import connector
from unsolved.sources.records import Gone, Mark

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
ADVERT = {
    "@context": "https://schema.org",
    "@type": "JobPosting",
    "title": "Head of Billing",
    "description": "<p>Our billing has failed twice.</p><ul><li>Mend it</li></ul>",
    "datePosted": "2026-02-01T08:00:00Z",
    "identifier": {"@type": "PropertyValue", "name": "Norden", "value": "J-17"},
    "hiringOrganization": {
        "@type": "Organization",
        "name": "Norden Freight",
        "sameAs": "https://www.norden-freight.com/about",
    },
    "jobLocation": {
        "@type": "Place",
        "address": {"addressLocality": "Bergen", "addressCountry": {"name": "Norway"}},
    },
    "qualifications": "Ten years of <b>billing</b>",
    "validThrough": "2026-02-10",
}


def advert(*items: object, more: str = "", **page_more) -> Page:
    """Write a page with JSON-LD in it."""
    written = "".join(
        f'<script type="application/ld+json">{one if isinstance(one, str) else json.dumps(one)}'
        "</script>"
        for one in items
    )
    return html(f"<h1>A job</h1>{more}", head=written, **page_more)


def visit(site: Web, cursor: str | None = None, **settings: str) -> list[Find]:
    settings = {"address": f"{site.address}/jobs", **settings}
    made = Visit(name="jobs", settings=settings, now=NOW, reach=site.reach(), cursor=cursor)
    return list(connector("jobs", made).fetch())


def read(served: Mapping[str, Served] | Page, **settings: str) -> list[Find]:
    with web({"/jobs": served} if isinstance(served, Page) else served) as site:
        return visit(site, **settings)


def drafts(finds: list[Find]) -> list[Draft]:
    return [find for find in finds if isinstance(find, Draft)]


def refusals(finds: list[Find]) -> list[Refusal]:
    return [find for find in finds if isinstance(find, Refusal)]


def cursor(finds: list[Find]) -> str:
    return [find for find in finds if isinstance(find, Mark)][-1].cursor


def test_an_advert_becomes_a_document():
    (only,) = drafts(read(advert(ADVERT)))

    assert only.key == "Norden: J-17"
    assert only.kind is Kind.JOB_ADVERT
    assert only.title == "Head of Billing"
    assert only.published_on == date(2026, 2, 1)
    assert only.organisation.name == "Norden Freight"
    assert only.organisation.domain == "norden-freight.com"
    assert only.text == (
        "Our billing has failed twice.\n\n• Mend it\n\n"
        "Hiring organisation: Norden Freight\nPlace: Bergen, Norway\n"
        "Qualifications: Ten years of billing"
    )


@pytest.mark.parametrize(
    "told",
    [
        [ADVERT],
        {"@context": "https://schema.org", "@graph": [{"@type": "WebPage"}, ADVERT]},
        {"@type": "ItemList", "itemListElement": [{"@type": "ListItem", "item": ADVERT}]},
        {**ADVERT, "@type": ["JobPosting", "Thing"]},
        {**ADVERT, "@type": "http://schema.org/JobPosting"},
        f"<!-- {json.dumps(ADVERT)} -->",
        json.dumps(ADVERT).replace("failed twice", "failed\ttwice\n"),
    ],
)
def test_adverts_are_found_wherever_they_stand(told: object):
    (only,) = drafts(read(advert(told)))

    assert only.key == "Norden: J-17"


def test_adverts_marked_in_the_page_itself_are_read():
    main = """<div itemscope itemtype="https://schema.org/JobPosting">
      <h1 itemprop="title">Planner</h1><meta itemprop="datePosted" content="2026-01-05">
      <div itemprop="hiringOrganization" itemscope itemtype="https://schema.org/Organization">
        <span itemprop="name">Norden</span><a itemprop="sameAs" href="https://norden.no">us</a>
      </div>
      <div itemprop="description"><p>Plan the third try.</p></div></div>"""
    (only,) = drafts(read(html(main)))

    assert (only.title, only.organisation.name, only.organisation.domain) == (
        "Planner",
        "Norden",
        "norden.no",
    )
    assert only.text.startswith("Plan the third try.")
    assert only.published_on == date(2026, 1, 5)


def test_links_are_followed_to_adverts_and_those_about_jobs_come_first():
    others = "".join(f'<a href="/about/{n}">x</a>' for n in range(5))
    jobs = "".join(f'<a href="/jobs/{n}">x</a>' for n in range(3))
    pages: dict[str, Served] = {
        f"/jobs/{n}": advert({**ADVERT, "identifier": str(n)}) for n in range(3)
    }
    pages |= {f"/about/{n}": html("about") for n in range(5)}
    pages["/jobs"] = html(others + jobs)
    finds = read(pages, pages="4")

    assert [one.key for one in drafts(finds)] == ["0", "1", "2"]
    assert "more" in refusals(finds)[-1].why


def test_without_a_number_the_address_is_the_key():
    bare = {key: told for key, told in ADVERT.items() if key != "identifier"}
    with web() as site:
        site.pages["/jobs"] = advert({**bare, "url": "/jobs/1?utm_source=x"}, bare, bare)
        found = drafts(visit(site))

    here = f"{site.address}/jobs"
    assert [one.key for one in found] == [f"{here}/1", here, f"{here}#2"]
    assert found[0].origins == (f"{here}/1",)


def test_the_setting_says_who_hires_where_the_advert_does_not():
    bare = {key: told for key, told in ADVERT.items() if key != "hiringOrganization"}
    (only,) = drafts(read(advert(bare), organisation="Norden AS"))
    assert only.organisation.name == "Norden AS"

    (only,) = drafts(read(advert(ADVERT), organisation="Norden AS"))
    assert only.organisation.name == "Norden Freight"


def test_a_profile_elsewhere_is_not_the_domain_of_who_hires():
    hiring = {"name": "Norden", "sameAs": "https://www.linkedin.com/company/norden"}
    (only,) = drafts(read(advert({**ADVERT, "hiringOrganization": hiring})))

    assert only.organisation.domain is None


def test_html_written_as_text_is_read_as_html():
    told = "&lt;p&gt;It failed.&lt;/p&gt;&lt;script&gt;x()&lt;/script&gt;"
    (only,) = drafts(read(advert({**ADVERT, "description": told})))

    assert only.text.startswith("It failed.\n\nHiring")


def test_several_places_and_none_at_all_are_told():
    places = [{"address": {"addressLocality": one}} for one in ("Bergen", "Oslo", "Oslo")]
    more = {"jobLocation": places, "jobLocationType": "TELECOMMUTE"}
    (only,) = drafts(read(advert({**ADVERT, **more})))

    assert "Place: Bergen; Oslo; remote" in only.text


def test_a_broken_or_empty_advert_is_told_and_the_others_kept():
    broken = '{"@type": "JobPosting", "title": '
    empty = {**ADVERT, "description": " ", "identifier": "2"}
    finds = read(advert(broken, empty, ADVERT, {**ADVERT, "identifier": [], "title": None}))

    assert len(drafts(finds)) == 2
    assert {one.field for one in refusals(finds)} == {None, "description"}


def test_a_date_in_the_future_is_told_and_left_out():
    finds = read(advert({**ADVERT, "datePosted": "2031-01-01"}))

    assert drafts(finds)[0].published_on is None
    assert refusals(finds)[0].field == "datePosted"


@pytest.mark.parametrize("odd", [7, {"a": [1]}, [[]], "soon", None, True])
def test_odd_values_do_no_harm(odd: object):
    names = ("datePosted", "identifier", "hiringOrganization", "jobLocation", "title", "skills")
    found = drafts(read(advert({**ADVERT, **dict.fromkeys(names, odd)})))

    assert found[0].text.startswith("Our billing")


def test_an_advert_that_is_taken_down_is_gone():
    pages = {
        "/jobs": html('<a href="/jobs/1">1</a><a href="/jobs/2">2</a>', etag='"1"'),
        "/jobs/1": advert(ADVERT),
        "/jobs/2": advert({**ADVERT, "identifier": "2"}, {**ADVERT, "identifier": "3"}),
    }
    with web(pages) as site:
        first = visit(site)
        site.pages["/jobs/1"] = page("no", status=410)
        site.pages["/jobs/2"] = advert({**ADVERT, "identifier": "3"})
        second = visit(site, cursor(first))

    assert [find for find in second if isinstance(find, Gone)] == [
        Gone("Norden: J-17"),
        Gone("2"),
    ]
    assert [one.key for one in drafts(second)] == ["3"]


def test_an_unchanged_page_is_not_sent_again_and_a_changed_advert_keeps_its_key():
    with web({"/jobs": advert(ADVERT, etag='"1"')}) as site:
        first = visit(site)
        second = visit(site, cursor(first))
        site.pages["/jobs"] = advert({**ADVERT, "title": "Head of Bills"}, etag='"2"')
        third = visit(site, cursor(second))

    assert not drafts(second)
    assert not refusals(second)
    assert drafts(third)[0].key == drafts(first)[0].key
    assert drafts(third)[0].digest != drafts(first)[0].digest


def test_a_site_without_adverts_is_told():
    (only,) = refusals(read(html("We hire.")))

    assert "none of its 1 pages" in only.why


def test_what_is_no_address_is_invalid():
    made = Visit(name="x", settings={"address": "ftp://x"}, now=NOW, reach=Web({}, 1).reach())
    with pytest.raises(Invalid):
        connector("jobs", made)
