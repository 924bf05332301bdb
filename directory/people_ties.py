"""Where people practice and at which hospitals: two statements and few objects.

A list shows twenty people with some fifty addresses. ``select_related`` would make new
objects of the same group, system and release for each of these, and read columns that
no list shows. Here each row of a table becomes one object.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Model

from directory.models import (
    Affiliation,
    Location,
    Organization,
    Place,
    Practice,
    Practitioner,
    SourceRelease,
)
from directory.rows import fetch

type Known = dict[tuple[type[Model], int], Any]


@dataclass(frozen=True)
class Part:
    """Columns of a joined table, in the order of the model's fields."""

    alias: str
    model: type[Model]
    names: tuple[str, ...]

    def read(self, values: Sequence[Any], known: Known) -> Any:
        """Return the object of these columns, or None where the join found nothing."""
        if values[0] is None:
            return None
        key = (self.model, values[0])
        if key not in known:
            known[key] = self.model.from_db("default", self.names, values)
        return known[key]


ORGANIZATION = (
    *("id", "kind", "name", "ccn", "pac_id", "system_id", "rating", "rating_note"),
    *("last_release_id", "retired_at"),
)
RELEASE = ("id", "dataset", "version", "is_demo")
SHARED = (
    Part("organization", Organization, ORGANIZATION),
    Part("system", Organization, ORGANIZATION),
    Part("system_release", SourceRelease, RELEASE),
    Part("release", SourceRelease, RELEASE),
)
PRACTICE = (
    Part(
        "practice",
        Practice,
        (
            *("id", "practitioner_id", "location_id", "organization_id", "phone"),
            "release_id",
        ),
    ),
    Part(
        "location",
        Location,
        (
            *("id", "place_id", "line_1", "line_2", "zip_code"),
            *("latitude", "longitude"),
        ),
    ),
    Part("place", Place, ("id", "name", "state", "slug")),
    *SHARED,
)
AFFILIATION = (
    Part(
        "affiliation",
        Affiliation,
        ("id", "practitioner_id", "organization_id", "release_id"),
    ),
    *SHARED,
)
JOINS = """
    LEFT JOIN directory_organization AS system ON system.id = organization.system_id
    LEFT JOIN directory_sourcerelease AS system_release
      ON system_release.id = system.last_release_id
    LEFT JOIN directory_sourcerelease AS release ON release.id = {0}.release_id
    WHERE {0}.practitioner_id = ANY(%s::bigint[])
"""
PRACTICES = f"""
    FROM directory_practice AS practice
    JOIN directory_location AS location ON location.id = practice.location_id
    JOIN directory_place AS place ON place.id = location.place_id
    LEFT JOIN directory_organization AS organization
      ON organization.id = practice.organization_id
    {JOINS.format("practice")}
    ORDER BY practice.practitioner_id, practice.location_id, practice.id
"""
AFFILIATIONS = f"""
    FROM directory_affiliation AS affiliation
    JOIN directory_organization AS organization
      ON organization.id = affiliation.organization_id
    {JOINS.format("affiliation")} AND organization.kind = 'hospital'
    ORDER BY affiliation.practitioner_id, affiliation.organization_id, affiliation.id
"""


def bring_ties(found: Iterable[Practitioner]) -> list[Practitioner]:
    """Return these people with ``listed_practices`` and ``listed_affiliations``.

    Two queries, or none for nobody. Home health agencies, nursing homes and the like
    are left out.
    """
    people = list(found)
    by_key = {one.pk: one for one in people}
    for one in people:
        one.listed_practices, one.listed_affiliations = [], []
    if not people:
        return people
    known: Known = {}
    for practice, location, place, *shared in _read(PRACTICE, PRACTICES, by_key, known):
        location.place = place
        practice.location = location
        by_key[practice.practitioner_id].listed_practices.append(practice)
        _relate(practice, *shared)
    for affiliation, *shared in _read(AFFILIATION, AFFILIATIONS, by_key, known):
        by_key[affiliation.practitioner_id].listed_affiliations.append(affiliation)
        _relate(affiliation, *shared)
    return people


def _relate(
    link: Practice | Affiliation,
    organization: Organization,
    system: Organization | None,
    system_release: SourceRelease | None,
    release: SourceRelease,
) -> None:
    link.organization = organization
    link.release = release
    if organization is not None:
        organization.system = system
    if system is not None:
        system.last_release = system_release


def _read(
    parts: Sequence[Part], tables: str, keys: Iterable[int], known: Known
) -> Iterator[list[Any]]:
    """Yield the objects of each row."""
    columns = ", ".join(f"{one.alias}.{name}" for one in parts for name in one.names)
    for row in fetch(f"SELECT {columns} {tables}", [list(keys)]):
        values = iter(row)
        yield [one.read([next(values) for _ in one.names], known) for one in parts]
