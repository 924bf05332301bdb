"""What forty cross-links on a page cost: ``python -m tests.benchmarks.bench_links``.

Made in a transaction that is rolled back. The bound is on the median of many calls; the
query is the database's and the network's part, the rest is ours.
"""

import os
import time
from collections.abc import Callable
from statistics import median

import django
from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from config.embedded_postgres import running
from tests.conftest import FOR_WHOLE_GUIDES

LINKS = 40
CALLS = 200


def main() -> None:
    """Print queries and milliseconds."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    settings.CONTENT_RULES_OFF = FOR_WHOLE_GUIDES
    with running(settings.VAR_DIR):
        call_command("migrate", verbosity=0)
        call_command("load_demo", verbosity=0)
        with transaction.atomic():
            measure()
            transaction.set_rollback(True)


def measure() -> None:
    """Expand a text that leads to guides, fields, lists and a hospital."""
    from articles.crosslinks import expand  # noqa: PLC0415 (needs the set-up above)
    from articles.shown_links import links_of  # noqa: PLC0415
    from tests.articles.factories import make_guide  # noqa: PLC0415

    keys = [f"article:bench-{number}" for number in range(LINKS // 2)]
    for key in keys:
        make_guide(key.removeprefix("article:"))
    keys += [
        "specialization:cardiology",
        "doctors:cardiology",
        "doctors:cardiology/tx",
        "hospital:220071",
    ] * (LINKS // 8)
    source = "\n\n".join(f"See [it]({key})." for key in keys)
    revision = make_guide("bench", source).latest_revision()
    with CaptureQueriesContext(connection) as queries:
        rows = links_of(revision)
    fetch = milliseconds(lambda: links_of(revision))
    into_links = milliseconds(lambda: expand(revision.html, rows, for_editor=False))
    addresses = milliseconds(lambda: [row.public_url() for row in rows])
    print(f"{len(rows)} links: {len(queries)} query, {fetch:.2f} ms with its rows;")
    print(f"rows into links {into_links:.3f} ms, of it {addresses:.3f} ms addresses;")
    print(f"in all {fetch + into_links:.2f} ms (bounds: 5 ms in all, 0.3 ms the rows)")


def milliseconds(work: Callable[[], object]) -> float:
    """Return the median time of a call."""
    times = []
    for _ in range(CALLS):
        began = time.perf_counter()
        work()
        times.append((time.perf_counter() - began) * 1000)
    return median(times)


if __name__ == "__main__":
    main()
