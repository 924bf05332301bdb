"""Each rule of the directory, broken once in the database itself."""

from collections.abc import Callable
from datetime import date

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction

from directory.models import (
    Correction,
    ErrorReport,
    FormerAffiliation,
    FormerPractice,
    FormerSpecializationSlug,
    ImportRun,
    Organization,
    Place,
    PractitionerCount,
    PublicFormUse,
    ReplacedNpi,
    SourceRelease,
    Specialization,
    SpecializationCode,
    TaxonomyCode,
    UnmappedSpecialty,
)
from tests.factories import (
    make_doctor,
    make_family,
    make_group,
    make_hospital,
    make_location,
    make_place,
    make_practice,
    make_release,
    make_specialization,
    make_system,
    make_zip_code,
)

pytestmark = pytest.mark.django_db


def code(code: str = "X") -> None:
    SpecializationCode.objects.create(
        specialization=make_specialization(is_coded=False),
        system=SpecializationCode.System.TAXONOMY,
        code=code,
    )


def code_twice() -> None:
    code()
    SpecializationCode.objects.create(
        specialization=make_specialization("Neurology"), system="taxonomy", code="X"
    )


def count_twice() -> None:
    for _ in range(2):
        PractitionerCount.objects.create(
            specialization=Specialization.objects.first() or make_specialization(),
            practitioners=1,
        )


def form_counted_twice() -> None:
    for _ in range(2):
        PublicFormUse.objects.create(
            form="a", sender="b", used_on=date(2026, 2, 1), times=1
        )


def same_address_twice() -> None:
    for _ in range(2):
        make_location(line_1="1 Larkspur Lane")


def report(**fields: object) -> None:
    values = {"practitioner": make_doctor(), "kind": "phone"}
    ErrorReport.objects.create(**values | fields)


def release_twice() -> None:
    for _ in range(2):
        SourceRelease.objects.create(dataset="doctors", version="2026-02")


def correct(**fields: object) -> None:
    values = {"field": "last_name", "value": "New", "corrected_on": date(2026, 2, 1)}
    if "organization" not in fields:
        values["practitioner"] = make_doctor()
    Correction.objects.create(**values | fields)


def correct_an_organization_twice() -> None:
    group = make_group()
    for _ in range(2):
        correct(organization=group, field="name")


def correct_a_practitioner_twice() -> None:
    doctor = make_doctor()
    for _ in range(2):
        correct(practitioner=doctor)


def correct_a_practice_twice() -> None:
    doctor, location = make_doctor(), make_location()
    for _ in range(2):
        correct(practitioner=doctor, location=location, field="phone")


def former_practice_twice() -> None:
    doctor, location, release = make_doctor(), make_location(), make_release()
    for _ in range(2):
        FormerPractice.objects.create(
            practitioner=doctor,
            location=location,
            first_release=release,
            last_release=release,
        )


def former_affiliation_twice() -> None:
    doctor, hospital, release = make_doctor(), make_hospital(), make_release()
    for _ in range(2):
        FormerAffiliation.objects.create(
            practitioner=doctor,
            organization=hospital,
            reported_ccn=hospital.ccn,
            first_release=release,
            last_release=release,
        )


def former_slug_twice() -> None:
    specialization = make_specialization()
    for _ in range(2):
        FormerSpecializationSlug.objects.create(slug="a", specialization=specialization)


def replaced(npi: str) -> None:
    ReplacedNpi.objects.create(npi=npi, replacement="9900000024")


def uncounted_rows() -> None:
    ImportRun.objects.create(dataset="doctors", state="done", read=3, loaded=1)


