"""Reading case and sort keys for the distinct words of a staged table.

The rules are Python, the rows are millions: so each distinct value is looked at once,
and SQL joins what came of it. What was read waits in a temporary file, so that memory
stays small however many there are.
"""

import csv
import tempfile
from collections.abc import Callable, Iterable

from django.db import connection
from psycopg import sql

from directory.imports.shadow import NEXT

BLOCK = 1 << 20  # characters


def read_words(
    table: str, columns: Iterable[str], values: str, rule: Callable[[str], list[str]]
) -> None:
    """Make ``directory_next.table``: each distinct value and what ``rule`` makes of it.

    ``values`` is a query of one text column; ``rule`` returns one text for each of
    ``columns``. The value itself stands in ``published``.
    """
    names = ["published", *columns]
    target = sql.Identifier(NEXT, table)
    fields = sql.SQL(", ").join(
        sql.SQL("{} text").format(sql.Identifier(name)) for name in names
    )
    with (
        connection.cursor() as cursor,
        tempfile.TemporaryFile("w+", encoding="utf-8", newline="") as spool,
    ):
        writer = csv.writer(spool, lineterminator="\n", quoting=csv.QUOTE_ALL)
        with cursor.copy(f"COPY ({values}) TO STDOUT") as copy:
            for (text,) in copy.rows():
                writer.writerow([text, *rule(text)])
        spool.seek(0)
        cursor.execute(sql.SQL("CREATE UNLOGGED TABLE {} ({})").format(target, fields))
        statement = sql.SQL("COPY {} FROM STDIN (FORMAT csv)").format(target)
        with cursor.copy(statement) as copy:
            while block := spool.read(BLOCK):
                copy.write(block)
        cursor.execute(sql.SQL("ANALYZE {}").format(target))
