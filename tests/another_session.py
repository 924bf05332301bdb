"""Somebody else who is at work in the same database."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from directory.one_run import Lock


@contextmanager
def another_session_holds(lock: Lock) -> Iterator[None]:
    """Somebody else imports, or does other work of that lock."""
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [lock])
        assert cursor.fetchone()[0]
        yield
        # closing alone lets go a moment later
        cursor.execute("SELECT pg_advisory_unlock(%s)", [lock])
    other.close()
