"""The published hospital list as the sample files need it: raw names, no database."""

import csv
import re
from collections.abc import Iterator
from pathlib import Path

from django.utils.text import slugify

from directory.data_files import HOSPITAL_LIST
from directory.imports.centroids import Locator, read_centroids
from directory.sample.cities import DemoHospital
from directory.values.reading_case import city_name


def read_rows(path: Path = HOSPITAL_LIST) -> Iterator[dict[str, str]]:
    """Yield the rows of the published file."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file)


def read_hospitals(path: Path) -> list[DemoHospital]:
    """Return the hospitals with their cities as the file spells them."""
    rows = list(read_rows(path))
    slugs = [slugify(city_name(row["City/Town"])) for row in rows]
    cities = (
        (row["State"], slug, row["ZIP Code"])
        for row, slug in zip(rows, slugs, strict=True)
    )
    locator = Locator.of(read_centroids(), cities)
    hospitals = []
    for row, slug in zip(rows, slugs, strict=True):
        point = locator.locate(row["State"], slug, row["ZIP Code"])
        latitude, longitude = point or (None, None)
        hospitals.append(
            DemoHospital(
                row["Facility ID"],
                row["Hospital Type"],
                row["State"],
                row["City/Town"],
                slug,
                row["ZIP Code"],
                latitude,
                longitude,
                area_code(row["Telephone Number"]),
            )
        )
    return hospitals


def names_by_ccn() -> dict[str, str]:
    """Return CCN -> published name."""
    return {row["Facility ID"]: row["Facility Name"] for row in read_rows()}


def area_code(phone: str) -> str:
    """Return the area code of a published number; 555 where there is none."""
    found = re.match(r"\(?([2-9][0-9]{2})\)?", phone)
    return found[1] if found else "555"
