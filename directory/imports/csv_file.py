"""Read a published CSV file by column names that drift between releases."""

import csv
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from directory.imports.report import ImportRefusedError


def sha256_of(path: Path) -> str:
    """Return the digest that says whether a file was loaded before."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def columns_of(
    header: Sequence[str], aliases: Mapping[str, Sequence[str]]
) -> dict[str, int]:
    """Return our name -> position in ``header``, trimmed and case-insensitive.

    ``aliases`` maps our name to the names that CMS has used. Raises ImportRefusedError
    with the missing columns by name.
    """
    positions = {name.strip().casefold(): index for index, name in enumerate(header)}
    found = {
        ours: positions[name.casefold()]
        for ours, names in aliases.items()
        for name in reversed(names)
        if name.casefold() in positions
    }
    missing = [names[0] for ours, names in aliases.items() if ours not in found]
    if missing:
        raise ImportRefusedError(f"The file has no column {', '.join(missing)}.")
    return found


def read_rows(
    path: Path, aliases: Mapping[str, Sequence[str]]
) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield (line number, our name -> trimmed text) for each row that is not empty."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.reader(file)
        columns = columns_of(next(reader, []), aliases)
        width = max(columns.values()) + 1
        for row in reader:
            if not any(row):
                continue
            padded = row + [""] * (width - len(row))
            yield (
                reader.line_num,
                {name: padded[at].strip() for name, at in columns.items()},
            )
