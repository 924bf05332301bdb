"""A database in which some people would not be found is refused before it is filled."""

import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from tests.database_url import database_url
from tests.ports import free_port

ROOT = Path(__file__).resolve().parents[2]
NAME = "second_voice_test_letters"


@pytest.fixture(scope="module", params=["SQL_ASCII", "UTF8"])
def url(request, worker_id):
    """Make a database of this encoding with the locale C, and give its address.

    One for both commands: to drop a database takes the server seconds.
    """
    name = f"{NAME}_{worker_id}"
    with closing(psycopg.connect(database_url(), autocommit=True)) as server:
        server.execute(f"DROP DATABASE IF EXISTS {name}")
        server.execute(
            f"CREATE DATABASE {name} TEMPLATE template0 LOCALE_PROVIDER libc"
            f" ENCODING '{request.param}' LOCALE 'C'"
        )
        yield database_url(name)
        server.execute(f"DROP DATABASE {name}")


@pytest.mark.parametrize("command", ["migrate", "serve"])
def test_a_database_that_does_not_know_letters_is_refused(url, command):
    result = subprocess.run(
        [sys.executable, "manage.py", command],
        cwd=ROOT,
        env=os.environ | {"DATABASE_URL": url, "PORT": str(free_port())},
        capture_output=True,
        text=True,
        timeout=60,
    )

    assert result.returncode == 1
    assert "does not know letters such as Ø" in result.stderr
    assert "docs/operators.md" in result.stderr
    with closing(psycopg.connect(url)) as database:
        tables = "SELECT count(*) FROM pg_tables WHERE schemaname = current_schema()"
        assert database.execute(tables).fetchone() == (0,)
