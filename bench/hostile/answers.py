"""Answers that never end, are far larger than they look, or are none."""

import gzip
import zlib

from bench.hostile.ground import Attempt, Speak, over_and_over, patient, says

OK = b"HTTP/1.1 200 OK\r\n"
GZIP = OK + b"Content-Encoding: gzip\r\n"
CHUNKED = b"Transfer-Encoding: chunked\r\n\r\n"


def zeros(megabytes: int) -> tuple[bytes, bytes]:
    """Return the beginning of a gzip of zeros, and a megabyte of it, packed.

    The same thousand bytes, said again, are another megabyte.
    """
    pack = zlib.compressobj(9, zlib.DEFLATED, zlib.MAX_WBITS | 16)
    begun = pack.compress(b"") + pack.flush(zlib.Z_FULL_FLUSH)
    pack.compress(bytes(1_000_000))
    pack.flush(zlib.Z_FULL_FLUSH)
    again = pack.compress(bytes(1_000_000)) + pack.flush(zlib.Z_FULL_FLUSH)
    return begun, again * megabytes


def _bomb(line_of: int) -> Speak:
    begun, packed = zeros(line_of)
    return says(GZIP + b"\r\n" + begun + packed)


def _nested() -> bytes:
    return gzip.compress(gzip.compress(bytes(100_000_000), 1))


def _tried(name: str, speak: Speak, **limits: float) -> Attempt:
    path = "/" + name.replace(" ", "-")
    return Attempt(
        "answer",
        name,
        lambda ground: len(patient(ground, **limits).get(ground.page(path, speak)).body),
    )


_SMALL = gzip.compress(b"hello")

ATTEMPTS = [
    _tried("10 GB of zeros in 10 MB", _bomb(10_000), largest=20_000_000, seconds=5),
    _tried("packed twice", says(
        OK + b"Content-Encoding: gzip, gzip\r\n\r\n" + _nested())),
    _tried("packed twice, told twice", says(
        GZIP + b"Content-Encoding: gzip\r\n\r\n" + _nested())),
    _tried("many packed one after the other", over_and_over(
        GZIP + b"\r\n", gzip.compress(bytes(100_000)))),
    _tried("packed, and rubbish after it for ever", over_and_over(
        GZIP + b"\r\n" + _SMALL, b"x" * 65_536)),
    _tried("packed, and of nothing for ever", over_and_over(
        GZIP + b"\r\n" + zeros(0)[0], b"\x00\x00\x00\xff\xff" * 10_000)),
    _tried("packed and cut off", says(GZIP + b"\r\n" + _SMALL[:-9])),
    _tried("packed and cut off at once", says(GZIP + b"\r\n" + _SMALL[:12])),
    _tried("packed and damaged", says(GZIP + b"\r\n" + _SMALL[:10] + b"\xff" * 20)),
    _tried("brotli, which nobody asked for", says(
        OK + b"Content-Encoding: br\r\n\r\n" + b"\x0b\x02\x80hello\x03")),
    _tried("zstd, which nobody asked for", says(
        OK + b"Content-Encoding: zstd\r\n\r\n" + b"\x28\xb5\x2f\xfd")),
    _tried("endless", over_and_over(OK + b"\r\n", b"x" * 65_536)),
    _tried("endless, in chunks", over_and_over(OK + CHUNKED, b"1\r\nx\r\n" * 10_000)),
    _tried("endless chunk", over_and_over(
        OK + CHUNKED + b"ffffffffffffffff\r\n", b"x" * 65_536)),
    _tried("endless words behind the size of a chunk", over_and_over(
        OK + CHUNKED + b"1;", b"x" * 65_536)),
    _tried("endless headers", over_and_over(OK, b"X-More: and more\r\n")),
    _tried("endless header", over_and_over(OK + b"X-More: ", b"x" * 65_536)),
    _tried("endless first line", over_and_over(b"HTTP/1.1 200 ", b"x" * 65_536)),
    _tried("about to answer, for ever", over_and_over(
        b"", b"HTTP/1.1 103 Early Hints\r\n\r\n", wait=0.001)),
    _tried("drips its headers", over_and_over(OK, b"X", wait=0.05)),
    _tried("drips its words", over_and_over(OK + b"\r\n", b"x", wait=0.05)),
    _tried("drips, packed", over_and_over(
        GZIP + b"\r\n" + _SMALL[:12], b"\x00\x00\x00\xff\xff", wait=0.05)),
    _tried("says nothing", over_and_over(b"", b"", wait=0.05)),
    _tried("hangs up", says(b"")),
    _tried("shorter than told", says(OK + b"Content-Length: 100\r\n\r\nhello")),
    _tried("far shorter than told", says(OK + b"Content-Length: 999999999999\r\n\r\nhello")),
    _tried("a length below nought", says(OK + b"Content-Length: -5\r\n\r\nhello")),
    _tried("two lengths", says(
        OK + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello!")),
    _tried("a chunk without a size", says(OK + CHUNKED + b"zz\r\nhello\r\n")),
    _tried("not of the web", says(b"220 mail.example ESMTP\r\n")),
    _tried("a header without a name", says(OK + b": x\r\n\r\nhello")),
    _tried("a nought byte in a header", says(OK + b"X: a\x00b\r\n\r\nhello")),
    _tried("a header goes on below", says(
        b"HTTP/1.1 302 No\r\nLocation:\r\n http://127.0.0.1:1/\r\n\r\n")),
    _tried("later, in a thousand years", says(
        b"HTTP/1.1 429 No\r\nRetry-After: 99999999999\r\n\r\n"), tries=3),
    _tried("later, by a clock without a zone", says(
        b"HTTP/1.1 503 No\r\nDate: Tue, 05 Mar 2024 14:00:00 GMT\r\n"
        b"Retry-After: Tue, 05 Mar 2024 15:00:00 -0000\r\n\r\n"), tries=2),
    _tried("leads to what is no address", says(
        b"HTTP/1.1 302 No\r\nLocation: http://[\r\n\r\n")),
    _tried("leads to bytes that are no letters", says(
        b"HTTP/1.1 302 No\r\nLocation: http://\xff\xfe/\r\n\r\n")),
    _tried("leads to two at once", says(
        b"HTTP/1.1 302 No\r\nLocation: http://127.0.0.1:1/\r\n"
        b"Location: http://127.0.0.1:2/\r\n\r\n")),
]  # fmt: skip
