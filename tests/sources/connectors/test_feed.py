"""A feed gives its entries, whatever it is written in, and says what it could not."""

import json
from datetime import UTC, date, datetime

import pytest

from tests.sources.web_server import Page, Web, html, page, web
from unsolved.errors import Invalid, SourceDown, SourceRefused
from unsolved.sources import Draft, Kind, Refusal
from unsolved.sources.connector import Find, Visit
from unsolved.sources.kinds import connector
from unsolved.sources.records import Mark

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
LONG = "We have tried to mend our billing twice, and both times it failed in the second month. "


def rss(*items: str, **more) -> Page:
    """Write a feed in RSS."""
    channel = f"<channel><title>Norden Freight</title>{''.join(items)}</channel>"
    body = f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0">{channel}</rss>'
    return page(body, media_type="application/rss+xml", **more)


def item(name: str, text: str = "Twice we tried.", more: str = "") -> str:
    """Write an entry in RSS."""
    return (
        f"<item><guid>{name}</guid><title>About {name}</title><link>/news/{name}</link>"
        f"<description>{text}</description>{more}</item>"
    )


def told(**more) -> Page:
    """Write a feed in JSON."""
    whole = {"version": "https://jsonfeed.org/version/1.1", "title": "Norden", **more}
    return page(json.dumps(whole), media_type="application/feed+json")


def visit(site: Web, cursor: str | None = None, **settings: str) -> list[Find]:
    settings = {"address": f"{site.address}/feed", **settings}
    made = Visit(name="feed", settings=settings, now=NOW, reach=site.reach(), cursor=cursor)
    return list(connector("feed", made).fetch())


def read(feed: Page, **settings: str) -> list[Find]:
    with web({"/feed": feed}) as site:
        return visit(site, **settings)


def drafts(finds: list[Find]) -> list[Draft]:
    return [find for find in finds if isinstance(find, Draft)]


def refusals(finds: list[Find]) -> list[Refusal]:
    return [find for find in finds if isinstance(find, Refusal)]


def cursor(finds: list[Find]) -> str:
    return [find for find in finds if isinstance(find, Mark)][-1].cursor


def test_an_entry_becomes_a_document():
    day = "<pubDate>Tue, 03 Feb 2026 23:30:00 -0500</pubDate>"
    with web() as site:
        site.pages["/feed"] = rss(
            item("a", "&lt;p&gt;It &lt;b&gt;failed&lt;/b&gt;.&lt;/p&gt;", day)
        )
        (only,) = drafts(visit(site))

    assert only.key == "a"
    assert only.title == "About a"
    assert only.text == "It failed."
    assert only.kind is Kind.NEWS
    assert only.published_on == date(2026, 2, 4)
    assert only.origins == (f"{site.address}/news/a",)
    assert only.organisation.name == "Norden Freight"


