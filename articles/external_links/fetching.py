"""Ask a web address whether it answers, and be safe from what it answers.

A host is looked up here, every address it has must be public, and the connection
goes to the very address that was looked at: a second look-up could say another.
The same holds for each redirect. No proxy, cookie or password is used. One request,
the connection included, ends after ``limit`` seconds, however slowly a server drips;
looking up the host has the system's own limit. Bodies are not read.
"""

import errno
import re
import socket
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urljoin

from articles.external_links.addresses import (
    PORTS,
    Target,
    is_loopback,
    is_public,
    target_of,
)
from articles.external_links.checking import is_good

MAX_REDIRECTS = 5
MAX_ADDRESSES = 4  # tried for one host
MAX_HEAD = 32_768  # bytes
REDIRECTS = {301, 302, 303, 307, 308}
STATUS = re.compile(rb"HTTP/1\.[01] ([1-5][0-9][0-9])(?: |\r?\n)")
LOCATION = re.compile(rb"^location:[ \t]*([^\r\n]*)", re.IGNORECASE | re.MULTILINE)
HEAD_END = re.compile(rb"\r?\n\r?\n")
# Answers after which a GET would be rude or could say nothing else.
ENOUGH = frozenset(
    {"429", "address", "dns", "dns-later", "port", "private"}
    | {"refused", "timeout", "tls", "unreachable"}
)
AWAY = {errno.ENETUNREACH, errno.EHOSTUNREACH, errno.EADDRNOTAVAIL, errno.ENETDOWN}


class UnansweredError(Exception):
    """There is no status; ``word`` is one of ``external_links.checking.WORDS``."""

    def __init__(self, word: str) -> None:
        self.word = word
        super().__init__(word)


@dataclass(frozen=True)
class Answer:
    """A status ("404") or a word, and the host that gave it last."""

    word: str
    host: str


def look_up(host: str, port: int) -> list[str]:
    """Return the IP addresses of a host; raises UnansweredError."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except socket.gaierror as error:
        missing = error.errno in {socket.EAI_NONAME, socket.EAI_NODATA}
        raise UnansweredError("dns" if missing else "dns-later") from error
    except UnicodeError as error:
        raise UnansweredError("address") from error
    return list(dict.fromkeys(str(each[4][0]) for each in found))


@dataclass(frozen=True)
class Fetcher:
    """Asks addresses under the name ``agent``.

    ``wait`` is called with the host before each request, redirects included, and
    returns when it may be made. ``allow_loopback_for_tests`` lets a test's own server
    on this machine be asked, on any port; nothing else becomes allowed by it.
    """

    agent: str
    wait: Callable[[str], None]
    look_up: Callable[[str, int], list[str]] = look_up
    limit: float = 15.0
    allow_loopback_for_tests: bool = False

    def ask(self, url: str) -> Answer:
        """Return how an address answers: HEAD first, GET where that did not help."""
        answer = self._follow("HEAD", url)
        if is_good(answer.word) or answer.word in ENOUGH:
            return answer
        return self._follow("GET", url)

    def _follow(self, method: str, url: str) -> Answer:
        host = ""
        for _ in range(MAX_REDIRECTS + 1):
            target = target_of(url)
            if target is None:
                return Answer("address", host)
            host = target.host
            try:
                status, location = self._request(method, target)
            except UnansweredError as error:
                return Answer(error.word, host)
            if status not in REDIRECTS:
                return Answer(str(status), host)
            if not location:
                return Answer("nowhere", host)
            try:
                url = urljoin(str(target), location)
            except ValueError:
                return Answer("address", host)
        return Answer("circle", host)

    def _request(self, method: str, target: Target) -> tuple[int, str]:
        """Return status and Location of one request; raises UnansweredError."""
        addresses = self._allowed(target)
        self.wait(target.host)
        deadline = time.monotonic() + self.limit
        try:
            with connect(addresses, target, deadline) as connection:
                connection.sendall(self._words(method, target))
                return read_answer(connection, deadline)
        except ssl.SSLError as error:
            raise UnansweredError("tls") from error
        except OSError as error:
            raise UnansweredError(word_for(error)) from error

    def _allowed(self, target: Target) -> list[str]:
        """Return where a target may be asked; one bad address refuses them all."""
        addresses = self.look_up(target.host, target.port)
        if not addresses:
            raise UnansweredError("dns")
        if self.allow_loopback_for_tests and all(map(is_loopback, addresses)):
            return addresses
        if not all(map(is_public, addresses)):
            raise UnansweredError("private")
        if target.port != PORTS[target.scheme]:
            raise UnansweredError("port")
        return addresses[:MAX_ADDRESSES]

    def _words(self, method: str, target: Target) -> bytes:
        lines = [
            f"{method} {target.path} HTTP/1.1",
            f"Host: {target.authority}",
            f"User-Agent: {self.agent}",
            "Accept: */*",
            "Connection: close",
        ]
        return "\r\n".join([*lines, "", ""]).encode("ascii")


def connect(addresses: list[str], target: Target, deadline: float) -> socket.socket:
    """Return a connection to the first address that takes one; raises OSError."""
    for address in addresses[:-1]:
        try:
            return connect_to(address, target, deadline)
        except OSError:
            continue
    return connect_to(addresses[-1], target, deadline)


def connect_to(address: str, target: Target, deadline: float) -> socket.socket:
    """Return a connection to exactly this address; raises OSError."""
    plain = socket.create_connection((address, target.port), rest_of(deadline))
    if target.scheme == "http":
        return plain
    try:
        plain.settimeout(rest_of(deadline))
        context = ssl.create_default_context()
        return context.wrap_socket(plain, server_hostname=target.host)
    except BaseException:
        plain.close()
        raise


def read_answer(connection: socket.socket, deadline: float) -> tuple[int, str]:
    """Return status and Location; raises UnansweredError, OSError."""
    received = b""
    while True:
        head, end, rest = split_head(received)
        if end and STATUS.match(head) and head.split(b" ", 2)[1].startswith(b"1"):
            received = rest  # an interim answer, the real one follows
            continue
        if end or len(received) > MAX_HEAD:
            return parse_head(head)
        connection.settimeout(rest_of(deadline))
        more = connection.recv(4096)
        if not more:
            return parse_head(head)
        received += more


def split_head(received: bytes) -> tuple[bytes, bool, bytes]:
    """Return the head so far, whether it is whole, and what follows it."""
    end = HEAD_END.search(received)
    if end is None:
        return received, False, b""
    return received[: end.start()] + b"\r\n", True, received[end.end() :]


def parse_head(head: bytes) -> tuple[int, str]:
    """Return status and Location, "" where there is none; raises UnansweredError."""
    status = STATUS.match(head)
    if status is None:
        raise UnansweredError("garbled" if head else "reset")
    location = LOCATION.search(head)
    words = location[1].decode("utf-8", "replace").strip() if location else ""
    return int(status[1]), words


def rest_of(deadline: float) -> float:
    """Return the seconds that are left; raises TimeoutError where none are."""
    rest = deadline - time.monotonic()
    if rest <= 0:
        raise TimeoutError
    return rest


def word_for(error: OSError) -> str:
    """Return the word for a connection that failed."""
    if isinstance(error, TimeoutError):
        return "timeout"
    if isinstance(error, ConnectionRefusedError):
        return "refused"
    return "unreachable" if error.errno in AWAY else "reset"
