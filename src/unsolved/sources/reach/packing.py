"""Unpacks an answer piece by piece, and stops where it would grow beyond all bounds."""

import zlib

from unsolved.errors import SourceRefused

_STEP = 1_000_000
_ANOTHER = b"\x1f\x8b"  # a gzip may be several, one after the other (RFC 1952, 2.2)


class Unpacking:
    """Unpacks gzip and deflate; what is in no packing passes as it is."""

    def __init__(self, encoding: str, largest: int, url: str) -> None:
        """Start on an answer of at most ``largest`` bytes, packed or not.

        Raises:
            SourceRefused: it is packed in a way we did not ask for.
        """
        self._largest, self._url = largest, url
        self._came, self._size, self._begun = 0, 0, b""
        told = encoding.strip().casefold()
        if told not in {"", "identity", "gzip", "x-gzip", "deflate"}:
            raise SourceRefused(
                url=url, why=f"it is packed as {told[:40]}, which we did not ask for"
            )
        self._is_packed = told not in {"", "identity"}
        self._unpack = _new()

    def more(self, piece: bytes) -> bytes:
        """Return what a piece holds.

        Raises:
            SourceRefused: the answer is too large, or damaged.
        """
        self._came += len(piece)
        self._check(self._came)
        if not self._is_packed:
            return piece
        read = bytearray()
        piece, self._begun = self._begun + piece, b""
        try:
            while piece and not self._is_over(piece):
                read += self._counted(self._unpack.decompress(piece, _STEP))
                piece = self._unpack.unconsumed_tail or self._unpack.unused_data
        except zlib.error as error:
            raise SourceRefused(
                url=self._url, why="the answer is packed and damaged"
            ) from error
        return bytes(read)

    def rest(self) -> bytes:
        """Return what is left at the end.

        Raises:
            SourceRefused: the end is missing.
        """
        if not self._is_packed or not self._came:
            return b""
        left = self._counted(self._unpack.flush())
        if not self._unpack.eof:
            raise SourceRefused(
                url=self._url, why="the answer is packed and its end is missing"
            )
        return left

    def _is_over(self, piece: bytes) -> bool:
        """Whether what was packed has ended, and what comes now is nothing."""
        if not self._unpack.eof:
            return False
        if piece == _ANOTHER[:1]:
            self._begun = piece  # the rest of the mark may be in the next piece
        if not piece.startswith(_ANOTHER):
            return True
        self._unpack = _new()
        return False

    def _counted(self, part: bytes) -> bytes:
        self._size += len(part)
        self._check(self._size)
        return part

    def _check(self, size: int) -> None:
        if size > self._largest:
            most = f"{self._largest / 1_000_000:g} MB"
            raise SourceRefused(url=self._url, why=f"the answer is larger than {most}")


def _new() -> "zlib._Decompress":
    return zlib.decompressobj(zlib.MAX_WBITS | 32)
