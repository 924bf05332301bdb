"""Statements that are written as SQL."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import connection

LANGUAGE = "english"  # of all texts, for full text search


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
        cursor.execute(query, parameters or None)
        return list(cursor.fetchall())


def fetch_row(
    query: str, parameters: Mapping[str, Any] | None = None
) -> tuple[Any, ...]:
    """Return the one row of a query."""
    [row] = fetch_rows(query, parameters)
    return row
