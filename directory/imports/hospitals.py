"""CMS Hospital General Information: the hospitals of the United States.

Source: https://data.cms.gov/provider-data/dataset/xubh-q36u (public domain), kept as
published beside this package. Identifiers and ZIP codes are text.
"""

import re
import time
from collections.abc import Iterator
from dataclasses import astuple, dataclass, fields
from pathlib import Path

from django.db import transaction
from django.utils.text import slugify

from directory.data_files import HOSPITAL_LIST
from directory.imports import census, corrections, measures, recording, staging
from directory.imports.centroids import Locator, read_centroids
from directory.imports.csv_file import read_rows, text_of
from directory.imports.places import (
    delete_unused_locations,
    merge_locations,
    merge_places,
)
from directory.imports.rating_notes import NOT_RATED, rating_note
from directory.imports.relisting import relist
from directory.imports.report import Damage, ImportRefusedError, Report
from directory.imports.source_file import sha256_of
from directory.imports.zip_codes import estimate_zip_codes
from directory.models import (
    Affiliation,
    FormerAffiliation,
    Organization,
    SourceRelease,
)
from directory.sql import execute, fetch_rows
from directory.values.reading_case import address_line, city_name, hospital_name
from directory.values.sort_keys import sort_key
from directory.values.states import STATES
from directory.values.street_lines import building_line
from directory.values.unit_numbers import unit_numbers, with_zeros

DATASET = SourceRelease.Dataset.HOSPITALS
VERSION = "2026"
CODE_VERSION = 2  # raise it when the same file would be read differently

# Our name -> the names CMS has used, newest first.
COLUMNS = {
    "ccn": ["Facility ID", "Provider ID"],
    "name": ["Facility Name", "Hospital Name"],
    "address": ["Address"],
    "city": ["City/Town", "City"],
    "state": ["State"],
    "zip_code": ["ZIP Code"],
    "phone": ["Telephone Number", "Phone Number"],
    "hospital_type": ["Hospital Type"],
    "ownership": ["Hospital Ownership"],
    "emergency": ["Emergency Services"],
    "rating": ["Hospital overall rating"],
    "footnote": ["Hospital overall rating footnote"],
}
LONGEST = {"name": 200, "address": 200, "city": 100, "phone": 20}
LONGEST |= {"hospital_type": 60, "ownership": 60}  # characters of the model
EMERGENCY = {"Yes": True, "No": False}
SMALLEST_SHARE = 0.9  # of the last release: half a download stops here


@dataclass(frozen=True)
class Hospital:
    """One hospital, ready to stage; the order is that of STAGED."""

    ccn: str
    name: str
    published_name: str
    sort_key: str
    city: str
    city_slug: str
    city_sort_key: str
    state: str
    line_1: str
    building_line: str
    zip_code: str
    latitude: float | None
    longitude: float | None
    phone: str
    hospital_type: str
    ownership: str
    has_emergency_service: bool | None
    rating: int | None
    rating_note: str
    measures: str


STAGED = {column.name: "text" for column in fields(Hospital)} | {
    "latitude": "double precision",
    "longitude": "double precision",
    "has_emergency_service": "boolean",
    "rating": "smallint",
    "measures": "jsonb",
}


def problem_with(row: dict[str, str]) -> str:
    """Return why a row cannot be loaded, or an empty string."""
    too_long = [name for name, most in LONGEST.items() if len(row[name]) > most]
    if too_long:
        return f"its {too_long[0]} is too long: {row[too_long[0]][:40]!r}"
    if "E+" in row["phone"]:
        return f"{row['phone']!r} is in scientific notation: a spreadsheet saved this"
    if re.fullmatch(r"[0-9A-Z]{6}", row["ccn"]) is None:
        return f"{row['ccn']!r} is no certification number of six characters"
    if row["state"] not in STATES:
        return f"{row['state']!r} is no state"
    if re.fullmatch(r"[0-9]{5}", row["zip_code"]) is None:
        return f"{row['zip_code']!r} is no ZIP code of five digits"
    if not row["name"] or not slugify(city_name(row["city"])):
        return "it has no name or no city"
    if row["rating"] not in {"1", "2", "3", "4", "5", NOT_RATED}:
        return f"{row['rating']!r} is no rating"
    return ""


