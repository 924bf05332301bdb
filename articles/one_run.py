"""Work of which one run at a time is enough, on whichever machine."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


class AlreadyRunningError(Exception):
    """Another run is at work."""


@contextmanager
def only_run(lock: int) -> Iterator[None]:
    """Hold the advisory lock of some work; raises AlreadyRunningError."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [lock])
        if not cursor.fetchone()[0]:
            raise AlreadyRunningError
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [lock])
