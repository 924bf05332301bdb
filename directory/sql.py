"""Queries that are written as SQL."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import connection


def fetch(
    text: str, parameters: Sequence[Any] | Mapping[str, Any] = ()
) -> list[tuple[Any, ...]]:
    """Run one query and return its rows."""
    with connection.cursor() as cursor:
        cursor.execute(text, parameters or None)
        return list(cursor.fetchall())
