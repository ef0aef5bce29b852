"""How a delivery leaves the house: to the web, and to nothing of our own network.

The name is looked up here, every address of it is checked, and the connection is made to an address that was checked:
a name that answers otherwise a moment later (DNS rebinding) leads nowhere. Redirects are not followed.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from time import monotonic
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

IpAddress = ipaddress.IPv4Address | ipaddress.IPv6Address

#: To connect and for each wait; and for all of it, so that nobody holds a worker with one byte a second.
_WAIT_SECONDS, _WHOLE_SECONDS = 5, 15
#: Of what comes back, this much is kept for people to read.
_KEPT_BYTES = 10_000
_KEPT_HEADERS, _LONGEST_HEADER = 50, 1_000
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


@dataclass(frozen=True)
class Reply:
    """What came back. ``status`` None: nobody answered; ``error`` says why."""

    status: int | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    text: str = ""
    took_ms: int = 0
    error: str = ""

    @property
    def is_fine(self) -> bool:
        return self.status is not None and 200 <= self.status < 300


class Unreachable(Exception):
    """``str()`` says why nobody was asked."""


def post(url: str, body: bytes, headers: Mapping[str, str]) -> Reply:
    """Send something, and wait for the answer, fifteen seconds at most."""
    begun = monotonic()
    try:
        return _sent(url, body, headers, begun)
    except Unreachable as error:
        reason = str(error)
    except TimeoutError:
        reason = _("No answer in time.")
    except ssl.SSLError as error:
        reason = _("The encryption failed: %(reason)s.") % {"reason": error.reason or error}
    except (OSError, http.client.HTTPException, ValueError) as error:
        reason = _("The connection failed: %(reason)s.") % {"reason": getattr(error, "strerror", None) or error}
    return Reply(took_ms=_since(begun), error=reason[:300])


def refuse_address(address: IpAddress) -> str:
    """Why nothing is sent to an address; empty: it is one of the web, or the server's settings allow it."""
    for one in _meant(address):
        allowed = any(one in ipaddress.ip_network(network, strict=False) for network in settings.WEBHOOK_NETWORKS)
        if not allowed and (not one.is_global or one.is_multicast):
            return _("%(address)s is no address of the web (WEBHOOK_NETWORKS allows none like it).") % {"address": one}
    return ""


def _meant(address: IpAddress) -> list[IpAddress]:
    """An address, or those that it carries inside: an IPv6 address may stand for one of IPv4."""
    if isinstance(address, ipaddress.IPv4Address):
        return [address]
    if address.ipv4_mapped:
        return [address.ipv4_mapped]
    inside: list[IpAddress | None] = [address.sixtofour, *(address.teredo or ())]
    if address in _NAT64:
        inside.append(ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF))
    return [address, *(one for one in inside if one is not None)]


def _checked(host: str, port: int) -> str:
    """An address of the host.

    :raises Unreachable: it has none, or one that nothing is sent to.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (socket.gaierror, UnicodeError) as error:
        raise Unreachable(_("There is no host %(host)s.") % {"host": host}) from error
    addresses = [str(entry[4][0]).partition("%")[0] for entry in found]
    for address in addresses:
        if refusal := refuse_address(ipaddress.ip_address(address)):
            raise Unreachable(refusal)
    return addresses[0]


def _sent(url: str, body: bytes, headers: Mapping[str, str], begun: float) -> Reply:
    parts = urlsplit(url)
    host, is_secure = parts.hostname or "", parts.scheme == "https"
    port = parts.port or (443 if is_secure else 80)
    address = _checked(host, port)
    connection = _Secure(host, port, address) if is_secure else _Plain(host, port, address)
    watch = threading.Timer(_WHOLE_SECONDS, connection.cut)
    watch.daemon = True
    watch.start()
    try:
        connection.request(
            "POST", f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}", body, dict(headers)
        )
        answer = connection.getresponse()
        text = _storable(answer.read(_KEPT_BYTES).decode(errors="replace"))
        return Reply(answer.status, _kept_headers(answer), text, _since(begun))
    finally:
        watch.cancel()
        connection.close()


def _kept_headers(answer: http.client.HTTPResponse) -> dict[str, str]:
    headers = answer.getheaders()[:_KEPT_HEADERS]
    return {_storable(name)[:_LONGEST_HEADER]: _storable(value)[:_LONGEST_HEADER] for name, value in headers}


def _storable(text: str) -> str:
    """PostgreSQL takes no NUL, and what could not be written down would be sent again and again."""
    return text.replace("\0", "\ufffd")


class _Pinned(http.client.HTTPConnection):
    """Connects to an address that was checked, whatever its name says by now."""

    def __init__(self, host: str, port: int, address: str, **options: Any) -> None:
        self.address = address
        super().__init__(host, port, timeout=_WAIT_SECONDS, **options)

    def cut(self) -> None:
        """End it, from another thread."""
        if self.sock is not None:
            self.sock.shutdown(socket.SHUT_RDWR)


class _Plain(_Pinned):
    def connect(self) -> None:
        self.sock = socket.create_connection((self.address, self.port), self.timeout)


class _Secure(_Pinned):
    def connect(self) -> None:
        plain = socket.create_connection((self.address, self.port), self.timeout)
        context = ssl.create_default_context()
        secured = context.wrap_socket(plain, server_hostname=self.host, do_handshake_on_connect=False)
        self.sock = secured  # before the handshake, so that it can be cut, too
        secured.do_handshake()


def _since(begun: float) -> int:
    return int((monotonic() - begun) * 1000)
