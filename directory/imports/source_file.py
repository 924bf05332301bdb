"""Open a published file, plain, .gz or .zip, as a stream of bytes."""

import csv
import gzip
import hashlib
import io
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, cast

from directory.imports.report import ImportRefusedError

BUFFER = 1 << 20  # bytes


@contextmanager
def opened(path: Path) -> Iterator[tuple[IO[bytes], Callable[[], float]]]:
    """Yield the table inside ``path`` and what says how much of it was read (0 to 1).

    A .zip may hold several files; the largest .csv is the table, for NPPES ships a
    small header file beside its own. Raises ImportRefusedError with what to do.
    """
    try:
        with path.open("rb") as raw:
            size = max(path.stat().st_size, 1)
            with _unpacked(path, raw) as table:
                yield table, lambda: min(raw.tell() / size, 1.0)
    except (
        EOFError,
        csv.Error,
        zipfile.BadZipFile,
        gzip.BadGzipFile,
        zlib.error,
    ) as error:
        raise ImportRefusedError(
            f"{path.name} is damaged or only half a download ({error}): "
            "download it again."
        ) from error
    except OSError as error:
        raise _unreadable(path, error) from error


@contextmanager
def _unpacked(path: Path, raw: IO[bytes]) -> Iterator[IO[bytes]]:
    suffix = path.suffix.lower()
    if suffix == ".gz":
        with gzip.GzipFile(fileobj=raw) as packed:
            yield cast("IO[bytes]", io.BufferedReader(packed, BUFFER))
    elif suffix == ".zip":
        with zipfile.ZipFile(raw) as archive, _part_of(path, archive) as part:
            yield cast("IO[bytes]", io.BufferedReader(part, BUFFER))
    else:
        yield raw


def _part_of(path: Path, archive: zipfile.ZipFile) -> IO[bytes]:
    try:
        return archive.open(_table_of(archive))
    except RuntimeError as error:  # a password, or a method that Python has not
        raise ImportRefusedError(
            f"{path.name} cannot be unpacked here ({error}): "
            "unpack it yourself and name the .csv."
        ) from error


def _table_of(archive: zipfile.ZipFile) -> zipfile.ZipInfo:
    tables = [
        entry for entry in archive.infolist() if entry.filename.lower().endswith(".csv")
    ]
    if not tables:
        raise zipfile.BadZipFile("it holds no .csv file")
    return max(tables, key=lambda entry: entry.file_size)


def sha256_of(path: Path) -> str:
    """Return the digest that says whether a file was loaded before."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise _unreadable(path, error) from error


def _unreadable(path: Path, error: OSError) -> ImportRefusedError:
    return ImportRefusedError(f"{path} cannot be read: {error.strerror or error}.")
