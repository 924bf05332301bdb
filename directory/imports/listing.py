"""Listing: the finder's table, made whole from the others after every import."""

from functools import partial

from django.db import transaction

from directory.finder.ties import BUILDING_TIE, SHIFT
from directory.imports import shadow, staging
from directory.imports.sessions import side_by_side
from directory.sql import execute, fetch_row

TABLE = "directory_listing"
HIGHEST = 2**62  # no primary key comes near
OF_PEOPLE = "practitioner_id BETWEEN %(first)s AND %(last)s"
MIDDLE = """
    SELECT coalesce(percentile_disc(0.5) WITHIN GROUP (ORDER BY practitioner_id), 0)
    FROM directory_practice TABLESAMPLE SYSTEM (20)
"""

# One statement: who is listed, under what, where, and tied to whom.
SELECT = f"""
    WITH does AS (
        SELECT practitioner_id, specialization_id, bool_or(is_own) AS is_own
        FROM (
            SELECT does.practitioner_id, does.specialization_id, true AS is_own
            FROM directory_practitionerspecialization AS does
            WHERE {OF_PEOPLE}
            UNION ALL
            SELECT does.practitioner_id, own.parent_id, false
            FROM directory_practitionerspecialization AS does
            JOIN directory_specialization AS own ON own.id = does.specialization_id
            WHERE own.level = 'sub-specialization' AND {OF_PEOPLE}
        ) AS every_rung
        GROUP BY practitioner_id, specialization_id
    ), physician AS (
        SELECT DISTINCT does.practitioner_id
        FROM directory_practitionerspecialization AS does
        JOIN directory_specialization AS own ON own.id = does.specialization_id
        WHERE own.profession = 'physician' AND {OF_PEOPLE}
    ), address AS (
        SELECT location.id, location.place_id, location.zip_code, place.state,
               {BUILDING_TIE} AS building
        FROM directory_location AS location
        JOIN directory_place AS place ON place.id = location.place_id
        OFFSET 0 -- buildings are numbered once for all who work there
    ), site AS (
        SELECT practice.practitioner_id, practice.organization_id,
               organization.system_id, address.building, address.state,
               address.place_id, address.zip_code
        FROM directory_practice AS practice
        JOIN address ON address.id = practice.location_id
        LEFT JOIN directory_organization AS organization
          ON organization.id = practice.organization_id
        WHERE {OF_PEOPLE}
    ), spot AS (
        SELECT practitioner_id, state, place_id, zip_code,
               row_number() OVER whole AS number,
               state IS DISTINCT FROM lag(state) OVER whole AS first_in_state,
               place_id IS DISTINCT FROM lag(place_id) OVER whole AS first_in_place,
               row_number() OVER (
                   PARTITION BY practitioner_id, zip_code ORDER BY state, place_id
               ) = 1 AS first_in_zip
        FROM (SELECT DISTINCT practitioner_id, state, place_id, zip_code FROM site) AS s
        WINDOW whole AS (
            PARTITION BY practitioner_id ORDER BY state, place_id, zip_code
        )
    ), tie AS (
        SELECT practitioner_id, building AS key, NULL::boolean AS is_teaching FROM site
        UNION ALL SELECT practitioner_id, organization_id, NULL FROM site
        UNION ALL SELECT practitioner_id, system_id, NULL FROM site
        UNION ALL
        SELECT affiliation.practitioner_id,
               unnest(ARRAY[affiliation.organization_id, organization.system_id]),
               organization.is_teaching
        FROM directory_affiliation AS affiliation
        JOIN directory_organization AS organization
          ON organization.id = affiliation.organization_id
        WHERE organization.kind = 'hospital' AND {OF_PEOPLE}
    ), tied AS (
        SELECT practitioner_id, specialization_id,
               array_agg(DISTINCT
                   CASE WHEN key < 0 THEN key
                        ELSE (specialization_id << {SHIFT}) + key END) AS ties,
               bool_or(is_teaching) AS is_teaching
        FROM does JOIN tie USING (practitioner_id)
        WHERE key IS NOT NULL
        GROUP BY practitioner_id, specialization_id
    ), listed AS (
        SELECT practitioner.id, does.specialization_id, practitioner.sort_key,
               practitioner.npi, does.is_own, practitioner.is_demo,
               physician.practitioner_id IS NOT NULL AS is_physician,
               practitioner.has_telehealth, tied.is_teaching,
               coalesce(tied.ties, '{{}}') AS ties,
               CASE WHEN practitioner.last_name ~ '[^[:alpha:]]'
                    THEN directory_other_names(practitioner.last_name,
                                               does.specialization_id || ' ')
                    END AS other_names
        FROM directory_practitioner AS practitioner
        JOIN does ON does.practitioner_id = practitioner.id
        LEFT JOIN physician ON physician.practitioner_id = practitioner.id
        LEFT JOIN tied ON tied.practitioner_id = does.practitioner_id
          AND tied.specialization_id = does.specialization_id
        WHERE practitioner.retired_at IS NULL
        OFFSET 0 -- names are read once for all places of somebody
    )
    SELECT listed.id, specialization_id, coalesce(number, 1), place_id,
           coalesce(state, ''), coalesce(zip_code, ''), sort_key, npi, is_own, is_demo,
           is_physician, has_telehealth, is_teaching, coalesce(number, 1) = 1,
           coalesce(first_in_state, false), coalesce(first_in_place, false),
           coalesce(first_in_zip AND zip_code <> '', false), ties,
           other_names
    FROM listed LEFT JOIN spot ON spot.practitioner_id = listed.id
    -- so that a page's rows lie together; one text is sorted faster than three columns
    ORDER BY (specialization_id || ' ' || sort_key) COLLATE "C"
"""  # noqa: S608 (numbers and expressions of ours)
COLUMNS = """
    practitioner_id, specialization_id, number, place_id, state, zip_code, sort_key,
    npi, is_own, is_demo, is_physician, has_telehealth, is_at_teaching_hospital,
    first_in_country, first_in_state, first_in_place, first_in_zip, ties,
    other_names
"""


def rebuild_listing() -> int:
    """Make the table anew in place; return its rows.

    Readers see the old rows until the new ones are whole.
    """
    with transaction.atomic():
        execute("DELETE FROM directory_listing")
        rows = fill_listing()
        staging.analyze("directory_listing")
    return rows


def fill_listing(first: int = 0, last: int = HIGHEST) -> int:
    """Insert every row into an empty table; return how many.

    ``first`` and ``last`` are primary keys of the people who are listed: half of them
    can be listed beside the other half. No table is named with its schema: the search
    path decides whether that is the live one, or a shadow filled from other shadows.
    """
    return execute(
        f"INSERT INTO directory_listing ({COLUMNS}) {SELECT}",
        {"first": first, "last": last},
    )


def prepare_listing() -> None:
    """Fill a listing of people as they will be, beside the live one."""
    shadow.create(TABLE)
    with shadow.ahead():
        (middle,) = fetch_row(MIDDLE)
    side_by_side(
        partial(fill_ahead, 0, middle), partial(fill_ahead, middle + 1, HIGHEST)
    )


def fill_ahead(first: int, last: int) -> None:
    """Insert the rows of some people as they will be."""
    with shadow.ahead():
        fill_listing(first, last)
