"""A mailbox over IMAP is read on from where we were, never changed, and fails plainly."""

import gzip
import json
import traceback
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.sources.connectors.test_mail import boxed
from tests.sources.imap_server import (
    HOST,
    ImapServer,
    certificate_for,
    free_port,
    imap_server,
    line_to,
    saying,
)
from tests.sources.mails import HEAD, documents, mail, read, records, refusals
from unsolved.errors import Invalid, SourceDown, SourceRefused
from unsolved.sources.connector import Visit
from unsolved.sources.connectors.imap import connector
from unsolved.sources.reach import Reach
from unsolved.sources.records import Mark

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
WORD = "a secret word".replace(" ", "-")  # so that no line of this file holds it
ENRON = Path(__file__).parents[3].parent / "shared/data/mail/enron.jsonl.gz"


@pytest.fixture(scope="module")
def running() -> Iterator[ImapServer]:
    with imap_server() as server:
        yield server


@pytest.fixture
def server(running: ImapServer) -> ImapServer:
    """A mailbox with nothing in it."""
    running.empty()
    return running


def visit(address: str, **more) -> Visit:
    settings = {
        "host": address,
        "user": more.pop("user", ImapServer.user),
        "security": more.pop("security", "none"),
        "own": more.pop("own", "acme.com"),
        "folders": more.pop("folders", ""),
        "attachments": more.pop("attachments", ""),
    }
    secrets = {"password": more.pop("password", ImapServer.password)}
    reach = Reach(allowed=frozenset(more.pop("allowed", {address})))
    return Visit(name="mail", settings=settings, secrets=secrets, now=NOW, reach=reach, **more)


def fetched(address: str, **more) -> list[Any]:
    return list(connector(visit(address, **more)).fetch())


def before_it_fails(address: str, **more) -> list[Any]:
    """Return what came before the line broke."""
    told = []
    try:
        for one in connector(visit(address, **more)).fetch():
            told.append(one)  # noqa: PERF402 - also what came before a failure
    except SourceDown:
        return told
    raise AssertionError("the line did not break")


def marks(finds: list[Any]) -> list[str]:
    return [one.cursor for one in finds if isinstance(one, Mark)]


def numbered(*numbers: int, body: str = "It failed again.\n") -> list[bytes]:
    return [mail(body, HEAD.replace("<1@", f"<{number}@")) for number in numbers]


def numbers(finds: list[Any]) -> list[int]:
    return [int(one.key.partition("@")[0]) for one in records(finds)]


def test_the_inbox_and_the_sent_mails_are_read(server: ImapServer):
    server.append(*numbered(1, 2))
    server.append(*numbered(3), folder="Sent")
    server.append(*numbered(4), folder="Drafts")

    told = fetched(server.address)

    assert numbers(told) == [1, 2, 3]
    assert [one.facts["folder"] for one in records(told)] == ["INBOX", "INBOX", "Sent"]
    assert [one.text for one in documents(told)] == ["It failed again."] * 3
    assert isinstance(told[-1], Mark)


def test_nothing_on_the_server_is_changed(server: ImapServer):
    server.append(*numbered(1, 2))
    before = server.flags()

    fetched(server.address)

    assert server.flags() == before == [(), ()]


def test_only_the_folders_that_are_named_are_read(server: ImapServer):
    server.append(*numbered(1))
    server.append(*numbered(2), folder="Über uns/Kunden & Co")

    told = fetched(server.address, folders="Über uns/Kunden & Co, Nowhere")

    assert numbers(told) == [2]
    assert [(one.place, one.why) for one in refusals(told)] == [
        ("Nowhere", "there is no such folder")
    ]
    with pytest.raises(SourceRefused):
        fetched(server.address, folders="Nowhere")


def test_the_next_visit_brings_only_what_is_new(server: ImapServer):
    server.append(*numbered(1, 2))
    first = fetched(server.address)
    server.append(*numbered(3))

    again = fetched(server.address, cursor=marks(first)[-1])
    nothing = fetched(server.address, cursor=marks(again)[-1])

    assert (numbers(first), numbers(again), nothing) == ([1, 2], [3], [])


def test_a_folder_that_was_numbered_anew_is_read_from_the_start_under_the_same_keys(
    server: ImapServer,
):
    server.append(*numbered(1, 2), folder="Sent")
    first = fetched(server.address)
    server.renumber("Sent")
    server.append(*numbered(1, 2, 3), folder="Sent")

    again = fetched(server.address, cursor=marks(first)[-1])

    assert numbers(again) == [1, 2, 3]
    assert {one.key for one in records(first)} < {one.key for one in records(again)}


def test_what_was_deleted_on_the_server_is_kept(server: ImapServer):
    server.append(*numbered(1, 2))
    first = fetched(server.address)
    server.remove("INBOX", 1)

    assert fetched(server.address, cursor=marks(first)[-1]) == []


