"""Unpacks an answer piece by piece, and stops where it would grow beyond all bounds."""

import zlib

from unsolved.errors import SourceRefused

_STEP = 1_000_000


class Unpacking:
    """Unpacks gzip and deflate; what is in no packing passes as it is."""

    def __init__(self, encoding: str, largest: int, url: str) -> None:
        """Start on an answer of at most ``largest`` bytes, packed or not.

        Raises:
            SourceRefused: it is packed in a way we did not ask for.
        """
        self._largest, self._url, self._size = largest, url, 0
        told = encoding.strip().casefold()
        if told not in {"", "identity", "gzip", "x-gzip", "deflate"}:
            raise SourceRefused(
                url=url, why=f"it is packed as {told}, which we did not ask for"
            )
        self._is_packed = told not in {"", "identity"}
        self._unpack = zlib.decompressobj(zlib.MAX_WBITS | 32) if self._is_packed else None

    def more(self, piece: bytes) -> bytes:
        """Return what a piece holds.

        Raises:
            SourceRefused: the answer is too large, or damaged.
        """
        if self._unpack is None:
            self._count(len(piece))
            return piece
        read = bytearray()
        try:
            while piece:
                part = self._unpack.decompress(piece, _STEP)
                self._count(len(part))
                read += part
                piece = self._unpack.unconsumed_tail
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
        if self._unpack is None:
            return b""
        left = self._unpack.flush()
        self._count(len(left))
        if not self._unpack.eof and self._size:
            raise SourceRefused(
                url=self._url, why="the answer is packed and its end is missing"
            )
        return left

    def _count(self, size: int) -> None:
        self._size += size
        if self._size > self._largest:
            most = f"{self._largest / 1_000_000:g} MB"
            raise SourceRefused(url=self._url, why=f"the answer is larger than {most}")
