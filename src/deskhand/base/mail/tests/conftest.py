"""Real servers on ports of this machine, and a mailbox of the simplest kind."""

from __future__ import annotations

import asyncio
import socket
import ssl
import threading
import warnings
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from deskhand.base.companies.public import Company
from deskhand.base.mail.enums import Outcome
from deskhand.base.mail.management.listening import listen
from deskhand.base.mail.models import MailSetup
from deskhand.base.mail.places import MAILBOXES, Delivery, Letter, Thread
from deskhand.base.mail.tests.boxes import Boxes

OURS = "care@desk.example"


class CompanyMailbox:
    """Makes a company of every mail to one address; enough to see what the mail hands on."""

    model = Company

    def __init__(self) -> None:
        self.letters: list[Letter] = []
        self.fails_with: Exception | None = None

    def owned(self, addresses: Sequence[str]) -> list[str]:
        if self.fails_with:
            raise self.fails_with
        return [address for address in addresses if address == OURS]

    def offered(self) -> list[tuple[str, str]]:
        return [(OURS, "Companies")]

    def numbered(self, number: int, letter: Letter) -> Company | None:
        return None

    def open(self, letter: Letter, *, at: datetime) -> Delivery | None:
        if not self.owned(letter.recipients):
            return None
        self.letters.append(letter)
        made = Company.objects.create(name=letter.mail.subject)
        return Delivery(Outcome.CREATED, f"Mail to {OURS} makes companies.", made)

    def join(self, thread: Thread, letter: Letter, *, at: datetime) -> Delivery:
        raise AssertionError("Nothing is answered here.")


@pytest.fixture
def mailbox(monkeypatch: pytest.MonkeyPatch) -> CompanyMailbox:
    """The only mailbox there is."""
    only = CompanyMailbox()
    monkeypatch.setattr(MAILBOXES, "_panels", [(50, only)])
    return only


class Listeners:
    """Starts the real mail listener, and answers its port."""

    def __init__(self) -> None:
        self._running: list[tuple[threading.Thread, Callable[[], None]]] = []

    def __call__(self, *, lmtp: bool = False) -> int:
        ready = threading.Event()
        ports: list[int] = []
        stops: list[Callable[[], None]] = []

        def on_ready(port: int) -> None:
            ports.append(port)
            ready.set()

        async def serve() -> None:
            loop, stop = asyncio.get_running_loop(), asyncio.Event()
            stops.append(lambda: loop.call_soon_threadsafe(stop.set))
            await listen(host="127.0.0.1", port=0, lmtp=lmtp, on_ready=on_ready, stop=stop)

        thread = threading.Thread(target=lambda: asyncio.run(serve()))
        thread.start()
        assert ready.wait(10)
        self._running.append((thread, stops[0]))
        return ports[0]

    def stop(self) -> None:
        while self._running:
            thread, stop = self._running.pop()
            stop()
            thread.join(15)
            assert not thread.is_alive()


@pytest.fixture
def mail_listener(transactional_db: None, mailbox: CompanyMailbox) -> Iterator[Listeners]:
    listeners = Listeners()
    yield listeners
    listeners.stop()


class OtherServer:
    """The customers' mail server. ``answers`` are given to the next mails instead of 250, by command."""

    def __init__(self) -> None:
        self.answers: dict[str, list[str]] = {"RCPT": [], "DATA": []}
        self.mails: list[EmailMessage] = []
        self.senders: list[str] = []
        self.connections = 0
        self.takes_from: str | None = None

    async def handle_MAIL(self, server: Any, session: Any, envelope: Any, address: str, options: list[str]) -> str:  # noqa: N802
        if self.takes_from not in {None, address}:
            return "553 5.7.1 Sender address rejected: not owned by user"
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_EHLO(  # noqa: N802
        self, server: Any, session: Any, envelope: Any, hostname: str, responses: list[str]
    ) -> list[str]:
        self.connections += 1
        session.host_name = hostname
        return responses

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: list[str]) -> str:  # noqa: N802
        if self.answers["RCPT"]:
            return self.answers["RCPT"].pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        if self.answers["DATA"]:
            return self.answers["DATA"].pop(0)
        mail = message_from_bytes(envelope.content, _class=EmailMessage, policy=policy.default)
        self.mails.append(mail)
        self.senders.append(envelope.mail_from)
        return "250 OK"


@pytest.fixture
def other_server(settings: Any) -> Iterator[OtherServer]:
    """A real SMTP server that our mails go to."""
    handler = OtherServer()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    handler.connections = 0  # the controller tries it once
    settings.MAIL_TRANSPORT = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_PORT = port
    yield handler
    controller.stop()


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    """A certificate for ``localhost`` that nobody vouches for: its text, and a file with it and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    begins = datetime(2020, 1, 1, tzinfo=UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begins)
        .not_valid_after(begins + timedelta(days=365 * 80))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    text = made.public_bytes(serialization.Encoding.PEM)
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    file = tmp_path_factory.mktemp("certificate") / "server.pem"
    file.write_bytes(secret + text)
    return text.decode(), str(file)


@pytest.fixture
def server_context(certificate: tuple[str, str]) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate[1])
    return context


@pytest.fixture
def boxes(server_context: ssl.SSLContext) -> Iterator[Boxes]:
    """Mailbox servers."""
    made = Boxes(server_context)
    yield made
    made.stop()


class SmtpServers:
    """Starts SMTP servers of several kinds, each with a handler that keeps what comes."""

    USER, PASSWORD = "desk", "correct horse"

    def __init__(self, context: ssl.SSLContext) -> None:
        self._context = context
        self._running: list[Controller] = []

    def __call__(self, *, security: str = "none", asks: bool = False) -> tuple[OtherServer, int]:
        handler = OtherServer()
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        options: dict[str, Any] = {"ssl_context": self._context} if security == "tls" else {}
        if security == "starttls":
            options = {"tls_context": self._context, "require_starttls": True}
        if asks:
            warnings.filterwarnings("ignore", message="Requiring AUTH while not requiring TLS")
            options |= {"authenticator": self._known, "auth_required": True, "auth_require_tls": security == "starttls"}
        controller = Controller(handler, hostname="127.0.0.1", port=port, **options)
        # It would try without our certificate; that somebody knocks is enough.
        controller._trigger_server = lambda: socket.create_connection(("127.0.0.1", port)).close()  # type: ignore[method-assign]
        controller.start()
        self._running.append(controller)
        return handler, port

    def _known(self, _server: Any, _session: Any, _envelope: Any, _mechanism: str, data: Any) -> AuthResult:
        is_known = (data.login, data.password) == (self.USER.encode(), self.PASSWORD.encode())
        return AuthResult(success=is_known, handled=False)

    def stop(self) -> None:
        while self._running:
            self._running.pop().stop()


@pytest.fixture
def smtp_servers(server_context: ssl.SSLContext) -> Iterator[SmtpServers]:
    servers = SmtpServers(server_context)
    yield servers
    servers.stop()


@pytest.fixture
def custom_servers(db: None) -> None:
    """*Custom Email Servers* is on."""
    MailSetup.objects.create(pk=1, uses_custom_servers=True)
