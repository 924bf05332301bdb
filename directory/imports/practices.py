"""New tables of practices and specializations beside the live ones.

Rows of people whom the file does not name (demonstration, other sources, retired ones)
are carried over as they are.
"""

import csv

from directory.data_files import ALIASES
from directory.imports import corrections, former, shadow
from directory.imports.doctors import IS_RIGHT
from directory.imports.staging import analyze, copy_rows
from directory.models import (
    SpecializationCode,
    UnmappedPractitioner,
    UnmappedSpecialty,
)
from directory.sql import execute, fetch_row, fetch_rows

PRACTICE = "directory_practice"
SPECIALIZATION = "directory_practitionerspecialization"

PRACTICES = rf"""
    INSERT INTO directory_next.directory_practice
        (id, practitioner_id, location_id, organization_id, phone, release_id,
         first_release_id)
    SELECT row_number() OVER (), practitioner_id, location_id, organization_id,
           CASE WHEN length(phone) = 10 AND phone !~ '[^0-9]'
               THEN '(' || left(phone, 3) || ') ' || substr(phone, 4, 3) || '-'
                   || right(phone, 4)
               ELSE left(coalesce(phone, ''), 20) END,
           %(release)s, coalesce(first_release_id, %(release)s)
    FROM (
        SELECT DISTINCT ON (person.id, site.location_id, practice_group.id)
               person.id AS practitioner_id, site.location_id,
               practice_group.id AS organization_id, row.phone, known.first_release_id
        FROM directory_next.doctor_row AS row
        JOIN directory_next.practitioner AS person ON person.npi = row.npi
        JOIN directory_next.site ON site.address = row.address
        LEFT JOIN (
            directory_next.group_row
            JOIN directory_next.practice_group USING (pac_id)
        ) ON group_row.published = row.pac_id
        LEFT JOIN {former.PRACTICES.known} AS known
          ON known.practitioner_id = person.id
          AND known.location_id = site.location_id
          AND known.organization_id IS NOT DISTINCT FROM practice_group.id
        WHERE row.reason IS NULL
        ORDER BY person.id, site.location_id, practice_group.id, row.phone
    ) AS practice
"""  # noqa: S608 (parts of our own)
# As many as PRACTICES makes, before the addresses are stored.
COUNT = """
    SELECT count(*) FROM (
        SELECT DISTINCT row.npi, address.state, address.city_slug, address.zip_code,
               address.line_1, address.line_2, practice_group.id
        FROM directory_next.doctor_row AS row
        JOIN directory_next.address ON address.address = row.address
        LEFT JOIN (
            directory_next.group_row
            JOIN directory_next.practice_group USING (pac_id)
        ) ON group_row.published = row.pac_id
        WHERE row.reason IS NULL
    ) AS practice
"""
KEPT = (
    "practitioner_id, location_id, organization_id, phone, release_id, first_release_id"
)
CARRY_OVER = """
    INSERT INTO directory_next.{table} ({columns})
    SELECT {columns} FROM {table} AS live
    WHERE NOT EXISTS (SELECT FROM directory_next.{people} AS person
                      WHERE person.id = live.practitioner_id)
"""
SPECIALTIES = """
    CREATE UNLOGGED TABLE directory_next.specialty
        (published text, specialization_id bigint)
"""
NAMED = f"""
    SELECT npi, specialty, bool_or(is_primary) AS is_primary FROM (
        SELECT npi, specialty, true AS is_primary
        FROM directory_next.doctor_file
        WHERE specialty IS NOT NULL
          AND {IS_RIGHT}
        UNION ALL
        SELECT npi, secondary, false
        FROM directory_next.doctor_file
        CROSS JOIN LATERAL (VALUES (secondary_1), (secondary_2), (secondary_3),
                                   (secondary_4)) AS further (secondary)
        WHERE coalesce(secondary_1, secondary_2, secondary_3, secondary_4) IS NOT NULL
          AND secondary IS NOT NULL
          AND {IS_RIGHT}
    ) AS named
    GROUP BY npi, specialty
"""  # noqa: S608 (parts of our own)
SPECIALIZATIONS = """
    INSERT INTO directory_next.directory_practitionerspecialization
        (id, practitioner_id, specialization_id, is_primary)
    SELECT row_number() OVER (), practitioner_id, specialization_id, is_primary
    FROM (
        SELECT person.id AS practitioner_id, specialty.specialization_id,
               bool_or(named.is_primary) AS is_primary
        FROM directory_next.named_specialty AS named
        JOIN directory_next.specialty ON specialty.published = named.specialty
        JOIN directory_next.practitioner AS person USING (npi)
        GROUP BY 1, 2 ORDER BY 1, 2
    ) AS does
"""
KEEP_UNMAPPED = """
    INSERT INTO directory_unmappedspecialty (published, clinicians)
    SELECT DISTINCT left(named.specialty, 120), 0
    FROM directory_next.named_specialty AS named
    WHERE NOT EXISTS (SELECT FROM directory_next.specialty
                      WHERE specialty.published = named.specialty)
    ON CONFLICT (published) DO NOTHING
"""
KEEP_PEOPLE = """
    INSERT INTO directory_unmappedpractitioner
        (practitioner_id, specialty_id, is_primary)
    SELECT person.id, unmapped.id, bool_or(named.is_primary)
    FROM directory_next.named_specialty AS named
    JOIN directory_unmappedspecialty AS unmapped
      ON unmapped.published = left(named.specialty, 120)
    JOIN directory_next.practitioner AS person USING (npi)
    WHERE NOT EXISTS (SELECT FROM directory_next.specialty
                      WHERE specialty.published = named.specialty)
    GROUP BY 1, 2
"""
COUNT_PEOPLE = """
    UPDATE directory_unmappedspecialty AS unmapped SET clinicians =
        (SELECT count(*) FROM directory_unmappedpractitioner AS person
         WHERE person.specialty_id = unmapped.id)
"""
UNMAPPED = """
    SELECT named.specialty, count(*) FROM directory_next.named_specialty AS named
    WHERE NOT EXISTS (SELECT FROM directory_next.specialty
                      WHERE specialty.published = named.specialty)
    GROUP BY named.specialty ORDER BY 2 DESC, 1
"""
SHARES = """
    SELECT specialty,
           count(*)::float8 / (SELECT count(*) FROM directory_next.person_row)
    FROM directory_next.named_specialty WHERE is_primary GROUP BY specialty
"""


