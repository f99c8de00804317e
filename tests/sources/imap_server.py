"""A real IMAP server on loopback (pymap), and lines to it that break or are encrypted."""

import imaplib
import os
import re
import socket
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from imap_tools.imap_utf7 import utf7_encode

HOST = "127.0.0.1"
USER, PASSWORD = "ann@acme.example", "correct horse"


class ImapServer:
    """A server of our own with one mailbox; it forgets all in the end."""

    user, password = USER, PASSWORD

    def __init__(self, certificate: tuple[Path, Path] | None = None) -> None:
        self.port = free_port()
        self._certificate = certificate
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        return f"{HOST}:{self.port}"

    def start(self) -> None:
        tls = ["--no-tls"]
        if self._certificate:
            certificate, key = self._certificate
            tls = ["--cert", str(certificate), "--key", str(key)]
        self._process = subprocess.Popen(
            [
                *(sys.executable, "-c", "from pymap.main import main; main()"),
                *("--host", HOST, "--port", str(self.port), *tls),
                *("--no-service", "managesieve", "--no-service", "admin", "dict"),
                *("--demo-user", USER, "--demo-password", PASSWORD),
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONWARNINGS": "ignore"},
        )
        for _ in range(300):
            with suppress(OSError), socket.create_connection((HOST, self.port), 0.2):
                return
            if self._process.poll() is not None:
                break
            time.sleep(0.1)
        self.stop()
        raise RuntimeError("the IMAP server did not start")

    def stop(self) -> None:
        if self._process is not None:
            self._process.terminate()
            self._process.wait(10)
            self._process = None

    def append(self, *mails: bytes, folder: str = "INBOX") -> None:
        """Put mails into a folder, which is made when it is not there."""
        with self._signed_in() as client:
            folder = utf7_encode(folder).decode("ascii")
            client.create(f'"{folder}"')
            for mail in mails:
                raw = re.sub(rb"\r?\n", b"\r\n", mail)
                status, told = client.append(f'"{folder}"', None, None, raw)
                assert status == "OK", told

    def empty(self) -> None:
        """Delete all there is."""
        with self._signed_in() as client:
            _, folders = client.list()
            for told in folders:
                assert isinstance(told, bytes)
                name = told.decode("ascii").rpartition(' "/" ')[2].strip('"')
                if name.upper() != "INBOX":
                    client.delete(f'"{name}"')
            client.select("INBOX")
            client.store("1:*", "+FLAGS", "\\Deleted")
            client.expunge()

    def renumber(self, folder: str) -> None:
        """Make a folder anew: with another UIDVALIDITY, and nothing in it."""
        with self._signed_in() as client:
            assert client.delete(f'"{folder}"')[0] == "OK"
            assert client.create(f'"{folder}"')[0] == "OK"

    def remove(self, folder: str, number: int) -> None:
        """Delete a mail."""
        with self._signed_in() as client:
            client.select(f'"{folder}"')
            client.store(str(number), "+FLAGS", "\\Deleted")
            client.expunge()

    def flags(self, folder: str = "INBOX") -> list[tuple[bytes, ...]]:
        """Return what is noted about each mail, such as that it was seen."""
        with self._signed_in() as client:
            client.select(f'"{folder}"', readonly=True)
            _, told = client.fetch("1:*", "(FLAGS)")
            return [imaplib.ParseFlags(one) for one in told if isinstance(one, bytes)]

    @contextmanager
    def _signed_in(self) -> Iterator[imaplib.IMAP4]:
        client = imaplib.IMAP4(HOST, self.port)
        client.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        try:
            if self._certificate:
                client.starttls(ssl._create_unverified_context())  # noqa: SLF001
            client.login(USER, PASSWORD)
            yield client
        finally:
            client.logout()


@contextmanager
def imap_server(certificate: tuple[Path, Path] | None = None) -> Iterator[ImapServer]:
    """Run a server."""
    server = ImapServer(certificate)
    server.start()
    try:
        yield server
    finally:
        server.stop()


@contextmanager
def line_to(
    port: int, *, breaks_after: int | None = None, certificate: tuple[Path, Path] | None = None
) -> Iterator[int]:
    """Listen and pass on to ``port``; break after so many bytes of answers, or speak TLS."""
    with closing(socket.create_server((HOST, 0))) as listening:
        threading.Thread(
            target=_accept, args=(listening, port, breaks_after, certificate), daemon=True
        ).start()
        yield int(listening.getsockname()[1])


@contextmanager
def saying(*answers: bytes) -> Iterator[int]:
    """Be a server that greets and then says the same to everybody, whatever they ask."""
    with closing(socket.create_server((HOST, 0))) as listening:

        def speak() -> None:
            with suppress(OSError):
                caller, _ = listening.accept()
                with caller:
                    _say(caller, answers)

        threading.Thread(target=speak, daemon=True).start()
        yield int(listening.getsockname()[1])


def _say(caller: socket.socket, answers: Sequence[bytes]) -> None:
    caller.sendall(b"* OK here\r\n")
    for answer in answers:
        asked = caller.recv(65_536)
        if not asked:
            return
        caller.sendall(answer.replace(b"TAG", asked.split(b" ", 1)[0]))
    caller.recv(65_536)  # and hangs up on whoever asks for more


def free_port() -> int:
    """Return a port that nobody listens at."""
    with closing(socket.create_server((HOST, 0))) as listening:
        return int(listening.getsockname()[1])


def _accept(
    listening: socket.socket,
    port: int,
    breaks_after: int | None,
    certificate: tuple[Path, Path] | None,
) -> None:
    while True:
        try:
            caller, _ = listening.accept()
        except OSError:
            return
        threading.Thread(
            target=_pass_on, args=(caller, port, breaks_after, certificate), daemon=True
        ).start()


def _pass_on(
    caller: socket.socket,
    port: int,
    breaks_after: int | None,
    certificate: tuple[Path, Path] | None,
) -> None:
    with suppress(OSError), caller:
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(*certificate)
            caller = context.wrap_socket(caller, server_side=True)
        with socket.create_connection((HOST, port)) as server:
            threading.Thread(target=_copy, args=(caller, server, None), daemon=True).start()
            _copy(server, caller, breaks_after)
        caller.close()


def _copy(one: socket.socket, other: socket.socket, most: int | None) -> None:
    left = most
    with suppress(OSError, ValueError):
        while piece := one.recv(4_096):
            if left is not None and len(piece) > left:
                other.sendall(piece[:left])
                break
            other.sendall(piece)
            left = None if left is None else left - len(piece)
    for end in (one, other):
        with suppress(OSError, ValueError):
            end.shutdown(socket.SHUT_RDWR)


def certificate_for(host: str, folder: Path) -> tuple[Path, Path]:
    """Write a certificate that vouches for itself, and its key."""
    from cryptography import x509  # noqa: PLC0415
    from cryptography.hazmat.primitives import hashes, serialization  # noqa: PLC0415
    from cryptography.hazmat.primitives.asymmetric import ec  # noqa: PLC0415
    from cryptography.x509.oid import NameOID  # noqa: PLC0415

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    paths = folder / "certificate.pem", folder / "key.pem"
    paths[0].write_bytes(made.public_bytes(serialization.Encoding.PEM))
    paths[1].write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return paths
