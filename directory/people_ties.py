"""Where people practice and at which hospitals: one statement and few objects.

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
from directory.models.organization import TWINS
from directory.sql import fetch_prepared, object_of

type Known = dict[tuple[str, int], Any]  # (alias, primary key) -> object


@dataclass(frozen=True)
class Part:
    """Columns of a joined table, in the order of the model's fields.

    ``holds`` is the foreign key whose object is the part before it, if there is one.
    """

    alias: str
    model: type[Model]
    names: tuple[str, ...]
    start: int  # where they begin in a row
    holds: str

    def read(self, row: Sequence[Any], known: Known, before: Any) -> Any:
        """Return the object of these columns, or None where the join found nothing."""
        pk = row[self.start]
        if pk is None:
            return None
        key = (self.alias, pk)
        if key not in known:
            values = row[self.start : self.start + len(self.names)]
            held = {self.holds: before} if self.holds else {}
            known[key] = object_of(self.model, self.names, values, **held)
        return known[key]


def in_a_row(
    first: int, *joined: tuple[str, type[Model], tuple[str, ...], str]
) -> Iterator[Part]:
    """Yield each joined table as a part of a row; ``first`` is where they begin."""
    for alias, model, names, holds in joined:
        yield Part(alias, model, names, first, holds)
        first += len(names)


ORGANIZATION = (
    *("id", "kind", "name", "ccn", "pac_id", "system_id", "rating", "rating_note"),
    *("is_stub", "last_release_id", "retired_at"),
)
RELEASE = ("id", "dataset", "version", "is_demo")
PRACTICE = (
    *("id", "practitioner_id", "location_id", "organization_id", "phone"),
    "release_id",
)
AFFILIATION = ("id", "practitioner_id", "organization_id", "release_id")
LOCATION = (
    *("id", "place_id", "line_1", "line_2", "building_line", "zip_code"),
    *("latitude", "longitude"),
)
PARTS = tuple(
    in_a_row(
        len(PRACTICE),
        ("place", Place, ("id", "name", "state", "slug"), ""),
        ("location", Location, LOCATION, "place"),
        ("system_release", SourceRelease, RELEASE, ""),
        ("system", Organization, ORGANIZATION, "last_release"),
        ("organization", Organization, ORGANIZATION, "system"),
        ("release", SourceRelease, RELEASE, ""),
    )
)
COLUMNS = ", ".join(f"{one.alias}.{name}" for one in PARTS for name in one.names)
# Where somebody practises; a hospital that a file links them to; and one that has the
# building of an address of theirs. The address of a hospital's row is the hospital's.
LINKS = f"""
    SELECT {", ".join(f"link.{name}" for name in PRACTICE)}, {COLUMNS},
           CASE WHEN link.kind <> 'practice'
                THEN {TWINS.format(hospital="organization")} END,
           link.kind
    FROM (
        SELECT {", ".join(PRACTICE)}, 'practice' AS kind FROM directory_practice
        WHERE practitioner_id = ANY(%(people)s::bigint[])
        UNION ALL
        SELECT id, practitioner_id, NULL, organization_id, NULL, release_id, 'link'
        FROM directory_affiliation WHERE practitioner_id = ANY(%(people)s::bigint[])
        UNION ALL
        SELECT practice.id, practitioner_id, NULL, hospital.id, NULL, release_id,
               'address'
        FROM directory_practice AS practice
        JOIN directory_location AS location ON location.id = practice.location_id
        JOIN directory_location AS there
          ON there.place_id = location.place_id AND there.zip_code = location.zip_code
          AND there.building_line = location.building_line AND there.building_line <> ''
        JOIN directory_organization AS hospital
          ON hospital.location_id = there.id AND hospital.kind = 'hospital'
        WHERE practitioner_id = ANY(%(people)s::bigint[])
    ) AS link
    LEFT JOIN directory_organization AS organization
      ON organization.id = link.organization_id
    LEFT JOIN directory_location AS location
      ON location.id = coalesce(link.location_id, organization.location_id)
    LEFT JOIN directory_place AS place ON place.id = location.place_id
    LEFT JOIN directory_organization AS system ON system.id = organization.system_id
    LEFT JOIN directory_sourcerelease AS system_release
      ON system_release.id = system.last_release_id
    LEFT JOIN directory_sourcerelease AS release ON release.id = link.release_id
    WHERE link.kind = 'practice' OR organization.kind = 'hospital'
"""  # noqa: S608 (names of ours)


def bring_ties(found: Iterable[Practitioner]) -> list[Practitioner]:
    """Return these people with where they practise and the hospitals of theirs.

    ``listed_practices`` and ``listed_affiliations`` are as the files have them,
    ``hospitals_by_address`` those that have the building of a practice, with the
    release of that practice. One query, or none for nobody. Home health agencies,
    nursing homes and the like are left out.
    """
    people = list(found)
    by_key = {one.pk: one for one in people}
    for one in people:
        one.listed_practices, one.listed_affiliations = [], []
        one.hospitals_by_address = []
    if people:
        for kind, link in _links(list(by_key)):
            of_one = by_key[link.practitioner_id]
            if kind == "practice":
                of_one.listed_practices.append(link)
            elif kind == "link":
                of_one.listed_affiliations.append(link)
            else:
                hospital = link.organization, link.release
                of_one.hospitals_by_address.append(hospital)
    return people


def _links(people: list[int]) -> Iterator[tuple[str, Any]]:
    """Yield where these people practise, by address, and their hospitals.

    A pair is one of the kinds of LINKS, and a Practice or an Affiliation.
    """
    known: Known = {}
    for row in sorted(
        fetch_prepared(LINKS, {"people": people}), key=_address_then_organization
    ):
        objects: list[Any] = [None]
        for part in PARTS:
            objects.append(part.read(row, known, objects[-1]))
        _, _, location, _, _, organization, release = objects
        *_, twins, kind = row
        held = {"organization": organization, "release": release}
        if kind == "practice":
            values = row[: len(PRACTICE)]
            link: Any = object_of(Practice, PRACTICE, values, location=location, **held)
        else:
            link = _affiliation(row, **held)
            organization.location = location
            organization.twins = twins
        yield kind, link


def _address_then_organization(row: Sequence[Any]) -> tuple[int, int]:
    key, _, location, organization, *_ = row
    return location or organization, key


def _affiliation(row: Sequence[Any], **held: Model | None) -> Affiliation:
    pk, practitioner, _, organization, _, release, *_ = row
    values = (pk, practitioner, organization, release)
    return object_of(Affiliation, AFFILIATION, values, **held)