def test_atom_gives_its_content_rather_than_its_summary():
    atom = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Norden</title>
      <entry><id>urn:1</id><title type="html">A &amp;amp; B</title>
        <link href="https://norden.example/1"/><updated>2026-01-05T10:00:00Z</updated>
        <summary>Short.</summary>
        <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>{LONG}</p></div></content>
      </entry></feed>"""
    (only,) = drafts(read(page(atom, media_type="application/atom+xml")))

    assert (only.key, only.title, only.text) == ("urn:1", "A & B", LONG.strip())
    assert only.published_on == date(2026, 1, 5)


def test_a_json_feed_is_read():
    one = {
        "id": 7,
        "url": "/a",
        "title": "A",
        "content_html": "<p>It failed.</p>",
        "date_published": "2026-02-04T01:00:00+02:00",
    }
    with web({"/feed": told(items=[one, {"id": "8", "content_text": "Twice."}])}) as site:
        first, second = drafts(visit(site))

    assert (first.key, first.text, first.published_on) == ("7", "It failed.", date(2026, 2, 3))
    assert first.origins == (f"{site.address}/a",)
    assert (second.key, second.title, second.text) == ("8", "Twice.", "Twice.")


def test_settings_say_whom_it_is_about_and_what_it_is():
    (only,) = drafts(read(rss(item("a")), organisation="3M", kind="blog"))

    assert (only.organisation.name, only.kind) == ("3M", Kind.POST)


def test_a_feed_that_has_not_changed_gives_nothing_and_one_that_has_is_read():
    with web(
        {"/feed": rss(item("a"), etag='"1"', modified="Mon, 02 Feb 2026 10:00:00 GMT")}
    ) as site:
        first = visit(site)
        second = visit(site, cursor(first))
        headers = site.asked[-1].headers
        site.pages["/feed"] = rss(item("a"), item("b"), etag='"2"')
        third = visit(site, cursor(first))

    assert second == []
    assert headers["if-none-match"] == '"1"'
    assert headers["if-modified-since"] == "Mon, 02 Feb 2026 10:00:00 GMT"
    assert [one.key for one in drafts(third)] == ["a", "b"]
    assert drafts(first)[0].digest == drafts(third)[0].digest


def test_a_broken_feed_gives_what_can_be_read_and_is_asked_for_again():
    feed = rss(item("a"), item("b", "<b>unclosed & odd"), etag='"1"')
    with web({"/feed": feed}) as site:
        finds = visit(site)
        again = visit(site, cursor(finds))

    assert [one.key for one in drafts(finds)] == ["a", "b"]
    (refusal,) = refusals(finds)
    assert "broken" in refusal.why
    assert refusal.line
    assert drafts(again)


def test_a_feed_that_breaks_off_keeps_what_came_before():
    whole = rss(item("a"), item("b")).body
    finds = read(page(whole[: whole.index(b"<title>About b") + 9], media_type="text/xml"))

    assert drafts(finds)[0].text == "Twice we tried."
    assert refusals(finds)


def test_an_entry_without_text_has_its_title_and_one_without_either_is_refused():
    bare = "<item><guid>x</guid></item>"
    finds = read(rss("<item><guid>t</guid><title>Only a title</title></item>", bare))

    assert [(one.key, one.text) for one in drafts(finds)] == [("t", "Only a title")]
    assert refusals(finds)[0].place.endswith("entry 2")


def test_keys_are_the_number_else_the_link_else_the_text():
    plain = "<item><description>No number at all.</description></item>"
    link = "<item><link>https://n.example/l</link><title>T</title></item>"
    same = [item("same", more=""), item("same", more="").replace("/news/same", "/news/other")]
    found = drafts(read(rss(plain, link, *same)))
    again = drafts(read(rss(plain, link, *same)))

    assert found[1].key == "https://n.example/l"
    assert [one.key for one in found][:2] == [one.key for one in again][:2]
    assert len({one.key for one in found}) == 4


@pytest.mark.parametrize("day", ["", "soon", "Thu, 01 Jan 1970 00:00:00 GMT", "31 Feb 2026"])
def test_dates_that_are_missing_or_odd_do_not_matter(day: str):
    (only,) = drafts(read(rss(item("a", more=f"<pubDate>{day}</pubDate>"))))

    assert only.published_on is None


def test_a_date_in_the_future_is_told_and_left_out():
    finds = read(rss(item("a", more="<pubDate>Tue, 03 Feb 2032 10:00:00 GMT</pubDate>")))

    assert drafts(finds)[0].published_on is None
    assert "2032-02-03" in refusals(finds)[0].why


def test_it_may_be_tomorrow_where_the_feed_is_written():
    (only,) = drafts(
        read(rss(item("a", more="<pubDate>Mon, 02 Mar 2026 01:00:00 GMT</pubDate>")))
    )

    assert only.published_on == date(2026, 3, 1)


def test_scripts_and_entities_do_nothing(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("the secret")
    evil = f"""<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x SYSTEM "file://{secret}">
      <!ENTITY a "ha"><!ENTITY b "&a;&a;&a;"><!ENTITY c "&b;&b;&b;">]>
      <rss version="2.0"><channel><title>N</title><item><guid>1</guid><title>T</title>
      <description>&x; It failed. &lt;script&gt;alert(1)&lt;/script&gt; &c;</description>
      </item></channel></rss>"""
    found = drafts(read(page(evil, media_type="text/xml")))

    assert "It failed." in found[0].text
    assert "secret" not in found[0].text
    assert "alert" not in found[0].text


def test_a_body_that_names_a_file_is_not_opened(tmp_path):
    path = tmp_path / "feed.xml"
    path.write_bytes(rss(item("inside")).body)
    with pytest.raises(SourceRefused, match="no feed"):
        read(page(str(path), media_type="text/xml"))


def test_a_page_that_is_no_feed_says_which_feed_it_has():
    head = '<link rel="alternate" type="application/rss+xml" href="/rss.xml">'
    with pytest.raises(SourceRefused, match=r"/rss\.xml"):
        read(html("<p>News</p>", head=head))


@pytest.mark.parametrize("body", ["", "  ", "{broken", "[]", '{"items": 3}', "plain words"])
def test_what_is_no_feed_is_refused(body: str):
    with pytest.raises(SourceRefused):
        read(page(body, media_type="text/plain"))


def test_a_json_entry_that_is_no_object_is_refused_and_the_others_kept():
    finds = read(told(items=[3, {"id": "a", "content_text": "Good."}]))

    assert [one.key for one in drafts(finds)] == ["a"]
    assert refusals(finds)[0].place.endswith("entry 1")


def test_a_feed_in_an_old_encoding_is_read():
    body = '<?xml version="1.0" encoding="iso-8859-1"?><rss version="2.0"><channel><title>Grønn'
    body += (
        "</title><item><guid>1</guid><description>Blåbær</description></item></channel></rss>"
    )
    (only,) = drafts(read(page(body.encode("iso-8859-1"), media_type="text/xml")))

    assert (only.organisation.name, only.text) == ("Grønn", "Blåbær")


def test_the_page_behind_an_entry_is_read_once():
    article = html(f"<nav>menu</nav><article><h1>A</h1><p>{LONG * 4}</p></article>")
    with web({"/feed": rss(item("a")), "/news/a": article}) as site:
        first = visit(site, whole="yes")
        second = visit(site, cursor(first), whole="yes")
        site.pages["/feed"] = rss(item("a"), item("b"))
        site.pages["/news/b"] = article
        third = visit(site, cursor(second), whole="yes")

    assert LONG.strip() in drafts(first)[0].text
    assert "menu" not in drafts(first)[0].text
    assert drafts(first)[0].original == article.body
    assert drafts(second) == []
    assert [one.key for one in drafts(third)] == ["b"]
    assert site.paths.count("/news/a") == 1


def test_a_page_that_robots_txt_keeps_from_us_is_not_read():
    robots = page("User-agent: *\nDisallow: /news", media_type="text/plain")
    with web({"/feed": rss(item("a")), "/robots.txt": robots}) as site:
        finds = visit(site, whole="yes")

    assert "/news/a" not in site.paths
    assert drafts(finds)[0].text == "Twice we tried."
    assert "robots.txt" in refusals(finds)[0].why


def test_a_page_that_is_down_is_asked_for_again_and_one_that_is_missing_is_not():
    pages = {"/feed": rss(item("a"), item("b"), etag='"1"'), "/news/a": page(status=503)}
    with web(pages) as site:
        first = visit(site, whole="yes")
        site.pages["/news/a"] = html(f"<article><h1>A</h1><p>{LONG * 4}</p></article>")
        second = visit(site, cursor(first), whole="yes")

    assert [one.text for one in drafts(first)] == ["Twice we tried."] * 2
    assert len(refusals(first)) == 2
    assert [one.key for one in drafts(second)] == ["a"]
    assert LONG.strip() in drafts(second)[0].text


def test_what_is_older_than_is_wanted_is_left_out():
    old = item("old", more="<pubDate>Tue, 03 Feb 2015 10:00:00 GMT</pubDate>")
    with web({"/feed": rss(old, item("undated"), etag='"1"')}) as site:
        made = Visit(
            name="feed",
            settings={"address": f"{site.address}/feed"},
            now=NOW,
            reach=site.reach(),
            cursor='{"etag": "\\"1\\""}',
            since=date(2020, 1, 1),
        )
        found = drafts(list(connector("feed", made).fetch()))

    assert [one.key for one in found] == ["undated"]


@pytest.mark.parametrize("cursor", ["nonsense", "[]", '{"whole": 3}'])
def test_a_cursor_that_means_nothing_begins_anew(cursor: str):
    with web({"/feed": rss(item("a"))}) as site:
        assert drafts(visit(site, cursor))


def test_a_feed_that_is_away_is_down_and_one_that_is_not_there_refused():
    with web({"/feed": page(status=500)}) as site, pytest.raises(SourceDown):
        visit(site)
    with web() as site, pytest.raises(SourceRefused):
        visit(site)


def test_a_feed_that_answers_at_the_second_asking_is_read():
    slow = page(status=429, headers={"Retry-After": "1"})
    with web() as site:
        site.pages["/feed"] = [slow, page(status=500), rss(item("a"))]
        assert drafts(visit(site))


@pytest.mark.parametrize(
    "settings", [{"address": "mailto:x"}, {"kind": "poem"}, {"whole": "perhaps"}]
)
def test_settings_that_mean_nothing_are_invalid(settings: dict[str, str]):
    told = {"address": "https://n.example/feed", **settings}
    made = Visit(name="x", settings=told, now=NOW, reach=Web({}, 1).reach())
    with pytest.raises(Invalid):
        connector("feed", made)
