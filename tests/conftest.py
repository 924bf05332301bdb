"""What every test stands on: the database server, and no network but this machine."""

import hashlib
import ipaddress
import socket
from collections import defaultdict
from collections.abc import Iterator
from contextlib import ExitStack
from unittest import mock

import django
import pytest
from django.conf import settings
from django.core import serializers
from django.db import connection, transaction
from django.db.backends.base.creation import BaseDatabaseCreation
from django.db.backends.postgresql.operations import DatabaseOperations
from django.db.models.query import (
    FlatValuesListIterable,
    ModelIterable,
    ValuesIterable,
    ValuesListIterable,
)
from django.template import engines
from django.test import override_settings
from hypothesis import HealthCheck
from hypothesis import settings as properties
from hypothesis.configuration import set_hypothesis_home_dir

from config.embedded_postgres import running
from config.postgres_account import EmbeddedPostgresError

# No test is about time: a busy machine may be slow.
properties.register_profile(
    "patient", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
properties.load_profile("patient")


def pytest_sessionstart(session: pytest.Session) -> None:
    """Join the embedded server; each worker of pytest-xdist is a user of its own."""
    set_hypothesis_home_dir(settings.VAR_DIR / "cache" / "hypothesis")
    # WhiteNoise warns of a missing folder, in a fresh clone while tests are collected.
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
    if not settings.EMBEDDED_POSTGRES:
        return
    server = ExitStack()
    try:
        server.enter_context(running(settings.VAR_DIR))
    except EmbeddedPostgresError as error:
        pytest.exit(str(error), returncode=1)
    session.config.add_cleanup(server.close)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, django_db_blocker
) -> None:
    """Copy each test database from one that is kept: migrations take seconds.

    The kept one is made anew when they change. What it was made from is written on it
    last of all, so that none is copied which a killed run left half made.
    """
    kept = f"test_{connection.settings_dict['NAME']}_migrated"
    with django_db_blocker.unblock(), connection._nodb_cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(hashtext(%s))", [kept])
        cursor.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database"
            " WHERE datname = %s",
            [kept],
        )
        if cursor.fetchone() != (made_from(),):
            quoted = connection.ops.quote_name(kept)
            cursor.execute(f"DROP DATABASE IF EXISTS {quoted} WITH (FORCE)")
            make_database(kept)
            cursor.execute(f"COMMENT ON DATABASE {quoted} IS '{made_from()}'")
    connection.settings_dict["TEST"]["TEMPLATE"] = kept


def made_from() -> str:
    """Return what tells the present migrations from others."""
    files = sorted(settings.BASE_DIR.glob("*/migrations/*.py"))
    parts = [part for file in files for part in (file.name.encode(), file.read_bytes())]
    return hashlib.sha256(django.__version__.encode() + b"".join(parts)).hexdigest()


def make_database(name: str) -> None:
    """Make a database with all tables, and leave it."""
    ours = connection.settings_dict["NAME"]
    with mock.patch.dict(connection.settings_dict["TEST"], NAME=name):
        connection.creation.create_test_db(verbosity=0)
    connection.creation.destroy_test_db(ours, verbosity=0, keepdb=True)
    connection.close_pool()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let tests that commit begin with what migrations wrote: others emptied it."""
    whole = pytest.mark.django_db(transaction=True, serialized_rollback=True)
    for item in items:
        mark = item.get_closest_marker("django_db")
        if mark and mark.kwargs.get("transaction"):
            item.add_marker(whole, append=False)


@pytest.fixture(autouse=True, scope="session")
def _static_files_as_written() -> Iterator[None]:
    """Serve static files by their plain names: tests need no collected folder.

    Each is looked for when it is asked for: a list of all of them would be made anew
    for each test's client. override_settings also forgets the storage that an import
    may have asked for.
    """
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    with override_settings(
        STORAGES=settings.STORAGES | {"staticfiles": plain},
        WHITENOISE_USE_FINDERS=True,
        WHITENOISE_AUTOREFRESH=True,
    ):
        yield


@pytest.fixture(autouse=True, scope="session")
def _passwords_cost_nothing() -> Iterator[None]:
    """Hash passwords at once: the real hash takes half a second of each test's user."""
    hashers = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    with override_settings(PASSWORD_HASHERS=hashers):
        yield


