"""The statements of a page, and how the server goes about them."""

import re
from itertools import count
from typing import Any, NamedTuple

import psycopg
from django.db import connection

PLACEHOLDER = re.compile(r"%(?:s|\((\w+)\)s|%)")


class Sent(NamedTuple):
    """A statement; ``is_prepared`` where one plan serves whatever it is asked."""

    text: str
    parameters: Any = None
    is_prepared: bool = False

    def plan(self) -> str:
        """Return the server's plan, one node a line."""
        if self.is_prepared:
            return generic_plan(self.text)
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN {self.text}", self.parameters)
            return "\n".join(row[0] for row in cursor.fetchall())


def generic_plan(text: str) -> str:
    """Return the plan that serves all parameters; EXPLAIN has a word since 16 only."""
    numbered = with_numbers(text)
    some = ", ".join(["NULL"] * len(set(re.findall(r"\$\d+", numbered))))
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL plan_cache_mode = force_generic_plan")
        cursor.execute(f"PREPARE planned AS {numbered}")
        cursor.execute(f"EXPLAIN EXECUTE planned{some and f'({some})'}")
        rows = cursor.fetchall()
        cursor.execute("DEALLOCATE planned")
    return "\n".join(row[0] for row in rows)


def keeping(sent: list[Sent]):
    """Return a wrapper that remembers each statement."""

    def keep(execute, text, parameters, many, context):
        is_prepared = not isinstance(context["cursor"].cursor, psycopg.ClientCursor)
        sent.append(Sent(text, parameters, is_prepared))
        return execute(text, parameters, many, context)

    return keep


def with_numbers(text: str) -> str:
    """Return a statement with $1, $2 for its parameters, as the server has it."""
    numbers = count(1)
    named: dict[str, int] = {}

    def number(match: re.Match[str]) -> str:
        if match[0] == "%%":
            return "%"
        name = match[1]
        return f"${named.setdefault(name, next(numbers)) if name else next(numbers)}"

    return PLACEHOLDER.sub(number, text)
