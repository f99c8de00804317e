"""A site is read as its owner allows, page by page, and no further than it goes."""

import gzip
import json
from collections.abc import Mapping
from datetime import UTC, date, datetime

import pytest

from tests.sources.test_folder import pdf
from tests.sources.web_server import Page, Served, Web, html, leads_to, page, web
from unsolved.errors import Invalid, SourceDown, SourceRefused
from unsolved.sources import Draft, Kind, Refusal
from unsolved.sources.connector import Find, Visit
from unsolved.sources.kinds import connector
from unsolved.sources.reach import Limits, Reach
from unsolved.sources.records import Gone, Mark

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
HOME = "<title>Norden Freight | Home</title>"
LONG = "We have tried to mend our billing twice, and both times it failed in the second month. "


def text(about: str) -> str:
    """Write a page's main text that is long enough to stand out."""
    return f"<main><h1>{about}</h1><p>{about}. {LONG}</p><p>{LONG * 3}{about}</p></main>"


def links(*to: str) -> str:
    """Write links to other pages."""
    return "".join(f'<a href="{one}">a page called {one}</a> ' for one in to)


def visit(
    site: Web, cursor: str | None = None, start: str = "/", **settings: str
) -> list[Find]:
    settings = {"address": site.address + start, **settings}
    made = Visit(name="norden", settings=settings, now=NOW, reach=site.reach(), cursor=cursor)
    return list(connector("site", made).fetch())


def drafts(finds: list[Find]) -> dict[str, Draft]:
    """Return documents by the paths of their addresses."""
    return {"/" + find.key.split("/", 3)[3]: find for find in finds if isinstance(find, Draft)}


def cursor(finds: list[Find]) -> str:
    return [find for find in finds if isinstance(find, Mark)][-1].cursor


def refusals(finds: list[Find]) -> list[Refusal]:
    return [find for find in finds if isinstance(find, Refusal)]


def read(pages: Mapping[str, Served], **settings: str) -> tuple[dict[str, Draft], Web]:
    with web(pages) as site:
        return drafts(visit(site, **settings)), site


def test_pages_are_found_by_their_links_and_become_documents():
    pages = {
        "/": html(text("What we do") + links("/about", "team.html#people"), head=HOME),
        "/about": html(text("Who we are")),
        "/team.html": html(text("Our people")),
    }

    found, _ = read(pages)

    assert list(found) == ["/", "/about", "/team.html"]
    about = found["/about"]
    assert about.organisation.name == "Norden Freight"
    assert about.kind is Kind.NOTE
    assert "Who we are" in about.text
    assert about.origins == (about.key,)
    assert about.original == pages["/about"].body


def test_what_stands_around_the_text_on_every_page_is_left_out():
    frame = "<nav><a href='/'>Products</a><a href='/x'>Careers</a></nav>"
    found, _ = read({"/": html(f"{frame}{text('What we do')}<footer>All rights</footer>")})

    assert "Careers" not in found["/"].text


def test_an_article_with_a_date_is_news_and_one_of_a_blog_a_post():
    dated = '<meta property="article:published_time" content="2025-11-03T08:00:00Z">'
    found, _ = read(
        {
            "/": html(text("Start") + links("/news/a", "/blog/b")),
            "/news/a": html(f"<article>{text('An opening')}</article>", head=dated),
            "/blog/b": html(f"<article>{text('A thought')}</article>", head=dated),
        }
    )

    assert (found["/news/a"].kind, found["/news/a"].published_on) == (
        Kind.NEWS,
        date(2025, 11, 3),
    )
    assert found["/blog/b"].kind is Kind.POST


def test_a_date_in_the_future_is_not_believed():
    dated = '<meta property="article:published_time" content="2031-11-03T08:00:00Z">'
    found, _ = read({"/": html(text("Start"), head=dated)})

    assert found["/"].published_on is None


def test_the_organisation_is_the_one_we_are_told():
    found, _ = read({"/": html(text("Start"), head=HOME)}, organisation="Norden AS")

    assert found["/"].organisation.name == "Norden AS"


def test_a_site_that_names_itself_is_called_that():
    head = '<meta property="og:site_name" content="Norden Group"><title>Welcome</title>'
    found, _ = read({"/": html(text("Start"), head=head)})

    assert found["/"].organisation.name == "Norden Group"


