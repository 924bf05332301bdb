"""From a search to people: walks along an index of the listing, never through it.

A walk is one or several branches, each in the order of an index and cut after a page:
one branch for the area; one for each word that a last name may begin with; one for a
specialization's own people and one for those of its lower rungs; one for each ZIP code
around, nearest first. What is left out or asked for besides is looked up in the row.
"""

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from directory.finder.apart import Apart
from directory.finder.pagination import (
    BELOW,
    OWN,
    PAGE_SIZE,
    Cursor,
    Page,
    behind_name,
    cut,
)
from directory.finder.people import people_of
from directory.finder.rows import Rows, Sql, all_of
from directory.finder.searching import EXACT_UP_TO, Search, beginnings_of, words_of
from directory.finder.ties import organization_tie
from directory.models import Organization, Practitioner
from directory.nearby import Circle
from directory.sql import fetch_rows

COUNTED = EXACT_UP_TO + 1  # where counting stops
# What a list is sorted by, forwards and backwards.
ORDERS = {
    "name": (["sort_key", "npi"], ["sort_key DESC", "npi DESC"]),
    "match": (
        ["is_own DESC", "sort_key", "npi"],
        ["is_own", "sort_key DESC", "npi DESC"],
    ),
    "distance": (
        ["rank", "sort_key", "npi"],
        ["rank DESC", "sort_key DESC", "npi DESC"],
    ),
}


class Standing(NamedTuple):
    """Somebody's place in a list: for a distance, the nearest of their ZIP codes."""

    practitioner_id: int
    zip_code: str
    is_own: bool
    sort_key: str
    npi: str


