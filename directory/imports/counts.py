"""PractitionerCount: what lists, indexes and facets show without counting."""

from django.db import transaction

from directory.imports import shadow, staging
from directory.imports.listing import rebuild_listing
from directory.imports.zip_codes import estimate_zip_codes
from directory.sql import execute

TABLE = "directory_practitionercount"
COLUMNS = """
    specialization_id, state, place_id, practitioners, physicians, with_telehealth,
    at_teaching_hospital, includes_demo
"""

REBUILD = f"""
    INSERT INTO directory_practitionercount ({COLUMNS})
    SELECT specialization_id, state, place_id, count(*),
           count(*) FILTER (WHERE is_physician),
           count(*) FILTER (WHERE has_telehealth),
           count(*) FILTER (WHERE is_at_teaching_hospital), bool_or(is_demo)
    FROM (
        SELECT specialization_id, area.state, area.place_id, is_physician,
               has_telehealth, is_at_teaching_hospital, is_demo
        FROM directory_listing AS listing
        CROSS JOIN LATERAL (
            VALUES ('', NULL, first_in_country),
                   (listing.state, NULL, first_in_state),
                   (listing.state, listing.place_id, first_in_place)
        ) AS area (state, place_id, is_first)
        WHERE area.is_first
    ) AS counted
    GROUP BY specialization_id, state, place_id
"""  # noqa: S608 (names of our own)


def rebuild_counts() -> None:
    """Make the listing and its counts by specialization, state and city.

    A sub-specialization's people count for its specialization too, a family has no
    count. Readers see the old numbers until the new ones are whole.
    """
    with transaction.atomic():
        estimate_zip_codes()
        rebuild_listing()
        fill_counts()


def fill_counts() -> None:
    """Count the listing anew."""
    with transaction.atomic():
        execute("DELETE FROM directory_practitionercount")
        execute(REBUILD)
        staging.analyze("directory_practitionercount")


def prepare_counts() -> None:
    """Fill the counts of people as they will be, beside the live ones."""
    shadow.create(TABLE)
    with shadow.ahead():
        execute(REBUILD)
    shadow.finish(TABLE)