def clean(row: dict[str, str], locator: Locator) -> Hospital:
    """Turn one published row into a hospital."""
    city = city_name(row["city"])
    city_slug = slugify(city)
    point = locator.locate(row["state"], city_slug, row["zip_code"])
    latitude, longitude = point or (None, None)
    name = hospital_name(row["name"])
    line_1 = address_line(row["address"])
    return Hospital(
        ccn=row["ccn"],
        name=name,
        published_name=row["name"],
        sort_key=sort_key(name),
        city=city,
        city_slug=city_slug,
        city_sort_key=sort_key(city),
        state=row["state"],
        line_1=line_1,
        building_line=building_line(line_1),
        zip_code=row["zip_code"],
        latitude=latitude,
        longitude=longitude,
        phone=row["phone"],
        hospital_type=row["hospital_type"],
        ownership=row["ownership"],
        has_emergency_service=EMERGENCY.get(row["emergency"]),
        rating=None if row["rating"] == NOT_RATED else int(row["rating"]),
        rating_note=rating_note(row["rating"], row["footnote"]),
        measures=measures.measures_of(row),
    )


def read_hospitals(
    path: Path, report: Report, still_named: set[str]
) -> Iterator[Hospital]:
    """Yield the hospitals of a file; refused rows go to the report.

    Their numbers go to ``still_named``.
    """
    accepted: dict[str, dict[str, str]] = {}
    damage = Damage()
    filled = 0
    for line, row in read_rows(
        path, COLUMNS | measures.COLUMNS, damage, measures.COLUMNS
    ):
        if not any(row.values()):
            report.empty += 1
            continue
        published = row["ccn"]
        row["ccn"] = with_zeros(published)
        problem = problem_with(row)
        if not problem and row["ccn"] in accepted:
            problem = f"{row['ccn']} stands in the file twice"
        if problem:
            report.refused.append((line, problem, text_of(row)))
            still_named.add(row["ccn"])
        else:
            accepted[row["ccn"]] = row
            filled += row["ccn"] != published
    still_named |= damage.words()
    report.account_for(damage)
    report.repairs["certification number filled with zeros"] = filled
    cities = (
        (row["state"], slugify(city_name(row["city"])), row["zip_code"])
        for row in accepted.values()
    )
    locator = Locator.of(read_centroids(), cities)
    yield from (clean(row, locator) for row in accepted.values())


def load(
    path: Path = HOSPITAL_LIST,
    version: str = VERSION,
    report: Report | None = None,
    *,
    accepts_census: bool = False,
) -> Report:
    """Load the hospital file unless readers have it by this code, or a newer release.

    A file that was loaded before the one that readers have is loaded again.
    """
    report = report or Report("Hospitals")
    started = time.perf_counter()
    digest = sha256_of(path)
    if is_known(digest, version, accepts_older=accepts_census):
        report.is_unchanged = True
        return report
    with transaction.atomic():
        staging.hold_import_lock()
        still_named: set[str] = set()
        found = read_hospitals(path, report, still_named)
        staging.stage("staged_hospital", STAGED, map(astuple, found))
        verify(path.name, report, accepts_census=accepts_census)
        rows = report.read - report.empty - report.refused_rows
        release = recording.record(DATASET, version, digest, CODE_VERSION, rows)
        corrections.lay_over_hospitals()
        merge_places()
        merge_locations()
        staging.analyze("directory_place", "directory_location")
        named_now = [pk for (pk,) in fetch_rows(NAMED_NOW)]
        merge(release, report, still_named)
        take_over_links(named_now)
        delete_unused_locations()
        estimate_zip_codes()
        staging.analyze("directory_organization")
    report.seconds = time.perf_counter() - started
    return report


def is_known(digest: str, version: str, *, accepts_older: bool = False) -> bool:
    """Say whether readers have this file by this code, or a newer release."""
    last = recording.last_release(DATASET, is_demo=False)
    if last is None:
        return False
    if last.version > version:
        return not accepts_older
    return (last.sha256, last.code_version) == (digest, CODE_VERSION)


def verify(file_name: str, report: Report, *, accepts_census: bool) -> None:
    """Stop a file that is damaged, or much shorter than what was loaded before."""
    rows = report.read - report.empty
    loaded = rows - report.refused_rows
    doubt = ""
    if doubts := census.doubts(
        census.Measures(rows, report.refused_rows, loaded), None
    ):
        doubt = f"{file_name} is damaged: {'; '.join(doubts)}."
        if report.refused:
            line, reason, _ = report.refused[0]
            doubt += f" The first is line {line:,}: {reason}."
    else:
        known = Organization.objects.listed().hospitals().filter(is_stub=False).count()
        if loaded < known * SMALLEST_SHARE:
            doubt = f"{file_name} holds {loaded:,} hospitals, but {known:,} are known."
    if doubt and not loaded:
        raise ImportRefusedError(f"{doubt} Nothing was changed.")
    if doubt and not accepts_census:
        raise ImportRefusedError(
            f"{doubt} Nothing was changed: is the download complete? "
            "If the file is right, say --accept-census."
        )
    if doubt:
        report.notes.append(f"Accepted all the same: {doubt}")


