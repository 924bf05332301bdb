"""``make bench-directory``: pages of the finder among a million clinicians.

Every page has other filters, half of them leave somebody's colleagues out. The bare
time is that of the same statements sent again without Django. 8 million take some 13 GB
of disk and a while to build: ``python -m tests.benchmarks.bench_directory 8000000``.
"""

import os
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator
from random import Random
from statistics import median, quantiles

import django
import psycopg
from django.core.management import call_command
from django.db import connection
from django.test import Client

from config.gunicorn import collect_rarely
from config.slow_queries import SETTINGS
from tests.plans import Sent, keeping

SEED = 2026
PAGES = int(os.environ.get("PAGES", "400"))
BIG = re.compile(
    r"Seq Scan on (directory_(?:listing|practitioner|practice|affiliation|location"
    r"|practitionerspecialization))\b"
)
SIZES = """
    SELECT relname, pg_relation_size(oid), relkind FROM pg_class
    WHERE oid = 'directory_listing'::regclass OR oid IN (
        SELECT indexrelid FROM pg_index WHERE indrelid = 'directory_listing'::regclass)
    ORDER BY relkind DESC, 2 DESC
"""


def main() -> None:
    """Build what is missing, measure, print a table for each size."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    django.setup()
    call_command("collectstatic", interactive=False, verbosity=0)
    from tests.benchmarks.directory_database import database_of  # noqa: PLC0415

    collect_rarely()  # as the site's workers do
    for people in [int(size) for size in sys.argv[1:]] or [1_000_000]:
        with database_of(people):
            measure(people)


def measure(people: int) -> None:
    """Print what the pages of one database cost."""
    from tests.benchmarks.directory_questions import questions  # noqa: PLC0415

    with connection.cursor() as cursor:
        for name, value in SETTINGS.items():  # as where pages are served
            cursor.execute(f"SET {name} = '{value}'")
    client = Client(headers={"host": "127.0.0.1"})
    pages, bares, statements, scans = [], [], [], Counter()
    slowest: list[tuple[float, str]] = []
    statuses: Counter[int] = Counter()
    for path in walked(client, questions(Random(SEED), PAGES)):
        sent: list[Sent] = []
        client.get(path)  # brings the data's pages into memory, as others' visits do
        with connection.execute_wrapper(keeping(sent)):
            began = time.perf_counter()
            response = client.get(path)
            took = time.perf_counter() - began
        statuses[response.status_code] += 1
        pages.append(took * 1000)
        bares.append(bare(sent) * 1000)
        statements.append(len(sent))
        slowest.append((took * 1000, path))
        for table in scanned(sent):
            scans[table] += 1
    print(f"\n{people:,} clinicians, {len(pages)} pages, answers {dict(statuses)}")
    print(f"{'':24}{'median':>10}{'95th':>10}{'highest':>10}")
    for name, found in (("page, ms", pages), ("bare SQL, ms", bares)):
        print(
            f"{name:24}{median(found):10.1f}{quantiles(found, n=20)[18]:10.1f}", end=""
        )
        print(f"{max(found):10.1f}")
    print(f"{'SQL statements':24}{median(statements):10.0f}{'':10}{max(statements):10}")
    print(f"sequential scans on large tables: {dict(scans) or 'none'}")
    for took, path in sorted(slowest, reverse=True)[:5]:
        print(f"{took:8.1f} ms  {path}")
    print_sizes()


def walked(client: Client, paths: Iterator[str]) -> Iterator[str]:
    """Yield each address, and for half of them its next page instead."""
    for number, path in enumerate(paths):
        following = re.search(
            r'rel="next" href="([^"]+)"', client.get(path).content.decode()
        )
        is_deep = number % 2 == 1 and following is not None
        yield following[1].replace("&amp;", "&") if is_deep and following else path


def bare(sent: list[Sent]) -> float:
    """Return the seconds that the statements take when nobody reads the rows."""
    took = 0.0
    with connection.cursor() as cursor:
        once = cursor.cursor  # psycopg's own
        planned = psycopg.Cursor(once.connection)
        for text, parameters, is_prepared in sent:
            raw = planned if is_prepared else once
            began = time.perf_counter()
            raw.execute(text, parameters)
            raw.fetchall()
            took += time.perf_counter() - began
    return took


def scanned(sent: list[Sent]) -> list[str]:
    """Return the large tables that a plan reads from end to end."""
    return [table for one in sent for table in BIG.findall(one.plan())]


def print_sizes() -> None:
    """Print what the listing and its indexes take on disk."""
    with connection.cursor() as cursor:
        cursor.execute(SIZES)
        rows = cursor.fetchall()
        cursor.execute("SELECT pg_database_size(current_database())")
        [whole] = cursor.fetchone()
    indexes = sum(size for _, size, kind in rows if kind == "i")
    for name, size, _ in rows:
        print(f"{name:36}{size / 1e6:10,.0f} MB")
    print(f"{'its indexes together':36}{indexes / 1e6:10,.0f} MB")
    print(f"{'the whole database':36}{whole / 1e6:10,.0f} MB")


if __name__ == "__main__":
    main()
