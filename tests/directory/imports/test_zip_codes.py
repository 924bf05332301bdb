import pytest

from directory.imports import zip_codes
from directory.models import SourceRelease, ZipCode
from tests.factories import count_doctors, make_location, make_place, make_zip_code

pytestmark = pytest.mark.django_db


def points():
    return {
        one.zip_code: (one.latitude, one.longitude, one.is_estimate)
        for one in ZipCode.objects.all()
    }


def test_the_census_file_is_loaded_once():
    first = zip_codes.load()
    second = zip_codes.load()

    assert first.read == first.changes.created == 33_791
    assert second.is_unchanged
    assert points()["00601"] == (18.180555, -66.749961, False)
    release = SourceRelease.objects.get(dataset="zip-codes")
    assert (release.version, release.row_count) == ("2023", 33_791)


def test_a_zip_code_without_area_lies_amid_its_addresses():
    houston = make_place()
    make_location(houston, zip_code="77001", latitude=29.0, longitude=-95.0)
    make_location(houston, zip_code="77001", latitude=30.0, longitude=-96.0)
    make_location(houston, zip_code="77002")
    make_location(houston, zip_code="", latitude=30.0, longitude=-96.0)

    count_doctors()

    assert points() == {"77001": (29.5, -95.5, True)}

    make_location(houston, zip_code="77001", latitude=29.8, longitude=-95.8)
    count_doctors()

    assert points() == {"77001": (29.6, -95.6, True)}


def test_the_census_wins_over_an_estimate():
    make_zip_code("77030", 29.7, -95.4)
    make_location(zip_code="77030", latitude=40.0, longitude=-100.0)

    count_doctors()

    assert points() == {"77030": (29.7, -95.4, False)}
