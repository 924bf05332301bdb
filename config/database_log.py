"""Say where PostgreSQL would write down what readers search for.

A statement holds their ZIP code or the name of a doctor. The server writes one that
failed into its log unless told otherwise, and only its administrator can tell it.
"""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core import checks

from directory.sql import fetch_rows

# The values, as pg_settings has them, that keep what pages ask out of the log.
QUIET = {
    "log_min_error_statement": {"log", "fatal", "panic"},
    "log_min_duration_statement": {"-1"},
    "log_min_duration_sample": {"-1"},
    "log_statement": {"none", "ddl", "mod"},
}


def check_log(
    databases: Sequence[str] | None, **_: Any
) -> Sequence[checks.CheckMessage]:
    """Ask the database of a public site where a command wants it checked: migrate."""
    if not (databases and settings.PRODUCTION):
        return []
    query = "SELECT name, setting FROM pg_settings WHERE name = ANY(%s)"
    found = fetch_rows(query, [list(QUIET)])
    loud = [name for name, value in found if value not in QUIET[name]]
    if not loud:
        return []
    return [
        checks.Warning(
            "PostgreSQL writes into its log what readers search for "
            f"({', '.join(sorted(loud))}).",
            hint="Its administrator sets that for the role of the site, as "
            "docs/operators.md says under “What readers send”.",
            id="config.W001",
        )
    ]
