import gzip
import socket
import ssl
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from threading import Thread

import httpx2
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given
from hypothesis import strategies as st

from tests.sources.web_server import Page, leads_to, page, web
from unsolved.errors import SourceDown, SourceRefused
from unsolved.sources.reach import Limits, Reach, is_public, named_in
from unsolved.sources.reach.answer import asked_to_wait, headers_of
from unsolved.sources.reach.guard import Deadline, Guarded
from unsolved.sources.reach.onward import Request, onward
from unsolved.sources.reach.packing import Unpacking

PUBLIC = [
    "93.184.216.34",
    "1.1.1.1",
    "2001:4860:4860::8888",
    "64:ff9b::808:808",
    "2002:808:808::1",
]
PRIVATE = [
    "127.0.0.1", "10.1.2.3", "172.31.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",
    "0.0.0.0",
    "224.0.0.1", "240.0.0.1", "255.255.255.255", "192.0.2.1", "198.18.0.1", "192.88.99.1",
    "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "fec0::1", "ff02::1", "2001:db8::1",
    "3fff::1",
    "::ffff:10.0.0.1", "::10.0.0.1", "64:ff9b::a00:1", "64:ff9b:1::a00:1", "2002:a00:1::",
    "2a00::5efe:a00:1", "2a00::200:5efe:a00:1", "100::1", "5f00::1", "4000::1", "e000::1",
    "", "acme.com", "127.1", "1.2.3", "not an address",
]  # fmt: skip


@pytest.mark.parametrize("address", PUBLIC)
def test_an_address_on_the_internet_is_public(address: str):
    assert is_public(address)


@pytest.mark.parametrize("address", PRIVATE)
def test_an_address_of_this_machine_or_a_private_network_is_not(address: str):
    assert not is_public(address)


@given(st.ip_addresses(v=4, network="10.0.0.0/8"))
def test_no_way_of_writing_a_private_address_makes_it_public(address: object):
    number = int(address)  # type: ignore[call-overload]
    high, low = number >> 16, number & 0xFFFF
    for written in (
        f"::ffff:{address}", f"::{address}", f"64:ff9b::{high:x}:{low:x}",
        f"2002:{high:x}:{low:x}::1", f"2001:0:{high:x}:{low:x}::",
        f"2001:0:808:808::{high ^ 0xFFFF:x}:{low ^ 0xFFFF:x}", f"2a00::5efe:{high:x}:{low:x}",
    ):  # fmt: skip
        assert not is_public(written), written


def test_what_settings_name_is_what_may_be_allowed():
    told = [
        "http://wiki.corp:8080/a, https://b.corp/",
        "imap.corp:993",
        "a word",
        "http://[::1",
        "",
    ]

    assert named_in(told) == {"wiki.corp:8080", "b.corp:443", "imap.corp:993"}


def test_an_answer_has_its_address_its_headers_and_its_body():
    with web({"/a?b=1": page("hello", headers={"X-Told": "yes"})}) as server:
        answer = server.reach().get(server.address + "/a?b=1#part")

    assert (answer.status, answer.body, answer.media_type) == (200, b"hello", "text/html")
    assert answer.headers["x-told"] == "yes"
    assert answer.url == server.address + "/a?b=1"


def test_what_is_packed_is_unpacked():
    packings = {
        "gzip": gzip.compress(b"hello" * 1_000),
        "deflate": zlib.compress(b"hello" * 1_000),
        "GZip": gzip.compress(b"hello" * 500) + gzip.compress(b"hello" * 500),
        "identity": b"hello" * 1_000,
        "x-gzip": gzip.compress(b"hello" * 1_000) + bytes(100),
    }
    pages = {
        f"/{n}": Page(body=b, headers={"Content-Encoding": n}) for n, b in packings.items()
    }
    with web(pages) as server:
        for name in packings:
            assert server.reach().get(f"{server.address}/{name}").body == b"hello" * 1_000, name


