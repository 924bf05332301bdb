"""What the machine lacks, as a sentence: a full disk, a database, a right or a table.

Everything else keeps its traceback, which says more to whoever mends it.
"""

import errno
from collections.abc import Iterator

import psycopg
from django.conf import settings
from django.db import IntegrityError, ProgrammingError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from psycopg_pool import PoolTimeout

ANSWER_LIMIT_S = 5
# What a statement ends with where a table or column is missing, or one is unknown.
OF_TABLES = (ProgrammingError, IntegrityError)


def fault_sentence(error: BaseException) -> str | None:
    """Return a sentence that says what to do, or None where none is known."""
    for cause in _causes(error):
        if isinstance(cause, PoolTimeout):
            return connection_fault()
        is_full = isinstance(cause, OSError) and cause.errno in (
            errno.ENOSPC,
            errno.EDQUOT,
        )
        if is_full or isinstance(cause, psycopg.errors.DiskFull):
            return (
                f"The disk of {settings.VAR_DIR}, of temporary files (TMPDIR) or of "
                "the database is full: free some space and start again."
            )
        if isinstance(cause, psycopg.errors.InsufficientPrivilege):
            return (
                f"The role of the site lacks a right ({str(cause).splitlines()[0]}): "
                "docs/operators.md names those that it needs, under “The database”."
            )
    return None


def connection_fault() -> str | None:
    """Ask the database once, past the pool; return what keeps it from answering."""
    parameters = connection.get_connection_params()
    try:
        psycopg.connect(**parameters | {"connect_timeout": ANSWER_LIMIT_S}).close()
    except psycopg.Error as error:
        reason = str(error).splitlines()[0]
        return (
            f"The database cannot be used ({reason}): start its server, create the "
            "database, or correct DATABASE_URL."
        )
    return None


def is_migrated() -> bool:
    """Return whether the database has every migration of this code."""
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def tables_fault() -> str | None:
    """Say that the tables are older or newer than this code; None where they fit."""
    if is_migrated():
        return _newer_tables()
    whose = (
        f" It is the one in {settings.VAR_DIR}: if the site has another one, set its "
        "DATABASE_URL and ENVIRONMENT here too."
        if settings.EMBEDDED_POSTGRES
        else ""
    )
    return f"The database was not migrated: run 'manage.py migrate' first.{whose}"


def _newer_tables() -> str | None:
    loader = MigrationLoader(connection)
    unknown = sorted(set(loader.applied_migrations) - set(loader.disk_migrations))
    if not unknown:
        return None
    return (
        f"The database was migrated by a newer clone (the last is {unknown[-1][0]}."
        f"{unknown[-1][1]}), and this one may not fit it: take the newer clone again, "
        "or restore the backup from before its upgrade."
    )


def _causes(error: BaseException) -> Iterator[BaseException]:
    """Yield the error and what it came from."""
    cause: BaseException | None = error
    while cause is not None:
        yield cause
        cause = cause.__cause__ or cause.__context__
