"""Static files are collected when they changed, and not at every start."""

from pathlib import Path

import pytest

from config import static_files


@pytest.fixture
def collected(monkeypatch, settings, tmp_path: Path) -> list[str]:
    """Return what was called; the source is one file that a test may change."""
    source = tmp_path / "source"
    source.mkdir()
    (source / "a.css").write_text("a")
    settings.STATICFILES_DIRS = [source]
    settings.STATICFILES_FINDERS = [
        "django.contrib.staticfiles.finders.FileSystemFinder"
    ]
    settings.STATIC_ROOT = tmp_path / "collected"
    settings.STATIC_ROOT.mkdir()
    calls: list[str] = []
    monkeypatch.setattr(
        static_files, "call_command", lambda name, **options: calls.append(name)
    )
    return calls


def test_the_second_start_collects_nothing(collected):
    static_files.collect_when_changed()
    static_files.collect_when_changed()

    assert collected == ["collectstatic"]


def test_a_changed_file_is_collected(collected, settings):
    static_files.collect_when_changed()
    (settings.STATICFILES_DIRS[0] / "a.css").write_text("changed")
    static_files.collect_when_changed()

    assert collected == ["collectstatic", "collectstatic"]
