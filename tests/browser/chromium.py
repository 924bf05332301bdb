"""Which Chromium the browser tests use, and how one gets here.

In this order: $CHROMIUM, the machine's own, Playwright's (kept in var/browsers).
``python -m tests.browser.chromium`` installs one when there is none: Playwright's, or
Debian's package when root.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

BROWSERS = Path(__file__).resolve().parents[2] / "var" / "browsers"
# The first is made for running without a window: a third less work than the others.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser")
NAMES += ("google-chrome", "google-chrome-stable")


def chromium() -> str | None:
    """Return the path of a Chromium that starts, or None."""
    named = os.environ.get("CHROMIUM")
    candidates = [named] if named else [*map(shutil.which, NAMES), _playwrights_own()]
    return next((path for path in candidates if path and _starts(path)), None)


def install() -> str:
    """Return the path of a Chromium, installing one; the message says what to do."""
    if found := chromium():
        return found
    os.environ["PLAYWRIGHT_BROWSERS_PATH"] = str(BROWSERS)
    _quietly([sys.executable, "-m", "playwright", "install", "chromium"])
    if not chromium() and os.geteuid() == 0 and shutil.which("apt-get"):
        _quietly(["apt-get", "update"])
        for package in ("chromium-headless-shell", "chromium"):
            _quietly(["apt-get", "install", "--yes", package])
            if chromium():
                break
    if found := chromium():
        return found
    sys.exit(
        "No Chromium starts here and none could be installed: install one (Debian: "
        "apt-get install chromium) or name one in CHROMIUM, then start again."
    )


def _playwrights_own() -> str:
    """Return where Playwright keeps its browser, whether it is there or not."""
    os.environ.setdefault("PLAYWRIGHT_BROWSERS_PATH", str(BROWSERS))
    with sync_playwright() as playwright:
        return playwright.chromium.executable_path


def _starts(path: str) -> bool:
    """Try the browser: one whose libraries are missing is no browser."""
    try:
        tried = subprocess.run([path, "--version"], capture_output=True, timeout=30)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return tried.returncode == 0


def _quietly(command: list[str]) -> None:
    """Run a step whose failure the next look for a browser shows."""
    subprocess.run(command, capture_output=True, timeout=900)


if __name__ == "__main__":
    print(install())
