"""What the log keeps of a review link, and of hosts that are not ours."""

import io
import logging
import re
import socket
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.test import Client
from gunicorn.http.errors import InvalidRequestLine
from gunicorn.workers.gthread import ThreadWorker

from config import gunicorn
from config.gunicorn_worker import PatientWorker
from config.log_filters import HideReviewLinks


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """Read what Django's logger of requests would write to the console."""
    handler = logging.StreamHandler(written := io.StringIO())
    handler.addFilter(HideReviewLinks())
    logger = logging.getLogger("django.request")
    logger.addHandler(handler)
    yield written
    logger.removeHandler(handler)


def test_a_foreign_host_is_one_line(client: Client, db, caplog) -> None:
    answer = client.get("/", headers={"host": "elsewhere.example"})

    assert answer.status_code == 400
    [record] = [one for one in caplog.records if "elsewhere.example" in one.message]
    assert "ALLOWED_HOSTS" in record.message
    assert not record.exc_info


def test_every_handler_hides_links() -> None:
    handlers = settings.LOGGING["handlers"].values()

    assert handlers
    assert all(each["filters"] == ["no_review_links"] for each in handlers)


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("Internal Server Error: /review/1-abc.d_e/sign/", "/review/…/sign/"),
        ('"GET /review/1-abc.d_e/ HTTP/1.1" 200', '"GET /review/…/ HTTP/1.1" 200'),
        ("Not Found: /articles/knees/", "Not Found: /articles/knees/"),
    ],
)
def test_a_message_names_no_link(log: io.StringIO, written: str, kept: str) -> None:
    logging.getLogger("django.request").error("%s", written)

    assert kept in log.getvalue()
    assert "abc" not in log.getvalue()


def test_a_page_that_fails_keeps_the_link_out_of_the_log(
    client: Client, log: io.StringIO, monkeypatch
) -> None:
    def fail(token: str) -> None:
        raise RuntimeError

    monkeypatch.setattr("articles.review_views.find_invitation", fail)
    client.raise_request_exception = False

    client.get("/review/1-abc.def/")

    assert "Internal Server Error: /review/…/" in log.getvalue()
    assert "1-abc" not in log.getvalue()


@pytest.fixture
def worker(monkeypatch) -> Iterator[tuple[PatientWorker, io.StringIO]]:
    """Set up a worker without a loop; give it with what its log holds."""
    logger = logging.getLogger("gunicorn.error")
    filters = list(logger.filters)
    logger.addHandler(handler := logging.StreamHandler(written := io.StringIO()))
    monkeypatch.setattr(ThreadWorker, "init_process", lambda _self: None)
    made = object.__new__(PatientWorker)
    made.sockets, made.log = [], logger
    made.init_process()
    yield made, written
    logger.removeHandler(handler)
    logger.filters = filters


@pytest.mark.parametrize("address", ["203.0.113.5", "2001:db8::7"])
def test_gunicorn_names_neither_link_nor_sender_of_a_malformed_request(
    worker, address: str
) -> None:
    made, written = worker
    near, far = socket.socketpair()
    fault = InvalidRequestLine("GET /review/1-abc.def/sign/ HTTP/9")

    with near, far:
        made.handle_error(None, near, (address, 1), fault)

    assert "Invalid request from ip=…: " in written.getvalue()
    assert "GET /review/…/sign/ HTTP/9" in written.getvalue()
    assert "abc" not in written.getvalue()
    assert address not in written.getvalue()


def test_gunicorn_names_no_link_of_a_request_that_failed(worker) -> None:
    made, written = worker

    made.log.error("Error handling request %s %s", "POST", "/review/1-abc.def/")

    assert written.getvalue() == "Error handling request POST /review/…/\n"


def test_gunicorn_names_nothing_that_was_searched_for(worker) -> None:
    made, written = worker
    asked = "/doctors/cardiology/?apart_from=9900000016&name=Ada"

    made.log.error("Error handling request %s %s", "GET", asked)
    made.log.warning("Invalid HTTP request line: 'GET\t%s'", asked)

    assert written.getvalue() == (
        "Error handling request GET /doctors/cardiology/?…\n"
        "Invalid HTTP request line: 'GET\t/doctors/cardiology/?…'\n"
    )


def test_nothing_in_front_or_below_keeps_a_log_of_visits() -> None:
    caddy = (settings.BASE_DIR / "deploy" / "Caddyfile").read_text()
    options, site = caddy.split("second-voice.example {")
    directives = [line.strip().split(" ")[0] for line in site.splitlines()]

    assert gunicorn.accesslog is None
    assert "log" not in directives
    assert re.search(r"log default \{\s+format filter \{", options)
    assert re.search(r"fields \{\s+request delete\s+\}", options)
