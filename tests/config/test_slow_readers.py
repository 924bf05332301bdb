"""A hundred readers who stop in the middle of a request do not stop the site."""

import logging
import socket
import time
from contextlib import ExitStack, contextmanager

import pytest
from django.db import connection

from config.gunicorn_worker import _is_no_stall
from tests.config.gunicorn_site import gunicorn_site, status_of
from tests.database_url import database_url

NAME = "slow-readers"
HALF_A_HEADER = b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Half: "
HALF_A_BODY = (
    b"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1000\r\n"
    b"Content-Type: application/x-www-form-urlencoded\r\n\r\nhalf="
)


@contextmanager
def site(*options: str):
    """Serve the test database; give the port."""
    url = database_url(application_name=NAME)
    try:
        with gunicorn_site(url, "--graceful-timeout", "1", *options) as port:
            yield port
    finally:
        wait_until_its_sessions_ended()


def wait_until_its_sessions_ended() -> None:
    """The test database cannot be dropped while a killed worker's session lingers."""
    left = f"SELECT count(*) FROM pg_stat_activity WHERE application_name = '{NAME}'"
    for _ in range(100):
        with connection.cursor() as cursor:
            cursor.execute(left)
            if cursor.fetchone() == (0,):
                return
        time.sleep(0.05)


def answers(port: int, timeout_s: float = 20) -> bool:
    return status_of(port, "/", timeout_s) == 200


@contextmanager
def stalled(port: int, sent: bytes, count: int = 100):
    """Open connections that send this and then nothing."""
    with ExitStack() as open_ones:
        for _ in range(count):
            reader = socket.create_connection(("127.0.0.1", port))
            open_ones.enter_context(reader)
            reader.sendall(sent)
        time.sleep(0.5)  # until all of them were taken
        yield


@pytest.mark.django_db(transaction=True)
def test_a_hundred_half_sent_requests_leave_room_for_the_others():
    with site() as port:
        with stalled(port, HALF_A_HEADER):
            behind_headers = [answers(port) for _ in range(10)]
        with stalled(port, HALF_A_BODY):
            behind_bodies = [answers(port) for _ in range(10)]

    assert behind_headers == [True] * 10
    assert behind_bodies == [True] * 10


@pytest.mark.django_db(transaction=True)
def test_the_same_readers_stop_a_server_with_few_threads():
    with site("--threads", "4") as port, stalled(port, HALF_A_HEADER):
        answered = answers(port, timeout_s=1.5)

    assert not answered


def test_a_reader_who_stalled_is_no_error_and_everything_else_is():
    stalled, broken = BlockingIOError(), ValueError()
    records = [
        logging.LogRecord("gunicorn.error", 40, "", 1, "", (), (type(e), e, None))
        for e in (stalled, broken)
    ]
    plain = logging.LogRecord("gunicorn.error", 40, "", 1, "", (), None)

    kept = [_is_no_stall(record) for record in [*records, plain]]

    assert kept == [False, True, True]