def test_robots_txt_is_kept_to_for_everybody_and_for_us_by_name():
    pages = {
        "/robots.txt": page("User-agent: *\nDisallow: /private\n", media_type="text/plain"),
        "/": html(text("Start") + links("/private/a", "/open")),
        "/open": html(text("Open")),
        "/private/a": html(text("Private")),
    }
    _, site = read(pages)
    assert "/private/a" not in site.paths

    pages["/robots.txt"] = page("User-agent: unsolved\nDisallow: /\n", media_type="text/plain")
    with web(pages) as site, pytest.raises(SourceRefused, match="robots"):
        visit(site)


def test_a_robots_txt_that_cannot_be_read_stops_us_and_a_missing_one_does_not():
    with web({"/": html(text("Start")), "/robots.txt": page(status=500)}) as site:
        with pytest.raises(SourceDown, match=r"robots\.txt"):
            visit(site)
        assert set(site.paths) == {"/robots.txt"}

    found, _ = read({"/": html(text("Start")), "/robots.txt": page("no", status=403)})
    assert list(found) == ["/"]


def test_the_sitemap_leads_to_pages_that_nothing_links_to():
    with web() as site:
        one = f"<url><loc>{site.address}/hidden?a=1&amp;b=2</loc></url>"
        far = "<url><loc>http://elsewhere.example/x</loc></url>"
        inner = (
            f"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{one}{far}</urlset>"
        )
        place = f"<sitemap><loc>{site.address}/in.xml.gz</loc></sitemap>"
        index = f"<sitemapindex>{place}</sitemapindex>"
        site.pages = {
            "/robots.txt": page(f"Sitemap: {site.address}/map.xml", media_type="text/plain"),
            "/map.xml": page(index, media_type="application/xml"),
            "/in.xml.gz": page(gzip.compress(inner.encode()), media_type="application/gzip"),
            "/": html(text("Start")),
            "/hidden?a=1&b=2": html(text("Hidden")),
        }
        found = drafts(visit(site))

    assert list(found) == ["/", "/hidden?a=1&b=2"]


def test_a_sitemap_that_breaks_off_gives_what_stands_before_it():
    with web({"/": html(text("Start")), "/a": html(text("A page"))}) as site:
        cut = f"<urlset><url><loc>{site.address}/a</loc></url><url><loc>http"
        site.pages["/sitemap.xml"] = page(cut, media_type="application/xml")
        finds = visit(site)

    assert list(drafts(finds)) == ["/", "/a"]
    assert "in part" in refusals(finds)[0].why


def test_a_sitemap_with_entities_or_a_bomb_in_it_is_not_read():
    laughs = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 9}">' for n in range(1, 9))
    bomb = (
        f'<!DOCTYPE x [<!ENTITY e0 "ha">{laughs}]><urlset><url><loc>&e8;</loc></url></urlset>'
    )
    packed = gzip.compress(b" " * 60_000_000)
    for body in (bomb.encode(), packed):
        with web({"/": html(text("Start")), "/sitemap.xml": page(body)}) as site:
            site.pages["/sitemap.xml"] = page(body, media_type="application/xml")
            finds = visit(site)
        assert list(drafts(finds)) == ["/"]
        assert "sitemap" in refusals(finds)[0].why


def test_pages_and_depth_have_limits_and_what_is_left_is_told():
    pages: dict[str, Served] = {
        f"/{n}": html(text(f"Page {n}") + links(f"/{n + 1}")) for n in range(20)
    }
    pages["/"] = html(text("Start") + links("/0"))

    deep, _ = read(pages, depth="2")
    assert list(deep) == ["/", "/0", "/1"]

    with web(pages) as site:
        finds = visit(site, pages="3", depth="9")
        assert list(drafts(finds)) == ["/", "/0", "/1"]
        assert "more" in refusals(finds)[-1].why
        more = visit(site, cursor(finds), pages="5", depth="9")
    assert "/3" in drafts(more)


