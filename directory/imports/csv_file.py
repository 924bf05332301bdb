"""Read a published CSV file by column names that drift between releases."""

import csv
import io
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path

from directory.imports.checked_lines import (
    KEPT_TEXT,
    checked_blocks,
    header_of,
)
from directory.imports.report import Damage, ImportRefusedError
from directory.imports.source_file import opened


def columns_of(
    header: Sequence[str],
    aliases: Mapping[str, Sequence[str]],
    optional: Collection[str] = (),
    file_name: str = "The file",
) -> dict[str, int]:
    """Return our name -> position in ``header``, trimmed and case-insensitive.

    ``aliases`` maps our name to the names that CMS has used. Raises ImportRefusedError
    with the missing columns by name, and with those nobody asked for, since a renamed
    column is both.
    """
    positions = {name.strip().casefold(): index for index, name in enumerate(header)}
    found = {
        ours: positions[name.casefold()]
        for ours, names in aliases.items()
        for name in reversed(names)
        if name.casefold() in positions
    }
    missing = [
        names[0]
        for ours, names in aliases.items()
        if ours not in found and ours not in optional
    ]
    if missing:
        text = f"{file_name} has no column {', '.join(missing)}."
        if unknown := unknown_columns(header, aliases):
            text += f" It has these, which are not known: {', '.join(unknown)}."
        raise ImportRefusedError(text)
    return found


def unknown_columns(
    header: Sequence[str], aliases: Mapping[str, Sequence[str]]
) -> list[str]:
    """Return the columns that no alias names."""
    known = {name.casefold() for names in aliases.values() for name in names}
    return [name.strip() for name in header if name.strip().casefold() not in known]


def read_rows(
    path: Path,
    aliases: Mapping[str, Sequence[str]],
    damage: Damage,
    optional: Collection[str] = (),
) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield (line number, our name -> trimmed text) for each row that is not empty.

    Rows that are none are noted in ``damage``; columns in ``optional`` may be missing.
    For small files: see ``copy_file`` for the large ones.
    """
    with opened(path) as (file, _):
        header = header_of(file, path.name)
        columns = columns_of(header, aliases, optional, path.name)
        ordinal = 0
        for block in checked_blocks(file, len(header), damage):
            for row in csv.reader(io.StringIO(block.decode(), newline="")):
                ordinal += 1
                yield (
                    damage.line_of(ordinal),
                    {name: row[at].strip() for name, at in columns.items()},
                )


def text_of(row: Mapping[str, str]) -> str:
    """Return what a row says, to find it by where it is refused."""
    return ",".join(row.values())[:KEPT_TEXT]
