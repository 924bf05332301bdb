"""What the sample knows of cities, and how clinicians are spread over them."""

import pytest

from directory.sample.cities import DemoHospital, cities_of
from directory.sample.plan import Plan
from directory.sample.towns import Country, country_of, towns_of

CENTROIDS = {
    "77030": (29.70, -95.40),
    "77025": (29.69, -95.43),
    "77301": (30.30, -95.45),
    "75701": (32.32, -95.30),
}


def hospital(ccn, city, zip_code, state="TX", point=None, kind="Acute Care Hospitals"):
    latitude, longitude = point or CENTROIDS.get(zip_code, (None, None))
    slug = city.lower().replace(" ", "-")
    return DemoHospital(
        ccn, kind, state, city, slug, zip_code, latitude, longitude, "713"
    )


def towns(*hospitals):
    return {one.city: one for one in towns_of(cities_of(hospitals), CENTROIDS)}


def test_zip_codes_are_those_of_the_hospital_and_near_it():
    town = towns(hospital("450001", "HOUSTON", "77030"))["HOUSTON"]

    assert set(town.zip_codes) == {"77030", "77025"}
    assert town.zip_codes.count("77030") > town.zip_codes.count("77025")


def test_a_zip_code_without_centroid_stands_alone():
    town = towns(hospital("450001", "HOUSTON", "77999"))["HOUSTON"]

    assert set(town.zip_codes) == {"77999"}


def test_neighbours_are_of_the_same_state_nearest_first():
    listed = [
        hospital("450001", "HOUSTON", "77030"),
        hospital("450002", "TYLER", "75701"),
        hospital("450003", "CONROE", "77301"),
        hospital("530001", "CODY", "82414", state="WY"),
    ]
    found = towns_of(cities_of(listed), CENTROIDS)
    by_name = {town.city: town for town in found}

    near = [found[index].city for index in by_name["HOUSTON"].neighbours]
    assert near == ["CONROE", "TYLER"]
    assert by_name["CODY"].neighbours == ()


def test_a_town_without_a_point_still_has_neighbours():
    found = towns(
        hospital("450001", "HOUSTON", "77999"), hospital("450002", "TYLER", "75701")
    )

    assert len(found["HOUSTON"].neighbours) == 1
    assert set(found["HOUSTON"].hospitals) == {"450001", "450002"}


def test_own_hospitals_weigh_more_than_those_of_neighbours():
    town = towns(
        hospital("450001", "HOUSTON", "77030"), hospital("450003", "CONROE", "77301")
    )["HOUSTON"]

    own, both = town.weights
    assert own > both - own > 0


def test_a_city_with_a_comma_is_quoted():
    assert '"BAY, NORTH"' in towns(hospital("450001", "BAY, NORTH", "77030"))


def test_every_published_city_has_zip_codes_and_hospitals():
    country = country_of()

    assert len(country.towns) == len(country.cities) > 2500
    assert all(town.zip_codes and town.hospitals for town in country.towns)


@pytest.fixture(scope="module")
def plan():
    return Plan(country_of(), 30_000, 4)


def test_everybody_has_a_seat_of_their_own(plan):
    seats = {plan.seat_of(number) for number in range(plan.numbers)}

    assert seats == set(range(plan.numbers))


def test_a_seat_lies_in_its_group_and_its_group_in_its_town(plan):
    for seat in range(0, plan.numbers, 37):
        town, group = plan.town_of(seat), plan.group_of(seat)
        assert plan.group_starts[group] <= seat < plan.group_starts[group + 1]
        assert plan.town_starts[town] <= seat < plan.town_starts[town + 1]
        assert plan.town_of(plan.group_starts[group]) == town


def test_members_are_those_who_sit_there_or_come_from_elsewhere(plan):
    counted = {}
    for number in range(plan.numbers):
        seat = plan.seat_of(number)
        if not plan.is_taken(seat):
            continue
        town, group = plan.town_of(seat), plan.group_of(seat)
        for one in {group, plan.second_group(seat, town, group)} - {None}:
            counted[one] = counted.get(one, 0) + 1

    wrong = {
        group: (count, plan.members(group, town))
        for group, count in counted.items()
        for town in [plan.town_of(plan.group_starts[group])]
        if not plan.is_solo(group, town) and plan.members(group, town) != count
    }
    assert wrong == {}


def test_one_city_alone_is_enough():
    cities = cities_of([hospital("450001", "HOUSTON", "77030")])
    plan = Plan(Country(cities, towns_of(cities, CENTROIDS)), 100, 1)

    assert {plan.town_of(plan.seat_of(number)) for number in range(100)} == {0}


def test_a_million_have_groups_of_thousands():
    plan = Plan(country_of(), 1_000_000, 1)

    sizes = [plan.size_of(group) for group in range(len(plan.group_starts) - 1)]
    assert sum(sizes) == plan.numbers
    assert sum(size > 2000 for size in sizes) > 5
    assert len(sizes) < plan.numbers / 8
