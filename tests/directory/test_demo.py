"""The made-up people: the same every time, and like the real files in shape."""

from collections import Counter

import pytest

from directory.demo.people import make_demo
from directory.imports import hospitals as real
from directory.imports.report import Report
from directory.npi import is_npi
from directory.sample.cities import DemoHospital, cities_of, shares
from directory.sample.specialties import specialties
from directory.states import STATES


def demo_hospital(
    ccn="450068", state="TX", city="Houston", kind="Acute Care Hospitals"
):
    return DemoHospital(ccn, kind, state, city, city.lower(), "77030", 29.7, -95.4)


@pytest.fixture(scope="module")
def hospitals():
    found = real.read_hospitals(real.FILE, Report("Hospitals"))
    return [
        DemoHospital(
            one.ccn,
            one.hospital_type,
            one.state,
            one.city,
            one.city_slug,
            one.zip_code,
            one.latitude,
            one.longitude,
        )
        for one in found
    ]


@pytest.fixture(scope="module")
def demo(hospitals):
    return make_demo(hospitals, 20_000, 2026)


def share(part, whole):
    return sum(1 for one in whole if part(one)) / len(whole)


def test_the_same_seed_makes_the_same_people(hospitals):
    one, two = make_demo(hospitals, 400, 7), make_demo(hospitals[::-1], 400, 7)

    assert one == two


def test_another_seed_makes_others(hospitals):
    one, two = make_demo(hospitals, 400, 7), make_demo(hospitals, 400, 8)

    assert one.people != two.people


def test_there_are_as_many_as_asked_for(demo):
    assert len(demo.people) == 20_000
    assert len({person.npi for person in demo.people}) == 20_000


def test_nobody_has_the_same_first_and_middle_name(demo):
    assert not [one for one in demo.people if one.first_name == one.middle_name]


def test_every_npi_is_valid_and_never_assigned(demo):
    assert all(is_npi(one.npi) and one.npi.startswith("99") for one in demo.people)


def test_every_group_number_begins_with_99(demo):
    numbers = [group.pac_id for group in demo.groups]

    assert len(numbers) == len(set(numbers)) > 1000
    assert all(len(one) == 10 and one.startswith("99") for one in numbers)


def test_every_telephone_number_is_kept_for_fiction(demo):
    phones = {practice.phone for practice in demo.practices} - {""}

    assert all(phone.startswith("(555) 555-01") for phone in phones)


def test_every_state_has_somebody(demo):
    assert {practice.state for practice in demo.practices} == set(STATES)


def test_practices_are_skewed_and_about_two_and_a_half_each(demo):
    rows = Counter(practice.npi for practice in demo.practices)

    assert 2.2 < len(demo.practices) / len(demo.people) < 2.6
    assert len(rows) == len(demo.people)
    assert max(rows.values()) > 8


def test_groups_are_mostly_small_and_a_few_large(demo):
    sizes = [group.size for group in demo.groups]

    assert share(lambda size: size <= 4, sizes) > 0.8
    assert max(sizes) > 100


@pytest.mark.parametrize(
    ("field", "low", "high"),
    [
        ("middle_name", 0.3, 0.5),
        ("credential", 0.2, 0.4),
        ("medical_school", 0.6, 0.9),
        ("graduation_year", 0.01, 0.06),
        ("has_telehealth", 0.6, 0.8),
    ],
)
def test_blanks_stand_where_the_real_files_have_them(demo, field, low, high):
    assert low < share(lambda one: not getattr(one, field), demo.people) < high


def test_some_practices_have_no_telephone_and_some_no_group(demo):
    assert 0.04 < share(lambda one: not one.phone, demo.practices) < 0.15
    assert 0.03 < share(lambda one: not one.pac_id, demo.practices) < 0.15


def test_some_hospital_links_go_through_a_unit(demo):
    units = [one for one in demo.hospitals if one.through]

    assert 0.01 < len(units) / len(demo.hospitals) < 0.06
    assert all(one.reported_ccn[2] in "STU" for one in units)
    assert all(one.reported_ccn == one.ccn for one in demo.hospitals if not one.through)


def test_links_lead_to_real_hospitals_only(demo, hospitals):
    assert {one.ccn for one in demo.hospitals} <= {one.ccn for one in hospitals}


def test_only_what_cms_codes_is_made_up(demo):
    names = {one.cms for one in specialties()}

    assert len(names) == 93
    assert {one.cms for one in demo.specialties} <= names


def test_everybody_has_one_primary_specialty(demo):
    primary = Counter(one.npi for one in demo.specialties if one.is_primary)

    assert set(primary.values()) == {1}
    assert len(primary) == len(demo.people)
    assert len(demo.specialties) > len(demo.people)


def test_houston_has_cardiologists_of_several_kinds(demo):
    kinds = {
        "CARDIOVASCULAR DISEASE (CARDIOLOGY)",
        "INTERVENTIONAL CARDIOLOGY",
        "CARDIAC ELECTROPHYSIOLOGY",
    }
    here = {
        practice.npi
        for practice in demo.practices
        if (practice.state, practice.city_slug) == ("TX", "houston")
    }

    found = {
        one.npi: one.cms
        for one in demo.specialties
        if one.npi in here and one.is_primary
    }

    assert sum(cms in kinds for cms in found.values()) > 20
    assert kinds <= set(found.values())


def test_a_system_owns_groups_of_one_state_only(demo):
    states = {}
    for group in demo.groups:
        if group.system:
            states.setdefault(group.system, set()).add(group.sites[0].city.state)

    assert len(states) > 10
    assert all(len(where) == 1 for where in states.values())


def test_shares_add_up_and_reach_every_state():
    cities = cities_of(
        [
            demo_hospital("1", "TX", "Houston"),
            demo_hospital("2", "TX", "Houston"),
            demo_hospital("3", "WY", "Cody", "Critical Access Hospitals"),
            demo_hospital("4", "TX", "Tyler"),
        ]
    )

    counts = shares(cities, 100, 5)

    assert sum(counts) == 100
    assert [city.slug for city in cities] == ["houston", "tyler", "cody"]
    assert counts[0] > counts[1] >= counts[2] >= 5


def test_fewer_people_than_states_are_still_as_many_as_asked_for(hospitals):
    assert len(make_demo(hospitals, 10, 1).people) == 10


def test_one_city_without_neighbours_is_enough():
    demo = make_demo([demo_hospital()], 200, 1)

    assert len(demo.people) == 200
    assert {practice.city_slug for practice in demo.practices} == {"houston"}
