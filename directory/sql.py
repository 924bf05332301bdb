"""Statements that are written as SQL, and objects that are made of their rows."""

from collections.abc import Mapping, Sequence
from typing import Any

import psycopg
from django.db import connection
from django.db.models import Model
from django.db.models.base import ModelState

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


def fetch_prepared(
    query: str, parameters: Sequence[Any] | Mapping[str, Any] | None = None
) -> list[tuple[Any, ...]]:
    """Return all rows of a query that a session parses and plans once.

    For those of which a page has some, which are found by keys: to plan how takes
    longer than to find them, and one plan fits whatever is asked.
    """
    with connection.cursor() as cursor:
        # Django's own writes the parameters into the text: each is another query.
        cursor.cursor = psycopg.Cursor(cursor.connection)
        cursor.execute(query, parameters)
        return list(cursor.fetchall())


def fetch_row(
    query: str, parameters: Sequence[Any] | Mapping[str, Any] | None = None
) -> tuple[Any, ...]:
    """Return the one row of a query."""
    [row] = fetch_rows(query, parameters)
    return row


def object_of[Row: Model](
    model: type[Row], names: Sequence[str], values: Sequence[Any], **held: Model | None
) -> Row:
    """Return what ``from_db()`` makes of these columns, in a part of the time.

    A page has some 150 of these objects, and ``from_db()`` asks for each of them which
    fields of its model are there. The others are fetched when they are asked for;
    ``held`` are the objects of foreign keys.
    """
    state = ModelState()
    state.adding, state.db = False, "default"
    state.fields_cache.update(held)
    made = model.__new__(model)
    made.__dict__.update(zip(names, values, strict=True), _state=state)
    return made
