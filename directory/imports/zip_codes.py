"""ZIP codes with their middles: the Census file, and an estimate for the rest."""

import time
from pathlib import Path

from django.db import transaction

from directory.data_files import CENTROIDS
from directory.imports import recording, staging
from directory.imports.centroids import read_centroids
from directory.imports.report import Changes, Report
from directory.imports.source_file import sha256_of
from directory.models import SourceRelease

DATASET = SourceRelease.Dataset.ZIP_CODES
VERSION = "2023"
CODE_VERSION = 1
STAGED = {
    "zip_code": "text",
    "latitude": "double precision",
    "longitude": "double precision",
}
# ZIP codes of addresses that the file lacks, amid the addresses that have one.
ESTIMATES = """
    SELECT zip_code, round(avg(latitude)::numeric, 6)::float8,
           round(avg(longitude)::numeric, 6)::float8, true
    FROM directory_location AS location
    WHERE zip_code <> '' AND latitude IS NOT NULL
      AND NOT EXISTS (SELECT FROM directory_zipcode AS known
                      WHERE known.zip_code = location.zip_code
                        AND NOT known.is_estimate)
    GROUP BY zip_code
"""


def load(path: Path = CENTROIDS) -> Report:
    """Load the file unless this file was loaded by this code before."""
    report = Report("ZIP codes")
    started = time.perf_counter()
    digest = sha256_of(path)
    if recording.is_recorded(DATASET, digest, CODE_VERSION):
        report.is_unchanged = True
        return report
    rows = [(zip_code, *point) for zip_code, point in read_centroids(path).items()]
    report.read = len(rows)
    with transaction.atomic():
        staging.hold_import_lock()
        staging.stage("staged_zip_code", STAGED, rows)
        report.changes = merge("SELECT *, false FROM staged_zip_code")
        staging.analyze("directory_zipcode")
        recording.record(DATASET, VERSION, digest, CODE_VERSION, report.read)
    report.seconds = time.perf_counter() - started
    return report


def estimate_zip_codes() -> None:
    """Give every ZIP code of an address a middle; one statement, after an import."""
    merge(ESTIMATES)


def merge(select: str) -> Changes:
    """Merge rows of ZIP code, latitude, longitude and whether that is an estimate."""
    return staging.upsert(
        "directory_zipcode",
        select,
        keys=["zip_code"],
        columns=["latitude", "longitude", "is_estimate"],
    )
