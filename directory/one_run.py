"""Work of which one run at a time is enough, on whichever machine."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from enum import IntEnum, unique

from django.db import DatabaseError

from directory.sql import execute, fetch_row


@unique
class Lock(IntEnum):
    """The advisory locks of the database: no two kinds of work share one."""

    IMPORT = 5_364_711  # whatever the dataset
    CHANGE_BY_HAND = 5_364_712
    HOUSEKEEPING = 5_364_713
    LINK_CHECK = 5_364_714


class AlreadyRunningError(Exception):
    """Another run is at work."""


@contextmanager
def only_run(lock: Lock) -> Iterator[None]:
    """Hold the lock of some work; raises AlreadyRunningError."""
    (is_free,) = fetch_row("SELECT pg_try_advisory_lock(%s)", [lock])
    if not is_free:
        raise AlreadyRunningError
    try:
        yield
    finally:
        with suppress(DatabaseError):
            execute("SELECT pg_advisory_unlock(%s)", [lock])


def is_running(lock: Lock) -> bool:
    """Say whether a run holds its lock; a process that was killed holds none."""
    (is_held,) = fetch_row(
        "SELECT EXISTS (SELECT FROM pg_locks JOIN pg_database ON oid = database"
        " WHERE datname = current_database() AND locktype = 'advisory'"
        " AND (classid, objid, objsubid) = (0, %s, 1)"
        " AND mode = 'ExclusiveLock' AND granted)",
        [lock],
    )
    return bool(is_held)
