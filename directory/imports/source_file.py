"""Open a published file, plain, .gz or .zip, as a stream of bytes."""

import gzip
import hashlib
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from directory.imports.report import ImportRefusedError

BLOCK = 1 << 20  # bytes


@contextmanager
def opened(path: Path) -> Iterator[IO[bytes]]:
    """Yield the bytes of the table inside ``path``.

    A .zip holds one .csv, or the largest of several is the table (NPPES ships a small
    header file beside its table). Raises ImportRefusedError with what to do.
    """
    try:
        if path.suffix == ".gz":
            with gzip.open(path) as file:
                yield file
        elif path.suffix == ".zip":
            with zipfile.ZipFile(path) as archive, archive.open(table_of(archive)) as f:
                yield f
        else:
            with path.open("rb") as file:
                yield file
    except FileNotFoundError as error:
        raise ImportRefusedError(f"There is no file {path}.") from error
    except (EOFError, zipfile.BadZipFile, gzip.BadGzipFile, zlib.error) as error:
        raise ImportRefusedError(
            f"{path.name} is damaged or only half a download ({error}): "
            "download it again."
        ) from error


def table_of(archive: zipfile.ZipFile) -> zipfile.ZipInfo:
    """Return the largest .csv of an archive."""
    tables = [
        entry for entry in archive.infolist() if entry.filename.lower().endswith(".csv")
    ]
    if not tables:
        raise ImportRefusedError(f"{archive.filename} holds no .csv file.")
    return max(tables, key=lambda entry: entry.file_size)


def sha256_of(path: Path) -> str:
    """Return the digest that says whether a file was loaded before."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise ImportRefusedError(f"{path} cannot be read: {error.strerror}.") from error
