"""One stylesheet from many files: what a reader downloads is one request.

The parts under ``static/css/`` stay as they are written; nothing is compiled. The
order is that of the cascade layers, and ``tokens.css`` comes first because its first
line names them.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

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
