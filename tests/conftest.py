"""What every test stands on: the database server, and no network but this machine."""

from contextlib import ExitStack

import pytest
from django.conf import settings
from django.template import engines

from config.embedded_postgres import running
from config.postgres_account import EmbeddedPostgresError


def pytest_sessionstart(session: pytest.Session) -> None:
    """Join the embedded server; each worker of pytest-xdist is a user of its own."""
    if not settings.EMBEDDED_POSTGRES:
        return
    server = ExitStack()
    try:
        server.enter_context(running(settings.VAR_DIR))
    except EmbeddedPostgresError as error:
        pytest.exit(str(error), returncode=1)
    session.config.add_cleanup(server.close)


@pytest.fixture(autouse=True, scope="session")
def _static_files_as_written() -> None:
    """Serve static files by their plain names: tests need no collected folder."""
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
    settings.WHITENOISE_USE_FINDERS = True
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {
            "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        }
    }


@pytest.fixture(autouse=True)
def _undefined_variables_fail(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a template that prints a variable nobody gave fail, instead of nothing."""
    monkeypatch.setattr(
        engines["django"].engine, "string_if_invalid", UndefinedVariable("%s")
    )


class UndefinedVariable(str):
    """Django formats this with the variable's name when it is not found."""

    __slots__ = ()

    def __mod__(self, name: object) -> str:
        raise AssertionError(f"the template prints {name}, which nobody gave")
