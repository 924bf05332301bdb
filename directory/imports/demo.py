"""Load and remove the made-up clinicians, group practices and health systems.

The same steps as for a published file: recorded mark, staging, verify, merge, record.
Affiliations lead to real hospitals; a made-up system never owns one.
"""

import hashlib
import time
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction

from directory.demo.people import Demo, make_demo
from directory.imports import staging
from directory.imports.counts import rebuild_counts
from directory.imports.places import delete_unused_locations, merge_locations
from directory.imports.report import Changes, ImportRefusedError, Report
from directory.models import (
    Affiliation,
    Organization,
    Practice,
    Practitioner,
    PractitionerSpecialization,
    SourceRelease,
    SpecializationCode,
    WaitingAffiliation,
)
from directory.sample.cities import DemoHospital
from directory.sort_keys import sort_key

PEOPLE = 20_000
SEED = 2026
VERSION = "2026"
CODE_VERSION = 2  # raise it when the same seed makes other people

POINT = {"latitude": "double precision", "longitude": "double precision"}
TEXT = "text"
STAGED_PEOPLE = {
    **dict.fromkeys(["npi", "first_name", "middle_name", "last_name"], TEXT),
    **dict.fromkeys(["suffix", "credential", "sort_key", "medical_school"], TEXT),
    "graduation_year": "smallint",
    "has_telehealth": "boolean",
}
STAGED_SPECIALTIES = {"npi": TEXT, "cms": TEXT, "is_primary": "boolean"}
STAGED_GROUPS = {"pac_id": TEXT, "name": TEXT, "sort_key": TEXT, "system": TEXT}
STAGED_SYSTEMS = {"name": TEXT, "sort_key": TEXT}
STAGED_PRACTICES = {
    **dict.fromkeys(["npi", "pac_id", "state", "city_slug"], TEXT),
    **dict.fromkeys(["line_1", "line_2", "zip_code"], TEXT),
    **POINT,
    "phone": TEXT,
}
STAGED_HOSPITALS = dict.fromkeys(["npi", "ccn", "through", "reported_ccn"], TEXT)

MERGE_SYSTEMS = """
    INSERT INTO directory_organization
        (kind, name, published_name, sort_key, ccn, pac_id, phone, hospital_type,
         ownership, rating_note, is_demo, first_release_id, last_release_id)
    SELECT 'system', name, name, sort_key, '', '', '', '', '', '', true, %s, %s
    FROM staged_system
"""
MERGE_GROUPS = """
    INSERT INTO directory_organization
        (kind, name, published_name, sort_key, ccn, pac_id, phone, hospital_type,
         ownership, rating_note, is_demo, first_release_id, last_release_id, system_id)
    SELECT 'group', staged.name, staged.name, staged.sort_key, '', staged.pac_id,
           '', '', '', '', true, %s, %s, system.id
    FROM staged_group AS staged
    LEFT JOIN directory_organization AS system
      ON system.is_demo AND system.kind = 'system' AND system.name = staged.system
"""
MERGE_PEOPLE = """
    INSERT INTO directory_practitioner
        (npi, first_name, middle_name, last_name, suffix, credential, sort_key,
         medical_school, graduation_year, has_telehealth, is_demo, first_release_id,
         last_release_id)
    SELECT npi, first_name, middle_name, last_name, suffix, credential, sort_key,
           medical_school, graduation_year, has_telehealth, true, %s, %s
    FROM staged_person
"""
MERGE_SPECIALTIES = """
    INSERT INTO directory_practitionerspecialization
        (practitioner_id, specialization_id, is_primary)
    SELECT practitioner.id, code.specialization_id, bool_or(staged.is_primary)
    FROM staged_specialty AS staged
    JOIN directory_practitioner AS practitioner ON practitioner.npi = staged.npi
    JOIN directory_specializationcode AS code
      ON code.system = 'cms-specialty' AND code.code = staged.cms
    GROUP BY practitioner.id, code.specialization_id
"""
MERGE_PRACTICES = """
    INSERT INTO directory_practice
        (practitioner_id, location_id, organization_id, phone, release_id)
    SELECT practitioner.id, location.id, organization.id, staged.phone, %s
    FROM staged_practice AS staged
    JOIN directory_practitioner AS practitioner ON practitioner.npi = staged.npi
    JOIN directory_place AS place
      ON place.state = staged.state AND place.slug = staged.city_slug
    JOIN directory_location AS location
      ON location.place_id = place.id AND location.zip_code = staged.zip_code
      AND location.line_1 = staged.line_1 AND location.line_2 = staged.line_2
    LEFT JOIN directory_organization AS organization
      ON staged.pac_id <> '' AND organization.pac_id = staged.pac_id
"""
MERGE_HOSPITALS = """
    INSERT INTO directory_affiliation
        (practitioner_id, organization_id, through, reported_ccn, release_id)
    SELECT practitioner.id, organization.id, staged.through, staged.reported_ccn, %s
    FROM staged_affiliation AS staged
    JOIN directory_practitioner AS practitioner ON practitioner.npi = staged.npi
    JOIN directory_organization AS organization ON organization.ccn = staged.ccn
"""
GROWN_FIRST = (
    "directory_practitioner",
    "directory_location",
    "directory_organization",
)
GROWN_NEXT = (
    "directory_practitionerspecialization",
    "directory_practice",
    "directory_affiliation",
)


