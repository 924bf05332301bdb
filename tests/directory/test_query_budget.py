"""Every page costs the same number of queries with 1 and with 50 rows."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.articles.factories import make_guide
from tests.factories import (
    count_doctors,
    make_doctor,
    make_group,
    make_hospital,
    make_location,
    make_place,
    make_practice,
    make_specialization,
)

pytestmark = pytest.mark.django_db

BUDGETS = {
    "/specializations/": 2,
    "/specializations/cardiology/": 5,
    "/specializations/heart-and-blood-vessels/": 4,
    "/doctors/": 2,
    "/doctors/cardiology/": 7,
    "/doctors/cardiology/tx/": 7,
    "/doctors/cardiology/tx/houston/": 7,
    "/doctors/cardiology/tx/houston/?hospital=450068": 8,
    "/doctors/cardiology/?hospital=450068": 7,
    "/doctors/cardiology/ma/": 4,
    "/doctors/cardiology/ma/boston/": 5,
    "/doctor/9900000016/ada-example/": 7,
    "/hospitals/": 2,
    "/hospitals/tx/": 2,
    "/hospital/450068/kind-hospital/": 6,
}


@pytest.fixture
def grow():
    """Return a function that adds rows of every kind around the same pages."""
    cardiology = make_specialization()
    houston = make_place()
    make_place("Boston", "MA")
    hospital = make_hospital("Kind Hospital", ccn="450068")
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
            )
            make_practice(doctor, organization=make_group())
        count_doctors()

    numbers = iter(range(1000))
    return more


def queries(client, path):
    with CaptureQueriesContext(
        connection,
    ) as captured:
        response = client.get(path)
    assert response.status_code == 200
    return len(captured)


@pytest.mark.parametrize("path", BUDGETS)
def test_a_page_costs_the_same_with_one_and_with_fifty_rows(client, grow, path):
    grow(1)
    with_one = queries(client, path)
    grow(49)
    with_fifty = queries(client, path)

    assert with_one == with_fifty
    assert with_fifty <= BUDGETS[path] <= 8


def test_a_retired_doctor_costs_little(client, django_assert_max_num_queries):
    gone = make_doctor(does=(make_specialization(),), at=(make_place(),), retired=True)
    count_doctors()

    with django_assert_max_num_queries(5):
        assert client.get(gone.get_absolute_url()).status_code == 410
