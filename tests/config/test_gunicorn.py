"""How the workers of the site are set."""

import gc

import pytest

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
