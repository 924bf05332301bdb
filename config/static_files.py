"""Static files: one stylesheet from many files, names that change with the content.

What a reader downloads is one request. The parts under ``static/css/`` stay as they are
written; nothing is compiled. The order is that of the cascade layers, and
``tokens.css`` comes first because its first line names them.
"""

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder, get_finders
from django.core.files.storage import FileSystemStorage
from django.core.management import call_command
from whitenoise.storage import CompressedManifestStaticFilesStorage

PARTS = (
    "tokens", "reset", "base", "layout", "components", "prose", "utilities", "print",
)  # fmt: skip
STYLESHEET = "css/site.css"


def write_stylesheet() -> Path:
    """Join the parts into ``var/static-made/css/site.css`` and return its folder."""
    source = settings.BASE_DIR / "static" / "css"
    target = settings.VAR_DIR / "static-made" / STYLESHEET
    joined = "\n".join((source / f"{part}.css").read_text() for part in PARTS)
    if not target.exists() or target.read_text() != joined:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(joined)
    return target.parent.parent


class StylesheetFinder(BaseFinder):
    """Offer the joined stylesheet to ``collectstatic`` and the development server."""

    def find(self, path: str, find_all: bool = False, **_: Any) -> Any:
        """Return where ``css/site.css`` lies, fresh from its parts."""
        if path != STYLESHEET:
            return []
        found = str(write_stylesheet() / STYLESHEET)
        return [found] if find_all else found

    def list(
        self,
        ignore_patterns: Any,
    ) -> Iterator[tuple[str, FileSystemStorage]]:
        """Yield the joined stylesheet."""
        yield STYLESHEET, FileSystemStorage(location=write_stylesheet())


class StaticStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Write hashed names into the imports of ES modules, so that all may be cached."""

    support_js_module_import_aggregation = True


def collect_when_changed() -> None:
    """Collect, hash and compress the static files unless nothing changed."""
    mark = settings.STATIC_ROOT / ".collected"
    state = _state()
    if not mark.exists() or mark.read_text() != state:
        call_command("collectstatic", interactive=False, verbosity=0)
        mark.write_text(state)


def _state() -> str:
    """Return a digest over name, size and time of every source file."""
    digest = hashlib.sha256(django.__version__.encode())
    for finder in get_finders():
        for name, storage in finder.list([]):
            found = os.stat(storage.path(name))  # noqa: PTH116 (a str, in a hot loop)
            digest.update(f"{name}\0{found.st_size}\0{found.st_mtime_ns}\n".encode())
    return digest.hexdigest()