def test_only_addresses_that_begin_with_what_is_wanted_are_kept():
    pages = {
        "/": html(text("Start") + links("/news/a", "/shop")),
        "/news/a": html(text("News")),
        "/shop": html(text("Shop")),
    }
    found, site = read(pages, only="/news")

    assert list(found) == ["/news/a"]
    assert "/shop" not in site.paths


def test_a_page_that_asks_to_be_left_out_is_left_out_and_its_links_followed():
    head = '<meta name="robots" content="noindex, follow">'
    pages = {
        "/": html(text("Start") + links("/list", "/header")),
        "/list": html(text("A list") + links("/a"), head=head),
        "/header": html(text("Header"), headers={"X-Robots-Tag": "unsolved: noindex"}),
        "/a": html(text("A page")),
    }
    found, _ = read(pages)

    assert list(found) == ["/", "/a"]


def test_links_that_we_are_asked_not_to_follow_are_not_followed():
    head = '<meta name="robots" content="nofollow">'
    pages = {
        "/": html(text("Start") + links("/a") + '<a rel="nofollow" href="/b">b</a>'),
        "/a": html(text("A") + links("/c"), head=head),
        "/b": html(text("B")),
        "/c": html(text("C")),
    }
    found, _ = read(pages)

    assert list(found) == ["/", "/a"]


def test_one_page_under_several_addresses_is_one_document():
    head = '<link rel="canonical" href="/a">'
    pages = {
        "/": html(text("Start") + links("/a?print=1", "/a", "/b?utm_source=x", "/b", "/copy")),
        "/a": html(text("A"), head=head),
        "/a?print=1": html(text("A, printed"), head=head),
        "/b": html(text("B")),
        "/copy": html(text("B")),
    }
    found, site = read(pages)

    assert list(found) == ["/", "/a", "/b"]
    assert site.paths.count("/b") == 1
    assert "/b?utm_source=x" not in site.paths


def test_a_site_whose_pages_all_say_they_were_the_home_page_is_still_read():
    head = '<link rel="canonical" href="/">'
    pages = {
        "/": html(text("Start") + links("/a"), head=head),
        "/a": html(text("A"), head=head),
    }
    found, _ = read(pages)

    assert list(found) == ["/", "/a"]


def test_a_pdf_is_read_and_a_broken_one_told():
    pages = {
        "/": html(text("Start") + links("/report.pdf", "/bad.pdf", "/logo.png")),
        "/report.pdf": page(pdf("The third try failed"), media_type="application/pdf"),
        "/bad.pdf": page(b"%PDF-1.4 nothing", media_type="application/pdf"),
    }
    with web(pages) as site:
        finds = visit(site)

    assert drafts(finds)["/report.pdf"].text == "The third try failed"
    assert "damaged" in refusals(finds)[0].why
    assert "/logo.png" not in site.paths


def test_an_unchanged_page_is_not_sent_again():
    pages = {
        "/": html(text("Start") + links("/a", "/b"), etag='"1"'),
        "/a": html(text("A"), modified="Mon, 02 Feb 2026 10:00:00 GMT"),
        "/b": html(text("B")),
    }
    with web(pages) as site:
        first = visit(site)
        site.asked.clear()
        second = visit(site, cursor(first))

    assert list(drafts(first)) == ["/", "/a", "/b"]
    assert list(drafts(second)) == ["/b"]
    told = {one.path: one.headers for one in site.asked}
    assert told["/"]["if-none-match"] == '"1"'
    assert told["/a"]["if-modified-since"] == "Mon, 02 Feb 2026 10:00:00 GMT"
    assert drafts(second)["/b"].organisation.name == drafts(first)["/b"].organisation.name


def test_a_changed_page_comes_with_its_new_text_under_the_same_key():
    with web({"/": html(text("Before"), etag='"1"')}) as site:
        first = visit(site)
        site.pages["/"] = html(text("After"), etag='"2"')
        second = visit(site, cursor(first))

    before, after = drafts(first)["/"], drafts(second)["/"]
    assert before.key == after.key
    assert before.digest != after.digest
    assert "After" in after.text


