"""What the log keeps of a review link."""

import io
import logging
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.test import Client

from config.review_links_in_logs import HideReviewLinks


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """Read what Django's logger of requests would write to the console."""
    handler = logging.StreamHandler(written := io.StringIO())
    handler.addFilter(HideReviewLinks())
    logger = logging.getLogger("django.request")
    logger.addHandler(handler)
    yield written
    logger.removeHandler(handler)


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