BROKEN: dict[str, Callable[[], object]] = {
    "public_form_use_unique": form_counted_twice,
    "error_report_one_target": lambda: report(organization=make_hospital()),
    "error_report_settled_with_date": lambda: report(state="dealt-with"),
    "error_report_refused_with_note": lambda: report(
        state="refused", settled_at="2026-02-01T00:00Z"
    ),
    "error_report_other_in_words": lambda: report(kind="other"),
    "correction_field_fits_target": lambda: correct(field="name"),
    "correction_gone_without_value": lambda: correct(
        location=make_location(), field="gone"
    ),
    "correction_name_present": lambda: correct(value=""),
    "correction_organization_unique": correct_an_organization_twice,
    "correction_practice_unique": correct_a_practice_twice,
    "correction_practitioner_unique": correct_a_practitioner_twice,
    "former_affiliation_unique": former_affiliation_twice,
    "former_practice_unique": former_practice_twice,
    "former_specialization_slug_format": lambda: (
        FormerSpecializationSlug.objects.create(
            slug="A b", specialization=make_specialization()
        )
    ),
    "import_run_rows_accounted_for": uncounted_rows,
    "location_coordinates_paired": lambda: make_location(latitude=1.0),
    "location_unique": same_address_twice,
    "location_zip_format": lambda: make_location(zip_code="7703"),
    "organization_ahrq_id_unique": lambda: [
        make_hospital(ahrq_id="HSI1") for _ in "ab"
    ],
    "organization_ccn_unique": lambda: [make_hospital(ccn="450068") for _ in "ab"],
    "organization_identifier_fits_kind": lambda: make_group(ccn="450068"),
    "organization_name_present": lambda: make_hospital(""),
    "organization_pac_id_unique": lambda: [
        make_group(pac_id="9900000001") for _ in "ab"
    ],
    "organization_rating_is_a_hospitals": lambda: make_group(rating=3),
    "organization_measures_are_a_hospitals": lambda: make_group(measures={"a": 1}),
    "organization_teaching_is_a_hospitals": lambda: make_group(is_teaching=False),
    "organization_rating_range": lambda: make_hospital(rating=6),
    "place_coordinates_paired": lambda: Place.objects.create(
        state="TX", slug="a", name="A", longitude=1.0
    ),
    "place_slug_format": lambda: Place.objects.create(state="TX", slug="A b", name="A"),
    "place_state_known": lambda: Place.objects.create(state="ZZ", slug="a", name="A"),
    "place_unique": lambda: [
        Place.objects.create(state="TX", slug="a", name="A") for _ in "ab"
    ],
    "practitioner_count_place_has_state": lambda: PractitionerCount.objects.create(
        specialization=make_specialization(), place=make_place(), practitioners=1
    ),
    "practitioner_count_unique": count_twice,
    "practitioner_demo_npi_never_assigned": lambda: make_doctor(
        npi="1234567893", is_demo=True
    ),
    "practitioner_graduation_year_range": lambda: make_doctor(graduation_year=99),
    "practitioner_name_present": lambda: make_doctor(last_name=""),
    "practitioner_npi_format": lambda: make_doctor(npi="3234567893"),
    "replaced_npi_leads_elsewhere": lambda: ReplacedNpi.objects.create(
        npi="9900000016", replacement="9900000016"
    ),
    "release_unique": release_twice,
    "release_version_format": lambda: make_release(version="spring"),
    "specialization_code_present": lambda: code(""),
    "specialization_code_unique": code_twice,
    "specialization_name_present": lambda: make_specialization(plain_name=""),
    "specialization_parent_fits_level": lambda: Specialization.objects.filter(
        pk=make_family().pk
    ).update(parent=make_family("Lungs").pk),
    "specialization_slug_format": lambda: make_specialization(slug="Cardio"),
    "specialization_tree_key_unique": lambda: [
        make_specialization(slug=slug, is_coded=False, tree_key="x") for slug in "ab"
    ],
    "specialization_words_present": lambda: make_specialization(when_to_see=""),
    "zip_code_format": lambda: make_zip_code("7703"),
}


