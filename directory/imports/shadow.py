"""Build new tables beside the live ones and swap them in, all in one moment.

A shadow has the live table's name and stands in a schema of its own, so that its
indexes have their final names from the start. Only tables that no foreign key leads to
or from can be swapped; keys and checks of their own rows come along.

The swap is the end of the caller's transaction: ``swap()`` first waits until nothing
vacuums the live tables, then for each of them a tenth of a second at most and tries
again, so that nobody queues behind it for long. What was live is dropped afterwards by
``drop_former()``, for the same reason.
"""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from typing import Any

from django.db import connection, transaction
from django.db.utils import OperationalError

from directory.imports.report import ImportRefusedError
from directory.imports.sessions import side_by_side
from directory.sql import execute, fetch_rows

NEXT = "directory_next"  # everything that an import builds
FORMER = "directory_former"  # what was live a moment ago
# Of a staged table: it is gone before autovacuum is of use, which meanwhile takes time
# from the import and makes it wait for the log.
UNATTENDED = "WITH (autovacuum_enabled = off)"
LOCK_WAIT_MS = 100
VACUUM_WAIT_MS = 60_000
TRIES = 200
PAUSE_S = 0.1

IN_USE = (
    "Somebody holds a lock on the directory's tables for minutes, so the new "
    "release was not swapped in. Nothing was changed: try again later."
)
CONSTRAINTS = {
    "p": "PRIMARY KEY USING INDEX {name}",
    "u": "UNIQUE USING INDEX {name}",
}
INDEXES = """
    SELECT index.indexrelid::regclass::text, pg_get_indexdef(index.indexrelid),
           constraint_.contype
    FROM pg_index AS index
    LEFT JOIN pg_constraint AS constraint_
      ON constraint_.conindid = index.indexrelid AND constraint_.contype IN ('p', 'u')
    WHERE index.indrelid = %s::regclass
    ORDER BY constraint_.contype IS NULL, 1
"""
COUNTS_ITS_ROWS = """
    SELECT FROM pg_attribute
    WHERE attrelid = %s::regclass AND attname = 'id' AND attidentity <> ''
"""

RIGHTS = """
    SELECT format('GRANT CREATE ON %%s TO %%I;', place, role) FROM (
        SELECT format('DATABASE %%I', current_database()) AS place, role,
               has_database_privilege(role, current_database(), 'CREATE') AS is_given
        FROM CAST(%(role)s AS text) AS role
        UNION ALL
        SELECT format('SCHEMA %%I', current_schema()), role,
               has_schema_privilege(role, current_schema(), 'CREATE')
        FROM CAST(%(role)s AS text) AS role
    ) AS needed
    WHERE NOT is_given
"""


def empty_schema() -> None:
    """Begin anew: drop whatever a broken-off import left, and make the schema."""
    [(role,)] = fetch_rows("SELECT current_user::text")
    require_rights(role)
    drop_schema()
    execute(f"CREATE SCHEMA {NEXT}")


def require_rights(role: str) -> None:
    """Stop a role that may make no schema, or put no table among the live ones."""
    if grants := [grant for (grant,) in fetch_rows(RIGHTS, {"role": role})]:
        raise ImportRefusedError(
            "New tables are built beside the live ones, and for that the role "
            f"{role} lacks a right. Nothing was changed. Let the owner of the database "
            f"say: {' '.join(grants)}"
        )


def drop_schema() -> None:
    """Drop everything that was built and not swapped in."""
    execute(f"DROP SCHEMA IF EXISTS {NEXT} CASCADE")


def stage(
    table: str,
    select: str,
    parameters: Sequence[Any] | Mapping[str, Any] | None = None,
) -> int:
    """Keep what a query finds, for this import only; return its rows."""
    statement = f"CREATE UNLOGGED TABLE {NEXT}.{table} {UNATTENDED} AS {select}"
    return execute(statement, parameters)


def create(table: str) -> None:
    """Make an empty shadow of a live table, without indexes."""
    execute(
        f"CREATE TABLE {NEXT}.{table} (LIKE {table} INCLUDING ALL EXCLUDING INDEXES)"
    )


def finish(table: str) -> None:
    """Make a filled shadow ready to be read: vacuumed, analysed and indexed."""
    index(table, beside=[partial(settle, table)])