@given(st.lists(st.binary(max_size=40), min_size=1, max_size=4), st.integers(1, 9))
def test_however_it_is_cut_what_is_packed_comes_out_whole(parts: list[bytes], step: int):
    packed = b"".join(gzip.compress(part) for part in parts)
    unpacking = Unpacking("gzip", 10_000, "http://a.example/")
    got = b"".join(unpacking.more(packed[at : at + step]) for at in range(0, len(packed), step))

    assert got + unpacking.rest() == b"".join(parts)


@given(st.binary(min_size=1, max_size=40), st.data())
def test_what_is_cut_off_is_never_taken_for_whole(told: bytes, data: st.DataObject):
    packed = gzip.compress(told)
    packed = packed[: data.draw(st.integers(1, len(packed) - 1))]
    unpacking = Unpacking("gzip", 10_000, "http://a.example/")
    unpacking.more(packed)

    with pytest.raises(SourceRefused, match="its end is missing"):
        unpacking.rest()


def test_an_answer_without_a_body_may_say_that_it_is_packed():
    with web({"/": Page(headers={"Content-Encoding": "gzip"})}) as server:
        assert server.reach().get(server.address + "/").body == b""


def test_an_answer_as_large_as_may_be_comes_and_a_byte_more_does_not():
    with web({"/": page(b"x" * 1_000)}) as server:
        assert len(server.reach(largest=1_000).get(server.address + "/").body) == 1_000
        with pytest.raises(SourceRefused, match="larger than"):
            server.reach(largest=999).get(server.address + "/")


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_followed(status: int):
    with web({"/a/b": leads_to("../c?d=1", status), "/c?d=1": page("here")}) as server:
        answer = server.reach().get(server.address + "/a/b")

    assert (answer.body, answer.url) == (b"here", server.address + "/c?d=1")


def test_a_redirect_that_is_accepted_is_handed_back():
    with web({"/": leads_to("/next")}) as server:
        answer = server.reach().get(server.address + "/", accept={301})

    assert (answer.status, answer.headers["location"]) == (301, "/next")
    assert server.paths == ["/"]


def test_a_redirect_to_letters_that_are_not_ascii_is_followed():
    with web({"/": leads_to("/caf\u00c3\u00a9"), "/caf%C3%A9": page("here")}) as server:
        assert server.reach().get(server.address + "/").body == b"here"


def request(method: str = "GET", body: bytes = b"") -> Request:
    headers = {"AUTHORIZATION": "Bearer x", "X-Token": "x", "If-None-Match": "y"}
    return Request(method, httpx2.URL("https://a.example/1"), headers, body)


def test_secrets_stay_where_they_were_sent():
    here = onward(request(), 302, "/2")
    for elsewhere in (
        "https://b.example/",
        "https://a.example:8443/",
        "https://sub.a.example/",
    ):
        assert dict(onward(here, 302, elsewhere).headers) == {"If-None-Match": "y"}

    assert here.headers == request().headers


def test_secrets_do_not_come_back_with_us():
    there = onward(request(), 302, "https://b.example/")

    assert "AUTHORIZATION" not in onward(there, 302, "https://a.example/1").headers


def test_no_redirect_leads_out_of_https():
    with pytest.raises(SourceRefused, match="https to http"):
        onward(request(), 302, "http://a.example/1")


def test_what_was_sent_is_not_sent_to_somebody_else():
    with pytest.raises(SourceRefused, match="somebody else"):
        onward(request("POST", b"secret"), 307, "https://b.example/")
    with pytest.raises(SourceRefused, match="somebody else"):
        onward(request("PUT", b"secret"), 302, "https://b.example/")

    for status in (301, 302, 303):
        went = onward(request("POST", b"secret"), status, "https://b.example/")
        assert (went.method, went.body) == ("GET", b"")
    same = onward(request("POST", b"secret"), 308, "/2")
    assert (same.method, same.body) == ("POST", b"secret")