@pytest.mark.parametrize("status", [404, 410])
def test_a_page_that_was_there_and_is_not_is_gone(status: int):
    pages = {"/": html(text("Start") + links("/a"), etag='"1"'), "/a": html(text("A"))}
    with web(pages) as site:
        first = visit(site)
        site.pages["/a"] = page("no", status=status)
        second = visit(site, cursor(first))
        third = visit(site, cursor(second))

    assert Gone(f"{site.address}/a") in second
    assert not [find for find in third if isinstance(find, Gone)]


def test_a_page_that_is_down_is_not_gone_and_is_asked_for_again():
    pages = {"/": html(text("Start") + links("/a", "/b"), etag='"1"'), "/b": html(text("B"))}
    with web({**pages, "/a": page(status=503)}) as site:
        first = visit(site)
        site.pages["/a"] = html(text("A"))
        second = visit(site, cursor(first))

    assert list(drafts(first)) == ["/", "/b"]
    assert "next visit" in refusals(first)[0].mend
    assert "/a" in drafts(second)


def test_a_site_that_is_down_is_down_and_the_way_so_far_is_marked():
    pages = {"/": html(text("Start") + links(*"abcdef"))}
    with web(pages | {f"/{one}": page(status=500) for one in "abcdef"}) as site:
        made = Visit(name="x", settings={"address": site.address}, now=NOW, reach=site.reach())
        finds: list[Find] = []
        with pytest.raises(SourceDown):
            finds.extend(connector("site", made).fetch())

    assert "/" in drafts(finds)
    assert f"{site.address}/f" in cursor(finds)


def test_a_crash_on_the_way_loses_no_page():
    pages: dict[str, Served] = {f"/{n}": html(text(f"Page {n}"), etag='"x"') for n in range(60)}
    pages["/"] = html(text("Start") + links(*pages), etag='"x"')
    with web(pages) as site:
        whole = drafts(visit(site))
        before: list[Find] = []
        for find in connector(
            "site",
            Visit(name="x", settings={"address": site.address}, now=NOW, reach=site.reach()),
        ).fetch():
            before.append(find)
            if isinstance(find, Mark):
                break
        after = visit(site, cursor(before))

    assert 0 < len(drafts(before)) < len(whole)
    assert set(drafts(before)) | set(drafts(after)) == set(whole)
    assert not set(drafts(before)) & set(drafts(after))


def test_a_redirect_on_the_site_is_followed_and_one_off_it_is_not():
    with web({"/x": html(text("Elsewhere"))}) as other:
        pages = {
            "/": html(text("Start") + links("/old", "/away", "/round")),
            "/old": leads_to("/new"),
            "/new": html(text("New")),
            "/away": leads_to(f"{other.address}/x"),
            "/round": leads_to("/round"),
        }
        with web(pages) as site:
            reach = site.reach().but(allowed=frozenset({site.host, other.host}))
            made = Visit(name="x", settings={"address": site.address}, now=NOW, reach=reach)
            found = drafts(list(connector("site", made).fetch()))

    assert list(found) == ["/", "/new"]
    assert other.asked == []


def test_a_start_that_leads_to_another_site_is_refused_by_name():
    with (
        web({"/": leads_to("http://other.example/")}) as site,
        pytest.raises(SourceRefused, match=r"other\.example"),
    ):
        visit(site)


def test_a_moved_page_is_gone_where_it_was_and_there_where_it_is():
    pages = {"/": html(text("Start") + links("/a"), etag='"1"'), "/a": html(text("A"))}
    with web(pages) as site:
        first = visit(site)
        site.pages |= {"/a": leads_to("/b"), "/b": html(text("A"))}
        second = visit(site, cursor(first))

    assert Gone(f"{site.address}/a") in second
    assert "/b" in drafts(second)


def test_a_calendar_without_end_and_a_filter_with_many_settings_have_one():
    def calendar(path: str) -> Page:
        step = int(path.rpartition("=")[2] or 0)
        to = [f"/calendar?month={step + n}" for n in range(1, 30)]
        return html(text(f"Month {step}") + links(*to, "/a/b/a/b/a/b/a/b", "/" + "x" * 3000))

    class Endless(dict[str, Served]):
        def get(self, key: str, default: Served | None = None) -> Served | None:  # type: ignore[override]
            return calendar(key) if key.startswith("/calendar") else super().get(key, default)

    with web() as site:
        site.pages = Endless({"/": html(text("Start") + links("/calendar?month=0"))})
        visit(site, pages="500", depth="99")

    assert len(site.asked) < 40
    assert not [path for path in site.paths if "a/b/a/b" in path or len(path) > 1000]


