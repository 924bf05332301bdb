"""Which ZIP codes lie within some miles of another, nearest first."""

import json
from dataclasses import dataclass, replace
from functools import cached_property
from math import asin, cos, radians, sin, sqrt
from typing import NamedTuple

from directory.models import Location
from directory.sql import fetch_rows

Point = tuple[float, float]  # latitude, longitude in degrees

DISTANCES = (5, 10, 25, 50, 100)  # miles
USUAL_DISTANCE = 25
MILES_A_DEGREE = 69.0  # of latitude
EARTH_MILES = 3958.8
SAME_CITY = "In the same city"

# The origin is the ZIP code's own middle, else that of all with its first three digits:
# a few dozen miles off, but where those are strewn over an ocean, as in Alaska and
# Hawaii, it is nobody's neighborhood.
MOST_STREWN = 5  # degrees of latitude
NEARBY = """
    WITH alike AS (
        SELECT zip_code, latitude, longitude, is_estimate FROM directory_zipcode
        WHERE zip_code BETWEEN %(zip3)s || '00' AND %(zip3)s || '99'
    ), origin AS MATERIALIZED (
        SELECT coalesce(max(latitude) FILTER (WHERE zip_code = %(zip_code)s),
                        CASE WHEN max(latitude) - min(latitude) < %(strewn)s
                             THEN avg(latitude) END) AS latitude,
               coalesce(max(longitude) FILTER (WHERE zip_code = %(zip_code)s),
                        avg(longitude)) AS longitude,
               coalesce(bool_or(NOT is_estimate) FILTER (WHERE zip_code = %(zip_code)s),
                        false) AS is_exact
        FROM alike
    )
    SELECT origin.latitude, origin.longitude, origin.is_exact, near.zip_code, near.miles
    FROM origin LEFT JOIN LATERAL (
        SELECT zip_code, 2 * %(earth)s * asin(least(1, sqrt(
                   power(sin(radians(zip.latitude - origin.latitude) / 2), 2)
                   + cos(radians(origin.latitude)) * cos(radians(zip.latitude))
                   * power(sin(radians(zip.longitude - origin.longitude) / 2), 2)
               ))) AS miles
        FROM directory_zipcode AS zip
        WHERE zip.latitude BETWEEN origin.latitude - %(within)s / %(degree)s
                               AND origin.latitude + %(within)s / %(degree)s
          AND abs(zip.longitude - origin.longitude) * %(degree)s
              * cos(radians(abs(origin.latitude) + %(within)s / %(degree)s))
              <= %(within)s
    ) AS near ON near.miles <= %(within)s
    WHERE origin.latitude IS NOT NULL
    ORDER BY near.miles, near.zip_code
"""


@dataclass(frozen=True)
class Circle:
    """The ZIP codes around one, nearest first, with their distances in miles.

    ``is_exact`` is false where the middle had to be estimated: the ZIP code has no area
    of its own.
    """

    zip_code: str
    middle: Point
    is_exact: bool
    zip_codes: list[str]
    miles: list[float]

    @cached_property
    def ranks(self) -> dict[str, int]:
        """ZIP code -> its position, nearest first."""
        return {zip_code: rank for rank, zip_code in enumerate(self.zip_codes)}

    @cached_property
    def ranks_json(self) -> str:
        """The ranks as a JSON object."""
        return json.dumps(self.ranks)

    def narrowed(self, within: int) -> "Circle":
        """Return the same around fewer miles."""
        number = sum(miles <= within for miles in self.miles)
        return replace(
            self, zip_codes=self.zip_codes[:number], miles=self.miles[:number]
        )


def miles_between(one: Point, other: Point) -> float:
    """Return the distance of two points as the crow flies; NEARBY has it in SQL."""
    (a, b), (c, d) = [(radians(x), radians(y)) for x, y in (one, other)]
    half = sin((c - a) / 2) ** 2 + cos(a) * cos(c) * sin((d - b) / 2) ** 2
    return 2 * EARTH_MILES * asin(min(1, sqrt(half)))


class Spot(NamedTuple):
    """Where an address lies, as far as known; ``place`` is its city's primary key."""

    point: Point
    zip_code: str
    place: int = 0


def spot_of(location: Location | None) -> Spot | None:
    """Return where an address lies, None where nobody knows."""
    if location is None or location.latitude is None or location.longitude is None:
        return None
    point = (location.latitude, location.longitude)
    return Spot(point, location.zip_code, location.place_id)


def distance_between(one: Spot, other: Spot) -> tuple[float, str] | None:
    """Return the miles and the words for them, None where neither can be known.

    A ZIP code without an area of its own lies amid its city or, where no ZIP code of
    the city has one, amid a wider area: two of them may share a point far from both.
    """
    is_same_zip = one.zip_code == other.zip_code != ""
    if one.point == other.point and not is_same_zip:
        return (0.0, SAME_CITY) if one.place == other.place else None
    miles = miles_between(one.point, other.point)
    return miles, distance_words(miles)


def distance_words(miles: float) -> str:
    """Return a distance as it can be known: from the middles of ZIP codes."""
    if miles < 1:
        return "Within a mile, or in the same ZIP code"
    number = f"{miles:,.0f}"
    return f"About {number} mile{'' if number == '1' else 's'} away"


def circle_around(zip_code: str, within: int) -> Circle | None:
    """Return the circle, None where nobody knows the ZIP code's middle: one query."""
    parameters: dict[str, str | float] = {
        "zip_code": zip_code,
        "zip3": zip_code[:3],
        "within": float(within),
        "degree": MILES_A_DEGREE,
        "earth": EARTH_MILES,
        "strewn": MOST_STREWN,
    }
    rows = fetch_rows(NEARBY, parameters)
    if not rows:
        return None
    latitude, longitude, is_exact, *_ = rows[0]
    found = [row for row in rows if row[-1] is not None]
    return Circle(
        zip_code,
        (latitude, longitude),
        is_exact,
        [near for *_, near, _ in found],
        [miles for *_, miles in found],
    )
