"""How imports keep out of each other's way, and how a small file is copied and merged.

Large ones are built in shadows (directory/imports/shadow.py). Names of tables and
columns are ours, never of a file.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection

from directory.imports.report import Changes
from directory.one_run import Lock
from directory.sql import execute, fetch_row


def hold_import_lock() -> None:
    """Wait for other imports to finish; released at the end of the transaction."""
    execute("SET LOCAL statement_timeout = 0")  # pages have a limit
    execute("SELECT pg_advisory_xact_lock(%s)", [Lock.IMPORT])


def require_no_import() -> None:
    """Keep imports away until the transaction ends; raise ValidationError if one runs.

    An import has read the rows that a change by hand would write, and puts its own in
    their place. Another change by hand is waited for: both would count the same lists
    anew. Neither is cut off like a page, for a list may hold a tenth of all doctors.
    """
    try_lock = "SELECT pg_try_advisory_xact_lock_shared(%s)"
    (is_quiet,) = fetch_row(try_lock, [Lock.IMPORT])
    if not is_quiet:
        raise ValidationError(
            "An import is running and would undo this. Try again when it has ended: "
            "“Import runs” says so."
        )
    execute("SET LOCAL statement_timeout = 0")
    execute("SELECT pg_advisory_xact_lock(%s)", [Lock.CHANGE_BY_HAND])


def analyze(*tables: str) -> None:
    """Let the planner know tables that just grew: without it joins take minutes."""
    execute(f"ANALYZE {', '.join(tables)}")


def stage(table: str, columns: dict[str, str], rows: Iterable[Sequence[Any]]) -> None:
    """Make a temporary table that ends with the transaction, and COPY ``rows`` in.

    ``columns`` maps a column's name to its SQL type, in the order of the rows.
    """
    fields = ", ".join(f"{column} {kind}" for column, kind in columns.items())
    execute(f"DROP TABLE IF EXISTS pg_temp.{table}")
    execute(f"CREATE TEMPORARY TABLE {table} ({fields}) ON COMMIT DROP")
    copy_rows(table, list(columns), rows)
    analyze(table)


def copy_rows(
    table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]
) -> None:
    """COPY ``rows`` into ``table``."""
    statement = f"COPY {table} ({', '.join(columns)}) FROM STDIN"
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)


def upsert(
    table: str,
    select: str,
    *,
    keys: Sequence[str],
    columns: Sequence[str],
    only_new: Sequence[str] = (),
    where: str = "",
    parameters: Sequence[Any] = (),
) -> Changes:
    """Merge the rows of ``select`` (keys, columns, only_new in this order) into table.

    A row that is already so is left alone. ``only_new`` columns are set when a row is
    made and never again. ``where`` names a partial unique index by its predicate.
    """
    old = ", ".join(f"{table}.{name}" for name in columns)
    new = ", ".join(f"EXCLUDED.{name}" for name in columns)
    statement = f"""
        WITH source AS ({select}), merged AS (
            INSERT INTO {table} ({", ".join([*keys, *columns, *only_new])})
            SELECT * FROM source
            ON CONFLICT ({", ".join(keys)}) {where}
            DO UPDATE SET ({", ".join(columns)}) = ROW ({new})
            WHERE ({old}) IS DISTINCT FROM ({new}) RETURNING xmax = 0 AS is_new)
        SELECT (SELECT count(*) FROM source), count(*) FILTER (WHERE is_new),
               count(*) FILTER (WHERE NOT is_new) FROM merged
    """  # noqa: S608 (names of our own)
    staged, created, updated = fetch_row(statement, parameters)
    return Changes(created, updated, staged - created - updated)
