"""COPY into a temporary table, then merge: what every import has in common.

Names of tables and columns are quoted identifiers of ours, never of a file.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection
from psycopg import sql

from directory.imports.report import Changes

IMPORT_LOCK = 5_364_711  # one import at a time, whatever the dataset
BY_HAND_LOCK = IMPORT_LOCK + 1  # and one change by hand


def hold_import_lock() -> None:
    """Wait for other imports to finish; released at the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0")  # pages have a limit
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [IMPORT_LOCK])


def require_no_import() -> None:
    """Keep imports away until the transaction ends; raise ValidationError if one runs.

    An import has read the rows that a change by hand would write, and puts its own in
    their place. Another change by hand is waited for: both would count the same lists
    anew. Neither is cut off like a page, for a list may hold a tenth of all doctors.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock_shared(%s)", [IMPORT_LOCK])
        (is_quiet,) = cursor.fetchone()
        if not is_quiet:
            raise ValidationError(
                "An import is running and would undo this. Try again when it has "
                "ended: “Import runs” says so."
            )
        cursor.execute("SET LOCAL statement_timeout = 0")
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [BY_HAND_LOCK])


def execute(
    statement: str, parameters: Sequence[Any] | Mapping[str, Any] | None = None
) -> int:
    """Run one statement and return the number of rows it touched."""
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return int(cursor.rowcount)


def fetch_rows(
    query: str, parameters: Sequence[Any] | Mapping[str, Any] | None = None
) -> list[tuple[Any, ...]]:
    """Return all rows of a query."""
    with connection.cursor() as cursor:
        cursor.execute(query, parameters)
        return list(cursor.fetchall())


def fetch_row(
    query: str, parameters: Mapping[str, Any] | None = None
) -> tuple[Any, ...]:
    """Return the one row of a query."""
    [row] = fetch_rows(query, parameters)
    return row


def analyze(*tables: str) -> None:
    """Let the planner know tables that just grew: without it joins take minutes."""
    execute(f"ANALYZE {', '.join(tables)}")


def stage(table: str, columns: dict[str, str], rows: Iterable[Sequence[Any]]) -> int:
    """Make a temporary table that ends with the transaction, and COPY ``rows`` in.

    ``columns`` maps a column's name to its SQL type, in the order of the rows.
    """
    name = sql.Identifier(table)
    fields = sql.SQL(", ").join(
        sql.SQL("{} {}").format(sql.Identifier(column), sql.SQL(kind))
        for column, kind in columns.items()
    )
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("DROP TABLE IF EXISTS pg_temp.{}").format(name))
        cursor.execute(
            sql.SQL("CREATE TEMPORARY TABLE {} ({}) ON COMMIT DROP").format(
                name, fields
            )
        )
    count = copy_rows(table, list(columns), rows)
    analyze(table)
    return count


def copy_rows(table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """COPY ``rows`` into ``table`` and return how many there were."""
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(*table.split(".")),
        sql.SQL(", ").join(map(sql.Identifier, columns)),
    )
    count = 0
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)
            count += 1
    return count


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
    made and never again. ``where`` is the predicate of a partial unique index.
    """
    target = sql.Identifier(table)
    names = [sql.Identifier(name) for name in (*keys, *columns, *only_new)]
    values = [sql.Identifier(name) for name in columns]
    comma = sql.SQL(", ")
    statement = sql.SQL(
        "WITH source AS ({select}), merged AS ("
        " INSERT INTO {target} ({names}) SELECT * FROM source"
        " ON CONFLICT ({keys}){where} DO UPDATE SET {assignments}"
        " WHERE ({old}) IS DISTINCT FROM ({new}) RETURNING xmax = 0 AS is_new)"
        " SELECT (SELECT count(*) FROM source), count(*) FILTER (WHERE is_new),"
        " count(*) FILTER (WHERE NOT is_new) FROM merged"
    )
    query = statement.format(
        select=sql.SQL(select),
        target=target,
        names=comma.join(names),
        keys=comma.join(map(sql.Identifier, keys)),
        where=sql.SQL(f" WHERE {where}" if where else ""),
        assignments=comma.join(
            sql.SQL("{0} = EXCLUDED.{0}").format(value) for value in values
        ),
        old=comma.join(sql.SQL("{}.{}").format(target, value) for value in values),
        new=comma.join(sql.SQL("EXCLUDED.{}").format(value) for value in values),
    )
    with connection.cursor() as cursor:
        cursor.execute(query, parameters or None)
        staged, created, updated = cursor.fetchone()
    return Changes(created, updated, staged - created - updated)
