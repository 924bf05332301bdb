"""Coordinates for addresses from the Census ZIP centroids: ZIP, city, else ZIP3."""

import csv
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from directory.data_files import CENTROIDS

Point = tuple[float, float]  # latitude, longitude in degrees


def read_centroids(path: Path = CENTROIDS) -> dict[str, Point]:
    """Return ZIP -> centroid of its census area."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return {
            row["GEOID"]: (float(row["LAT"]), float(row["LONG"]))
            for row in csv.DictReader(file)
        }


def mean(points: Iterable[Point]) -> Point:
    """Return the middle of nearby points, to six decimals (a hand's breadth)."""
    listed = list(points)
    count = len(listed)
    return (
        round(sum(point[0] for point in listed) / count, 6),
        round(sum(point[1] for point in listed) / count, 6),
    )


@dataclass(frozen=True)
class Locator:
    """Finds a point for a ZIP, else for a city, else for the first three digits.

    ``by_city`` holds (state, city slug) -> mean of the centroids of the city's ZIPs
    that have one; ``by_zip3`` the mean of all centroids of the three digits.
    """

    by_zip: dict[str, Point]
    by_city: dict[tuple[str, str], Point]
    by_zip3: dict[str, Point]

    @classmethod
    def of(
        cls, centroids: dict[str, Point], cities: Iterable[tuple[str, str, str]]
    ) -> "Locator":
        """Build from centroids and the (state, city slug, ZIP) of known addresses."""
        city_zips: dict[tuple[str, str], set[str]] = defaultdict(set)
        for state, slug, zip_code in cities:
            if zip_code in centroids:
                city_zips[state, slug].add(zip_code)
        zip3_points: dict[str, list[Point]] = defaultdict(list)
        for zip_code, point in centroids.items():
            zip3_points[zip_code[:3]].append(point)
        return cls(
            centroids,
            {
                city: mean(centroids[zip_code] for zip_code in sorted(zips))
                for city, zips in city_zips.items()
            },
            {zip3: mean(points) for zip3, points in zip3_points.items()},
        )

    def locate(self, state: str, city_slug: str, zip_code: str) -> Point | None:
        """Return the best known point, or None."""
        return (
            self.by_zip.get(zip_code)
            or self.by_city.get((state, city_slug))
            or self.by_zip3.get(zip_code[:3])
        )
