"""Pages by cursor: nobody is skipped or shown twice, also when others come or go."""

import re
from dataclasses import dataclass
from typing import Self

from django.http import QueryDict

from directory import parameters
from directory.models import Practitioner

PAGE_SIZE = 20
OWN, BELOW = "own", "below"  # whether somebody is of a kind, or of a rung below it
SHAPE = re.compile(
    rf"(?:({OWN}|{BELOW}|[0-9]{{5}})\.)?([^\W_]+(?:-[^\W_]+)*)\.([0-9]{{10}})"
)
LONGEST = 240


@dataclass(frozen=True)
class Cursor:
    """Where a page ends: somebody's place in the order, so that it outlives them.

    ``bucket`` is what the order goes by before the name: a ZIP code, OWN or BELOW.
    """

    bucket: str
    sort_key: str
    npi: str

    def __str__(self) -> str:
        words = self.sort_key.replace(" ", "-")
        return ".".join(part for part in (self.bucket, words, self.npi) if part)

    @classmethod
    def read(cls, query: QueryDict, name: str) -> Self | None:
        """Return the cursor of a parameter, None for an empty one.

        Raises BadRequest for anything that no page gave.
        """
        text = parameters.read(query, name, SHAPE, LONGEST)
        found = SHAPE.fullmatch(text)
        if found is None:
            return None
        return cls(found[1] or "", found[2].replace("-", " "), found[3])


def behind_name(cursor: Cursor, *, is_backwards: bool) -> tuple[str, list[str]]:
    """Return the condition for what stands behind a name in order, or before it."""
    sign = "<" if is_backwards else ">"
    return f"(sort_key, npi) {sign} (%s, %s)", [cursor.sort_key, cursor.npi]


@dataclass(frozen=True)
class Page:
    """Some practitioners in order, with the cursors of the neighbouring pages."""

    practitioners: list[Practitioner]
    before: str = ""
    after: str = ""


def cut[Row](
    rows: list[Row], *, after: Cursor | None, before: Cursor | None
) -> tuple[list[Row], bool, bool]:
    """Return a page in order, and whether there are pages before and behind it.

    ``rows`` are up to one more than a page holds, walked away from the cursor.
    """
    has_more = len(rows) > PAGE_SIZE
    rows = rows[:PAGE_SIZE]
    if before:
        return rows[::-1], has_more, bool(rows)
    return rows, bool(rows) and after is not None, has_more
