"""Reading case and sort keys for the distinct words of a staged table.

The rules are Python, the rows are millions: so each distinct value is looked at once,
and SQL joins what came of it. What was read waits in a temporary file, so that memory
stays small however many there are.
"""

import csv
import tempfile
from collections.abc import Callable, Iterable

from django.db import connection

from directory.imports.shadow import NEXT, UNATTENDED
from directory.imports.staging import analyze

BLOCK = 1 << 20  # characters


def read_words(
    table: str, columns: Iterable[str], values: str, rule: Callable[[str], list[str]]
) -> None:
    """Make ``directory_next.table``: each distinct value and what ``rule`` makes of it.

    ``values`` is a query of one text column; ``rule`` returns one text for each of
    ``columns``. The value itself stands in ``published``.
    """
    target = f"{NEXT}.{table}"
    texts = ", ".join(f"{name} text" for name in ("published", *columns))
    with (
        connection.cursor() as cursor,
        tempfile.TemporaryFile("w+", encoding="utf-8", newline="") as spool,
    ):
        writer = csv.writer(spool, lineterminator="\n", quoting=csv.QUOTE_ALL)
        with cursor.copy(f"COPY ({values}) TO STDOUT") as copy:
            for (text,) in copy.rows():
                writer.writerow([text, *rule(text)])
        spool.seek(0)
        cursor.execute(f"CREATE UNLOGGED TABLE {target} ({texts}) {UNATTENDED}")
        with cursor.copy(f"COPY {target} FROM STDIN (FORMAT csv)") as copy:
            while block := spool.read(BLOCK):
                copy.write(block)
    analyze(target)