def count() -> int:
    """Return how many practices the file names: a dry run builds none."""
    (practices,) = fetch_row(COUNT)
    return int(practices)


def build(release: int) -> dict[str, int]:
    """Make the shadow of practices, without indexes; return what came of the file's."""
    shadow.create(PRACTICE)
    practices = execute(PRACTICES, {"release": release})
    gone = former.find_gone(former.PRACTICES, "practitioner")
    hidden = corrections.lay_over_practices()
    former.find_back(former.PRACTICES)
    carry_over(PRACTICE, KEPT)
    shadow.settle(PRACTICE)
    return {
        "practices": practices,
        "practices no longer named": gone,
        "practices hidden by a correction": hidden,
    }


def build_specializations() -> int:
    """Make the shadow of what clinicians do; return how much the file names."""
    shadow.create(SPECIALIZATION)
    specializations = execute(SPECIALIZATIONS)
    carry_over(SPECIALIZATION, "practitioner_id, specialization_id, is_primary")
    shadow.finish(SPECIALIZATION)
    return specializations


def carry_over(table: str, columns: str, people: str = "practitioner") -> int:
    """Copy the live rows of people who are not in a staged table of people."""
    shadow.continue_ids(table)
    return execute(CARRY_OVER.format(table=table, columns=columns, people=people))


def read_specialties(system: str) -> list[tuple[str, int]]:
    """Find what each clinician does; return the strings that mean nothing to us.

    They come with the number of clinicians who have them.
    """
    execute(SPECIALTIES)
    copy_rows(
        "directory_next.specialty",
        ["published", "specialization_id"],
        known_specialties(system).items(),
    )
    shadow.stage("named_specialty", NAMED)
    analyze("directory_next.named_specialty", "directory_next.specialty")
    return [(text, count) for text, count in fetch_rows(UNMAPPED)]


def known_specialties(system: str) -> dict[str, int]:
    """Return each string that CMS uses or used -> primary key of what it means."""
    codes = SpecializationCode.objects.filter(system=system)
    known = dict(codes.values_list("code", "specialization_id"))
    with ALIASES.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["current"] in known:
                known.setdefault(row["seen"], known[row["current"]])
    return known


def keep_unmapped(*, is_demo: bool) -> None:
    """List what is not mapped for the directory manager, in the swap's transaction.

    Made-up people and real ones come by different files: each leaves the other alone.
    """
    UnmappedPractitioner.objects.filter(practitioner__is_demo=is_demo).delete()
    UnmappedSpecialty.objects.filter(practitioners=None).delete()
    execute(KEEP_UNMAPPED)
    execute(KEEP_PEOPLE)
    execute(COUNT_PEOPLE)


def shares() -> dict[str, float]:
    """Return each primary specialty -> the share of clinicians who have it."""
    return dict(fetch_rows(SHARES))
