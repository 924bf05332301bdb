"""Asking a server that misbehaves in each way; nothing leaves this machine."""

import errno
import socket
from collections.abc import Callable, Iterator

import pytest

from articles.external_links import fetching
from articles.external_links.addresses import target_of
from articles.external_links.fetching import (
    Answer,
    Fetcher,
    UnansweredError,
    connect,
    look_up,
    rest_of,
    word_for,
)
from tests.articles.external_links.misbehaving_server import (
    MisbehavingServer,
    misbehaving_server,
)

ADDRESSES = {
    "inside.example": ["10.0.0.5"],
    "half.example": ["8.8.8.8", "10.0.0.5"],
    "mapped.example": ["::ffff:127.0.0.1"],
    "metadata.example": ["169.254.169.254"],
    "outside.example": ["8.8.8.8"],
    "empty.example": [],
}


def table(host: str, port: int) -> list[str]:
    """Look a host up in a table of ours; what is not in it is this machine."""
    return ADDRESSES.get(host, ["127.0.0.1"])


@pytest.fixture(scope="module")
def shared() -> Iterator[MisbehavingServer]:
    with misbehaving_server() as running:
        yield running


@pytest.fixture
def server(shared: MisbehavingServer) -> MisbehavingServer:
    shared.asked.clear()
    shared.headers.clear()
    return shared


@pytest.fixture
def connected(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int]]:
    """Return where connections are made; none but to this machine goes through."""
    made: list[tuple[str, int]] = []
    real = socket.create_connection

    def record(address: tuple[str, int], timeout: float) -> socket.socket:
        made.append(address)
        assert address[0] == "127.0.0.1"
        return real(address, timeout)

    monkeypatch.setattr(fetching.socket, "create_connection", record)
    return made


def fetcher(**changed: object) -> Fetcher:
    values = {
        "agent": "SecondVoice link check (+https://guides.example/)",
        "wait": lambda host: None,
        "look_up": table,
        "limit": 5.0,
        "allow_loopback_for_tests": True,
    }
    return Fetcher(**values | changed)


EXPECTED = {
    "/ok": "200",
    "/missing": "404",
    "/login": "401",
    "/forbidden": "403",
    "/sad": "500",
    "/get-only": "200",
    "/slow-down": "429",
    "/moved": "200",
    "/hop-1": "200",
    "/hop-0": "circle",
    "/round": "circle",
    "/to-file": "address",
    "/to-junk": "address",
    "/to-nowhere": "nowhere",
    "/to-private": "private",
    "/to-port": "port",
    "/garbage": "garbled",
    "/early": "204",
    "/cut": "404",
    "/silence": "reset",
    "/reset": "reset",
    "/endless-head": "200",
}


@pytest.mark.parametrize(("path", "word"), EXPECTED.items(), ids=EXPECTED.keys())
def test_the_answer_to(
    server: MisbehavingServer, connected: list, path: str, word: str
) -> None:
    answer = fetcher().ask(server.url(path))

    assert answer.word == word
    assert {port for _, port in connected} == {server.server_port}


def test_head_is_enough_where_it_answers(server: MisbehavingServer) -> None:
    fetcher().ask(server.url("/ok?a=b&c#d"))

    assert server.asked == [("HEAD", "/ok?a=b&c")]


def test_get_follows_a_head_that_did_not_help(server: MisbehavingServer) -> None:
    fetcher().ask(server.url("/get-only"))

    assert server.asked == [("HEAD", "/get-only"), ("GET", "/get-only")]


def test_a_host_that_wants_peace_gets_no_second_request(
    server: MisbehavingServer,
) -> None:
    fetcher().ask(server.url("/slow-down"))

    assert server.asked == [("HEAD", "/slow-down")]


def test_the_checker_says_who_it_is_and_sends_no_password(
    server: MisbehavingServer,
) -> None:
    fetcher().ask(server.url("/ok", "me:secret@guide.example"))

    assert server.headers == [
        {
            "Host": f"guide.example:{server.server_port}",
            "User-Agent": "SecondVoice link check (+https://guides.example/)",
            "Accept": "*/*",
            "Connection": "close",
        }
    ]


@pytest.mark.parametrize("path", ["/never", "/drip"])
def test_a_server_that_takes_too_long_is_left(
    server: MisbehavingServer, path: str
) -> None:
    answer = fetcher(limit=0.2).ask(server.url(path))

    assert answer == Answer("timeout", "127.0.0.1")
    assert server.asked == [("HEAD", path)]


def test_a_huge_body_is_not_read(server: MisbehavingServer) -> None:
    answer = fetcher().ask(server.url("/huge"))

    assert answer.word == "200"
    assert server.sent < 20_000_000


def test_a_redirect_loop_ends_after_five_redirects(server: MisbehavingServer) -> None:
    fetcher().ask(server.url("/round"))

    assert [method for method, _ in server.asked] == ["HEAD"] * 6 + ["GET"] * 6


def test_each_hop_waits_for_its_own_host(server: MisbehavingServer) -> None:
    waited: list[str] = []

    answer = fetcher(wait=waited.append).ask(server.url("/moved", "guide.example"))

    assert answer == Answer("200", "guide.example")
    assert waited == ["guide.example"] * 3


