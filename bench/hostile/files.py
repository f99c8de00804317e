"""Files that are far larger inside, or make the reader fetch or repeat."""

from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from bench.hostile.ground import Attempt, Ground, says
from unsolved.errors import SourceRefused
from unsolved.sources.connector import Find, Visit
from unsolved.sources.kinds import connector
from unsolved.sources.model import Refusal

UNTOLD = "the-word-that-must-not-come-out"
LARGEST = 1_000_000
"""Characters that may come out of a file that is small."""

_NOW = datetime(2024, 3, 5, 14, tzinfo=UTC)
_LAUGHS = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
_REPEATS = f'<!DOCTYPE x [<!ENTITY e0 "ha">{_LAUGHS}]>'
_ZEROS = 300_000_000


def _fetches(ground: Ground) -> str:
    """Return the head of XML that wants a file of this machine, and a page of the trap."""
    secret = ground.folder / "secret.txt"
    secret.write_text(UNTOLD, "utf-8")
    return (
        f'<!DOCTYPE x SYSTEM "{ground.trap.at("/x.dtd")}" ['
        f'<!ENTITY % more SYSTEM "{ground.trap.at("/more")}"> %more;'
        f'<!ENTITY e9 SYSTEM "{secret.as_uri()}">]>'
    )


def _feed(head: str) -> str:
    item = "<item><title>&e9;</title><link>http://a.example/</link></item>"
    return f'<?xml version="1.0"?>{head}<rss version="2.0"><channel>{item}</channel></rss>'


def _sitemap(head: str, home: str) -> str:
    pages = f"<url><loc>{home}/&e9;</loc></url>"
    return f'<?xml version="1.0"?>{head}<urlset>{pages}</urlset>'


def _xml(told: str) -> bytes:
    body = told.encode()
    kind = b"HTTP/1.1 200 OK\r\nContent-Type: application/xml\r\n"
    return kind + f"Content-Length: {len(body)}\r\n\r\n".encode() + body


def _visited(ground: Ground, kind: str, **settings: str) -> str:
    """Visit a source, and return what came out that should not have.

    Raises:
        SourceRefused: nothing did.
    """
    visit = Visit(name="hostile", settings=settings, now=_NOW, reach=ground.reach.but())
    found: list[Find] = list(connector(kind, visit).fetch())
    told = repr(found)
    if UNTOLD in told or len(told) > LARGEST:
        return told
    faults = [one.why for one in found if isinstance(one, Refusal)]
    raise SourceRefused(why=faults[0] if faults else "nothing of it came out")


def _served(kind: str, head: Callable[[Ground], str]) -> Callable[[Ground], object]:
    def made(ground: Ground) -> object:
        home = f"http://{ground.open.host}"
        if kind == "feed":
            address = ground.page("/feed.xml", says(_xml(_feed(head(ground)))))
        else:
            ground.page("/sitemap.xml", says(_xml(_sitemap(head(ground), home))))
            address = ground.page("/start", says(b"HTTP/1.1 200 OK\r\n\r\n<p>hello"))
        return _visited(ground, kind, address=address, organisation="Acme")

    return made


def _packed(parts: dict[str, str | int]) -> bytes:
    """Return a ZIP of texts, and of so many zeros."""
    data = BytesIO()
    with ZipFile(data, "w", ZIP_DEFLATED, compresslevel=1) as packed:
        for name, told in parts.items():
            if isinstance(told, str):
                packed.writestr(name, told)
                continue
            with packed.open(name, "w") as part:
                for _ in range(told // 1_000_000):
                    part.write(bytes(1_000_000))
    return data.getvalue()


_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_MAIN = "application/vnd.openxmlformats-officedocument"


def _office(part: str, kind: str, body: str | int) -> bytes:
    """Return the least that is a Word document or a workbook, around its main part."""
    types = (
        f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels"'
        ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/{part}" ContentType="{_MAIN}.{kind}.main+xml"/></Types>'
    )
    links = (
        f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1"'
        f' Type="{_REL}/officeDocument" Target="{part}"/></Relationships>'
    )
    return _packed({"[Content_Types].xml": types, "_rels/.rels": links, part: body})


def _word(body: Callable[[Ground], str | int]) -> Callable[[Ground], object]:
    def made(ground: Ground) -> object:
        data = _office("word/document.xml", "wordprocessingml.document", body(ground))
        return _visited(ground, "folder", path=_kept(ground, "a.docx", data), organisation="A")

    return made


def _book(body: Callable[[Ground], str | int]) -> Callable[[Ground], object]:
    def made(ground: Ground) -> object:
        data = _office("xl/workbook.xml", "spreadsheetml.sheet", body(ground))
        return _visited(ground, "crm-file", path=_kept(ground, "a.xlsx", data))

    return made


def _kept(ground: Ground, name: str, data: bytes) -> str:
    path = Path(ground.folder, name)
    path.write_bytes(data)
    return str(path)


def _paragraph(head: str) -> str:
    name = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    inner = "<w:body><w:p><w:r><w:t>&e9;</w:t></w:r></w:p></w:body>"
    return f'<?xml version="1.0"?>{head}<w:document xmlns:w="{name}">{inner}</w:document>'


def _sheets(head: str) -> str:
    name = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<?xml version="1.0"?>{head}<workbook xmlns="{name}"><sheets/>&e9;</workbook>'


def _transcript(ground: Ground) -> object:
    path = _kept(ground, "a.json", b'{"segments":' + b"[" * 1_000_000)
    return _visited(ground, "transcripts", path=path, organisation="Acme")


def _outside(ground: Ground) -> object:
    secret = ground.folder / "secret.txt"
    secret.write_text(f"Ann: {UNTOLD}", "utf-8")
    inside = ground.folder / "calls"
    inside.mkdir(exist_ok=True)
    (inside / "a.txt").symlink_to(secret)
    return _visited(ground, "transcripts", path=str(inside), organisation="Acme")


ATTEMPTS = [
    Attempt("file", "a feed that repeats itself", _served("feed", lambda _: _REPEATS)),
    Attempt("file", "a feed that fetches", _served("feed", _fetches)),
    Attempt("file", "a sitemap that repeats itself", _served("site", lambda _: _REPEATS)),
    Attempt("file", "a sitemap that fetches", _served("site", _fetches)),
    Attempt("file", "a Word document of zeros", _word(lambda _: _ZEROS)),
    Attempt("file", "a Word document that repeats itself",
            _word(lambda _: _paragraph(_REPEATS))),
    Attempt("file", "a Word document that fetches",
            _word(lambda ground: _paragraph(_fetches(ground)))),
    Attempt("file", "a workbook of zeros", _book(lambda _: _ZEROS)),
    Attempt("file", "a workbook that repeats itself", _book(lambda _: _sheets(_REPEATS))),
    Attempt("file", "a workbook that fetches",
            _book(lambda ground: _sheets(_fetches(ground)))),
    Attempt("file", "a transcript a million deep", _transcript),
    Attempt("file", "a link out of the folder", _outside),
]  # fmt: skip