def load(people: int = PEOPLE, seed: int = SEED) -> Report:
    """Load made-up clinicians unless the same ones are there; replace others.

    Raises ImportRefusedError where specializations or hospitals are missing.
    """
    report = Report("Demonstration doctors")
    started = time.perf_counter()
    hospitals = real_hospitals()
    verify(hospitals)
    digest = digest_of(hospitals, people, seed)
    recorded = SourceRelease.objects.filter(is_demo=True, sha256=digest)
    if recorded.exists():
        report.is_unchanged = True
        return report
    demo = make_demo(hospitals, people, seed)
    with transaction.atomic():
        staging.hold_import_lock()
        remove()
        stage(demo)
        report.read = len(demo.people)
        merge(demo, digest, report)
        staging.analyze(*GROWN_NEXT)
        rebuild_counts()
    report.seconds = time.perf_counter() - started
    return report


def remove() -> int:
    """Remove everything made up and return how many clinicians that were.

    Hospitals and specializations stay, as does every clinician of a real file.
    """
    with transaction.atomic():
        made_up = Practitioner.objects.filter(is_demo=True)
        WaitingAffiliation.objects.filter(is_demo=True).delete()
        Affiliation.objects.filter(practitioner__in=made_up).delete()
        Practice.objects.filter(practitioner__in=made_up).delete()
        PractitionerSpecialization.objects.filter(practitioner__in=made_up).delete()
        count = made_up.count()
        made_up.delete()
        Organization.objects.filter(is_demo=True).delete()
        SourceRelease.objects.filter(is_demo=True).delete()
        delete_unused_locations()
        rebuild_counts()
    return count


def real_hospitals() -> list[DemoHospital]:
    """Return the listed hospitals by certification number: one query."""
    hospitals = Organization.objects.listed().hospitals().exclude(location=None)
    return [
        DemoHospital(*row)
        for row in hospitals.order_by("ccn").values_list(
            "ccn",
            "hospital_type",
            "location__place__state",
            "location__place__name",
            "location__place__slug",
            "location__zip_code",
            "location__latitude",
            "location__longitude",
        )
    ]


def verify(hospitals: Sequence[DemoHospital]) -> None:
    """Stop where the made-up people would have nothing to stand on."""
    codes = SpecializationCode.objects.filter(
        system=SpecializationCode.System.CMS_SPECIALTY
    )
    if not hospitals or not codes.exists():
        raise ImportRefusedError(
            "There are no hospitals or no specializations yet: "
            "run manage.py load_directory first."
        )


def digest_of(hospitals: Iterable[DemoHospital], people: int, seed: int) -> str:
    """Return a mark that changes when other people would be made."""
    marks = [CODE_VERSION, people, seed, *(hospital.ccn for hospital in hospitals)]
    return hashlib.sha256(repr(marks).encode()).hexdigest()


def stage(demo: Demo) -> None:
    """COPY what was made up into temporary tables."""
    systems = sorted({group.system for group in demo.groups} - {""})
    tables: list[tuple[str, dict[str, str], Iterable[Sequence[Any]]]] = [
        ("staged_person", STAGED_PEOPLE, demo.people),
        ("staged_specialty", STAGED_SPECIALTIES, demo.specialties),
        ("staged_practice", STAGED_PRACTICES, demo.practices),
        ("staged_affiliation", STAGED_HOSPITALS, demo.hospitals),
        (
            "staged_group",
            STAGED_GROUPS,
            ((g.pac_id, g.name, sort_key(g.name), g.system) for g in demo.groups),
        ),
        ("staged_system", STAGED_SYSTEMS, ((name, sort_key(name)) for name in systems)),
    ]
    for table, columns, rows in tables:
        staging.stage(table, columns, rows)


def merge(demo: Demo, digest: str, report: Report) -> None:
    """Merge the staged tables, count what came of them, and record the release."""
    doctors = record(SourceRelease.Dataset.DOCTORS, digest, len(demo.practices))
    links = record(SourceRelease.Dataset.AFFILIATIONS, digest, len(demo.hospitals))
    merge_locations("staged_practice")
    report.parts = {
        "health systems": staging.execute(MERGE_SYSTEMS, [doctors.pk] * 2),
        "group practices": staging.execute(MERGE_GROUPS, [doctors.pk] * 2),
        "clinicians": staging.execute(MERGE_PEOPLE, [doctors.pk] * 2),
    }
    staging.analyze(*GROWN_FIRST)
    report.parts |= {
        "specializations of theirs": staging.execute(MERGE_SPECIALTIES),
        "practices": staging.execute(MERGE_PRACTICES, [doctors.pk]),
        "hospital links": staging.execute(MERGE_HOSPITALS, [links.pk]),
    }
    expected = {
        "clinicians": len(demo.people),
        "specializations of theirs": len(demo.specialties),
        "practices": len(demo.practices),
        "hospital links": len(demo.hospitals),
    }
    for name, number in expected.items():
        if report.parts[name] != number:
            raise ImportRefusedError(
                f"{number:,} {name} were made up, but {report.parts[name]:,} found "
                "a place; nothing was changed."
            )
    report.changes = Changes(created=len(demo.people))


def record(dataset: SourceRelease.Dataset, digest: str, rows: int) -> SourceRelease:
    """Record a made-up release."""
    return SourceRelease.objects.create(
        dataset=dataset,
        version=VERSION,
        sha256=digest,
        code_version=CODE_VERSION,
        row_count=rows,
        is_demo=True,
    )
