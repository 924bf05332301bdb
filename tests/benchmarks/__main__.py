"""``make bench``: what the main pages cost, beside a view that does nothing.

Ratios, because requests a second say as much about the machine as about the pages. The
two are measured in turns (bare, page, page, bare) on the same server, so that a machine
that slows down slows both.
"""

import gzip
import os
import subprocess
import sys
import time
from contextlib import contextmanager
from statistics import median

import django
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from config.embedded_postgres import running
from tests.benchmarks.load import requests_a_second
from tests.ports import free_port

PAGES = {
    "home": "/",
    "guide": "/articles/when-to-get-a-second-opinion/",
    "specialization": "/specializations/cardiology/",
    "doctors": "/doctors/cardiology/",
}
ROUNDS = 4
ROUND_S = 0.7


def main() -> None:
    """Print one line a page."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.benchmarks.settings"
    django.setup()
    with running(settings.VAR_DIR), serving() as port:
        print(f"{'':16}{'queries':>8}{'bytes':>9}{'gzip':>8}{'a second':>10}", end="")
        print(f"{'bare':>8}{'ratio':>8}")
        for name, path in PAGES.items():
            queries, size, packed = cost(path)
            page, bare = compare(port, path)
            print(f"{name:16}{queries:8}{size:9,}{packed:8,}{page:10.0f}", end="")
            print(f"{bare:8.0f}{page / bare:8.2f}", flush=True)


@contextmanager
def serving():
    """Run gunicorn with production's settings of the server; give its port."""
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "--config", "config/gunicorn.py"]
    environment = os.environ | {"BIND": f"127.0.0.1:{port}"}
    server = subprocess.Popen([*command, "config.wsgi"], env=environment)
    try:
        wait_for(port)
        yield port
    finally:
        server.terminate()
        server.wait()


def wait_for(port: int) -> None:
    """Wait until the server answers."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        try:
            requests_a_second(port, "/bare/", 0.1)
        except OSError:
            time.sleep(0.1)
        else:
            return
    sys.exit("The server did not start within 30 seconds.")


def cost(path: str) -> tuple[int, int, int]:
    """Return queries, bytes and bytes as a proxy would compress them."""
    client = Client(headers={"host": "127.0.0.1"})
    client.get(path)  # the first request fills what Django keeps
    with CaptureQueriesContext(connection) as queries:
        response = client.get(path)
    if response.status_code != 200:
        sys.exit(
            f"{path} answered {response.status_code}: start 'make run' once first."
        )
    return len(queries), len(response.content), len(gzip.compress(response.content, 6))


def compare(port: int, path: str) -> tuple[float, float]:
    """Return requests a second of the page and of the bare view, in turns."""
    pages, bares = [], []
    requests_a_second(port, path, ROUND_S)  # warm both workers
    for _ in range(ROUNDS):
        bares.append(requests_a_second(port, "/bare/", ROUND_S))
        pages.append(requests_a_second(port, path, ROUND_S))
        pages.append(requests_a_second(port, path, ROUND_S))
        bares.append(requests_a_second(port, "/bare/", ROUND_S))
    return median(pages), median(bares)


if __name__ == "__main__":
    main()
