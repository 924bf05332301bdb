"""Releases change while readers read: ``python -m tests.benchmarks.bench_serving [N]``.

A release of N generated clinicians is imported, and once more (no row changes), then
the next one with other column names, then a damaged one, which is refused. All the
while readers ask for lists and doctors. Counted are answers that are no page, and pages
with facts of two releases; a test does the same with a few hundred clinicians.
"""

import os
import re
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path

import django
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client

from config.embedded_postgres import running
from tests.benchmarks.bench_import import empty_database, files_of

PRACTITIONERS = 1_050_000
READERS = 2
FACT = re.compile(
    r"(?:Doctors and Clinicians|Facility Affiliation), release (\d{4}-\d\d)"
)
TABLES = (
    "directory_practitioner",
    "directory_organization",
    "directory_practice",
    "directory_affiliation",
    "directory_listing",
)


@dataclass
class Seen:
    """What readers met."""

    requests: int = 0
    errors: list[str] = field(default_factory=list)
    mixed: list[str] = field(default_factory=list)
    releases: set[str] = field(default_factory=set)
    slowest_s: float = 0.0


def main() -> None:
    """Print each step, then what readers saw."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    people = int(sys.argv[1]) if len(sys.argv) > 1 else PRACTITIONERS
    with (
        tempfile.TemporaryDirectory(dir=settings.VAR_DIR) as folder,
        running(settings.VAR_DIR),
        empty_database(),
    ):
        call_command("migrate", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        call_command("load_directory")
        seen = rehearse(Path(folder), people, os.cpu_count() or 1)
    print(f"{seen.requests:,} requests, {len(seen.errors)} errors, ", end="")
    print(f"{len(seen.mixed)} pages of mixed releases, ", end="")
    print(f"slowest {seen.slowest_s * 1000:.0f} ms; releases {sorted(seen.releases)}")
    for text in (seen.errors + seen.mixed)[:20]:
        print(f"  {text}")
    sys.exit(bool(seen.errors or seen.mixed))


def rehearse(folder: Path, people: int, processes: int = 1) -> Seen:
    """Import four files of releases in turn under readers; return what they saw."""
    first = write(folder / "first", people, processes)
    second = write(folder / "second", people, processes, "--drift=api-headers", 2)
    damaged = write(folder / "damaged", people, processes, "--damage=half", 3)
    load("2026-01", first)
    before = fingerprint()
    seen = Seen()
    with reading(paths(), seen) as wait_for_a_round:
        wait_for_a_round()
        load("2026-01", first)
        assert fingerprint() == before, "a second run of a release changed rows"
        load("2026-02", second)
        wait_for_a_round()
        after = fingerprint()
        assert after != before
        try:
            load("2026-03", damaged)
        except CommandError as error:
            print(f"refused: {error}")
        else:
            raise AssertionError("a damaged release was loaded")
        assert fingerprint() == after, "a refused release changed rows"
        wait_for_a_round()
    return seen


def write(
    folder: Path, people: int, processes: int, flaw: str = "", release: int = 1
) -> Path:
    """Write the files of one release."""
    flaws = [flaw] if flaw else []
    call_command(
        "make_sample_directory",
        *flaws,
        practitioners=people,
        seed=1,
        release=release,
        out=folder,
        processes=processes,
    )
    return folder


def load(version: str, folder: Path) -> None:
    """Import the two large files of a folder."""
    doctors, affiliations = files_of(folder)
    began = time.perf_counter()
    call_command(
        "import_directory",
        doctors=doctors,
        affiliations=affiliations,
        release=version,
        demo=True,
    )
    print(f"{version}: {time.perf_counter() - began:.1f} s", flush=True)


def fingerprint() -> list[tuple[int, int]]:
    """Return count and sum of each table's rows, with who wrote each of them."""
    with connection.cursor() as cursor:
        found = []
        for table in TABLES:
            cursor.execute(
                "SELECT count(*), sum(hashtextextended(xmin::text || one::text, 0))"
                f" FROM {table} AS one"
            )
            found.append(cursor.fetchone())
        return found


def paths() -> list[str]:
    """Return the largest specializations' lists, and some of their doctors."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT slug FROM directory_practitionercount AS counted"
            " JOIN directory_specialization AS own ON own.id = specialization_id"
            " WHERE state = '' ORDER BY practitioners DESC, slug LIMIT 5"
        )
        lists = [f"/doctors/{slug}/" for (slug,) in cursor.fetchall()]
        cursor.execute(
            "SELECT npi FROM directory_practitioner"
            " WHERE EXISTS (SELECT FROM directory_affiliation AS link"
            "   WHERE link.practitioner_id = directory_practitioner.id)"
            " ORDER BY npi LIMIT 20"
        )
        return lists + [f"/doctor/{npi}/" for (npi,) in cursor.fetchall()]


@contextmanager
def reading(addresses: Sequence[str], seen: Seen) -> Iterator[Callable[[], object]]:
    """Let readers ask for these addresses; yield what waits for a whole round."""
    done, lock = threading.Event(), threading.Lock()
    rounds = threading.Condition(lock)

    def read() -> None:
        client = Client(headers={"host": "127.0.0.1"})
        for address in cycle(addresses):
            if done.is_set():
                break
            ask(client, address, seen, lock)
            with rounds:
                rounds.notify_all()
        connection.close()

    def wait_for_a_round() -> None:
        with rounds:
            enough = seen.requests + READERS * len(addresses)
            assert rounds.wait_for(lambda: seen.requests >= enough, timeout=300)

    readers = [threading.Thread(target=read) for _ in range(READERS)]
    for reader in readers:
        reader.start()
    try:
        yield wait_for_a_round
    finally:
        done.set()
        for reader in readers:
            reader.join()


def ask(client: Client, address: str, seen: Seen, lock: threading.Lock) -> None:
    """Ask for a page and note what is wrong with it; a doctor may have retired."""
    began = time.perf_counter()
    error, releases = "", set()
    try:
        response = client.get(address, follow=True)
    except Exception as exception:  # noqa: BLE001 (whatever it is, readers had it)
        error = repr(exception)
    else:
        releases = set(FACT.findall(response.content.decode()))
        if response.status_code not in (200, 410):
            error = f"answered {response.status_code}"
    with lock:
        seen.requests += 1
        seen.slowest_s = max(seen.slowest_s, time.perf_counter() - began)
        seen.releases |= releases
        if error:
            seen.errors.append(f"{address} {error}")
        if len(releases) > 1:
            seen.mixed.append(f"{address} shows {sorted(releases)}")


if __name__ == "__main__":
    main()
