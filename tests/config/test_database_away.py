"""Readers and health checks while the database is away, asked of the real gunicorn."""

import time
from http.client import HTTPConnection, HTTPResponse

import pytest
from django.db import (
    InterfaceError,
    OperationalError,
    ProgrammingError,
    connection,
)
from django.db.migrations.executor import MigrationExecutor

from config import context_processors, slow_queries
from tests.config.gunicorn_site import gunicorn_site

NOBODY_LISTENS = "postgresql://voice@127.0.0.1:1/voice"  # port 1: tcpmux


@pytest.fixture(scope="module")
def port():
    """Serve the site without a database; give the port."""
    with gunicorn_site(NOBODY_LISTENS, "--workers", "1") as port:
        yield port


def get(port: int, path: str) -> tuple[HTTPResponse, str, float]:
    """Return the answer, what stands in it, and how many seconds it took."""
    began = time.monotonic()
    browser = HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        browser.request("GET", path)
        answer = browser.getresponse()
        return answer, answer.read().decode(), time.monotonic() - began
    finally:
        browser.close()


@pytest.mark.parametrize("path", ["/", "/no-such-page/"], ids=["a page", "no page"])
def test_a_reader_is_soon_told_to_come_back_in_a_minute(port, path):
    answer, page, seconds = get(port, path)

    assert (answer.status, answer.headers["Retry-After"]) == (503, "60")
    assert "<h1>Please try again in a minute</h1>" in page
    assert seconds < 5


def test_a_health_check_soon_learns_that_pages_cannot_be_served(port):
    answer, words, seconds = get(port, "/readyz")

    assert answer.status == 503
    assert words.startswith("The database does not answer")
    assert seconds < 5


@pytest.mark.django_db
@pytest.mark.parametrize("error", [OperationalError, InterfaceError])
def test_a_page_whose_footer_cannot_be_read_is_answered_too(client, monkeypatch, error):
    def fail():
        raise error("the connection is closed")

    monkeypatch.setattr(context_processors, "trust_pages", fail)
    client.raise_request_exception = False

    response = client.get("/no-such-page/")

    assert response.status_code == 503
    assert "<h1>Please try again in a minute</h1>" in response.content.decode()


@pytest.mark.django_db
def test_a_page_whose_tables_were_not_migrated_says_so_in_the_log(
    client, monkeypatch, caplog
):
    def fail():
        raise ProgrammingError("column building_line does not exist")

    monkeypatch.setattr(context_processors, "trust_pages", fail)
    client.raise_request_exception = False

    broken = client.get("/no-such-page/")
    monkeypatch.setattr(MigrationExecutor, "migration_plan", lambda *_: ["new"])
    unmigrated = client.get("/no-such-page/")

    assert (broken.status_code, unmigrated.status_code) == (500, 503)
    assert "<h1>Please try again in a minute</h1>" in unmigrated.content.decode()
    told = [line for line in caplog.messages if "'manage.py migrate' first." in line]
    assert len(told) == 1


def test_a_reader_waits_two_seconds_at_most_for_a_free_connection(monkeypatch):
    options = {"pool": {"max_size": 8, "timeout": 10}}
    monkeypatch.setitem(connection.settings_dict, "OPTIONS", options)

    slow_queries.limit_queries()

    assert options["pool"]["timeout"] == 2
    assert options["pool"]["max_size"] == 8
