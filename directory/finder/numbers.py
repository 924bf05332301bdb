"""Numbers beside a list: how many fit, and how many are left out of it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from directory.finder.finding import COUNTED, Finder
from directory.finder.rows import Sql
from directory.independence import Level
from directory.sql import fetch_rows

# Queries with the columns kind, key, label, slug, number are asked as one.
TOTAL = """
    SELECT 'total', coalesce(bool_or(is_demo), false)::text, '', '', count(*)
    FROM somebody
"""
LEFT_OUT = """
    SELECT 'left out', level, '', '', count(*)
    FROM ({}) AS left_out (their_ties)
    JOIN (VALUES {}) AS each (level, ties) ON their_ties && ties
    GROUP BY level
"""


@dataclass
class Numbers:
    """How many fit, at most COUNTED, if one is made up, and how many are left out.

    Of those left out, the first doctor is not counted: readers know of them.
    """

    total: int = 0
    has_demo: bool = False
    left_out: int = 0
    left_out_on: dict[Level, int] = field(default_factory=dict)

    def add(self, kind: str, key: str, number: int) -> None:
        """Take in a row of TOTAL or LEFT_OUT."""
        if kind == "total":
            self.total, self.has_demo = number, key == "true"
        elif key:
            self.left_out_on[Level(key)] = number
        else:
            self.left_out = number


def left_out_sql(finder: Finder) -> Sql | None:
    """Return a query of how many are left out, in all and on each level; or None.

    They are counted from their side: the index of ties leads to each of them.
    """
    if finder.apart is None or not finder.apart.known_levels:
        return None
    levels = finder.apart.ties(finder.search.specialization)
    ties = [tie for level in levels.values() for tie in level]
    rows = finder.rows_before_leaving_out().tied_to(*ties)
    if finder.ties_lead:
        rows = rows.not_by_specialization()
    if finder.circle is None:
        columns, order = "ties", ""
    else:
        columns = "DISTINCT ON (practitioner_id) ties"
        order = "ORDER BY practitioner_id"
    text, parameters = finder.in_area(rows).select(
        [columns], f"{order} LIMIT {COUNTED}"
    )
    each = [("", ties), *levels.items()]
    values = ", ".join(["(%s::text, %s::bigint[])"] * len(each))
    known = [value for pair in each for value in pair]
    return LEFT_OUT.format(text, values), [*parameters, *known]


def fetch_parts(somebody: Sql, parts: Iterable[Sql]) -> list[tuple[Any, ...]]:
    """Run queries with the same columns as one; ``somebody`` is a table to them all."""
    text, parameters = somebody
    listed = list(parts)
    union = " UNION ALL ".join(f"({part})" for part, _ in listed)
    return fetch_rows(
        f"WITH somebody AS MATERIALIZED ({text}) SELECT * FROM ({union}) AS part",  # noqa: S608 (parts of our own)
        [*parameters, *(one for _, found in listed for one in found)],
    )
