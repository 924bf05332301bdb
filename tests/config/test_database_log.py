"""What readers search for stays out of the database's log, or the operator is told."""

import pytest
from django.db import connection

from config import database_log
from config.database_log import QUIET, check_log

TOLD = {
    "log_min_error_statement": "panic",
    "log_min_duration_statement": "-1",
    "log_min_duration_sample": "-1",
    "log_statement": "none",
}


@pytest.fixture
def server(monkeypatch, settings):
    """Stand in for a server with other settings, which needs a superuser."""
    settings.PRODUCTION = True
    values = dict(TOLD)
    monkeypatch.setattr(database_log, "fetch_rows", lambda *_: list(values.items()))
    return values


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("log_min_error_statement", "error"),
        ("log_min_duration_statement", "250"),
        ("log_min_duration_sample", "0"),
        ("log_statement", "all"),
    ],
)
def test_a_server_that_writes_statements_down_is_named(server, name, value):
    server[name] = value

    [warning] = check_log(databases=["default"])

    assert f"what readers search for ({name})" in warning.msg
    assert "docs/operators.md" in warning.hint


def test_a_server_that_was_told_is_no_warning(server):
    assert check_log(databases=["default"]) == []


def test_where_no_reader_is_the_log_may_hold_all(server, settings):
    server["log_statement"] = "all"

    without_database = check_log(databases=None)
    settings.PRODUCTION = False
    in_development = check_log(databases=["default"])

    assert without_database == in_development == []


@pytest.mark.django_db
def test_the_server_has_these_settings(settings):
    settings.PRODUCTION = True

    with connection.cursor() as cursor:
        cursor.execute("SHOW log_min_error_statement")
        [value] = cursor.fetchone()
    names = "".join(each.msg for each in check_log(databases=["default"]))

    loud = value not in QUIET["log_min_error_statement"]
    assert ("log_min_error_statement" in names) == loud
