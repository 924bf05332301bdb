"""Places and locations of the staged hospitals; those of doctors are in sites.py."""

from directory.imports import staging
from directory.sql import execute


def merge_places() -> None:
    """Merge the cities of the hospitals; each lies amid its addresses."""
    staging.upsert(
        "directory_place",
        """
        SELECT state, city_slug, min(city), min(city_sort_key),
               round(avg(latitude)::numeric, 6)::float8,
               round(avg(longitude)::numeric, 6)::float8
        FROM staged_hospital GROUP BY state, city_slug
        """,
        keys=["state", "slug"],
        columns=["name", "sort_key", "latitude", "longitude"],
    )


def merge_locations() -> None:
    """Merge the addresses of the hospitals, whose cities are there."""
    staging.upsert(
        "directory_location",
        """
        SELECT DISTINCT ON (place.id, zip_code, line_1)
               place.id, zip_code, line_1, '', building_line, staged.latitude,
               staged.longitude
        FROM staged_hospital AS staged
        JOIN directory_place AS place
          ON place.state = staged.state AND place.slug = staged.city_slug
        ORDER BY place.id, zip_code, line_1
        """,
        keys=["place_id", "zip_code", "line_1", "line_2"],
        columns=["building_line", "latitude", "longitude"],
    )


def delete_unused_locations() -> None:
    """Delete addresses where nobody is or was."""
    execute(
        """
        DELETE FROM directory_location AS location
        WHERE NOT EXISTS (SELECT FROM directory_practice AS practice
                          WHERE practice.location_id = location.id)
          AND NOT EXISTS (SELECT FROM directory_organization AS organization
                          WHERE organization.location_id = location.id)
          AND NOT EXISTS (SELECT FROM directory_formerpractice AS practice
                          WHERE practice.location_id = location.id)
          AND NOT EXISTS (SELECT FROM directory_correction AS correction
                          WHERE correction.location_id = location.id)
        """
    )