def test_the_same_mail_in_two_folders_is_told_once(server: ImapServer):
    server.append(*numbered(1))
    server.append(*numbered(1), folder="Sent")

    assert numbers(fetched(server.address)) == [1]


def test_a_mark_follows_each_fifty(server: ImapServer):
    server.append(*numbered(*range(120)))

    told = fetched(server.address)

    kinds = "".join("M" if isinstance(one, Mark) else "." for one in told)
    assert [len(part) for part in kinds.split("M")] == [100, 100, 40, 0]


def test_a_line_that_breaks_keeps_what_came_before_and_the_next_visit_goes_on(
    server: ImapServer,
):
    server.append(*numbered(*range(120), body="It failed again.\n" * 50))
    with line_to(server.port, breaks_after=100_000) as port:
        told = before_it_fails(f"{HOST}:{port}")

    assert numbers(told) == list(range(50))
    assert len(marks(told)) == 1
    again = fetched(server.address, cursor=marks(told)[-1])
    assert numbers(again) == list(range(50, 120))


@pytest.mark.parametrize("after", [0, 10, 200, 600, 1_000, 1_500, 2_500])
def test_wherever_the_line_breaks_the_source_is_down(server: ImapServer, after: int):
    server.append(*numbered(1, 2, 3, body="It failed again.\n" * 100))
    with line_to(server.port, breaks_after=after) as port:
        before_it_fails(f"{HOST}:{port}")


def test_a_broken_mail_is_refused_with_its_number_and_the_others_are_told(server: ImapServer):
    one, two = numbered(1, 2)
    server.append(one, b"X-Only: this\r\n\r\nnothing\r\n", b"\xff\xfe\x00\x01", two)

    told = fetched(server.address)

    assert numbers(told) == [1, 2]
    assert len(refusals(told)) == 2
    assert all(one.place.startswith("INBOX, UID ") for one in refusals(told))


def test_a_mail_that_is_too_large_keeps_its_headers(server: ImapServer):
    server.append(*numbered(1, body="It failed.\n" * 150_000), *numbered(2))

    told = fetched(server.address, largest_mb=1)

    assert numbers(told) == [1, 2]
    assert [one.key.partition("@")[0] for one in documents(told)] == ["2"]
    assert "larger than 1 MB" in refusals(told)[0].why


def test_with_since_what_is_younger_is_told_again(server: ImapServer):
    server.append(*numbered(1, 2))
    first = fetched(server.address)

    again = fetched(server.address, cursor=marks(first)[-1], since=date(2026, 2, 1))
    later = fetched(server.address, cursor=marks(first)[-1], since=date(2026, 2, 28))

    assert (numbers(again), numbers(later)) == ([1, 2], [])
    assert marks(again)[-1] == marks(first)[-1]


@pytest.mark.parametrize(
    "cursor", ["", "nonsense", "[]", '{"INBOX": 5}', '{"INBOX": {"uid": "x"}}']
)
def test_a_cursor_that_makes_no_sense_reads_from_the_start(server: ImapServer, cursor: str):
    server.append(*numbered(1))

    assert numbers(fetched(server.address, cursor=cursor)) == [1]


def test_without_own_domains_the_user_is_our_side(server: ImapServer):
    server.append(
        b"From: ann@acme.example\nTo: bo@norden.com\nMessage-ID: <1@x>\n\nHello.\n",
    )

    (told,) = records(fetched(server.address, own=""))

    assert (told.facts["direction"], told.person.email) == ("out", "bo@norden.com")


@pytest.mark.parametrize("password", ["a very wrong one", "fälsch", 'quo"te\\d'])
def test_a_wrong_password_is_refused_and_never_told(server: ImapServer, password: str):
    reading = connector(visit(server.address, password=password))

    with pytest.raises(SourceRefused, match="does not take that name") as failure:
        list(reading.fetch())

    told = "".join(traceback.format_exception(failure.value))
    assert password not in told + repr(failure.value) + repr(reading)
    assert failure.value.__cause__ is None


@pytest.mark.parametrize(
    ("answer", "error", "why"),
    [
        (b"TAG NO [UNAVAILABLE] later\r\n", SourceDown, "just now"),
        (b"TAG NO [AUTHENTICATIONFAILED] no\r\n", SourceRefused, "name and password"),
        (
            f"TAG BAD LOGIN ann@acme.example {WORD}\r\n".encode(),
            SourceRefused,
            "name and password",
        ),
        (b"* BYE too many\r\n", SourceDown, "."),
        (b"\x00\xff nonsense\r\n", SourceDown, "."),
        (b"* 1 FETCH (BODY[] {99999999999}\r\n", SourceDown, "."),
        (b"* 1 EXISTS\r\n" * 300_000, SourceDown, "."),
    ],
)
def test_what_a_server_says_at_the_door_is_understood(answer: bytes, error: type, why: str):
    capability = b"* CAPABILITY IMAP4rev1\r\nTAG OK done\r\n"
    with saying(capability, answer) as port, pytest.raises(error, match=why) as failure:
        fetched(f"{HOST}:{port}", password=WORD)

    assert WORD not in "".join(traceback.format_exception(failure.value))


