"""Database sessions of an import: memory for sorting, and two of them at a time."""

import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

from django.db import connection

from directory.sql import execute

AT_ONCE = 2  # works; a server with one core loses nothing by it
# Python's five milliseconds, each time that a work comes back from the server, made a
# statement of nothing take half a second beside a work that reads words in Python.
SWITCH_S = 0.0002
SETTINGS = {
    "work_mem": "32MB",  # with 256 a hash join of a million rows was slower
    "maintenance_work_mem": "256MB",
    "synchronous_commit": "off",
    "jit": "off",
    "statement_timeout": "0",
}
# Works at once are processes enough: helpers of each would only cost more.
ALONE = {
    "max_parallel_workers_per_gather": "0",
    "max_parallel_maintenance_workers": "0",
}

_here = threading.local()  # has is_busy where a work is being done


@contextmanager
def session_settings() -> Iterator[None]:
    """Give this session the memory that sorting millions of rows needs."""
    for name, value in SETTINGS.items():
        execute(f"SET {name} = '{value}'")
    try:
        yield
    finally:
        if connection.connection and not connection.needs_rollback:
            for name in SETTINGS:
                execute(f"RESET {name}")


def side_by_side(*works: Callable[[], Any]) -> list[Any]:
    """Do works that do not need each other at once; return what each returns.

    Each has a thread and a connection of its own, so it sees only what is committed.
    Inside a transaction, as in tests, and inside such a work they are done one after
    the other. If one fails, the others are waited for, and the first error is raised.
    """
    if connection.in_atomic_block or getattr(_here, "is_busy", False):
        return [work() for work in works]
    usual = sys.getswitchinterval()
    sys.setswitchinterval(SWITCH_S)
    try:
        with ThreadPoolExecutor(AT_ONCE) as pool:
            futures = [pool.submit(_on_own_connection, work) for work in works]
    finally:
        sys.setswitchinterval(usual)
    return [future.result() for future in futures]


def _on_own_connection(work: Callable[[], Any]) -> Any:
    _here.is_busy = True
    try:
        with session_settings():
            for name, value in ALONE.items():
                execute(f"SET {name} = '{value}'")
            return work()
    finally:
        _here.is_busy = False
        connection.close()
