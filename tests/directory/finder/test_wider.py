"""The ways on from a city without such doctors: the nearest cities, then further."""

import pytest

from tests.factories import (
    count_doctors,
    make_city,
    make_doctor,
    make_hospital,
    make_place,
    make_specialization,
)

pytestmark = pytest.mark.django_db

EMPTY = "/doctors/cardiology/tx/larkspur/"


@pytest.fixture
def larkspur():
    return make_city("Larkspur", "TX", 32.0, -94.1)


@pytest.fixture
def near(larkspur):
    """Return six cities around, nearest first; the first is of another state."""
    names = ("Edge", "Near", "Mid", "Off", "Rim", "Sum")
    return [
        make_city(name, "TX" if number else "LA", 32.0 + number / 10, -94.0)
        for number, name in enumerate(names)
    ]


def ways_from(client, path):
    """Return (text, number) of each way on; each leads to as many as it says."""
    found = []
    for way in client.get(path).context["ways"]:
        assert client.get(way.url).context["total"] == way.count, way.url
        found.append((way.text, way.number))
    return found


def test_a_city_without_such_doctors_leads_to_the_nearest_cities(
    client, cardiology, near, django_assert_max_num_queries
):
    for city in (*near, near[1], make_city("Far", "TX", 34.0, -94.1)):
        make_doctor(does=(cardiology,), at=(city,))
    count_doctors()

    with django_assert_max_num_queries(12):
        html = client.get(EMPTY).text

    assert "No cardiologist is listed in Larkspur, Texas." in html
    assert ways_from(client, EMPTY) == [
        ("Cardiologists in Edge, Louisiana, about 6 miles away", "1"),
        ("Cardiologists in Near, Texas, about 9 miles away", "2"),
        ("Cardiologists in Mid, Texas, about 15 miles away", "1"),
        ("Cardiologists in Texas", "7"),
        ("Cardiologists in the whole country", "8"),
    ]


def test_the_cities_around_have_somebody_who_is_no_colleague(client, cardiology, near):
    """Where a first doctor's hospital has all of the nearest ones, others are found."""
    hospital = make_hospital()
    first = make_doctor("First", hospitals=(hospital,))
    for city in near[:3]:
        make_doctor("Ward", does=(cardiology,), at=(city,), hospitals=(hospital,))
    for city in near[2:]:
        make_doctor("Stranger", does=(cardiology,), at=(city,))
    count_doctors()

    ways = ways_from(client, f"{EMPTY}?apart_from={first.npi}")

    assert ways == [
        ("Cardiologists in Mid, Texas, about 15 miles away", "1"),
        ("Cardiologists in Off, Texas, about 22 miles away", "1"),
        ("Cardiologists in Rim, Texas, about 28 miles away", "1"),
        ("Cardiologists in Texas", "4"),
    ]


def test_a_state_with_as_many_as_a_city_of_another_state_is_offered(
    client, cardiology, near
):
    for city in (near[0], make_city("Far", "TX", 34.0, -94.1)):
        make_doctor(does=(cardiology,), at=(city,))
    count_doctors()

    assert ways_from(client, EMPTY) == [
        ("Cardiologists in Edge, Louisiana, about 6 miles away", "1"),
        ("Cardiologists in Texas", "1"),
        ("Cardiologists in the whole country", "2"),
    ]


def test_a_city_with_others_than_those_sought_comes_before_the_cities_around(
    client, cardiology, larkspur, near
):
    make_doctor(does=(cardiology,), at=(larkspur,))
    make_doctor(does=(cardiology,), at=(near[0],))
    make_doctor(does=(cardiology,), at=(near[1],), has_telehealth=True)
    count_doctors()

    video = "by video or telephone"
    assert ways_from(client, f"{EMPTY}?telehealth=1") == [
        (f"Cardiologists in Near, Texas, about 9 miles away, {video}", "1"),
        ("Cardiologists in Larkspur, Texas", "1"),
        ("Cardiologists in Texas", "2"),
        ("Cardiologists in the whole country", "3"),
    ]


def test_the_cities_around_crowd_out_neither_the_rung_above_nor_video(
    client, cardiology, larkspur, near
):
    rhythm = make_specialization("Rhythm", "Rhythm doctor", cardiology)
    make_doctor(does=(cardiology,), at=(larkspur,))
    for city in near:
        make_doctor(does=(rhythm,), at=(city,), has_telehealth=True)
    count_doctors()

    texts = [text for text, _ in ways_from(client, "/doctors/rhythm/tx/larkspur/")]

    assert texts == [
        "Rhythm doctors in Edge, Louisiana, about 6 miles away",
        "Rhythm doctors in Near, Texas, about 9 miles away",
        "Rhythm doctors in Texas",
        "Rhythm doctors in the whole country",
        "Cardiologists in Larkspur, Texas",
        "Cardiologists in Texas",
        "Rhythm doctors in Texas by video or telephone",
        "Rhythm doctors in the whole country by video or telephone",
    ]


def test_what_no_file_codes_is_sought_as_the_rung_above(client, cardiology, near):
    """In the cities around, and by video too."""
    make_specialization("Valves", "Valve doctor", cardiology, is_coded=False)
    make_doctor(does=(cardiology,), at=(near[1],), has_telehealth=True)
    make_doctor(does=(cardiology,), at=(make_place("Boston", "MA"),))
    count_doctors()

    assert ways_from(client, "/doctors/valves/tx/larkspur/") == [
        ("Cardiologists in Near, Texas, about 9 miles away", "1"),
        ("Cardiologists in the whole country", "2"),
        ("Cardiologists in Texas by video or telephone", "1"),
    ]
