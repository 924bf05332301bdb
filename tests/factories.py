"""What tests of the directory are made of: fictional, listed unless said otherwise."""

from itertools import count

from django.utils import timezone
from django.utils.text import slugify

from directory.imports.counts import rebuild_counts
from directory.imports.staging import analyze
from directory.models import (
    Affiliation,
    Location,
    Organization,
    Place,
    Practice,
    Practitioner,
    PractitionerSpecialization,
    SourceRelease,
    Specialization,
    SpecializationCode,
    ZipCode,
)
from directory.values.npi import NPI_PREFIX, luhn_total
from directory.values.sort_keys import sort_key

numbers = count(5_000_000)  # above those of the demonstration
GROWN = (
    "directory_practitioner",
    "directory_location",
    "directory_organization",
    "directory_practitionerspecialization",
    "directory_practice",
    "directory_affiliation",
)


def make_release(**fields: object) -> SourceRelease:
    values = {"dataset": SourceRelease.Dataset.DOCTORS, "version": "2026-02"}
    return SourceRelease.objects.get_or_create(**values | fields)[0]


def make_family(name: str = "Heart and blood vessels") -> Specialization:
    return Specialization.objects.get_or_create(
        slug=slugify(name),
        defaults={
            "level": Specialization.Level.FAMILY,
            "name": name,
            "plain_name": "Hearts",
            "what_they_do": "A heading.",
        },
    )[0]


def make_specialization(
    name: str = "Cardiology",
    title: str = "Cardiologist",
    parent: Specialization | None = None,
    *,
    is_coded: bool = True,
    **fields: object,
) -> Specialization:
    """Return a specialization, or a sub-specialization of ``parent``."""
    level = "sub-specialization" if parent else "specialization"
    values = {
        "slug": slugify(name),
        "level": level,
        "parent": parent or make_family(),
        "name": name,
        "title": title,
        "title_plural": f"{title}s",
        "plain_name": f"{name} in plain words",
        "what_they_do": "They treat.",
        "when_to_see": "When it hurts.",
        "profession": "physician",
    }
    made = Specialization.objects.create(**values | fields)
    if is_coded:
        SpecializationCode.objects.create(
            specialization=made,
            system=SpecializationCode.System.CMS_SPECIALTY,
            code=name.upper(),
        )
    return made


def make_place(name: str = "Houston", state: str = "TX") -> Place:
    return Place.objects.get_or_create(
        state=state,
        slug=slugify(name),
        defaults={"name": name, "sort_key": sort_key(name)},
    )[0]


def make_city(name: str, state: str, latitude: float, longitude: float) -> Place:
    """Return a place with a middle."""
    place = make_place(name, state)
    place.latitude, place.longitude = latitude, longitude
    place.save(update_fields=["latitude", "longitude"])
    return place


def make_location(place: Place | None = None, **fields: object) -> Location:
    values = {
        "place": place or make_place(),
        "line_1": f"{next(numbers)} Larkspur Lane",
        "zip_code": "77030",
    }
    return Location.objects.create(**values | fields)


def make_zip_code(
    zip_code: str = "77030", latitude: float = 29.7, longitude: float = -95.4
) -> ZipCode:
    return ZipCode.objects.create(
        zip_code=zip_code, latitude=latitude, longitude=longitude
    )


def make_system(name: str = "Larkspur Health", **fields: object) -> Organization:
    values = {
        "kind": Organization.Kind.SYSTEM,
        "name": name,
        "sort_key": sort_key(name),
        "last_release": make_release(),
    }
    return Organization.objects.create(**values | fields)


def make_hospital(
    name: str = "Test Hospital", place: Place | None = None, **fields: object
) -> Organization:
    values = {
        "kind": Organization.Kind.HOSPITAL,
        "name": name,
        "published_name": name.upper(),
        "sort_key": sort_key(name),
        "ccn": f"{next(numbers) % 1_000_000:06d}",
        "location": make_location(place),
        "hospital_type": "Acute Care Hospitals",
        "ownership": "Proprietary",
        "has_emergency_service": True,
        "rating": 4,
        "phone": "(555) 555-0100",
        "last_release": make_release(dataset=SourceRelease.Dataset.HOSPITALS),
    }
    return Organization.objects.create(**values | fields)


def make_group(name: str = "Larkspur Heart Group", **fields: object) -> Organization:
    values = {
        "kind": Organization.Kind.GROUP,
        "name": name,
        "sort_key": sort_key(name),
        "pac_id": f"99{next(numbers):08d}",
    }
    return Organization.objects.create(**values | fields)


def with_check_digit(first_nine: str) -> str:
    return first_nine + str(-luhn_total(NPI_PREFIX + first_nine + "0") % 10)


def make_doctor(
    last_name: str = "Example",
    first_name: str = "Ada",
    *,
    does: tuple[Specialization, ...] = (),
    at: tuple[Location | Place, ...] = (),
    hospitals: tuple[Organization, ...] = (),
    retired: bool = False,
    **fields: object,
) -> Practitioner:
    """Return somebody who does the first of ``does`` above all."""
    release = make_release()
    values = {
        "npi": with_check_digit(f"99{next(numbers):07d}"),
        "first_name": first_name,
        "last_name": last_name,
        "sort_key": sort_key(last_name, first_name),
        "first_release": release,
        "last_release": release,
        "retired_at": timezone.now() if retired else None,
    }
    doctor = Practitioner.objects.create(**values | fields)
    for position, specialization in enumerate(does):
        PractitionerSpecialization.objects.create(
            practitioner=doctor,
            specialization=specialization,
            is_primary=position == 0,
        )
    for where in at:
        location = where if isinstance(where, Location) else make_location(where)
        make_practice(doctor, location)
    for hospital in hospitals:
        Affiliation.objects.create(
            practitioner=doctor,
            organization=hospital,
            reported_ccn=hospital.ccn,
            release=release,
        )
    return doctor


def make_practice(
    doctor: Practitioner, location: Location | None = None, **fields: object
) -> Practice:
    values = {
        "practitioner": doctor,
        "location": location or make_location(),
        "phone": "(555) 555-0101",
        "release": make_release(),
    }
    return Practice.objects.create(**values | fields)


def count_doctors() -> None:
    """Do what every import ends with: let pages know how many, and the planner."""
    analyze(*GROWN)
    rebuild_counts()
