"""First and last release of each fact: kept from one release to the next.

The next table takes the first release of a fact over from the live one. What a file
says no more of somebody whom it still names goes to a table of former facts, with both
releases, and comes back from there with the first one.
"""

from dataclasses import dataclass

from directory.imports import shadow
from directory.sql import execute


@dataclass(frozen=True)
class FactTables:
    """A swapped table, and the table of its former rows.

    Two rows are the same fact where ``practitioner_id`` and ``key`` are equal.
    """

    table: str
    former: str
    key: tuple[str, str]
    detail: str

    def is_same(self, one: str, other: str) -> str:
        """Return the SQL that compares two rows; the second key may be NULL."""
        first, second = self.key
        return (
            f"{one}.practitioner_id = {other}.practitioner_id"
            f" AND {one}.{first} = {other}.{first}"
            f" AND {one}.{second} IS NOT DISTINCT FROM {other}.{second}"
        )

    @property
    def known(self) -> str:
        """The SQL of every known fact, former ones too, with its first release."""
        key = ", ".join(("practitioner_id", *self.key))
        return f"""(
            SELECT {key}, coalesce(first_release_id, release_id) AS first_release_id
            FROM {self.table}
            UNION ALL SELECT {key}, first_release_id FROM {self.former}
        )"""  # noqa: S608 (names of our own)


PRACTICES = FactTables(
    "directory_practice",
    "directory_formerpractice",
    ("location_id", "organization_id"),
    "phone",
)
AFFILIATIONS = FactTables(
    "directory_affiliation",
    "directory_formeraffiliation",
    ("organization_id", "reported_ccn"),
    "through",
)

GONE = """
    SELECT DISTINCT ON (practitioner_id, {key})
           practitioner_id, {key}, {detail},
           coalesce(first_release_id, release_id) AS first_release_id,
           release_id AS last_release_id
    FROM {table} AS live
    WHERE EXISTS (SELECT FROM directory_next.{people} AS person
                  WHERE person.id = live.practitioner_id)
      AND NOT EXISTS (SELECT FROM directory_next.{table} AS new WHERE {is_same})
    ORDER BY practitioner_id, {key}, release_id
"""
BACK = """
    SELECT live.id FROM {former} AS live
    JOIN directory_next.{table} AS new ON {is_same}
"""
FORGET = """
    DELETE FROM {former} WHERE id IN (SELECT id FROM directory_next.back_{table})
"""
KEEP = """
    INSERT INTO {former} (practitioner_id, {key}, {detail}, first_release_id,
                          last_release_id)
    SELECT practitioner_id, {key}, {detail}, first_release_id, last_release_id
    FROM directory_next.gone_{table}
    ON CONFLICT (practitioner_id, {key}) DO UPDATE
    SET {detail} = EXCLUDED.{detail}, last_release_id = EXCLUDED.last_release_id
"""


def find_gone(fact: FactTables, people: str) -> int:
    """Note what is gone from a filled shadow, and count it.

    ``people`` is the staged table of those whom the file names: of anybody else the
    live rows are carried over.
    """
    return shadow.stage(f"gone_{fact.table}", _filled(GONE, fact, people))


def find_back(fact: FactTables) -> None:
    """Note what a filled shadow brings back."""
    shadow.stage(f"back_{fact.table}", _filled(BACK, fact))


def keep(fact: FactTables) -> None:
    """Write what was noted, as part of the transaction that swaps."""
    execute(_filled(FORGET, fact))
    execute(_filled(KEEP, fact))


def _filled(statement: str, fact: FactTables, people: str = "") -> str:
    return statement.format(
        table=fact.table,
        former=fact.former,
        key=", ".join(fact.key),
        detail=fact.detail,
        people=people,
        is_same=fact.is_same("live", "new"),
    )