def test_what_may_get_better_is_asked_again_and_later_each_time():
    waits: list[float] = []
    busy = Page(status=503)
    with web({"/": [busy, busy, page("at last")]}) as server:
        reach = Reach(allowed=frozenset({server.host}), pause=waits.append)
        assert reach.get(server.address + "/").body == b"at last"

    assert waits == [1.0, 2.0]


def test_we_wait_as_long_as_we_are_asked_to():
    waits: list[float] = []
    clock = {"Date": "Tue, 05 Mar 2024 14:00:00 GMT"}
    pages = [
        Page(status=429, headers={"Retry-After": "7"}),
        Page(status=503, headers={**clock, "Retry-After": "Tue, 05 Mar 2024 14:00:30 GMT"}),
        page("at last"),
    ]
    with web({"/": pages}) as server:
        reach = Reach(allowed=frozenset({server.host}), pause=waits.append)
        reach.get(server.address + "/")

    assert waits[0] == 7.0
    assert len(waits) == 2


@pytest.mark.parametrize(
    ("told", "wait"),
    [
        ("5", 5.0), ("", None), ("-5", None), ("soon", None), ("1.5", None),
        ("Tue, 05 Mar 2024 14:00:30 GMT", 30.0), ("Tue, 05 Mar 2024 13:00:00 GMT", 0.0),
        ("Tue, 05 Mar 2024 14:00:30 -0000", None), ("Tue, 99 Mar 2024 14:00:30 GMT", None),
        ("Tue, 05 Mar 9999 14:00:30 +9999", None), ("9" * 400, float("inf")),
    ],
)  # fmt: skip
def test_how_long_to_wait_is_told_in_two_ways_and_in_none(told: str, wait: float | None):
    headers = {"retry-after": told, "date": "Tue, 05 Mar 2024 14:00:00 GMT"}

    assert asked_to_wait(headers) == wait


def test_nobody_makes_us_wait_longer_than_we_are_willing():
    waits: list[float] = []
    with web({"/": Page(status=429, headers={"Retry-After": "9999"})}) as server:
        reach = Reach(allowed=frozenset({server.host}), pause=waits.append)
        with pytest.raises(SourceDown, match="too often"):
            reach.get(server.address + "/")

    assert waits == []


def test_what_must_not_happen_twice_is_sent_once():
    with web({"/": Page(status=503)}) as server, pytest.raises(SourceDown):
        server.reach().send("GET", server.address + "/", again=False)

    assert server.paths == ["/"]


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 418])
def test_a_no_is_not_asked_again(status: int):
    with web({"/": Page(status=status)}) as server:
        with pytest.raises(SourceRefused) as refused:
            server.reach().get(server.address + "/")
        assert server.reach().get(server.address + "/", accept={status}).status == status

    assert refused.value.facts["status"] == status
    assert server.paths == ["/", "/"]


def test_a_line_that_broke_is_tried_again():
    with web({"/": [page("hello", broken=2), page("hello")]}) as server:
        assert server.reach().get(server.address + "/").body == b"hello"


def test_one_host_is_given_time_between_two_requests():
    waits: list[float] = []
    with web({"/": page("hello")}) as server:
        reach = Reach(allowed=frozenset({server.host}), gap=5.0, pause=waits.append)
        reach.get(server.address + "/")
        reach.get(server.address + "/")

    assert len(waits) == 1
    assert 4.0 < waits[0] <= 5.0


def test_what_we_are_called_and_what_we_take_is_said():
    with web({"/": page("hello")}) as server:
        reach = server.reach().but(agent="reader (ann@us.com)")
        reach.get(
            server.address + "/", headers={"Accept": "text/html", "accept-ENCODING": "br"}
        )
    told = server.asked[0].headers

    assert told["user-agent"] == "reader (ann@us.com)"
    assert told["accept"] == "text/html"
    assert told["accept-encoding"] == "gzip"
    assert told["host"] == server.host
    assert "cookie" not in told


