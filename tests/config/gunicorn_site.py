"""The site behind the real gunicorn, for what only a server shows."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

from tests.ports import free_port

ROOT = Path(__file__).resolve().parents[2]


@contextmanager
def gunicorn_site(database_url: str, *options: str) -> Iterator[int]:
    """Serve with further options of gunicorn; give the port."""
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "--config", "config/gunicorn.py"]
    server = subprocess.Popen(
        [*command, *options, "tests.config.plain_wsgi"],
        cwd=ROOT,
        env=os.environ | {"BIND": f"127.0.0.1:{port}", "DATABASE_URL": database_url},
    )
    try:
        deadline = time.monotonic() + 30
        while status_of(port, "/healthz") != 200:
            assert time.monotonic() < deadline, "gunicorn did not start"
            time.sleep(0.05)
        yield port
    finally:
        server.send_signal(signal.SIGQUIT)
        server.wait(60)  # longer than graceful_timeout


def status_of(port: int, path: str, timeout_s: float = 20) -> int | None:
    """Return the status of an answer; None where none comes."""
    browser = HTTPConnection("127.0.0.1", port, timeout=timeout_s)
    try:
        browser.request("GET", path)
        return browser.getresponse().status
    except OSError:
        return None
    finally:
        browser.close()
