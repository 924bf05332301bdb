"""What the link picker finds in the directory, and at what cost."""

import re
from collections.abc import Iterator

import pytest
from django.db import connection, transaction

from articles.link_search import practitioners_named, search
from directory.imports import demo, hospitals, specializations
from directory.models import (
    Organization,
    Practitioner,
    PractitionerCount,
    Specialization,
)
from tests.articles.test_link_search import keys
from tests.directory.release_files import few_hospitals
from tests.factories import make_doctor, make_hospital, make_place

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("directory")]


@pytest.fixture(scope="module")
def directory(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[None]:
    """Load a small directory once, in a transaction around the tests' own."""
    sample = few_hospitals(tmp_path_factory.mktemp("data"), every=12)
    with (
        django_db_blocker.unblock(),
        transaction.atomic(),
        pytest.MonkeyPatch.context() as patch,
    ):
        patch.setattr(demo, "HOSPITALS", sample)
        specializations.load()
        hospitals.load(sample)
        demo.load(400)
        yield
        transaction.set_rollback(True)


def test_a_specialization_is_offered_with_its_doctors() -> None:
    found = {f"{one.kind}:{one.key}": one for one in search("cardiolog")}

    assert found["specialization:cardiology"].text == "cardiologist"
    assert found["doctors:cardiology"].text == "cardiologists"
    assert re.fullmatch(r"List of [\d,]+ doctors", found["doctors:cardiology"].detail)


@pytest.mark.parametrize("words", ["cardiologist", "Cardiologists", "cardiolog"])
def test_what_is_named_so_comes_before_what_is_named_longer(words: str) -> None:
    assert keys(words)[:2] == ["specialization:cardiology", "doctors:cardiology"]


def test_a_specialization_is_found_in_a_patients_words() -> None:
    assert "specialization:cardiology" in keys("heart doctor")


def test_a_family_and_a_field_without_doctors_have_no_list() -> None:
    assert "specialization:urologic-oncology" in keys("urologic oncology")
    assert "doctors:urologic-oncology" not in keys("urologic oncology")


@pytest.mark.parametrize(
    ("where", "key"),
    [("texas", "doctors:cardiology/tx"), ("houst", "doctors:cardiology/tx/houston")],
)
def test_a_list_is_narrowed_to_a_place(where: str, key: str) -> None:
    assert key in keys(f"cardiologists in {where}")


def test_a_hospital_is_found_by_name_and_by_number() -> None:
    hospital = Organization.objects.listed().hospitals().first()

    assert f"hospital:{hospital.ccn}" in keys(hospital.name)
    assert keys(hospital.ccn.lower()) == [f"hospital:{hospital.ccn}"]


def test_a_doctor_is_found_by_either_name_first_and_by_npi() -> None:
    doctor = Practitioner.objects.listed().exclude(first_name="").first()
    wanted = f"doctor:{doctor.npi}"

    assert wanted in keys(f"{doctor.first_name} {doctor.last_name}")
    assert wanted in keys(f"{doctor.last_name}, {doctor.first_name}")
    assert wanted in keys(f"{doctor.first_name} {doctor.last_name[:3]}")
    assert keys(doctor.npi) == [wanted]


def test_a_retired_doctor_is_not_offered() -> None:
    doctor = Practitioner.objects.listed().first()
    Practitioner.objects.filter(pk=doctor.pk).update(retired_at="2026-11-01T00:00Z")

    assert keys(doctor.npi) == []
    assert f"doctor:{doctor.npi}" not in keys(doctor.sort_key)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("Zmüller", ["Ada Zmueller", "Ada Zmuller"]),
        ("Ada Zmüller", ["Ada Zmueller", "Ada Zmuller"]),
        ("Zmueller, Ada", ["Ada Zmueller"]),
        ("zmuller", ["Ada Zmuller"]),
    ],
)
def test_a_doctor_is_found_as_either_file_writes_the_name(query, expected) -> None:
    make_doctor("Zmueller")
    make_doctor("Zmuller")

    assert [found.text for found in search(query)] == expected


@pytest.mark.parametrize(
    "query",
    ["saint zebediah", "St. Zebediah Hosp.", "zebediah houston", "hospital:0A9"],
)
def test_a_hospital_is_found_as_readers_find_it(query: str) -> None:
    make_hospital("St. Zebediah's Medical Center", ccn="0A9012")
    expected = [] if query == "hospital:0A9" else ["hospital:0A9012"]

    assert keys(query) == expected


@pytest.mark.parametrize("where", ["saint zebe", "St. Zebediah"])
def test_a_list_is_narrowed_to_a_place_in_either_spelling(where: str) -> None:
    PractitionerCount.objects.create(
        specialization=Specialization.objects.get(slug="cardiology"),
        state="TX",
        place=make_place("St. Zebediah"),
        practitioners=3,
    )

    assert "doctors:cardiology/tx/st-zebediah" in keys(f"cardiologists in {where}")


def test_a_search_costs_five_queries(django_assert_num_queries) -> None:
    with django_assert_num_queries(5):
        search("cardiologists in texas")


@pytest.mark.parametrize("words", ["smi", "ada smi", "smith ada", "Ada Müll"])
def test_doctors_are_found_along_the_index(words: str) -> None:
    with connection.cursor() as cursor:
        # as with a million rows: a few hundred would be read whole by any planner
        cursor.execute("SET LOCAL enable_seqscan = off")
    plan = practitioners_named(words).explain()

    assert "practitioner_listed_order" in plan
    assert "Seq Scan" not in plan
    conditions = re.findall(r"Index Cond: (.*)", plan)
    assert len(conditions) == plan.count("Scan")
    assert all("~>=~" in one or ">=" in one for one in conditions)
