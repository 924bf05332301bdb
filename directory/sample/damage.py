"""Spoil sample files as real ones have been seen spoilt; files of any length.

What changes lines is a pure function from lines to lines, bytes with their ends.
"""

import csv
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum
from io import StringIO
from itertools import chain
from pathlib import Path

from directory.sample.layouts import AFFILIATIONS, DOCTORS, HOSPITALS

Lines = Iterable[bytes]
EMPTY_ROWS = 3  # that a spreadsheet leaves at the end
CUT = 30  # bytes that a truncated last line lacks
# Columns that a spreadsheet takes for numbers, in the spelling of any release.
NUMBERS = frozenset(
    {
        *("ind_pac_id", "org_pac_id", "zip code", "zip", "zip_code"),
        *("facility id", "provider id", "facility affiliations certification number"),
        *("facility type certification number", "facility_type_certification_number"),
        "facility_affiliations_certification_number",
        *(f"hosp_afl_{number}" for number in range(1, 6)),
    }
)
PHONES = frozenset({"telephone number", "telephone_number", "phn_numbr"})


class Mishap(StrEnum):
    """What can have happened to a file."""

    SPREADSHEET = "spreadsheet"
    BYTE_ORDER_MARK = "byte-order-mark"
    CRLF = "crlf"
    QUOTED_HEADER = "quoted-header"
    LATIN_1 = "latin-1"
    CUT_LINE = "cut-line"
    HALF = "half"
    TWICE = "twice"
    OTHER_DATASET = "other-dataset"


def through_spreadsheet(lines: Lines) -> Iterator[bytes]:
    """Lose leading zeros, turn telephone numbers to 7.71E+09, end in empty rows."""
    rows = csv.reader(line.decode() for line in lines)
    header = next(rows)
    names = [name.strip().lower() for name in header]
    numbers = [at for at, name in enumerate(names) if name in NUMBERS]
    phones = [at for at, name in enumerate(names) if name in PHONES]
    yield line_of(header)
    for row in rows:
        for at in numbers:
            if row[at].isdigit():
                row[at] = str(int(row[at]))
        for at in phones:
            if row[at].isdigit():
                row[at] = f"{int(row[at]):.2E}"
        yield line_of(row)
    for _ in range(EMPTY_ROWS):
        yield line_of([""] * len(header))


def line_of(row: Iterable[str]) -> bytes:
    """Return a row as a line."""
    out = StringIO()
    csv.writer(out, lineterminator="\n").writerow(row)
    return out.getvalue().encode()


def with_byte_order_mark(lines: Lines) -> Iterator[bytes]:
    """Begin with the three bytes that some programs write."""
    return chain([b"\xef\xbb\xbf"], lines)


def with_crlf(lines: Lines) -> Iterator[bytes]:
    """End lines as Windows does."""
    return (line.rstrip(b"\r\n") + b"\r\n" for line in lines)


def with_quoted_header(lines: Lines) -> Iterator[bytes]:
    """Quote every column name, and no cell below."""
    rest = iter(lines)
    header = next(csv.reader([next(rest).decode()]))
    quoted = ",".join(f'"{name}"' for name in header)
    return chain([f"{quoted}\n".encode()], rest)


def in_latin_1(lines: Lines) -> Iterator[bytes]:
    """Write accents as single bytes."""
    return (line.decode().encode("latin-1", "replace") for line in lines)


LINE_DAMAGES: dict[Mishap, Callable[[Lines], Iterator[bytes]]] = {
    Mishap.SPREADSHEET: through_spreadsheet,
    Mishap.BYTE_ORDER_MARK: with_byte_order_mark,
    Mishap.CRLF: with_crlf,
    Mishap.QUOTED_HEADER: with_quoted_header,
    Mishap.LATIN_1: in_latin_1,
}


def spoil_file(path: Path, damage: Mishap) -> None:
    """Spoil one file in place; OTHER_DATASET takes ``spoil_folder``."""
    if damage is Mishap.CUT_LINE:
        os.truncate(path, path.stat().st_size - CUT)
    elif damage is Mishap.HALF:
        os.truncate(path, path.stat().st_size // 2)
    elif damage is Mishap.TWICE:
        repeat_rows(path)
    else:
        spoilt = path.with_suffix(".spoilt")
        with path.open("rb") as lines, spoilt.open("wb") as out:
            out.writelines(LINE_DAMAGES[damage](lines))
        spoilt.replace(path)


def repeat_rows(path: Path) -> None:
    """Append every row once more, without the header."""
    copy = path.with_suffix(".copy")
    shutil.copyfile(path, copy)
    with copy.open("rb") as lines, path.open("ab") as out:
        next(lines)
        shutil.copyfileobj(lines, out)
    copy.unlink()


def spoil_folder(folder: Path, damage: Mishap) -> None:
    """Spoil the three files of a sample; OTHER_DATASET gives each another's name."""
    paths = [folder / name for name in (DOCTORS, AFFILIATIONS, HOSPITALS)]
    if damage is not Mishap.OTHER_DATASET:
        for path in paths:
            spoil_file(path, damage)
        return
    moved = [path.rename(path.with_suffix(".moved")) for path in paths]
    for path, other in zip(paths, moved[1:] + moved[:1], strict=True):
        other.rename(path)
