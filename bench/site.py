"""A small site and a feed of our own writing, to be served on this machine and read."""

from collections.abc import Mapping

from tests.sources.web_server import Page, Served, html, page

_NEWS = {
    "late": (
        "Norden Freight: a year of late orders",
        (
            "Orders at Norden Freight arrived late again this spring. The new planning system,"
            " brought in two years ago, was switched off in March after dispatchers could not"
            " release a single lorry before noon. The board has asked for a second attempt."
        ),
    ),
    "plant": (
        "Plant in Halle stands still for a week",
        (
            "A week without production cost Norden Freight four million. The cause was a batch"
            " of stock figures that nobody could reconcile. The company says they are now"
            " counted by hand every evening, which takes three people two hours."
        ),
    ),
    "calm": (
        "A quiet summer",
        (
            "The summer was quiet. The canteen was painted green, and the company choir sang at"
            " the county fair. Nobody was hurt."
        ),
    ),
}


def _article(name: str) -> Served:
    title, text = _NEWS[name]
    head = f'<title>{title}</title><meta property="og:site_name" content="Norden Freight">'
    body = f"<nav><a href='/'>Home</a></nav><article><h1>{title}</h1><p>{text}</p></article>"
    return html(body, head=head, etag=f'"{name}"')


def _robots(headers: Mapping[str, str]) -> Page:
    told = f"User-agent: *\nDisallow: /inside/\nSitemap: http://{headers['host']}/map.xml\n"
    return page(told, media_type="text/plain")


def _map(headers: Mapping[str, str]) -> Page:
    places = (f"<url><loc>http://{headers['host']}/news/{name}</loc></url>" for name in _NEWS)
    space = "http://www.sitemaps.org/schemas/sitemap/0.9"
    told = f'<?xml version="1.0"?><urlset xmlns="{space}">{"".join(places)}</urlset>'
    return page(told, media_type="application/xml")


SITE: Mapping[str, Served] = {
    "/robots.txt": _robots,
    "/map.xml": _map,
    "/": html(
        "<h1>Norden Freight</h1><p>We move what others make, from Halle to Hull, and have"
        " done so since 1911 with four hundred lorries and a great deal of patience.</p>"
        "<a href='/news/late'>News</a> <a href='/news/calm'>More</a>"
        " <a href='/inside/pay'>Pay</a>",
        head='<title>Norden Freight</title><meta property="og:site_name" content="Norden'
        ' Freight">',
    ),
    "/news/late": _article("late"),
    "/news/plant": _article("plant"),
    "/news/calm": _article("calm"),
    "/inside/pay": html("<h1>Pay</h1><p>Nobody should read this page of all pages.</p>"),
}

FEED: Mapping[str, Served] = {
    "/feed.xml": page(
        '<?xml version="1.0"?><rss version="2.0"><channel><title>Norden Freight</title>'
        "<link>https://norden.example/</link>"
        + "".join(
            f"<item><guid>{name}</guid><title>{title}</title><description>{text}</description>"
            f"<pubDate>Mon, 0{day} Mar 2026 08:00:00 GMT</pubDate></item>"
            for day, (name, (title, text)) in enumerate(_NEWS.items(), 1)
        )
        + "</channel></rss>",
        media_type="application/rss+xml",
        etag='"one"',
    ),
}
