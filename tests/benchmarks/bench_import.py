"""How fast a release is imported: ``python -m tests.benchmarks.bench_import [N]``.

Bound: from files to serving in at most four times what bare COPY of the same files
takes, into tables of the same columns with one index on NPI, on the same server with
the same settings, in the same run; less than 500 MB of Python memory. It serves when
readers have the new tables; what tidies up after that is printed, too. The bare COPY is
measured before and after, and the mean counts. So that one sees what a faster way of
checking and joining could win at most, the finished tables are written and indexed once
more, as an import does it, but with nothing to find out.
"""

import os
import resource
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import django
import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from psycopg import sql

from config.embedded_postgres import running
from directory.imports import shadow
from directory.imports.sessions import session_settings, side_by_side
from directory.sql import execute

PRACTITIONERS = 1_050_000  # some 2.5 million rows
MEGABYTE = 1_000_000
NAME = "bench_import"
BLOCK = 1 << 20
LONGEST_S = 1800
SWAPPED = (  # the longest first: two are made at a time
    "directory_listing",
    "directory_practice",
    "directory_practitioner",
    "directory_affiliation",
    "directory_practitionerspecialization",
)


def main() -> None:
    """Print seconds, ratio and memory."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    people = int(sys.argv[1]) if len(sys.argv) > 1 else PRACTITIONERS
    folder = settings.VAR_DIR / f"sample-{people}"
    if not folder.exists():
        call_command("make_sample_directory", practitioners=people, seed=1, out=folder)
    doctors, affiliations = files_of(folder)
    with running(settings.VAR_DIR), empty_database():
        call_command("migrate", verbosity=0)
        call_command("load_directory")
        bare = [measured_bare(doctors, affiliations)]
        began = time.perf_counter()
        with ThreadPoolExecutor(1) as watcher:
            served = watcher.submit(first_served, began + LONGEST_S)
            measured(
                "import_directory, with tidying up",
                lambda: call_command(
                    "import_directory",
                    doctors=doctors,
                    affiliations=affiliations,
                    release="2026-02",
                ),
            )
        ours = served.result() - began
        bare.append(measured_bare(doctors, affiliations))
        measured("the finished tables written and indexed once more", write_again)
    mean = sum(bare) / len(bare)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / MEGABYTE
    print(
        f"bare COPY {mean:.1f} s, serving after {ours:.1f} s: {ours / mean:.1f} times"
    )
    print(f"Python memory at most {memory:.0f} MB")


def files_of(folder: Path) -> tuple[Path, Path]:
    """Return the two large files of a sample by what their names begin with."""
    return next(folder.glob("DAC_*.csv")), next(folder.glob("Facility_*.csv"))


@contextmanager
def empty_database() -> Iterator[None]:
    """Use a database of its own, made anew and dropped afterwards."""
    values = settings.DATABASES["default"]
    keys = {"user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    known = {key: values[name] for key, name in keys.items() if values.get(name)}
    with psycopg.connect(dbname="postgres", autocommit=True, **known) as server:
        server.execute(f"DROP DATABASE IF EXISTS {NAME} WITH (FORCE)")
        server.execute(f"CREATE DATABASE {NAME}")
    connection.close()
    connection.settings_dict["NAME"] = NAME
    yield
    connection.close()
    with psycopg.connect(dbname="postgres", autocommit=True, **known) as server:
        server.execute(f"DROP DATABASE {NAME} WITH (FORCE)")


def first_served(give_up_at: float) -> float:
    """Return the moment at which readers have another table than now."""
    from directory.one_release import current_mark  # noqa: PLC0415 (needs the set-up)

    before = current_mark()
    while current_mark() == before and time.perf_counter() < give_up_at:
        time.sleep(0.05)
    connection.close()
    return time.perf_counter()


def measured_bare(*paths: Path) -> float:
    """Return the seconds of bare COPY, and drop its tables.

    Autovacuum would look after them while something else is measured.
    """
    execute("CREATE SCHEMA bare")
    seconds = measured("bare COPY", lambda: bare_copy(*paths))
    execute("DROP SCHEMA bare CASCADE")
    return seconds


def bare_copy(*paths: Path) -> None:
    """COPY each file into a table of text columns with one index on NPI."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SET synchronous_commit = off; SET maintenance_work_mem = '256MB'"
        )
        for path in paths:
            table = sql.Identifier("bare", path.stem.lower())
            with path.open("rb") as file:
                names = file.readline().decode("utf-8-sig").strip().split(",")
                columns = sql.SQL(", ").join(
                    sql.SQL("{} text").format(sql.Identifier(name)) for name in names
                )
                cursor.execute(sql.SQL("CREATE TABLE {} ({})").format(table, columns))
                cursor.execute(sql.SQL('CREATE INDEX ON {} ("NPI")').format(table))
                statement = sql.SQL("COPY {} FROM STDIN (FORMAT csv)").format(table)
                with cursor.copy(statement) as copy:
                    while block := file.read(BLOCK):
                        copy.write(block)


def write_again() -> None:
    """Make every table that an import swaps once more from its own rows."""
    shadow.empty_schema()
    with session_settings():
        side_by_side(*(partial(write_table, table) for table in SWAPPED))
    shadow.drop_schema()


def write_table(table: str) -> None:
    """Make a table once more, in the order in which its rows lie."""
    shadow.create(table)
    execute(f"INSERT INTO {shadow.NEXT}.{table} SELECT * FROM {table}")
    shadow.finish(table)


def measured(what: str, do: Callable[[], object]) -> float:
    """Return the seconds that something takes, and print them with the load."""
    began = time.perf_counter()
    do()
    seconds = time.perf_counter() - began
    load, *_ = os.getloadavg()
    print(f"{what}: {seconds:.1f} s (load of the machine {load:.1f})", flush=True)
    return seconds


if __name__ == "__main__":
    main()
