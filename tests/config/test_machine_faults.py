"""What the machine lacks is one sentence, wherever it is met."""

import errno
import os
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, ProgrammingError, connection
from django.db.migrations.recorder import MigrationRecorder

from config import machine_faults
from config.machine_faults import connection_fault, fault_sentence, tables_fault
from config.management.commands import serve
from tests.database_url import database_url
from tests.ports import free_port

ROOT = Path(__file__).resolve().parents[2]
NOBODY_LISTENS = "postgresql://voice:s3cret@127.0.0.1:1/voice"  # port 1: tcpmux


def manage(*arguments: str, url: str = NOBODY_LISTENS) -> subprocess.Popen[str]:
    """Start manage.py; most commands wait 10 s for a database that does not answer."""
    return subprocess.Popen(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=os.environ | {"DATABASE_URL": url},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )


def caused(error: Exception, cause: Exception) -> Exception:
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    "error",
    [
        OSError(errno.ENOSPC, "No space left on device"),
        OSError(errno.EDQUOT, "Disk quota exceeded"),
        caused(OperationalError("could not extend file"), psycopg.errors.DiskFull()),
    ],
    ids=["files", "quota", "database"],
)
def test_a_full_disk_is_a_sentence(error):
    sentence = fault_sentence(error)

    assert sentence.endswith("is full: free some space and start again.")
    assert "temporary files (TMPDIR)" in sentence


@pytest.mark.parametrize(
    "error",
    [
        OSError(errno.EIO, "Input/output error"),
        caused(OperationalError("canceled"), psycopg.errors.QueryCanceled()),
        caused(OperationalError("no connection"), machine_faults.PoolTimeout()),
    ],
    ids=["another error", "a slow query", "a pool that is busy"],
)
@pytest.mark.django_db
def test_any_other_error_keeps_its_traceback(error):
    assert fault_sentence(error) is None


@pytest.mark.django_db
def test_a_database_that_does_not_exist_is_named(monkeypatch):
    monkeypatch.setitem(connection.settings_dict, "NAME", "nowhere")

    sentence = connection_fault()

    assert 'database "nowhere" does not exist' in sentence
    assert sentence.endswith("create the database, or correct DATABASE_URL.")


@pytest.mark.django_db
def test_an_option_that_there_is_not_is_named(monkeypatch):
    monkeypatch.setitem(connection.settings_dict, "OPTIONS", {"sslmoda": "require"})

    sentence = connection_fault()

    assert 'invalid connection option "sslmoda"' in sentence


def test_a_server_that_does_not_answer_stops_the_start_at_once():
    started = manage("serve", "--port", str(free_port()))
    words = started.communicate()[1]

    assert started.returncode == 1
    assert words.count("\n") == 1
    assert "The database cannot be used (connection failed:" in words
    assert "s3cret" not in words


def test_a_server_that_does_not_answer_is_a_sentence_and_a_traceback_if_asked_for():
    asked, plain = manage("migrate", "--traceback"), manage("migrate", "--check")
    words, traceback = plain.communicate()[1], asked.communicate()[1]

    assert plain.returncode == asked.returncode == 1
    assert "Traceback" not in words
    last = words.splitlines()[-1]
    assert last.startswith("The database cannot be used (connection failed:")
    assert "Traceback" in traceback


def test_serve_asks_a_database_of_the_operators_own_first(monkeypatch, settings):
    settings.EMBEDDED_POSTGRES = False
    monkeypatch.setattr(serve, "connection_fault", lambda: "It is away.")

    with pytest.raises(CommandError, match=r"^It is away\.$"):
        call_command("serve", port=str(free_port()))


@pytest.mark.django_db
def test_a_database_without_tables_asks_for_migrate(tmp_path):
    empty = database_url("postgres")

    words = manage("export_articles", str(tmp_path), url=empty).communicate()[1]

    assert words == "The database was not migrated: run 'manage.py migrate' first.\n"


def test_a_role_that_may_not_is_sent_to_what_it_needs():
    refused = psycopg.errors.InsufficientPrivilege("permission denied\nLINE 1: CREATE")

    sentence = fault_sentence(caused(ProgrammingError("denied"), refused))

    assert sentence.startswith("The role of the site lacks a right (permission denied)")
    assert "“The database”" in sentence
    assert "## The database\n" in (ROOT / "docs/operators.md").read_text()


@pytest.mark.django_db
def test_a_database_of_a_newer_clone_is_named():
    MigrationRecorder(connection).record_applied("directory", "9999_of_tomorrow")

    words = tables_fault()

    assert "by a newer clone (the last is directory.9999_of_tomorrow)" in words
    assert "restore the backup" in words


@pytest.mark.django_db
def test_a_database_whose_tables_are_all_there_lacks_none():
    assert tables_fault() is None


@pytest.mark.django_db
def test_who_forgot_the_settings_of_the_site_is_told(monkeypatch, settings):
    plan = "django.db.migrations.executor.MigrationExecutor.migration_plan"
    monkeypatch.setattr(plan, lambda *_: ["a migration"])
    settings.EMBEDDED_POSTGRES = True

    assert tables_fault().endswith("set its DATABASE_URL and ENVIRONMENT here too.")