@dataclass(frozen=True)
class Finder:
    """A search with everything that it names looked up."""

    search: Search
    circle: Circle | None = None
    hospital: Organization | None = None
    group: Organization | None = None
    apart: Apart | None = None
    has_lower_rungs: bool = True  # False: nobody in the area is of a lower rung alone

    # The rows -------------------------------------------------------------------

    def rows(self) -> Rows:
        """Return what fits, wherever it is; left out is who has to be."""
        rows = self.rows_before_leaving_out()
        if self.apart is None:
            return rows
        ties = self.apart.ties(self.search.specialization).values()
        return rows.apart_from([tie for level in ties for tie in level])

    def rows_before_leaving_out(self) -> Rows:
        """Return what fits, the first doctor's colleagues among it.

        The first doctor never is, even where nothing is known to tie anybody to them.
        """
        search = self.search
        rows = Rows.listed_under(search.specialization)
        for one in (self.hospital, self.group):
            if one is not None:
                rows = rows.tied_to(organization_tie(search.specialization.pk, one.pk))
                if self.ties_lead:
                    rows = rows.not_by_specialization()
        if search.telehealth:
            rows = rows.where("has_telehealth")
        if search.physicians:
            rows = rows.where("is_physician")
        if search.teaching:
            rows = rows.where("is_at_teaching_hospital")
        first = self.apart.subject if self.apart else None
        if isinstance(first, Practitioner):
            rows = rows.where("npi <> %s", first.npi)
        return rows.named(words_of(search.name))

    @property
    def ties_lead(self) -> bool:
        """Whether ties find people, and not an index of the specialization's as well.

        They do where that one has neither a place nor a name to begin with.
        """
        search = self.search
        return self.circle is not None or not (search.state or search.name)

    @property
    def is_hopeless(self) -> bool:
        """Whether the precomputed numbers say that nobody can be found."""
        specialization = self.search.specialization
        return (
            not specialization.doctors
            or (self.search.physicians and not specialization.physicians)
            or (self.search.teaching and not specialization.at_teaching_hospital)
            or (self.circle is not None and not self.circle.zip_codes)
        )

    def in_area(self, rows: Rows) -> Rows:
        """Return ``rows`` of the area; of a circle one for each ZIP code."""
        rows = rows.beginning_anywhere(*beginnings_of(self.search.name))
        if self.circle is not None:
            return rows.where(IS_AROUND, self.circle.ranks_json)
        return rows.in_area(self.search.state, self.search.place)

    def branches(self, rows: Rows) -> list[Rows]:
        """Return ``rows`` of the area, apart where an index has them apart."""
        words = beginnings_of(self.search.name)
        if self.circle is not None:
            near = "zip_code = near.zip_code"
            if self.are_few_around:  # no index leads to all of a ZIP code
                near = "zip_code || '' = near.zip_code"
            return [
                rows.beginning_anywhere(*words).where(
                    AT_NEAREST.format(near), self.circle.ranks_json
                )
            ]
        rows = rows.in_area(self.search.state, self.search.place)
        if not words:
            return [rows]
        later = rows.beginning_later(*words)
        return [*(rows.beginning(word) for word in words), later]

    # A page ---------------------------------------------------------------------

    def page(
        self, *, after: Cursor | None = None, before: Cursor | None = None
    ) -> Page:
        """Return a page of people: three queries, or one for an empty page."""
        found = self.walk(after or before, is_backwards=before is not None)
        found, has_before, has_after = cut(found, after=after, before=before)
        standings = {one.practitioner_id: one for one in found}
        people = people_of(standings)
        for one in people:
            one.standing = standings[one.pk]
        return Page(
            people,
            before=str(self.cursor(found[0])) if has_before else "",
            after=str(self.cursor(found[-1])) if has_after else "",
        )

    def cursor(self, standing: Standing) -> Cursor:
        """Return where somebody stands in this search's order."""
        bucket = {
            "name": "",
            "match": OWN if standing.is_own else BELOW,
            "distance": standing.zip_code,
        }[self.search.order]
        return Cursor(bucket, standing.sort_key, standing.npi)

    def is_of_this_order(self, cursor: Cursor) -> bool:
        """Whether a page of this list could have given the cursor."""
        buckets: Container[str] = {
            "name": ("",),
            "match": (OWN, BELOW) if self.has_lower_rungs else (OWN,),
            "distance": self.circle.ranks if self.circle else (),
        }[self.search.order]
        return cursor.bucket in buckets

    def walk(self, cursor: Cursor | None, *, is_backwards: bool) -> list[Standing]:
        """Return up to one more than a page, away from the cursor: one query."""
        if cursor is not None and not self.is_of_this_order(cursor):
            return []
        branches = self._behind(cursor, is_backwards=is_backwards)
        text, parameters = self._joined(
            self._cuts(
                branches, PAGE_SIZE + 1, Standing._fields, is_backwards=is_backwards
            ),
            cursor,
            is_backwards=is_backwards,
        )
        order_by = ", ".join(ORDERS[self.search.order][is_backwards])
        return [
            Standing(*row[: len(Standing._fields)])
            for row in fetch_rows(
                f"SELECT * FROM ({text}) AS walk ORDER BY {order_by}"
                f" LIMIT {PAGE_SIZE + 1}",
                parameters,
            )
        ]

    def _behind(self, cursor: Cursor | None, *, is_backwards: bool) -> Iterator[Rows]:
        """Yield the branches behind a cursor, or before it."""
        rows = self.rows()
        parts = {"": rows}
        if self.search.order == "match":
            # own people come first, whoever is of a lower rung behind all of them
            parts = {OWN: rows.where("is_own")}
            if self.has_lower_rungs:
                parts[BELOW] = rows.where("NOT is_own")
            if cursor is not None and (cursor.bucket == OWN) == is_backwards:
                parts.pop(BELOW if is_backwards else OWN, None)
        for bucket, part in parts.items():
            for branch in self.branches(part):
                if cursor is None or (bucket and bucket != cursor.bucket):
                    yield branch
                elif self.search.order == "distance" and self.circle is not None:
                    yield branch.where(
                        f"(near.rank, sort_key, npi) {'<' if is_backwards else '>'}"
                        " (%s, %s, %s)",
                        self.circle.ranks[cursor.bucket],
                        cursor.sort_key,
                        cursor.npi,
                    )
                else:
                    text, parameters = behind_name(cursor, is_backwards=is_backwards)
                    yield branch.where(text, *parameters)

    def _joined(
        self,
        branches: Iterable[Sql],
        cursor: Cursor | None = None,
        *,
        is_backwards: bool = False,
    ) -> Sql:
        """Return one query of all branches; for a circle, of all its ZIP codes."""
        text, parameters = all_of(branches)
        if self.circle is None:
            return text, parameters
        first, last = 0, len(self.circle.zip_codes)
        if cursor is not None and self.search.order == "distance":
            rank = self.circle.ranks[cursor.bucket]
            first, last = (0, rank + 1) if is_backwards else (rank, last)
        zip_codes = ",".join(self.circle.zip_codes[first:last])
        order = "DESC" if is_backwards else ""
        text = AROUND.format(first - 1, order, text)
        if self.are_few_around:
            text += f" ORDER BY near.rank {order}"
        return text, [zip_codes, *parameters]

    # Numbers --------------------------------------------------------------------

    def count_sql(self) -> Sql:
        """Return a query of how many fit, at most COUNTED, and if one is made up."""
        text, parameters = self.people_sql()
        return COUNT.format(text), parameters

    def people_sql(self) -> Sql:
        """Return a query of ``is_demo`` of those who fit, for a circle with ``rank``.

        Those of a circle come nearest first.
        """
        branches = self.branches(self.rows())
        return self._joined(self._cuts(branches, COUNTED, ["is_demo"]))

    @property
    def are_few_around(self) -> bool:
        """Whether a hospital or group leads to a circle's people: they are few.

        Else each of up to a thousand ZIP codes would be asked for them.
        """
        return self.circle is not None and bool(self.hospital or self.group)

    def _cuts(
        self,
        branches: Iterable[Rows],
        number: int,
        columns: Iterable[str],
        *,
        is_backwards: bool = False,
    ) -> list[Sql]:
        """Return the first of each branch, or all where they are few.

        In the order of an index: without one the planner would rather read the table
        until it has met so many.
        """
        if self.are_few_around:
            return [one.select(columns) for one in branches]
        return [
            one.first(number, columns, is_backwards=is_backwards) for one in branches
        ]

    def anybody_sql(self) -> Sql:
        """Return a query of one of those who fit."""
        if self.circle is None:
            return self._joined(self._cuts(self.branches(self.rows()), 1, ["npi"]))
        rows = self.rows().beginning_anywhere(*beginnings_of(self.search.name))
        text, parameters = self._joined(self._cuts([rows.where(IS_NEAR)], 1, ["npi"]))
        return f"{text} LIMIT 1", parameters

    def somebody_sql(self) -> Sql:
        """Return a query of the first COUNTED of those who fit, once each."""
        branches = self.branches(self.rows())
        text, parameters = self._joined(self._cuts(branches, COUNTED, SOMEBODY))
        return f"SELECT * FROM ({text}) AS walk LIMIT {COUNTED}", parameters