def test_session_numbers_do_not_make_new_pages():
    pages = {
        "/": html(text("Start") + links("/a;jsessionid=1F", "/a?PHPSESSID=2", "/a?sid=3")),
        "/a": html(text("A")),
    }
    _, site = read(pages)

    assert site.paths.count("/a") == 1
    assert not [path for path in site.paths if "ess" in path]


def test_hostile_and_broken_pages_do_not_stop_the_others():
    pages = {
        "/": html(text("Start") + links("/deep", "/bytes", "/empty", "/big", "/type", "/good")),
        "/deep": page("<div>" * 50_000 + LONG),
        "/bytes": page(b"<html><body><p>caf\xe9 \x81 and more of it"),
        "/empty": page(""),
        "/big": page(b"x" * 2_000_000),
        "/type": page(b"\x00\x01", media_type="application/octet-stream"),
        "/good": html(text("Good")),
    }
    with web(pages) as site:
        made = Visit(
            name="x",
            settings={"address": site.address},
            now=NOW,
            reach=site.reach(),
            largest_mb=1,
        )
        finds = list(connector("site", made).fetch())

    found = drafts(finds)
    assert {"/", "/deep", "/bytes", "/good"} <= set(found)
    assert "and more of it" in found["/bytes"].text
    assert [one.place for one in refusals(finds)] == [f"{site.address}/big"]


def test_a_page_in_an_old_encoding_is_read_as_its_header_says():
    body = text("Grønn strøm").encode("iso-8859-1")
    found, _ = read({"/": page(body, media_type="text/html; charset=iso-8859-1")})

    assert "Grønn strøm" in found["/"].text


@pytest.mark.parametrize(("asked", "kept"), [("5", 5), ("86400", 30)])
def test_we_wait_as_long_as_a_site_asks_and_not_for_ever(asked: str, kept: int):
    waits: list[float] = []
    robots = f"User-agent: *\nCrawl-delay: {asked}\n"
    pages = {"/": html(text("Start") + links("/a")), "/a": html(text("A"))}
    with web(pages | {"/robots.txt": page(robots, media_type="text/plain")}) as site:
        reach = Reach(allowed=frozenset({site.host}), pause=waits.append)
        made = Visit(name="x", settings={"address": site.address}, now=NOW, reach=reach)
        found = drafts(list(connector("site", made).fetch()))

    assert list(found) == ["/", "/a"]
    assert waits == [pytest.approx(kept, abs=1.5)] * 2


def test_a_page_that_drips_or_breaks_off_is_told_and_the_others_are_read():
    pages = {
        "/": html(text("Start") + links("/slow", "/cut", "/good")),
        "/slow": html(text("Slow"), slow=1.0),
        "/cut": html(text("Cut"), broken=20),
        "/good": html(text("Good")),
    }
    with web(pages) as site:
        reach = site.reach().but(limits=Limits(seconds=0.3, tries=2))
        made = Visit(name="x", settings={"address": site.address}, now=NOW, reach=reach)
        finds = list(connector("site", made).fetch())

    assert list(drafts(finds)) == ["/", "/good"]
    assert [one.why for one in refusals(finds)] == [
        "no answer within 0.3 seconds",
        "the line broke",
    ]


def test_a_start_that_is_not_there_is_refused():
    with web() as site, pytest.raises(SourceRefused, match="nothing at that address"):
        visit(site)


@pytest.mark.parametrize("address", ["ftp://x.example", "https://", "http://u:p@x.example/"])
def test_what_is_no_address_is_invalid(address: str):
    made = Visit(name="x", settings={"address": address}, now=NOW, reach=Web({}, 1).reach())
    with pytest.raises(Invalid):
        connector("site", made)


@pytest.mark.parametrize("told", ["nonsense", "[]", '{"pages":{"a":1}}', json.dumps(None)])
def test_a_cursor_that_means_nothing_begins_anew(told: str):
    with web({"/": html(text("Start"))}) as site:
        assert list(drafts(visit(site, told))) == ["/"]
