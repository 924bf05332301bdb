"""Refuse a database that does not know letters beyond ASCII.

The database splits last names into the words that people look for. With the locale C
it takes the Ø of Smith-Ørsted for a mark: who looks for Orsted finds nobody.
"""

from collections.abc import Sequence
from typing import Any

from django.core.checks import Error

from directory.sql import fetch_row

KNOWN = """
    SELECT current_setting('server_encoding') = 'UTF8' AND lower('Ø') = 'ø',
           current_database()
"""


def check_letters(databases: Sequence[str] | None, **_: Any) -> list[Error]:
    """Ask the database where a command wants it checked: migrate and serve do."""
    if not databases:
        return []
    is_known, name = fetch_row(KNOWN)
    if is_known:
        return []
    return [
        Error(
            f"The database {name} does not know letters such as Ø, so that people "
            "with one in their name would not be found.",
            hint="Make it anew with ENCODING 'UTF8' LOCALE 'C.UTF-8' TEMPLATE "
            "template0, as docs/operators.md says under “The database”.",
            id="config.E001",
        )
    ]
