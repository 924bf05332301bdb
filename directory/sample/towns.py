"""What a city offers to those who practise in it: ZIP codes, hospitals, neighbours."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from math import cos, hypot, radians
from pathlib import Path

from directory.data_files import HOSPITAL_LIST
from directory.imports.centroids import Point, read_centroids
from directory.sample.cells import cell
from directory.sample.cities import City, DemoHospital, cities_of
from directory.sample.hospitals import read_hospitals

MILES_A_DEGREE = 69.0
ZIP_WITHIN = 8.0  # miles from a hospital of the city
NEIGHBOURS = 8
HOSPITAL_NEIGHBOURS = 3
FARTHER = 0.3  # weight of a neighbouring city's hospital


@dataclass(frozen=True)
class Town:
    """A city with its surroundings; ``neighbours`` are indexes of towns, nearest first.

    ``city`` is the cell of the file, quoted where it has a comma; ``hospitals``
    are the city's own and those near; ``weights`` add up along them.
    """

    city: str
    state: str
    is_large: bool
    zip_codes: tuple[str, ...]
    area_codes: tuple[str, ...]
    ccn_prefix: str
    neighbours: tuple[int, ...]
    hospitals: tuple[str, ...]
    weights: tuple[float, ...]


@dataclass(frozen=True)
class Country:
    """Cities, and a town for each in the same order."""

    cities: list[City]
    towns: list[Town]


@cache
def country_of(published: Path = HOSPITAL_LIST) -> Country:
    """Return the cities of a published hospital list."""
    cities = cities_of(read_hospitals(published))
    return Country(cities, towns_of(cities, read_centroids()))


def miles(one: Point, other: Point) -> float:
    """Return the distance on a flat map: right enough within a state."""
    east = (one[1] - other[1]) * cos(radians(one[0]))
    return MILES_A_DEGREE * hypot(one[0] - other[0], east)


def point_of(city: City) -> Point | None:
    """Return where the city's first hospital with a point lies."""
    for hospital in city.hospitals:
        if hospital.latitude is not None and hospital.longitude is not None:
            return hospital.latitude, hospital.longitude
    return None


def towns_of(cities: Sequence[City], centroids: dict[str, Point]) -> list[Town]:
    """Return a town for each city, in their order."""
    areas: dict[str, list[str]] = defaultdict(list)
    for zip_code in centroids:
        areas[zip_code[:3]].append(zip_code)
    by_state: dict[str, list[int]] = defaultdict(list)
    for index, city in enumerate(cities):
        by_state[city.state].append(index)
    towns = []
    for index, city in enumerate(cities):
        near = nearest(cities, index, by_state[city.state])
        hospitals = [(one, one.weight) for one in city.hospitals]
        for other in near[:HOSPITAL_NEIGHBOURS]:
            hospitals += [
                (one, one.weight * FARTHER) for one in cities[other].hospitals
            ]
        towns.append(
            Town(
                city=cell(city.name),
                state=city.state,
                is_large=city.is_large,
                zip_codes=zip_codes_of(city, centroids, areas),
                area_codes=tuple(one.area_code for one in city.hospitals),
                ccn_prefix=city.hospitals[0].ccn[:2],
                neighbours=near,
                hospitals=tuple(one.ccn for one, _ in hospitals),
                weights=tuple(accumulate(weight for _, weight in hospitals)),
            )
        )
    return towns


def nearest(
    cities: Sequence[City], index: int, same_state: Sequence[int]
) -> tuple[int, ...]:
    """Return the nearest other cities of the state; without a point the first ones."""
    here = point_of(cities[index])
    found = []
    for other in same_state:
        there = point_of(cities[other])
        if other != index:
            far = miles(here, there) if here and there else 0.0
            found.append((far, other))
    return tuple(other for _, other in sorted(found)[:NEIGHBOURS])


def zip_codes_of(
    city: City, centroids: dict[str, Point], areas: dict[str, list[str]]
) -> tuple[str, ...]:
    """Return ZIP codes of a city: every second place in the list is a hospital's."""
    found = []
    for hospital in city.hospitals:
        around = around_of(hospital, centroids, areas) or [hospital.zip_code]
        for zip_code in around:
            found += [hospital.zip_code, zip_code]
    return tuple(found)


def around_of(
    hospital: DemoHospital, centroids: dict[str, Point], areas: dict[str, list[str]]
) -> list[str]:
    """Return ZIP codes near a hospital that begin with the same three digits."""
    here = centroids.get(hospital.zip_code)
    if here is None:
        return []
    return [
        zip_code
        for zip_code in areas[hospital.zip_code[:3]]
        if miles(here, centroids[zip_code]) <= ZIP_WITHIN
    ]
