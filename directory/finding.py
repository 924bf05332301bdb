"""From a search to people: walks along an index of the listing, never through it.

A walk is one or several branches, each in the order of an index and cut after a page:
one branch for the area; one for each word that a last name may begin with; one for a
specialization's own people and one for those of its lower rungs; one for each ZIP code
around, nearest first. What is left out or asked for besides is looked up in the row.
"""

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import (
    BooleanField,
    CharField,
    Exists,
    F,
    Func,
    IntegerField,
    JSONField,
    OuterRef,
    Q,
    QuerySet,
    Value,
)
from django.db.models.expressions import RawSQL

from directory.apart import Apart
from directory.independence import Level
from directory.models import Listing, Organization, Practitioner
from directory.models.listing import ListingQuerySet
from directory.nearby import Circle
from directory.pagination import PAGE_SIZE, Cursor, Page, behind_name, cut
from directory.searching import EXACT_UP_TO, Search, beginnings_of, words_of
from directory.ties import organization_tie

Sql = tuple[str, Sequence[Any]]
COUNTED = EXACT_UP_TO + 1  # where counting stops
OWN, BELOW = "own", "below"
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


class Spot(NamedTuple):
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

    # The rows -------------------------------------------------------------------

    def rows(self) -> ListingQuerySet:
        """Return what fits, wherever it is; left out is who has to be."""
        rows = self.rows_before_leaving_out()
        if self.apart is None:
            return rows
        ties = self.apart.ties(self.search.specialization).values()
        return rows.apart_from([tie for level in ties for tie in level])

    def rows_before_leaving_out(self) -> ListingQuerySet:
        """Return what fits, the first doctor's colleagues among it."""
        search = self.search
        rows = Listing.objects.listed().under(search.specialization)
        for one in (self.hospital, self.group):
            if one is not None:
                rows = rows.tied_to(organization_tie(search.specialization.pk, one.pk))
        if search.telehealth:
            rows = rows.filter(has_telehealth=True)
        if search.physicians and search.specialization.is_mixed:
            rows = rows.filter(is_physician=True)
        if search.teaching:
            rows = rows.filter(is_at_teaching_hospital=True)
        return rows.named(words_of(search.name))

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

    def in_area(self, rows: ListingQuerySet) -> ListingQuerySet:
        """Return ``rows`` of the area in any order; of a circle one for each ZIP."""
        rows = rows.beginning(*beginnings_of(self.search.name))
        if self.circle is not None:
            return rows.in_zip_codes(self.circle.zip_codes).order_by()
        return rows.in_area(self.search.state, self.search.place).order_by()

    def branches(self, rows: ListingQuerySet) -> list[ListingQuerySet]:
        """Return ``rows`` of the area, apart where an index has them apart."""
        words = beginnings_of(self.search.name)
        if self.circle is not None:
            return [_around(rows.beginning(*words), self.circle)]
        rows = rows.in_area(self.search.state, self.search.place)
        return [rows.beginning(word) for word in words] or [rows]

    # A page ---------------------------------------------------------------------

    def page(
        self, *, after: Cursor | None = None, before: Cursor | None = None
    ) -> Page:
        """Return a page of people: four queries, or one for an empty page."""
        spots = self.walk(after or before, is_backwards=before is not None)
        spots, has_before, has_after = cut(spots, after=after, before=before)
        if not spots:
            return Page([])
        found = Practitioner.objects.listed().for_list()
        people = {
            one.pk: one
            for one in found.filter(pk__in=[spot.practitioner_id for spot in spots])
        }
        for spot in spots:
            if spot.practitioner_id in people:
                people[spot.practitioner_id].spot = spot
        return Page(
            [
                people[spot.practitioner_id]
                for spot in spots
                if spot.practitioner_id in people
            ],
            before=str(self.cursor(spots[0])) if has_before else "",
            after=str(self.cursor(spots[-1])) if has_after else "",
        )

    def cursor(self, spot: Spot) -> Cursor:
        """Return where somebody stands in this search's order."""
        bucket = {
            "name": "",
            "match": OWN if spot.is_own else BELOW,
            "distance": spot.zip_code,
        }[self.search.order]
        return Cursor(bucket, spot.sort_key, spot.npi)

    def is_of_this_order(self, cursor: Cursor) -> bool:
        """Whether a page of this list could have given the cursor."""
        buckets: Container[str] = {
            "name": ("",),
            "match": (OWN, BELOW),
            "distance": self.circle.ranks if self.circle else (),
        }[self.search.order]
        return cursor.bucket in buckets

    def walk(self, cursor: Cursor | None, *, is_backwards: bool) -> list[Spot]:
        """Return up to one more than a page, away from the cursor: one query."""
        if cursor is not None and not self.is_of_this_order(cursor):
            return []
        order = self.search.order
        branches = self.branches(self.rows())
        if order == "match":
            parts = product((True, False), branches)
            branches = [branch.filter(is_own=is_own) for is_own, branch in parts]
        if cursor is not None:
            behind = self._behind(cursor, is_backwards=is_backwards)
            branches = [branch.filter(behind) for branch in branches]
        names = ("-sort_key", "-npi") if is_backwards else ("sort_key", "npi")
        cuts = [branch.order_by(*names)[: PAGE_SIZE + 1] for branch in branches]
        text, parameters = self._joined(
            cuts, Spot._fields, cursor, is_backwards=is_backwards
        )
        order_by = ", ".join(ORDERS[order][is_backwards])
        return [
            Spot(*row[: len(Spot._fields)])
            for row in fetch(
                f"SELECT * FROM ({text}) AS walk ORDER BY {order_by}"
                f" LIMIT {PAGE_SIZE + 1}",
                parameters,
            )
        ]

    def _joined(
        self,
        branches: Iterable[ListingQuerySet],
        columns: Iterable[str],
        cursor: Cursor | None = None,
        *,
        is_backwards: bool = False,
    ) -> Sql:
        """Return one query of all branches; for a circle, of all its ZIP codes."""
        compiled = [compiled_query(branch.values_list(*columns)) for branch in branches]
        if self.circle is None:
            text = " UNION ALL ".join(f"({text})" for text, _ in compiled)
            return text, [one for _, found in compiled for one in found]
        [(text, parameters)] = compiled
        ranks = range(len(self.circle.zip_codes))
        if cursor is not None and self.search.order == "distance":
            rank = self.circle.ranks[cursor.bucket]
            ranks = range(rank + 1) if is_backwards else range(rank, len(ranks))
        zip_codes = [self.circle.zip_codes[rank] for rank in ranks]
        return (
            AROUND.format("DESC" if is_backwards else "", text),
            [zip_codes, list(ranks), *parameters],
        )

    def _behind(self, cursor: Cursor, *, is_backwards: bool) -> Any:
        """Return the condition for what comes behind a cursor, or before it."""
        name = behind_name(cursor, is_backwards=is_backwards)
        if self.search.order == "match":
            # own people come first, whoever is of a lower rung behind all of them
            is_own = cursor.bucket == OWN
            behind = Q(is_own=is_own) & name
            return behind if is_own == is_backwards else behind | Q(is_own=not is_own)
        if self.search.order == "distance" and self.circle is not None:
            sign = "<" if is_backwards else ">"
            return RawSQL(
                f"(near.rank, sort_key, npi) {sign} (%s, %s, %s)",
                [self.circle.ranks[cursor.bucket], cursor.sort_key, cursor.npi],
                output_field=BooleanField(),
            )
        return name

    # Numbers --------------------------------------------------------------------

    def count_sql(self) -> Sql:
        """Return a query of how many fit, at most COUNTED, and if one is made up."""
        text, parameters = self._joined(self._cuts(COUNTED), ["is_demo"])
        return COUNT.format(text), parameters

    def _cuts(self, number: int) -> list[ListingQuerySet]:
        """Return the first of each branch.

        In the order of an index: without one the planner would rather read the table
        until it has met so many.
        """
        branches = self.branches(self.rows())
        return [branch.order_by("sort_key", "npi")[:number] for branch in branches]

    def anybody_sql(self) -> Sql:
        """Return a query of one of those who fit."""
        if self.circle is None:
            return self._joined(self._cuts(1), ["npi"])
        rows = self.rows().beginning(*beginnings_of(self.search.name))
        rows = rows.filter(zip_code=NEAR, first_in_zip=True)
        rows = rows.order_by("sort_key", "npi")[:1]
        text, parameters = self._joined([rows], ["npi"])
        return f"{text} LIMIT 1", parameters

    def somebody_sql(self) -> Sql:
        """Return a query of the first COUNTED of those who fit, once each."""
        text, parameters = self._joined(self._cuts(COUNTED), SOMEBODY)
        return f"SELECT * FROM ({text}) AS walk LIMIT {COUNTED}", parameters

    def left_out_sql(self) -> Sql | None:
        """Return a query of how many are left out, in all and on each level.

        It has the columns of PART. They are counted from their side: the index of ties
        leads to each of them.
        """
        if self.apart is None or not self.apart.known_levels:
            return None
        levels = self.apart.ties(self.search.specialization)
        ties = [tie for level in levels.values() for tie in level]
        rows = self.in_area(self.rows_before_leaving_out().tied_to(*ties))
        if self.circle is not None:
            rows = rows.order_by("practitioner_id").distinct("practitioner_id")
        else:
            rows = rows.order_by("sort_key", "npi")
        text, parameters = compiled_query(rows.values_list("ties")[:COUNTED])
        each = [("", ties), *levels.items()]
        values = ", ".join(["(%s::text, %s::bigint[])"] * len(each))
        known = [value for pair in each for value in pair]
        return LEFT_OUT.format(text, values), [*parameters, *known]

    def numbers(self) -> "Numbers":
        """Return how many fit and who is left out: one query."""
        numbers = Numbers()
        left_out = self.left_out_sql()
        parts = [(TOTAL, []), *([left_out] if left_out else [])]
        for kind, key, _, _, number in fetch_parts(self.somebody_sql(), parts):
            numbers.add(kind, key, number)
        return numbers


