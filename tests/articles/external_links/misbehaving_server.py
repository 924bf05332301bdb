"""A web server on this machine that answers each path in its own wrong way."""

import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

STATUSES = {"/ok": 200, "/missing": 404, "/login": 401, "/forbidden": 403, "/sad": 500}
REDIRECTS = {
    "/moved": "/moved-2",
    "/moved-2": "ok#part",
    "/round": "/round-2",
    "/round-2": "/round",
    "/hop-1": "/hop-2",
    "/hop-2": "/hop-3",
    "/hop-3": "/hop-4",
    "/hop-4": "/hop-5",
    "/hop-5": "/ok",
    "/hop-0": "/hop-1",
    "/to-file": "file:///etc/passwd",
    "/to-junk": "http://[",
    "/to-nowhere": "",
    "/to-private": "http://inside.example/",
    "/to-port": "http://outside.example:8080/",
}
RAW = {
    "/garbage": b"GARBAGE 200 OK\r\n\r\n",
    "/early": b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 204 No\r\n\r\n",
    "/cut": b"HTTP/1.1 404 Not Found\r\nContent-",
    "/silence": b"",
}


class Handler(BaseHTTPRequestHandler):
    """Records what it was asked and looks up what to do by path."""

    def do_HEAD(self) -> None:
        self.answer()

    def do_GET(self) -> None:
        self.answer()

    def answer(self) -> None:
        server = self.server
        server.asked.append((self.command, self.path))
        server.headers.append(dict(self.headers))
        path = self.path.partition("?")[0]
        if path in server.statuses:
            self.plain(server.statuses[path])
        elif path in REDIRECTS:
            self.plain(302, Location=REDIRECTS[path])
        elif path in RAW:
            self.wfile.write(RAW[path])
        else:
            getattr(self, path.strip("/").replace("-", "_"))()

    def plain(self, status: int, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()

    def get_only(self) -> None:
        self.plain(405 if self.command == "HEAD" else 200)

    def slow_down(self) -> None:
        self.plain(429, Retry_After="3600")

    def never(self) -> None:
        self.server.closing.wait(10)

    def drip(self) -> None:
        """Send a byte now and then, each within any limit for one byte."""
        while not self.server.closing.wait(0.02):
            self.wfile.write(b"H")

    def endless_head(self) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\n" + b"X-Filler: aaaaaaaa\r\n" * 100_000)

    def huge(self) -> None:
        self.plain(405 if self.command == "HEAD" else 200)
        while not self.server.closing.is_set():
            self.wfile.write(b"x" * 65_536)
            self.server.sent += 65_536

    def reset(self) -> None:
        off = struct.pack("ii", 1, 0)
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, off)
        self.connection.close()

    def log_message(self, *args: object) -> None:
        """Say nothing."""


class MisbehavingServer(ThreadingHTTPServer):
    """``asked`` holds method and path of each request, ``statuses`` can be changed."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: list[tuple[str, str]] = []
        self.headers: list[dict[str, str]] = []
        self.statuses = dict(STATUSES)
        self.sent = 0
        self.closing = threading.Event()

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.server_port}{path}"

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: clients hang up on purpose."""


@contextmanager
def misbehaving_server() -> Iterator[MisbehavingServer]:
    """Serve until the block ends."""
    server = MisbehavingServer()
    thread = threading.Thread(target=server.serve_forever, args=[0.02], daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.closing.set()
        server.shutdown()
        thread.join()
        server.server_close()
