"""The style sheet and the scripts: served from memory, named by what is in them."""

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from fastapi import APIRouter, Response

from unsolved.errors import NotFound

router = APIRouter(include_in_schema=False)

TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}


@dataclass(frozen=True, slots=True)
class Asset:
    """A file of ours, and what tells its present content from any other."""

    content: bytes
    media_type: str
    digest: str


def _asset(path: Path) -> Asset:
    content = path.read_bytes()
    return Asset(content, TYPES[path.suffix], sha256(content).hexdigest()[:12])


ASSETS = {
    path.name: _asset(path)
    for path in sorted((Path(__file__).parent / "static").iterdir())
    if path.suffix in TYPES
}


def address(name: str) -> str:
    """Return the address of an asset as it is now."""
    return f"/static/{name}?v={ASSETS[name].digest}"


@router.get("/static/{name}")
def show(name: str, v: str = "") -> Response:
    """Return an asset; one that was asked for by its content may be kept for ever."""
    asset = ASSETS.get(name)
    if asset is None:
        raise NotFound(file=name)
    lasting = "public, max-age=31536000, immutable"
    keep = lasting if v == asset.digest else "no-cache"
    return Response(asset.content, media_type=asset.media_type, headers={"cache-control": keep})