# Numbers that stood for another hospital, by hand, or for another facility till now.
NAMED_NOW = """
    SELECT live.id FROM directory_organization AS live
    JOIN staged_hospital USING (ccn)
    WHERE live.same_as_id IS NOT NULL OR live.kind = 'facility'
"""
FACTS = ["name", "published_name", "sort_key", "phone", "hospital_type", "ownership"]
FACTS += ["has_emergency_service", "rating", "rating_note", "measures"]
STAGED_HOSPITALS = f"""
    SELECT hospital.ccn, {", ".join(f"hospital.{name}" for name in FACTS)}, 'hospital',
           location.id, false, false, NULL::timestamptz, '', CAST(%s AS bigint),
           CAST(%s AS bigint)
    FROM staged_hospital AS hospital
    JOIN directory_place AS place
      ON place.state = hospital.state AND place.slug = hospital.city_slug
    JOIN directory_location AS location
      ON location.place_id = place.id AND location.zip_code = hospital.zip_code
      AND location.line_1 = hospital.line_1 AND location.line_2 = ''
"""  # noqa: S608 (names of our own)
# A new release alone is no change of a hospital: it is not counted as one.
SEEN_NOW = """
    UPDATE directory_organization AS live SET last_release_id = %(release)s
    FROM staged_hospital WHERE staged_hospital.ccn = live.ccn
      AND live.last_release_id IS DISTINCT FROM %(release)s
"""
RETIRE = """
    UPDATE directory_organization AS live SET retired_at = now()
    WHERE kind = 'hospital' AND NOT is_stub AND retired_at IS NULL
      AND NOT EXISTS (SELECT FROM staged_hospital WHERE staged_hospital.ccn = live.ccn)
      AND NOT ccn = ANY(%(still_named)s)
"""


def merge(release: SourceRelease, report: Report, still_named: set[str]) -> None:
    """Merge staged hospitals into the directory and retire those that vanished.

    Those of refused rows stay as they were: the file still names them.
    """
    report.changes = staging.upsert(
        "directory_organization",
        STAGED_HOSPITALS,
        keys=["ccn"],
        columns=[*FACTS, "kind", "location_id", "is_stub", "is_demo", "retired_at"],
        only_new=["pac_id", "first_release_id", "last_release_id"],
        where="WHERE NOT (ccn = '')",
        parameters=[release.pk, release.pk],
    )
    report.loaded = report.changes.total
    execute(SEEN_NOW, {"release": release.pk})
    report.retired = execute(RETIRE, {"still_named": list(still_named)})


def take_over_links(named_now: list[int]) -> None:
    """Let hospitals that the file names at last have their links, and list whose.

    Otherwise a hospital that got another number would be retired with all its links,
    which the new number was said to stand for.
    """
    people: set[int] = set()
    for hospital in Organization.objects.filter(pk__in=named_now).order_by("pk"):
        give_back_links(hospital)
        people.update(people_linked_to(hospital))
    relist(sorted(people))


def people_linked_to(hospital: Organization) -> list[int]:
    """Return the primary keys of those whom the claims link to a hospital."""
    links = Affiliation.objects.filter(organization=hospital)
    return sorted(set(links.values_list("practitioner_id", flat=True)))


def give_back_links(hospital: Organization) -> None:
    """Let a number that stood for another hospital, if it did, have its own links.

    Those through a nursing home or the like bear its number and not the hospital's:
    they follow with the next affiliation file, for which the last one will do.
    """
    if not hospital.same_as_id:
        return
    recording.let_load_again(SourceRelease.Dataset.AFFILIATIONS)
    numbers = [hospital.ccn, *unit_numbers(hospital.ccn)]
    for model in (Affiliation, FormerAffiliation):
        model._default_manager.filter(
            organization=hospital.same_as_id, reported_ccn__in=numbers
        ).update(organization=hospital)
    hospital.same_as = None
    hospital.save(update_fields=["same_as"])