# What is kept of the first people who fit; the names of columns.
SOMEBODY = (
    "practitioner_id",
    "ties",
    "is_demo",
    "is_physician",
    "has_telehealth",
    "is_at_teaching_hospital",
)
COUNT = f"""
    SELECT count(*) AS number, coalesce(bool_or(is_demo), false) AS has_demo
    FROM (SELECT * FROM ({{}}) AS walk LIMIT {COUNTED}) AS found
"""
# "near" is the ZIP codes around; the walk of each is cut after a page, and the join
# ends with the page: far ZIP codes are not looked at where near ones have enough.
AROUND = """
    SELECT walk.*, near.rank
    FROM (SELECT zip_code, rank + {} AS rank
          FROM unnest(string_to_array(%s, ',')) WITH ORDINALITY AS z (zip_code, rank)
          ORDER BY rank {}) AS near
    CROSS JOIN LATERAL ({}) AS walk
"""
IS_NEAR = "zip_code = near.zip_code AND first_in_zip"
IS_AROUND = "%s::jsonb ? zip_code AND first_in_zip"
# Nobody whom a nearer ZIP code has; the ranks of all are an object. IS NOT TRUE leaves
# it a look for each row: made a join, it would have every ZIP code asked for its rows.
AT_NEAREST = """
    {} AND first_in_zip AND EXISTS (
        SELECT FROM directory_listing AS nearer
        WHERE nearer.practitioner_id = directory_listing.practitioner_id
          AND nearer.specialization_id = directory_listing.specialization_id
          AND nearer.first_in_zip
          AND (%s::jsonb ->> nearer.zip_code)::int < near.rank
    ) IS NOT TRUE
"""
