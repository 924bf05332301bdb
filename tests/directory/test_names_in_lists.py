"""How rows name themselves in the admin's lists."""

import pytest

from directory.models import PractitionerCount, PractitionerSpecialization
from tests.factories import (
    count_doctors,
    make_doctor,
    make_hospital,
    make_location,
    make_place,
    make_practice,
    make_release,
    make_specialization,
)

pytestmark = pytest.mark.django_db


def test_every_row_says_what_it_is():
    cardiology = make_specialization()
    hospital = make_hospital("Kind Hospital")
    doctor = make_doctor(
        credential="MD", does=(cardiology,), at=(make_place(),), hospitals=(hospital,)
    )
    location = make_location(line_1="12 Larkspur Lane")
    count_doctors()

    assert str(doctor) == "Ada Example, MD"
    assert str(hospital) == "Kind Hospital"
    assert str(location) == "12 Larkspur Lane, Houston, TX"
    assert str(make_practice(doctor, location)) == f"{doctor} at {location}"
    assert str(doctor.affiliations.get()) == "Ada Example, MD at Kind Hospital"
    assert str(PractitionerSpecialization.objects.get()).endswith(": Cardiology")
    assert str(cardiology) == "Cardiology"
    assert str(cardiology.codes.get()) == "CMS primary specialty CARDIOLOGY"
    rows = PractitionerCount.objects.order_by("state", "place")
    assert [str(row) for row in rows] == [
        "Cardiology, United States: 1",
        "Cardiology, Houston, TX: 1",
        "Cardiology, TX: 1",
    ]


def test_a_made_up_release_says_so():
    release = make_release(is_demo=True)

    assert str(release).endswith("release 2026-02 (demonstration)")
