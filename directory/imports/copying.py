"""COPY a published file as it is, every column as text, into an unlogged table."""

import csv
import io
import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from django.db import connection, transaction
from psycopg import Copy

from directory.imports.checked_lines import checked_blocks, header_of
from directory.imports.csv_file import columns_of, unknown_columns
from directory.imports.progress import Progress
from directory.imports.report import Damage, ImportRefusedError
from directory.imports.shadow import NEXT, UNATTENDED
from directory.imports.source_file import opened

MOST_BROKEN = 10_000  # lines that are no rows
MOST_COLUMNS = 400  # a file with more is no table of ours


@dataclass
class StagedFile:
    """A file in the database; ``table`` has our column names and ``ordinal``."""

    table: str
    damage: Damage = field(default_factory=Damage)
    unknown: list[str] = field(default_factory=list)
    lacking: list[str] = field(default_factory=list)


def copy_file(
    path: Path,
    table: str,
    aliases: Mapping[str, Sequence[str]],
    *,
    ignored: Collection[str],
    optional: Collection[str],
    is_narrowed: bool,
    progress: Progress,
) -> StagedFile:
    """COPY a file into ``directory_next.table``.

    ``ordinal`` counts the rows that passed, so that ``damage.line_of`` finds the line.
    Columns in ``optional`` that the file lacks are there and NULL, as is every blank.
    ``is_narrowed`` leaves the columns out that nobody asks for: 300 in the NPPES file,
    at the price of parsing each row.
    """
    staged = StagedFile(table)
    with opened(path) as (file, position):
        header = header_of(file, path.name)
        if len(header) > MOST_COLUMNS:
            raise ImportRefusedError(
                f"{path.name} is no table: its header is too wide."
            )
        places = columns_of(header, aliases, optional, path.name)
        lacking = sorted(set(aliases) - set(places))
        staged.lacking = [aliases[name][0] for name in lacking]
        if not is_narrowed:
            known = {**aliases, "": list(ignored)}
            staged.unknown = unknown_columns(header, known)
        names = list(places) if is_narrowed else _names(places, len(header))
        started = time.monotonic()
        with _copy_into(table, names, lacking) as copy:
            for block in checked_blocks(file, len(header), staged.damage):
                copy.write(_narrow(block, places) if is_narrowed else block)
                _refuse_rubble(path, staged.damage)
                seconds = time.monotonic() - started
                progress.reading(path.name, staged.damage.read, position(), seconds)
    return staged


@contextmanager
def _copy_into(
    table: str, names: Sequence[str], lacking: Sequence[str]
) -> Iterator[Copy]:
    """Make the table and begin a COPY: a file that breaks off leaves no table.

    Rows of a table that is as new as they are can be frozen at once; else the first
    query would write every page once more.
    """
    columns = ", ".join(names)
    texts = ", ".join(f"{name} text" for name in (*names, *lacking))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            f"CREATE UNLOGGED TABLE {NEXT}.{table}"
            f" (ordinal integer GENERATED ALWAYS AS IDENTITY (CACHE 10000), {texts})"
            f" {UNATTENDED}"
        )
        with cursor.copy(
            f"COPY {NEXT}.{table} ({columns}) FROM STDIN"
            f" (FORMAT csv, FREEZE, ENCODING 'UTF8', FORCE_NULL ({columns}))"
        ) as copy:
            yield copy


def _names(places: Mapping[str, int], width: int) -> list[str]:
    """Return a name for each column of the file, ours where it has one."""
    names = [f"column_{position}" for position in range(width)]
    for name, position in places.items():
        names[position] = name
    return names


def _narrow(block: bytes, places: Mapping[str, int]) -> str:
    """Return the wanted columns of each record."""
    narrow = io.StringIO(newline="")
    write = csv.writer(narrow, lineterminator="\n").writerow
    for row in csv.reader(io.StringIO(block.decode(), newline="")):
        write([row[position] for position in places.values()])
    return narrow.getvalue()


def _refuse_rubble(path: Path, damage: Damage) -> None:
    """Stop where most lines are no rows: millions of reasons would help nobody."""
    if len(damage.refused) > MOST_BROKEN and len(damage.refused) > damage.passed:
        line, reason, _ = damage.refused[0]
        raise ImportRefusedError(
            f"{path.name} is damaged: most of its lines are no rows. "
            f"The first is line {line:,}: {reason}."
        )
