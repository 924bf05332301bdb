"""Every page costs the same number of queries with 1 and with 50 rows."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.articles.factories import make_guide
from tests.factories import (
    count_doctors,
    make_city,
    make_doctor,
    make_group,
    make_hospital,
    make_location,
    make_place,
    make_practice,
    make_specialization,
    make_system,
    make_zip_code,
)

pytestmark = pytest.mark.django_db

EVERYTHING = (
    "hospital=450068&group=9912345678&name=ex%20ada&telehealth=1&physicians=1"
    "&teaching=1&apart_from=9900000024"
)
BUDGETS = {
    "/specializations/": 2,
    "/specializations/cardiology/": 5,
    "/specializations/heart-and-blood-vessels/": 4,
    "/doctors/": 2,
    "/doctors/?name=example": 6,
    "/doctors/?apart_from=9900000016": 6,
    "/doctors/cardiology/": 8,
    "/doctors/cardiology/tx/": 8,
    "/doctors/cardiology/tx/houston/": 8,
    "/doctors/cardiology/tx/houston/?hospital=450068": 10,
    "/doctors/cardiology/?hospital=450068": 10,
    "/doctors/cardiology/?near=77030": 9,
    "/doctors/cardiology/?near=77030&name=nobody": 7,
    f"/doctors/cardiology/?near=77030&within=100&{EVERYTHING}": 12,
    f"/doctors/cardiology/?sort=match&{EVERYTHING}": 12,
    f"/doctors/cardiology/tx/?{EVERYTHING}": 12,
    f"/doctors/cardiology/tx/houston/?sort=match&{EVERYTHING}": 12,
    "/doctors/cardiology/ma/": 5,
    "/doctors/cardiology/ma/boston/": 7,
    f"/doctors/cardiology/ma/boston/?{EVERYTHING}": 12,
    "/doctor/9900000016/ada-example/": 10,
    "/doctor/9900000016/ada-example/?near=77030": 11,
    "/doctor/9900000016/ada-example/?near=77030&apart_from=450068": 11,
    "/compare/": 2,
    "/compare/?doctor=9900000016&doctor=9900000024&near=77030": 9,
    "/compare/?doctor=9900000016&doctor=9900000032": 10,
    "/compare/?doctor=9900000016&doctor=9900000032&apart_from=450068": 11,
    "/compare/?doctor=9900000016&doctor=9900000032&apart_from=9900000024": 12,
    "/hospitals/": 2,
    "/hospitals/?name=kind": 3,
    "/hospitals/?name=kidn": 4,
    "/hospitals/tx/": 2,
    "/hospital/450068/kind-hospital/": 8,
    "/hospital/450068/kind-hospital/?apart_from=450068&near=77030": 8,
    "/doctors/?apart_from=450068&name=example": 8,
}


def growing():
    """Return a function that adds rows of every kind around the same pages."""
    cardiology = make_specialization()
    houston = make_place()
    make_city("Boston", "MA", 42.4, -71.1)
    make_zip_code()
    hospital = make_hospital("Kind Hospital", ccn="450068", is_teaching=True)
    group = make_group(pac_id="9912345678")
    nursing = make_specialization(
        "Nursing", "Nurse", cardiology, profession="advanced practice"
    )
    make_doctor(does=(nursing,), at=(houston,))
    theirs = make_doctor(npi="9900000024", does=(cardiology,))
    make_practice(theirs, organization=make_group(system=make_system()))
    make_doctor(does=(cardiology,), at=(theirs.practices.get().location,))
    first = make_doctor(npi="9900000016", does=(cardiology,))
    make_guide("hearts", "See a [cardiologist](specialization:cardiology).")

    def more(number):
        for index in range(number):
            rung = make_specialization(f"Rung {next(numbers)}", "Rung", cardiology)
            other = make_hospital(f"Hospital {index}")
            location = make_location(houston)
            make_practice(first, location, organization=make_group())
            doctor = make_doctor(
                does=(cardiology, rung),
                at=(location, make_place(f"City {index}")),
                hospitals=(hospital, other),
                has_telehealth=True,
            )
            make_practice(doctor, location, organization=group)
        count_doctors()

    numbers = iter(range(1000))
    return more


def queries(client, path):
    client.get(path)  # the first page of a process asks once more (one_release.py)
    with CaptureQueriesContext(connection) as captured:
        response = client.get(path)
    assert response.status_code == 200
    return len(captured)


def test_a_page_costs_the_same_with_one_and_with_fifty_rows(client):
    grow = growing()
    grow(1)
    with_one = {path: queries(client, path) for path in BUDGETS}
    grow(49)
    with_fifty = {path: queries(client, path) for path in BUDGETS}

    assert with_one == with_fifty
    too_many = {path: n for path, n in with_fifty.items() if n > BUDGETS[path]}
    assert too_many == {}
    assert all(n <= (12 if "?" in path else 10) for path, n in BUDGETS.items())


def test_a_retired_doctor_costs_little(client, django_assert_max_num_queries):
    gone = make_doctor(does=(make_specialization(),), at=(make_place(),), retired=True)
    count_doctors()
    client.get(gone.get_absolute_url())

    with django_assert_max_num_queries(6):
        assert client.get(gone.get_absolute_url()).status_code == 410
