"""Places and locations out of a staged table that names city and street."""

from directory.imports import staging


def merge_places(table: str) -> None:
    """Merge the cities of a staged table of ours; each lies amid its addresses.

    The table has city, city_slug, city_sort_key, state, latitude and longitude.
    """
    staging.upsert(
        "directory_place",
        f"""
        SELECT state, city_slug, min(city), min(city_sort_key),
               round(avg(latitude)::numeric, 6)::float8,
               round(avg(longitude)::numeric, 6)::float8
        FROM "{table}" GROUP BY state, city_slug
        """,  # noqa: S608 (a table name of ours)
        keys=["state", "slug"],
        columns=["name", "sort_key", "latitude", "longitude"],
    )


def merge_locations(table: str) -> None:
    """Merge the addresses of a staged table of ours, whose cities are there.

    The table has state, city_slug, line_1, line_2, building_line, zip_code, latitude
    and longitude.
    """
    staging.upsert(
        "directory_location",
        f"""
        SELECT DISTINCT ON (place.id, zip_code, line_1, line_2)
               place.id, zip_code, line_1, line_2, building_line, staged.latitude,
               staged.longitude
        FROM "{table}" AS staged
        JOIN directory_place AS place
          ON place.state = staged.state AND place.slug = staged.city_slug
        ORDER BY place.id, zip_code, line_1, line_2
        """,  # noqa: S608 (a table name of ours)
        keys=["place_id", "zip_code", "line_1", "line_2"],
        columns=["building_line", "latitude", "longitude"],
    )


def delete_unused_locations() -> int:
    """Delete addresses where nobody is or was; return how many."""
    return staging.execute(
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