@pytest.mark.parametrize(
    "folders",
    [
        b'* LIST (\\Sent) "/" "&&&-"\r\n',
        b'* LIST () NIL "\xff\xfe"\r\n',
        b"* LIST\r\n",
        b'* LIST () "/" {3}\r\na"b\r\n',
        b"",
    ],
)
def test_folders_that_make_no_sense_are_a_plain_failure(folders: bytes):
    capability = b"* CAPABILITY IMAP4rev1\r\nTAG OK done\r\n"
    with (
        saying(capability, b"TAG OK in\r\n", folders + b"TAG OK done\r\n") as port,
        pytest.raises((SourceDown, SourceRefused)),
    ):
        fetched(f"{HOST}:{port}")


def test_a_server_that_takes_no_password_in_the_clear_is_not_given_one():
    capability = b"* CAPABILITY IMAP4rev1 LOGINDISABLED\r\nTAG OK done\r\n"
    with saying(capability) as port, pytest.raises(SourceRefused, match="without encryption"):
        fetched(f"{HOST}:{port}")


def test_nobody_at_the_port_is_a_source_that_is_down():
    with pytest.raises(SourceDown):
        fetched(f"{HOST}:{free_port()}")


def test_a_server_inside_our_network_is_not_reached_unless_allowed(server: ImapServer):
    for security in ("tls", "starttls"):
        with pytest.raises(SourceRefused, match="private network"):
            fetched(server.address, allowed=(), security=security)


def test_a_password_is_sent_in_the_clear_only_where_that_was_allowed(server: ImapServer):
    with pytest.raises(Invalid, match="on its way"):
        connector(visit(server.address, allowed=()))


@pytest.mark.parametrize(
    "wrong",
    [
        {"security": "ssl3"},
        {"password": ""},
        {"user": ""},
        {"password": "two\r\nlines"},
        {"user": "ann\r\nA1 LOGOUT"},
        {"folders": "IN\x00BOX"},
        {"attachments": "perhaps"},
    ],
)
def test_a_setting_that_makes_no_sense_is_refused(wrong: dict[str, str]):
    with pytest.raises(Invalid):
        connector(visit("127.0.0.1:143", **wrong))


@pytest.mark.parametrize("host", ["", "imap.example.com:none", "imap.example.com:99999"])
def test_a_host_that_makes_no_sense_is_refused(host: str):
    with pytest.raises(Invalid):
        connector(visit(host, security="tls"))


def test_with_tls_nobody_is_trusted_whom_nobody_vouches_for(
    server: ImapServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    server.append(*numbered(1))
    own = certificate_for("localhost", tmp_path)
    with line_to(server.port, certificate=own) as port:
        address = f"localhost:{port}"
        with pytest.raises(SourceRefused, match="vouches"):
            fetched(address, security="tls")
        monkeypatch.setenv("SSL_CERT_FILE", str(own[0]))
        assert numbers(fetched(address, security="tls")) == [1]
        with pytest.raises(SourceRefused, match="vouches"):
            fetched(f"{HOST}:{port}", security="tls")


def test_starttls_encrypts_before_the_password_is_sent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    own = certificate_for("localhost", tmp_path)
    with imap_server(own) as server:
        server.append(*numbered(1))
        address = f"localhost:{server.port}"
        with pytest.raises(SourceRefused, match="vouches"):
            fetched(address, security="starttls")
        monkeypatch.setenv("SSL_CERT_FILE", str(own[0]))
        assert numbers(fetched(address, security="starttls")) == [1]


def test_a_server_without_encryption_is_not_given_a_password(server: ImapServer):
    with pytest.raises(SourceRefused, match="no encryption"):
        fetched(server.address, security="starttls")


def test_real_mails_come_under_the_same_keys_over_imap_and_from_a_file(
    server: ImapServer, tmp_path: Path
):
    if not ENRON.exists():
        pytest.skip("shared/data is not here")
    with gzip.open(ENRON, "rt", encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in lines]
    mails = [text.encode("utf-8", "surrogateescape") for text in texts[::4]]
    server.append(*mails)
    (tmp_path / "enron.mbox").write_bytes(boxed(*mails))

    line = fetched(server.address, own="enron.com")
    file = read(tmp_path / "enron.mbox", own="enron.com")

    assert refusals(line) == []
    assert Counter(one.key for one in records(line)) == Counter(
        one.key for one in records(file)
    )
    assert {one.key: one.text for one in documents(line)} == {
        one.key: one.text for one in documents(file)
    }
    assert len(records(line)) == len(mails)
