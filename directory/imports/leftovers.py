"""What an import that broke off left behind: as large as the directory itself."""

from contextlib import suppress

from django.db import transaction

from directory.imports import shadow
from directory.one_run import AlreadyRunningError, Lock, only_run
from directory.sql import fetch_row

COUNT = """
    SELECT count(*) FROM pg_tables WHERE schemaname IN (%(next)s, %(former)s)
"""


def drop_leftovers() -> int:
    """Drop tables that nobody builds or reads; return how many there were.

    While an import runs they are its own: nothing is dropped.
    """
    with suppress(AlreadyRunningError), only_run(Lock.IMPORT):
        names = {"next": shadow.NEXT, "former": shadow.FORMER}
        (before,) = fetch_row(COUNT, names)
        with transaction.atomic():
            shadow.drop_schema()
        shadow.drop_former()
        (after,) = fetch_row(COUNT, names)
        return int(before - after)
    return 0