def index(*tables: str, beside: Sequence[Callable[[], object]] = ()) -> None:
    """Give filled shadows the live tables' indexes, and let their ids go on.

    The works in ``beside``, which may read them, are begun before.
    """
    live = live_schema()
    indexes = {table: fetch_rows(INDEXES, [table]) for table in tables}
    definitions = [
        text.replace(f" ON {live}.{table} ", f" ON {NEXT}.{table} ")
        for table in tables
        for _, text, _ in indexes[table]
    ]
    definitions.sort(key=lambda text: " USING gin " not in text)  # the slowest first
    side_by_side(*beside, *(partial(execute, text) for text in definitions))
    for table in tables:
        for name, _, kind in indexes[table]:
            if kind:
                key = CONSTRAINTS[kind].format(name=name)
                execute(f"ALTER TABLE {NEXT}.{table} ADD CONSTRAINT {name} {key}")
        continue_ids(table)


def continue_ids(table: str) -> None:
    """Let the next row of a shadow have the number behind the highest."""
    if not fetch_rows(COUNTS_ITS_ROWS, [f"{NEXT}.{table}"]):
        return
    execute(
        f"SELECT setval(pg_get_serial_sequence('{NEXT}.{table}', 'id'),"  # noqa: S608 (names of ours)
        f" (SELECT coalesce(max(id), 0) + 1 FROM {NEXT}.{table}), false)"
    )


def next_id(table: str) -> int:
    """Take a number from a live table's sequence: rows to come are counted from it.

    nextval() for each of a million rows would keep the query from using two cores.
    """
    [row] = fetch_rows("SELECT nextval(pg_get_serial_sequence(%s, 'id'))", [table])
    return int(row[0])


def settle(table: str) -> None:
    """Vacuum and analyse a shadow: a count of an unvacuumed table is 20 times slower.

    Inside a transaction, as in tests, it is analysed only.
    """
    verb = "ANALYZE" if connection.in_atomic_block else "VACUUM (ANALYZE)"
    execute(f"{verb} {NEXT}.{table}")


@contextmanager
def ahead() -> Iterator[None]:
    """Let unqualified names mean the shadows, where there are any.

    So one statement serves the live tables and those that are being built.
    """
    with transaction.atomic():
        execute(f"SET LOCAL search_path TO {NEXT}, {live_schema()}")
        yield
        execute("SET LOCAL search_path TO DEFAULT")


@contextmanager
def waiting_at_most(milliseconds: int) -> Iterator[None]:
    """Give up a statement that waits longer for a lock; what follows waits as before.

    Without the way back the rest of the caller's transaction would be as impatient, and
    an import would end because autovacuum looks at a table.
    """
    with transaction.atomic():
        execute(f"SET LOCAL lock_timeout = {milliseconds}")
        yield
        execute("SET LOCAL lock_timeout TO DEFAULT")


def swap(tables: Sequence[str]) -> None:
    """Put shadows in the place of the live tables, within the caller's transaction.

    Raises ImportRefusedError where readers do not let go for a long time.
    """
    execute(f"CREATE SCHEMA IF NOT EXISTS {FORMER}")
    live = live_schema()
    keep_vacuum_away(tables)
    for attempt in range(TRIES):
        try:
            with waiting_at_most(LOCK_WAIT_MS):
                for table in sorted(tables):
                    execute(f"LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE")
                for table in tables:
                    execute(f"ALTER TABLE {table} SET SCHEMA {FORMER}")
                    execute(f"ALTER TABLE {NEXT}.{table} SET SCHEMA {live}")
        except OperationalError:
            time.sleep(PAUSE_S * (1 + attempt % 5))
        else:
            return
    raise ImportRefusedError(IN_USE)


def keep_vacuum_away(tables: Sequence[str]) -> None:
    """Wait until nobody vacuums or alters the live tables; from then on nobody begins.

    Autovacuum lets go for whoever has waited longer than deadlock_timeout, a second, so
    never for the tenths of the swap. This lock keeps neither readers nor writers
    waiting.
    """
    try:
        with waiting_at_most(VACUUM_WAIT_MS):
            for table in sorted(tables):
                execute(f"LOCK TABLE {table} IN SHARE UPDATE EXCLUSIVE MODE")
    except OperationalError as error:
        raise ImportRefusedError(IN_USE) from error


def drop_former() -> None:
    """Drop what was live; a reader who still looks at it keeps it until next time."""
    with suppress(OperationalError), waiting_at_most(1000):
        execute(f"DROP SCHEMA IF EXISTS {FORMER} CASCADE")


def live_schema() -> str:
    """Return the schema of the live tables, as SQL writes its name."""
    [row] = fetch_rows("SELECT quote_ident(current_schema())")
    return str(row[0])
