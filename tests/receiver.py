"""Somebody's server for webhooks: real HTTPS on a port of this machine, its certificate by an authority of its own."""

import asyncio
import datetime
import ssl
import threading
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from queue import Queue
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

HOST = "hooks.example.com"


@dataclass(frozen=True, slots=True)
class Received:
    """One request."""

    path: str
    headers: dict[str, str]
    body: bytes


@dataclass(slots=True)
class Receiver:
    """`answers` are the statuses of the next answers (204 when there is none left); each with headers and a body."""

    port: int
    trust: ssl.SSLContext
    asked_for: list[str | None]
    requests: "Queue[Received]" = field(default_factory=Queue)
    answers: list[tuple[int, dict[str, str], bytes]] = field(default_factory=list)
    looked_up: list[str] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"https://{HOST}:{self.port}/hook?who=a"

    async def resolve(self, host: str, port: int) -> Sequence[str]:
        """As the port `Resolve`: this machine, whatever the name."""
        self.looked_up.append(host)
        return ["127.0.0.1"]

    def next(self) -> Received:
        return self.requests.get(timeout=20)


@contextmanager
def receiving(folder: Path, host: str = HOST) -> Iterator[Receiver]:
    """Listens until the block ends."""
    authority, chain = _certified(folder, host)
    names: list[str | None] = []
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(chain)
    context.set_servername_callback(lambda _socket, name, _context: names.append(name))
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.daemon_threads = False  # closing waits for them
    server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    trust = ssl.create_default_context(cafile=str(authority))
    receiver = Receiver(server.server_address[1], trust, names)
    server.receiver = receiver  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield receiver
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)


@asynccontextmanager
async def silent() -> AsyncIterator[str]:
    """The URL of a server that takes calls and says nothing."""
    callers: list[asyncio.StreamWriter] = []

    async def taken(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        callers.append(writer)

    server = await asyncio.start_server(taken, "127.0.0.1", 0)
    try:
        yield f"https://{HOST}:{server.sockets[0].getsockname()[1]}/"
    finally:
        server.close()
        for writer in callers:
            writer.close()
            with suppress(OSError):
                await writer.wait_closed()


class _Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        receiver: Receiver = self.server.receiver  # type: ignore[attr-defined]
        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        receiver.requests.put(Received(self.path, {k.lower(): v for k, v in self.headers.items()}, body))
        status, headers, answer = receiver.answers.pop(0) if receiver.answers else (204, {}, b"")
        try:
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(answer)
        except OSError:
            return  # whoever asked has heard enough

    def log_message(self, *args: Any) -> None:
        """Says nothing."""


def _certified(folder: Path, host: str) -> tuple[Path, Path]:
    """The authority's certificate, and a file with the server's own and its key."""
    root_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    root = _signed("Test authority", root_key.public_key(), "Test authority", root_key, is_authority=True)
    own = _signed(host, key.public_key(), "Test authority", root_key, is_authority=False)
    authority, chain = folder / "authority.pem", folder / "server.pem"
    authority.write_bytes(root.public_bytes(serialization.Encoding.PEM))
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    chain.write_bytes(own.public_bytes(serialization.Encoding.PEM) + private)
    return authority, chain


def _signed(
    subject: str, key: ec.EllipticCurvePublicKey, issuer: str, by: ec.EllipticCurvePrivateKey, *, is_authority: bool
) -> x509.Certificate:
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, subject)]))
        .issuer_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, issuer)]))
        .public_key(key)
        .add_extension(_usage(is_authority=is_authority), critical=True)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(minutes=5))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(by.public_key()), critical=False)
    )
    if not is_authority:
        made = made.add_extension(x509.SubjectAlternativeName([x509.DNSName(subject)]), critical=False)
    return made.sign(by, hashes.SHA256())


def _usage(*, is_authority: bool) -> x509.KeyUsage:
    """Python asks for it from 3.13 on."""
    return x509.KeyUsage(
        digital_signature=not is_authority,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=is_authority,
        crl_sign=is_authority,
        encipher_only=False,
        decipher_only=False,
    )