def test_a_header_that_is_there_twice_is_joined():
    told = [(b"Content-Encoding", b"gzip"), (b"content-encoding", b"br"), (b"A", b"\xe9")]

    assert headers_of(told) == {"content-encoding": "gzip, br", "a": "\u00e9"}


def test_only_the_port_that_was_allowed_is_allowed():
    with (
        web({"/": page("hello")}) as one,
        web({"/": page("hello")}) as other,
        pytest.raises(SourceRefused, match="private network") as refused,
    ):
        one.reach().get(other.address + "/")

    assert f"add {other.host} to allowed_hosts" in str(refused.value.facts["mend"])
    assert other.asked == []


def test_a_plain_connection_is_guarded_too():
    with web() as server:
        with server.reach().socket("127.0.0.1", int(server.host.split(":")[1])) as line:
            assert line.getpeername()[0] == "127.0.0.1"
        with pytest.raises(SourceRefused, match="private network"):
            Reach().socket("localhost", int(server.host.split(":")[1]))


def test_a_name_is_asked_for_once_and_what_was_checked_is_where_we_go():
    asked: list[str] = []

    def ask(host: str, _: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"] if len(asked) == 1 else ["127.0.0.2"]

    with web() as server:
        port = int(server.host.split(":")[1])
        guard = Guarded(lambda: frozenset({f"a.example:{port}"}), Deadline(), ask=ask)
        stream = guard.connect_tcp("a.example", port, 2.0)
        assert stream.get_extra_info("server_addr") == ("127.0.0.1", port)
        stream.close()

    assert asked == ["a.example"]


def test_every_address_of_a_name_must_be_public():
    for answer in (["10.0.0.1"], ["93.184.216.34", "10.0.0.1"], ["93.184.216.34", "::1"]):
        guard = Guarded(frozenset, Deadline(), ask=lambda *_, told=answer: told)
        with pytest.raises(SourceRefused, match="private network"):
            guard.connect_tcp("a.example", 80, 2.0)


def test_an_answer_that_drips_ends_with_its_time():
    with web({"/": page("hello", slow=3.0)}) as server:
        began = time.monotonic()
        reach = server.reach().but(limits=Limits(seconds=0.3, tries=2))
        with pytest.raises(SourceDown, match=r"no answer within 0\.3 seconds"):
            reach.get(server.address + "/")

    assert time.monotonic() - began < 3.5


def test_nobody_is_believed_to_be_whom_only_they_say_they_are(tmp_path: Path):
    with secure(tmp_path) as host:
        reach = Reach(allowed=frozenset({host}), limits=Limits(seconds=3, tries=1))
        with pytest.raises(SourceDown):
            reach.get(f"https://{host}/")


@contextmanager
def secure(folder: Path) -> Iterator[str]:
    """Serve TLS with a certificate that nobody else has signed."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    made = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    made = made.not_valid_before(now - timedelta(days=1)).not_valid_after(
        now + timedelta(days=1)
    )
    pem = made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)
    pem += key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    (folder / "both.pem").write_bytes(pem)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "both.pem")
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            with suppress(OSError):
                line, _ = listening.accept()
                with context.wrap_socket(line, server_side=True) as safe:
                    safe.sendall(b"HTTP/1.1 200 OK\r\n\r\nhello")

        thread = Thread(target=serve, daemon=True)
        thread.start()
        yield f"127.0.0.1:{listening.getsockname()[1]}"
        thread.join(5)


def test_waits_grow():
    waits: list[float] = []
    with web({"/": Page(status=500)}) as server:
        reach = Reach(
            allowed=frozenset({server.host}), limits=Limits(tries=5), pause=waits.append
        )
        with pytest.raises(SourceDown) as down:
            reach.get(server.address + "/")

    assert down.value.facts["tries"] == 5
    assert all(b == 2 * a for a, b in pairwise(waits))
