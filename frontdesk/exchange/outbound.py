"""The one way out by HTTP, and the look-up for any other: to a host the operator named, over TLS, to the very address that was looked at, and no further.

Nothing a page, a file or another server says makes this program ask somewhere else: redirects are not followed, no proxy
is taken from the environment, and a name that leads to an inner address (this machine, a private or link-local network)
is not followed unless the operator named that address too. What comes back is bounded in size and in time.
"""

import http.client
import socket
import ssl
import threading
from collections.abc import Collection, Iterable, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import SplitResult, urlsplit

from django.conf import settings

SECONDS, LARGEST = 10.0, 256 * 1024
"""What one question may take altogether, and the bytes its answer may have, unless the asker says otherwise."""
HERE = "localhost"
# Addresses of IPv6 that carry one of IPv4 inside, to wherever that leads; and those a network keeps for its own protocols.
_NOT_OUTSIDE = tuple(map(ip_network, ("64:ff9b::/96", "2002::/16", "2001::/32", "192.0.0.0/24")))


class NotAllowed(Exception):
    """The address is none the operator named, or leads where nothing of ours may ask."""


class NoAnswer(Exception):
    """Nobody answered, or not as asked: late (`was_late`), too much, with an error, or by pointing elsewhere."""

    was_late = False


class Late(NoAnswer):
    """The time was over before the answer was whole."""

    was_late = True


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: its status, its headers by name in small letters, its body whole."""

    status: int
    headers: Mapping[str, str]
    body: bytes


def host_of(url: str) -> str:
    """Return the host of an address the operator has set, as `ask` wants it named."""
    return urlsplit(url).hostname or ""


def looked_up(url: str, *, named: Iterable[str] = ()) -> tuple[str, int]:
    """Return the address and port that `url` leads to, for a way out that is not HTTP (sftp://host:22/folder).

    The same is allowed as for `ask`. Raises `NotAllowed`, `NoAnswer`.
    """
    parts, hosts = _read(url, {"sftp"}), {_plain(one) for one in (*named, *settings.OUTBOUND)}
    if _plain(parts.hostname or "") not in hosts:
        raise NotAllowed
    return _address(parts, hosts), parts.port or _PORTS[parts.scheme]


def ask(
    url: str,
    *,
    named: Iterable[str] = (),
    body: bytes | None = None,
    headers: Mapping[str, str] | None = None,
    seconds: float | None = None,
    largest: int | None = None,
) -> bytes:
    """Return what stands at `url`; with `body` it is posted. `named` are the hosts of the asker's own settings.

    It has `seconds` altogether, and its answer `largest` bytes.

    Raises `NotAllowed`, `NoAnswer`.
    """
    told = exchange(
        url, method="GET" if body is None else "POST", named=named, body=body, headers=headers, seconds=seconds, largest=largest
    )  # fmt: skip
    if not 200 <= told.status < 300:
        raise NoAnswer
    return told.body


def exchange(
    url: str,
    *,
    method: str,
    named: Iterable[str] = (),
    body: bytes | None = None,
    headers: Mapping[str, str] | None = None,
    seconds: float | None = None,
    largest: int | None = None,
) -> Answer:
    """Return the answer at `url`, whatever its status: for one who reads what an error says. Else as `ask`.

    Raises `NotAllowed`, `NoAnswer`.
    """
    patience = seconds or SECONDS
    parts, hosts = _read(url), {_plain(one) for one in (*named, *settings.OUTBOUND)}
    if _plain(parts.hostname or "") not in hosts:
        raise NotAllowed
    address = _address(parts, hosts)
    way: http.client.HTTPConnection = (
        _Secure(parts, address, patience) if parts.scheme == "https" else _Plain(parts, address, patience)
    )
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    with closing(way):
        late = threading.Event()
        try:
            way.connect()
            cut = threading.Timer(patience, _cut, [way.sock, late])
            cut.start()
            try:
                told = _answer(way, method, path, body, dict(headers or {}), largest or LARGEST)
            finally:
                cut.cancel()
        except (OSError, http.client.HTTPException, ValueError) as wrong:
            raise (Late if isinstance(wrong, TimeoutError) or late.is_set() else NoAnswer) from wrong
    if late.is_set():  # what was cut off looks whole where no length was told
        raise Late
    return told


def _answer(
    way: http.client.HTTPConnection,
    method: str,
    path: str,
    body: bytes | None,
    headers: dict[str, str],
    largest: int,
) -> Answer:
    way.request(method, path, body, headers)
    answer = way.getresponse()
    told = answer.read(largest + 1)
    if len(told) > largest:
        raise NoAnswer
    return Answer(answer.status, {name.lower(): value for name, value in answer.getheaders()}, told)


def _cut(line: socket.socket, late: threading.Event) -> None:
    """End a conversation that takes too long, however slowly the other side drips."""
    late.set()
    with suppress(OSError):
        line.shutdown(socket.SHUT_RDWR)


_PORTS = {"https": 443, "http": 80, "sftp": 22}


def _read(url: str, schemes: Collection[str] = ("https", "http")) -> SplitResult:
    try:
        parts = urlsplit(url)
        fine = parts.scheme in schemes and parts.hostname and parts.port != 0 and "@" not in parts.netloc
    except ValueError:
        fine = None
    if not fine or not url.isascii() or not url.isprintable() or " " in url:
        raise NotAllowed
    return parts


def _address(parts: SplitResult, hosts: set[str]) -> str:
    """Look a host up once, and return the address to speak to. Every address it has must be allowed, not one of them."""
    port = parts.port or _PORTS[parts.scheme]
    try:
        found = socket.getaddrinfo(parts.hostname, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as wrong:
        raise NoAnswer from wrong
    addresses = [ip_address(str(one[4][0]).partition("%")[0]) for one in found]
    here = _plain(parts.hostname or "") == HERE
    inner = [one for one in addresses if not _is_outside(one)]
    if not all(_is_named(one, hosts) or (here and one.is_loopback) for one in inner):
        raise NotAllowed
    # In the open only inside, where the operator said so.
    if not addresses or (parts.scheme == "http" and len(inner) < len(addresses)):
        raise NotAllowed
    return str(addresses[0])


def _is_outside(address: IPv4Address | IPv6Address) -> bool:
    if isinstance(address, IPv6Address) and address.ipv4_mapped:
        return _is_outside(address.ipv4_mapped)
    inner = any(address in network for network in _NOT_OUTSIDE)
    return address.is_global and not address.is_multicast and not inner


def _is_named(address: IPv4Address | IPv6Address, hosts: set[str]) -> bool:
    """Say whether the operator named an inner address, itself or as part of a network."""
    for one in hosts:
        with suppress(ValueError):
            if address in ip_network(one):
                return True
    return False


def _plain(host: str) -> str:
    return host.strip().strip("[]").rstrip(".").lower()


class _Plain(http.client.HTTPConnection):
    """A connection to an address that was looked up already: the name is not asked for a second time."""

    def __init__(self, parts: SplitResult, address: str, seconds: float) -> None:
        super().__init__(parts.hostname or "", parts.port, timeout=seconds)
        self.address = address

    def connect(self) -> None:
        self.sock = socket.create_connection((self.address, self.port), self.timeout)


class _Secure(http.client.HTTPSConnection):
    """The same over TLS; the certificate must be of the name."""

    def __init__(self, parts: SplitResult, address: str, seconds: float) -> None:
        self.tls = ssl.create_default_context()
        super().__init__(parts.hostname or "", parts.port, timeout=seconds, context=self.tls)
        self.address = address

    def connect(self) -> None:
        line = socket.create_connection((self.address, self.port), self.timeout)
        self.sock = self.tls.wrap_socket(line, server_hostname=self.host)
