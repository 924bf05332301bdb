"""How the workers of the site are set."""

import gc
from pathlib import Path

import pytest
from gunicorn.config import Config
from gunicorn.http.parser import RequestParser
from pytest_django import Settings

from config import gunicorn


def test_a_worker_looks_for_garbage_rarely_and_never_at_what_was_loaded(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(gunicorn, "limit_queries", lambda: None)
    before = gc.get_threshold()
    try:
        gunicorn.post_worker_init(None)

        assert gc.get_threshold()[0] == 50_000
        assert gc.get_freeze_count() > 10_000
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()


def test_a_site_without_its_static_files_is_refused_in_a_sentence(
    settings: Settings, tmp_path: Path
) -> None:
    settings.PRODUCTION = True
    settings.STATIC_ROOT = tmp_path

    with pytest.raises(SystemExit, match="collectstatic --no-input"):
        gunicorn.on_starting(None)

    (tmp_path / "staticfiles.json").write_text("{}")
    gunicorn.on_starting(None)


def test_no_header_moves_the_site_below_another_path() -> None:
    settings = Config()
    settings.set("forwarder_headers", gunicorn.forwarder_headers)
    sent = (
        b"GET /elsewhere/admin/ HTTP/1.1\r\nHost: a.example\r\n"
        b"SCRIPT_NAME: /elsewhere\r\nPATH_INFO: /admin/\r\n\r\n"
    )

    [request] = RequestParser(settings, [sent], ("127.0.0.1", 40_000))

    assert [name for name, _ in request.headers] == ["HOST"]
