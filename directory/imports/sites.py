"""Cities and street addresses out of the staged doctors file.

They are committed as soon as they are known: nothing leads to an address before
somebody practises there. What is known already stays as it is.
"""

from collections.abc import Iterator
from functools import cache

from directory.imports import shadow
from directory.imports.centroids import Locator, Point, read_centroids
from directory.imports.staging import analyze, copy_rows
from directory.imports.words import read_words
from directory.imports.zip_codes import estimate_zip_codes
from directory.sql import execute, fetch_rows
from directory.values.reading_case import address_line
from directory.values.street_lines import building_line, house_and_street

LINES = """
    SELECT line_1 FROM directory_next.address_row WHERE line_1 IS NOT NULL
    UNION SELECT line_2 FROM directory_next.address_row WHERE line_2 IS NOT NULL
"""
ZIP_CODES = "SELECT DISTINCT zip_code FROM directory_next.address_row"
# A centroid of a ZIP code, or of the three digits that it begins with.
CENTROIDS = """
    CREATE UNLOGGED TABLE directory_next.centroid
        (zip_code text, latitude float8, longitude float8)
"""
READ_ADDRESSES = """
    SELECT row.address, row.state, city.slug AS city_slug, city.reading AS city,
           city.key AS city_sort_key, row.zip_code,
           coalesce(one.reading, '') AS line_1, coalesce(two.reading, '') AS line_2,
           coalesce(nullif(one.building, ''), two.street_behind, '') AS building_line,
           zip.latitude, zip.longitude
    FROM directory_next.address_row AS row
    JOIN directory_next.city_word AS city ON city.published = row.city
    LEFT JOIN directory_next.line_word AS one ON one.published = row.line_1
    LEFT JOIN directory_next.line_word AS two ON two.published = row.line_2
    LEFT JOIN directory_next.centroid AS zip ON zip.zip_code = row.zip_code
"""
NEW_PLACES = """
    INSERT INTO directory_place (state, slug, name, sort_key, latitude, longitude)
    SELECT address.state, city_slug, min(city), min(city_sort_key),
           round(avg(coalesce(address.latitude, zip3.latitude))::numeric, 6)::float8,
           round(avg(coalesce(address.longitude, zip3.longitude))::numeric, 6)::float8
    FROM directory_next.address
    LEFT JOIN directory_next.centroid AS zip3
      ON zip3.zip_code = left(address.zip_code, 3)
    WHERE NOT EXISTS (SELECT FROM directory_place AS place
                      WHERE place.state = address.state
                        AND place.slug = address.city_slug)
    GROUP BY address.state, city_slug
"""
NEW_LOCATIONS = """
    INSERT INTO directory_location
        (place_id, zip_code, line_1, line_2, building_line, latitude, longitude)
    SELECT DISTINCT ON (place.id, address.zip_code, address.line_1, address.line_2)
           place.id, address.zip_code, address.line_1, address.line_2,
           address.building_line,
           coalesce(address.latitude, place.latitude),
           coalesce(address.longitude, place.longitude)
    FROM directory_next.address
    JOIN directory_place AS place
      ON place.state = address.state AND place.slug = address.city_slug
    LEFT JOIN directory_location AS known
      ON known.place_id = place.id AND known.zip_code = address.zip_code
      AND known.line_1 = address.line_1 AND known.line_2 = address.line_2
    WHERE known.id IS NULL
    ORDER BY place.id, address.zip_code, address.line_1, address.line_2
"""
SITES = """
    SELECT address.address, location.id AS location_id
    FROM directory_next.address
    JOIN directory_place AS place
      ON place.state = address.state AND place.slug = address.city_slug
    JOIN directory_location AS location
      ON location.place_id = place.id AND location.zip_code = address.zip_code
      AND location.line_1 = address.line_1 AND location.line_2 = address.line_2
"""


def prepare() -> None:
    """Read the distinct addresses of the rows that can be loaded."""
    columns = ["reading", "building", "street_behind"]
    read_words("line_word", columns, LINES, read_line)
    execute(CENTROIDS)
    zip_codes = {zip_code for (zip_code,) in fetch_rows(ZIP_CODES) if zip_code}
    copy_rows(
        "directory_next.centroid",
        ["zip_code", "latitude", "longitude"],
        centroids_of(zip_codes),
    )
    shadow.stage("address", READ_ADDRESSES)
    analyze("directory_next.address", "directory_next.centroid")


def read_line(published: str) -> list[str]:
    """Return an address line as readers see it, and as it is compared as either."""
    line = address_line(published)[:200]
    building = building_line(line)
    return [line, building, house_and_street(building)]


def centroids_of(zip_codes: set[str]) -> Iterator[tuple[str, float, float]]:
    """Yield (ZIP code or its first three digits, latitude, longitude) where known."""
    points = centroids()
    for known in points.keys() & (zip_codes | {one[:3] for one in zip_codes}):
        yield known, *points[known]


@cache
def centroids() -> dict[str, Point]:
    """Return ZIP code, or the first three digits of some -> centroid."""
    locator = Locator.of(read_centroids(), [])
    return locator.by_zip | locator.by_zip3


def merge() -> dict[str, int]:
    """Add the cities and addresses that are new; leave where each row's address is."""
    added = {"cities": execute(NEW_PLACES)}
    if added["cities"]:
        analyze("directory_place")
    added["addresses"] = execute(NEW_LOCATIONS)
    if added["addresses"]:
        analyze("directory_location")
        estimate_zip_codes()
    shadow.stage("site", SITES)
    analyze("directory_next.site")
    return added
