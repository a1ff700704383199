# SPDX-License-Identifier: Apache-2.0
"""TLS: the connection is made to the vetted address, the certificate has to be the named host's."""

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from affiche.outbound.broker import Broker, Message
from affiche.outbound.client import GuardedClient, Unreachable
from affiche.outbound.rabbitmq import RabbitPublisher

NAME = "hook.example"
OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"


@dataclass
class Identity:
    """A certificate for ``hook.example`` that vouches for itself, and its key, as files."""

    certificate: Path
    key: Path

    def trusting(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=str(self.certificate))

    def trust(self, context: ssl.SSLContext) -> None:
        context.load_verify_locations(self.certificate)


@pytest.fixture(scope="module")
def identity(tmp_path_factory: pytest.TempPathFactory) -> Identity:
    folder = tmp_path_factory.mktemp("identity")
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAME)])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(NAME)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    made = Identity(folder / "cert.pem", folder / "key.pem")
    made.certificate.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    made.key.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return made


@dataclass
class Listener:
    """What a TLS server saw: the names that were asked for, the first bytes that came."""

    port: int
    names: list[str | None]
    heard: list[bytes]


@contextmanager
def listening(identity: Identity, answer: bytes = OK) -> Iterator[Listener]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(identity.certificate, identity.key)
    server = socket.create_server(("127.0.0.1", 0))
    seen = Listener(server.getsockname()[1], [], [])
    context.sni_callback = lambda connection, name, _: seen.names.append(name)

    def serve() -> None:
        while True:
            try:
                connection, _ = server.accept()
            except OSError:
                return
            with connection, suppress(OSError), context.wrap_socket(connection, server_side=True) as secured:
                heard = secured.recv(65536)
                # What is left unread when a socket closes makes it reset, and the answer gets lost.
                while heard.startswith(b"POST") and not heard.endswith(b"{}"):
                    heard += secured.recv(65536)
                seen.heard.append(heard)
                secured.sendall(answer)

    threading.Thread(target=serve, daemon=True).start()
    try:
        yield seen
    finally:
        server.close()


def resolver(host: str, port: int) -> list[str]:
    return ["127.0.0.1"]


def test_a_webhook_is_called_by_address_and_known_by_name(identity: Identity) -> None:
    with listening(identity) as server:
        client = GuardedClient(allow_private=True, resolver=resolver, tls=identity.trusting())
        assert client.post(f"https://{NAME}:{server.port}/", b"{}", {}).status == 200
        assert server.names == [NAME]
        with pytest.raises(Unreachable, match=r"(?i)certificate"):
            client.post(f"https://other.example:{server.port}/", b"{}", {})
        assert server.names == [NAME, "other.example"]
        assert len(server.heard) == 1


def test_a_webhook_whose_certificate_nobody_vouches_for_is_not_told_anything(identity: Identity) -> None:
    with listening(identity) as server, pytest.raises(Unreachable, match=r"(?i)certificate"):
        GuardedClient(allow_private=True, resolver=resolver).post(f"https://{NAME}:{server.port}/", b"{}", {})
    assert server.heard == []


def publish(port: int, host: str, **options: object) -> None:
    publisher = RabbitPublisher(allow_private=True, resolver=resolver, **options)  # type: ignore[arg-type]
    try:
        publisher.publish(
            Broker(host, port, "guest", "s3cret", "/", "queue", use_tls=True),
            Message("task.completed", "ImageGenerationTaskCompleted", "1", b"{}"),
        )
    finally:
        publisher.close()


def test_a_broker_is_called_by_address_and_known_by_name(identity: Identity) -> None:
    """The server here speaks no AMQP: what counts is that the handshake succeeded and our greeting came."""
    with listening(identity) as server:
        with pytest.raises(Unreachable):
            publish(server.port, NAME, trust=identity.trust)
        assert server.names == [NAME]
        assert [heard[:4] for heard in server.heard] == [b"AMQP"]
        with pytest.raises(Unreachable, match=r"(?i)certificate"):
            publish(server.port, "other.example", trust=identity.trust)
        assert server.names[-1] == "other.example"
        assert len(server.heard) == 1


def test_a_broker_whose_certificate_nobody_vouches_for_gets_no_password(identity: Identity) -> None:
    with listening(identity) as server, pytest.raises(Unreachable, match=r"(?i)certificate"):
        publish(server.port, NAME)
    assert server.heard == []