@pytest.mark.parametrize(
    "host", ["inside", "half", "mapped", "metadata"], ids=lambda host: host
)
def test_private_hosts_are_not_connected_to(connected: list, host: str) -> None:
    waited: list[str] = []

    answer = fetcher(wait=waited.append).ask(f"http://{host}.example/")

    assert answer == Answer("private", f"{host}.example")
    assert connected == waited == []


def test_loopback_is_refused_outside_tests(
    server: MisbehavingServer, connected: list
) -> None:
    strict = fetcher(allow_loopback_for_tests=False, look_up=look_up)

    words = {
        strict.ask(server.url("/ok", host)).word
        for host in ("127.0.0.1", "127.1", "2130706433", "0x7f.1", "[::1]", "0.0.0.0")
    }

    assert words == {"private"}
    assert connected == []
    assert server.asked == []


def test_odd_ports_of_public_hosts_are_not_asked(connected: list) -> None:
    assert fetcher().ask("https://outside.example:8443/").word == "port"
    assert connected == []


def test_the_connection_goes_to_the_address_that_was_checked(
    server: MisbehavingServer, connected: list
) -> None:
    answers = iter([["127.0.0.1"], ["10.0.0.5"]])
    looked_up: list[str] = []

    def changing(host: str, port: int) -> list[str]:
        looked_up.append(host)
        return next(answers)

    answer = fetcher(look_up=changing).ask(server.url("/ok", "turncoat.example"))

    assert answer.word == "200"
    assert looked_up == ["turncoat.example"]
    assert connected == [("127.0.0.1", server.server_port)]


@pytest.mark.parametrize("allowed", [True, False], ids=["in tests", "outside tests"])
def test_public_hosts_are_asked_at_no_more_than_four_addresses(
    monkeypatch: pytest.MonkeyPatch, allowed: bool
) -> None:
    tried: list[tuple[str, int]] = []

    def refuse(address: tuple[str, int], timeout: float) -> socket.socket:
        tried.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(fetching.socket, "create_connection", refuse)
    many = [f"8.8.8.{number}" for number in range(1, 7)]

    answer = fetcher(
        allow_loopback_for_tests=allowed, look_up=lambda host, port: many
    ).ask("https://outside.example/")

    assert answer == Answer("refused", "outside.example")
    assert tried == [(address, 443) for address in many[:4]]


def test_the_second_request_is_checked_again(
    server: MisbehavingServer, connected: list
) -> None:
    answers = iter([["127.0.0.1"], ["10.0.0.5"]])

    answer = fetcher(look_up=lambda host, port: next(answers)).ask(
        server.url("/missing", "turncoat.example")
    )

    assert answer.word == "private"
    assert len(connected) == 1


def test_a_server_without_a_certificate_is_told_apart(
    server: MisbehavingServer,
) -> None:
    url = server.url("/ok").replace("http:", "https:")

    assert fetcher().ask(url).word == "tls"


def test_a_port_where_nobody_listens_refuses() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))

        answer = fetcher().ask(f"http://127.0.0.1:{taken.getsockname()[1]}/")

    assert answer.word == "refused"


def test_the_next_address_is_tried_where_the_first_takes_no_connection(
    server: MisbehavingServer,
) -> None:
    target = target_of(server.url("/ok"))
    deadline = fetching.time.monotonic() + 5

    with connect(["127.0.0.2", "127.0.0.1"], target, deadline) as connection:
        assert connection.getpeername()[0] == "127.0.0.1"


@pytest.mark.parametrize("host", ["empty.example", "nobody.example"])
def test_a_host_without_an_address_does_not_exist(host: str) -> None:
    def empty(host: str, port: int) -> list[str]:
        if host == "nobody.example":
            raise UnansweredError("dns")
        return []

    assert fetcher(look_up=empty).ask(f"http://{host}/").word == "dns"


def failing(error: Exception) -> Callable[..., object]:
    def look(*args: object, **kwargs: object) -> object:
        raise error

    return look


@pytest.mark.parametrize(
    ("error", "word"),
    [
        (socket.gaierror(socket.EAI_NONAME, "unknown"), "dns"),
        (socket.gaierror(socket.EAI_AGAIN, "later"), "dns-later"),
        (socket.gaierror(socket.EAI_FAIL, "server failed"), "dns-later"),
        (UnicodeError("label too long"), "address"),
    ],
    ids=["unknown", "later", "server", "malformed"],
)
def test_a_failed_look_up_is(
    monkeypatch: pytest.MonkeyPatch, error: Exception, word: str
) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", failing(error))

    assert fetcher(look_up=look_up).ask("http://guide.example/").word == word


def test_a_fault_of_our_own_network_is_told_apart() -> None:
    assert word_for(OSError(errno.ENETUNREACH, "no route")) == "unreachable"
    assert word_for(ConnectionResetError()) == "reset"


def test_no_time_is_left_after_the_deadline() -> None:
    with pytest.raises(TimeoutError):
        rest_of(fetching.time.monotonic() - 1)


def test_what_is_no_address_is_not_asked() -> None:
    assert fetcher().ask("mailto:me@example.org") == Answer("address", "")