@pytest.fixture(autouse=True, scope="session")
def _filled_tables_are_emptied_row_by_row() -> Iterator[None]:
    """Delete what a test committed: TRUNCATE makes 400 files anew, each time."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(DatabaseOperations, "sql_flush", deletions)
        yield


def deletions(operations, style, tables, **options) -> list[str]:
    """Return one statement over the tables that have rows.

    Foreign keys are asked at the end of a statement, so that any order will do.
    """
    names = [operations.quote_name(table) for table in tables]
    asked = [f"SELECT '{name}' WHERE EXISTS (SELECT FROM {name})" for name in names]
    with operations.connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(asked))
        filled = enumerate(name for (name,) in cursor.fetchall())
    deleted = ", ".join(f"_{n} AS (DELETE FROM {name})" for n, name in filled)
    return [f"WITH {deleted} SELECT"] if deleted else []


@pytest.fixture(autouse=True, scope="session")
def _what_migrations_wrote_comes_back_at_once() -> Iterator[None]:
    """Put it back with a query a table: Django asks two for each of 300 rows."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(BaseDatabaseCreation, "deserialize_db_from_string", put_back)
        yield


def put_back(creation, data: str) -> None:
    """Store what ``serialize_db_to_string()`` wrote, where it is not there still."""
    by_model, links = defaultdict(list), defaultdict(list)
    for one in serializers.deserialize("json", data):
        by_model[type(one.object)].append(one.object)
        for name, keys in one.m2m_data.items():
            field = one.object._meta.get_field(name)
            ours, theirs = field.m2m_field_name(), field.m2m_reverse_field_name()
            links[field.remote_field.through] += [
                {f"{ours}_id": one.object.pk, f"{theirs}_id": key} for key in keys
            ]
    with transaction.atomic():
        for model, rows in by_model.items():
            model._base_manager.bulk_create(rows, ignore_conflicts=True)
        for through, rows in links.items():
            made = [through(**row) for row in rows]
            through._base_manager.bulk_create(made, ignore_conflicts=True)


@pytest.fixture(autouse=True, scope="session")
def _only_this_machine() -> Iterator[None]:
    """Let a test fail that reaches for the network; sockets in files are near."""
    connect, resolve = socket.socket.connect, socket.getaddrinfo

    def connect_here(self: socket.socket, address: object) -> None:
        if isinstance(address, tuple):
            refuse_elsewhere(address[0])
        connect(self, address)

    def resolve_here(host: str | bytes | None, *args: object, **options: object):
        refuse_elsewhere(host)
        return resolve(host, *args, **options)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(socket.socket, "connect", connect_here)
        patched.setattr(socket, "getaddrinfo", resolve_here)
        yield


def as_address(host: str) -> str:
    """Return an address in full: 127.1 is 127.0.0.1. Names stay as they are."""
    try:
        return socket.inet_ntoa(socket.inet_aton(host))
    except OSError:
        return host


def refuse_elsewhere(host: str | bytes | None) -> None:
    """Raise AssertionError unless the host is this machine."""
    name = host.decode() if isinstance(host, bytes) else host
    if name in (None, "", "localhost"):
        return
    try:
        is_here = ipaddress.ip_address(as_address(name)).is_loopback
    except ValueError:
        is_here = False
    if not is_here and name != "0.0.0.0":
        raise AssertionError(f"a test reaches for {name}")


@pytest.fixture(autouse=True, scope="session")
def _rows_in_no_order_come_backwards() -> Iterator[None]:
    """Turn rows round that nobody ordered, so that nothing rests on luck."""
    with pytest.MonkeyPatch.context() as patched:
        for rows in (
            ModelIterable,
            ValuesIterable,
            ValuesListIterable,
            FlatValuesListIterable,
        ):
            patched.setattr(rows, "__iter__", backwards(rows.__iter__))
        yield


def backwards(rows_of):
    """Return an ``__iter__`` that reverses what is not ordered."""

    def rows(self):
        found = rows_of(self)
        return found if self.queryset.ordered else iter(list(found)[::-1])

    return rows


# What no small text of a test fulfils. Tests of the rules ask for ``content_rules``.
FOR_WHOLE_GUIDES = {
    "description",
    "fresh",
    "key-points",
    "link-text",
    "people",
    "plain-words",
    "reading-grade",
    "sentence-length",
    "sources",
    "when-to-get-help",
}


@pytest.fixture(autouse=True)
def _rules_for_small_texts(settings) -> None:
    """Let texts of three words be published."""
    settings.CONTENT_RULES_OFF = FOR_WHOLE_GUIDES


@pytest.fixture
def content_rules(settings) -> None:
    """Ask all content rules, as the site does."""
    settings.CONTENT_RULES_OFF = frozenset()


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