@dataclass
class Numbers:
    """How many fit, at most COUNTED, if one is made up, and how many are left out."""

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


# What is kept of the first people who fit; the names of columns.
SOMEBODY = (
    "practitioner_id",
    "ties",
    "is_demo",
    "is_physician",
    "has_telehealth",
    "is_at_teaching_hospital",
)
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
COUNT = f"""
    SELECT count(*) AS number, coalesce(bool_or(is_demo), false) AS has_demo
    FROM (SELECT * FROM ({{}}) AS walk LIMIT {COUNTED}) AS found
"""
# "near" is the ZIP codes around; the walk of each is cut after a page, and the join
# ends with the page: far ZIP codes are not looked at where near ones have enough.
AROUND = """
    SELECT walk.*, near.rank
    FROM (SELECT zip_code, rank FROM unnest(%s::text[], %s::int[]) AS z (zip_code, rank)
          ORDER BY rank {}) AS near
    CROSS JOIN LATERAL ({}) AS walk
"""


NEAR = RawSQL("near.zip_code", [], output_field=CharField())


def _around(rows: ListingQuerySet, circle: Circle) -> ListingQuerySet:
    """Return the rows of the ZIP code ``near``, each person at the nearest address."""
    near = RawSQL("near.rank", [], output_field=IntegerField())
    rank = Func(
        Value(circle.ranks, output_field=JSONField()),
        F("zip_code"),
        arg_joiner=" ->> ",
        template="(%(expressions)s)::int",
        output_field=IntegerField(),
    )
    nearer = Listing.objects.listed().filter(
        practitioner=OuterRef("practitioner_id"),
        specialization=OuterRef("specialization_id"),
        first_in_zip=True,
    )
    nearer = nearer.annotate(rank=rank).filter(rank__lt=near)
    return rows.filter(~Exists(nearer), zip_code=NEAR, first_in_zip=True)


def compiled_query(queryset: QuerySet[Any, Any]) -> Sql:
    """Return a queryset as text and parameters."""
    text, parameters = queryset.query.get_compiler(connection=connection).as_sql()
    return str(text), parameters


def fetch_parts(somebody: Sql, parts: Iterable[Sql]) -> list[tuple[Any, ...]]:
    """Run queries with the same columns as one; ``somebody`` is a table to them all."""
    text, parameters = somebody
    listed = list(parts)
    union = " UNION ALL ".join(f"({part})" for part, _ in listed)
    return fetch(
        f"WITH somebody AS MATERIALIZED ({text}) SELECT * FROM ({union}) AS part",
        [*parameters, *(one for _, found in listed for one in found)],
    )


def fetch(text: str, parameters: Sequence[Any]) -> list[tuple[Any, ...]]:
    """Run one query and return its rows."""
    with connection.cursor() as cursor:
        cursor.execute(text, parameters)
        return list(cursor.fetchall())