# The clauses of these rules that their examples above leave alone.
BROKEN_TOO: list[tuple[str, Callable[[], object]]] = [
    (
        "correction_field_fits_target",
        lambda: correct(practitioner=None, organization=make_group()),
    ),
    (
        "correction_field_fits_target",
        lambda: correct(practitioner=None, field="last_name"),
    ),
    (
        "correction_field_fits_target",
        lambda: correct(practitioner=None, field="phone"),
    ),
    (
        "correction_field_fits_target",
        lambda: correct(practitioner=make_doctor(), organization=make_group()),
    ),
    (
        "correction_field_fits_target",
        lambda: correct(
            practitioner=make_doctor(), organization=make_group(), field="name"
        ),
    ),
    (
        "correction_field_fits_target",
        lambda: correct(
            organization=make_group(), location=make_location(), field="phone"
        ),
    ),
    ("correction_field_fits_target", lambda: correct(location=make_location())),
    ("correction_field_fits_target", lambda: correct(field="gone", value="")),
    (
        "correction_name_present",
        lambda: correct(organization=make_group(), field="name", value=""),
    ),
    (
        "error_report_one_target",
        lambda: report(practitioner=None),
    ),
    ("error_report_settled_with_date", lambda: report(settled_at="2026-02-01T00:00Z")),
    ("location_coordinates_paired", lambda: make_location(longitude=1.0)),
    ("location_zip_format", lambda: make_location(zip_code="A7703")),
    ("organization_identifier_fits_kind", lambda: make_group(kind="clinic")),
    ("organization_identifier_fits_kind", lambda: make_group(pac_id="")),
    ("organization_identifier_fits_kind", lambda: make_group(pac_id="990000000")),
    ("organization_identifier_fits_kind", lambda: make_group(pac_id="A990000001")),
    ("organization_identifier_fits_kind", lambda: make_hospital(ccn="45006")),
    ("organization_identifier_fits_kind", lambda: make_hospital(ccn="45-068")),
    ("organization_identifier_fits_kind", lambda: make_hospital(pac_id="9900000001")),
    ("organization_identifier_fits_kind", lambda: make_system(ccn="450068")),
    ("organization_identifier_fits_kind", lambda: make_system(pac_id="9900000001")),
    (
        "organization_identifier_fits_kind",
        lambda: make_system(system=make_system("Larger Health")),
    ),
    (
        "organization_rating_is_a_hospitals",
        lambda: make_group(has_emergency_service=False),
    ),
    ("organization_rating_is_a_hospitals", lambda: make_group(rating_note="None.")),
    ("organization_rating_range", lambda: make_hospital(rating=0)),
    (
        "place_coordinates_paired",
        lambda: Place.objects.create(state="TX", slug="a", name="A", latitude=1.0),
    ),
    ("practitioner_graduation_year_range", lambda: make_doctor(graduation_year=2101)),
    ("practitioner_name_present", lambda: make_doctor(sort_key="")),
    ("practitioner_npi_format", lambda: make_doctor(npi="123456789")),
    ("practitioner_npi_format", lambda: make_doctor(npi="990000001")),
    ("release_version_format", lambda: make_release(version="2026-02-01")),
    ("release_version_format", lambda: make_release(version="2026-2")),
    ("release_version_format", lambda: make_release(version="x2026")),
    ("specialization_name_present", lambda: make_specialization("", slug="a")),
    ("specialization_name_present", lambda: make_specialization(what_they_do="")),
    (
        "specialization_parent_fits_level",
        lambda: Specialization.objects.filter(pk=make_specialization().pk).update(
            parent=None
        ),
    ),
    (
        "specialization_parent_fits_level",
        lambda: make_specialization(level="branch"),
    ),
    ("specialization_words_present", lambda: make_specialization(title="")),
    ("specialization_words_present", lambda: make_specialization(title_plural="")),
    ("zip_code_format", lambda: make_zip_code("77O30")),
    # Columns that are unique have no constraint that a model names.
    ("practitioner_npi", lambda: [make_doctor(npi="9900000016") for _ in "ab"]),
    ("replacednpi_npi", lambda: [replaced("9900000016") for _ in "ab"]),
    ("specialization_slug", lambda: [make_specialization(slug="a") for _ in "ab"]),
    ("formerspecializationslug_slug", former_slug_twice),
    (
        "unmappedspecialty_published",
        lambda: [
            UnmappedSpecialty.objects.create(published="A", clinicians=1) for _ in "ab"
        ],
    ),
    (
        "taxonomycode_code",
        lambda: [TaxonomyCode.objects.create(code="207RC0000X") for _ in "ab"],
    ),
]


ALL = [*BROKEN.items(), *BROKEN_TOO]


@pytest.mark.parametrize(("name", "broken"), ALL, ids=[name for name, _ in ALL])
def test_the_database_refuses(name: str, broken: Callable[[], object]) -> None:
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        broken()


def test_every_named_constraint_is_broken_above() -> None:
    models = apps.get_app_config("directory").get_models()

    declared = {c.name for model in models for c in model._meta.constraints}

    assert declared == set(BROKEN)


def test_two_practices_at_one_address_may_differ_in_group() -> None:
    doctor, location = make_doctor(), make_location()

    make_practice(doctor, location)
    make_practice(doctor, location, organization=make_group())

    assert doctor.practices.count() == 2


def test_corrections_of_other_facts_stand_beside_each_other() -> None:
    groups = [make_group(), make_group()]
    places = [
        {"location": location, "organization": organization}
        for location in (make_location(), make_location())
        for organization in (None, groups[0])
    ]

    for doctor in (make_doctor(), make_doctor()):
        correct(practitioner=doctor)
        correct(practitioner=doctor, field="first_name")
        for place in places:
            correct(practitioner=doctor, **place, field="phone")
            correct(practitioner=doctor, **place, field="gone", value="")
    for group in groups:
        correct(organization=group, field="name")
        correct(organization=group, field="phone")

    assert Correction.objects.count() == 24


def test_hospitals_without_a_number_are_refused() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        make_hospital(ccn="")

    assert Organization.objects.count() == 0
