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

# Each counts who is listed there for the first time: (state, place, who is first).
AREAS = (
    ("''", "NULL::bigint", "first_in_country"),
    ("state", "NULL::bigint", "first_in_state"),
    ("state", "place_id", "first_in_place"),
)
OF_AREA = """
    SELECT specialization_id, {state}, {place}, count(*),
           count(*) FILTER (WHERE is_physician),
           count(*) FILTER (WHERE has_telehealth),
           count(*) FILTER (WHERE is_at_teaching_hospital), bool_or(is_demo)
    FROM directory_listing WHERE {is_first} GROUP BY 1, 2, 3
"""
REBUILD = f"INSERT INTO directory_practitionercount ({COLUMNS})" + "UNION ALL".join(
    OF_AREA.format(state=state, place=place, is_first=is_first)
    for state, place, is_first in AREAS
)


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
